#include "tests/TestPrograms.h"
#include "ui/painting/ColorBar.h"
#include "ui/painting/ContactSheet.h"
#include "ui/painting/MapAtlas.h"
#include "ui/painting/MapPainter.h"
#include "ui/painting/NumberCells.h"
#include "ui/painting/OverlayPainter.h"
#include "ui/words/NumberText.h"

#include <QPainter>
#include <QTest>

#include <algorithm>
#include <limits>

using namespace resnet;
using namespace resnet::ui;

namespace {

constexpr float notANumber = std::numeric_limits<float>::quiet_NaN();
constexpr float infinity = std::numeric_limits<float>::infinity();

FeatureMaps ramp(FeatureShape shape) {
    FeatureMaps maps(shape);
    for (std::size_t i = 0; i < maps.size(); ++i)
        maps.data()[i] = float(int(i * 7919 % 201) - 100) / 50.0f;
    return maps;
}

}  // namespace

class MapImageTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void onePixelACell() {
        FeatureMaps maps = ramp({5, 3, 4});
        const QImage image = mapImage(maps.channel(2), ColorMap::Diverging, {-2.0f, 2.0f});
        QCOMPARE(image.size(), QSize(4, 3));
        for (int y = 0; y < 3; ++y)
            for (int x = 0; x < 4; ++x)
                QCOMPARE(image.pixel(x, y), colorOf(maps.at(2, y, x), ColorMap::Diverging, {-2.0f, 2.0f}));
    }

    void endsAndZeroHitTheTable() {
        const ColorTable& diverging = colorTable(ColorMap::Diverging);
        QCOMPARE(colorOf(-3.0f, ColorMap::Diverging, {-3.0f, 3.0f}), diverging.front());
        QCOMPARE(colorOf(0.0f, ColorMap::Diverging, {-3.0f, 3.0f}), diverging[128]);
        QCOMPARE(colorOf(3.0f, ColorMap::Diverging, {-3.0f, 3.0f}), diverging.back());
        // Beyond the scale is the end of it.
        QCOMPARE(colorOf(1e30f, ColorMap::Viridis, {0.0f, 1.0f}), colorTable(ColorMap::Viridis).back());
        QCOMPARE(colorOf(-1e30f, ColorMap::Viridis, {0.0f, 1.0f}), colorTable(ColorMap::Viridis).front());
    }

    void notFiniteValuesNeverReachAScale() {
        FeatureMaps maps = ramp({2, 3, 3});
        maps.at(1, 0, 0) = notANumber;
        maps.at(1, 1, 1) = infinity;
        maps.at(1, 2, 2) = -infinity;
        const ValueRange range = rangeOf(maps.channel(1));
        QVERIFY(range.low >= -2.0f && range.high <= 2.0f && !range.isEmpty());
        const QImage image = mapImage(maps.channel(1), ColorMap::Viridis);
        QCOMPARE(image.pixel(0, 0), notFiniteColor);
        QCOMPARE(image.pixel(1, 1), notFiniteColor);
        QCOMPARE(image.pixel(2, 2), notFiniteColor);
        QVERIFY(image.pixel(1, 0) != notFiniteColor);

        std::fill_n(maps.data(), maps.size(), notANumber);
        QVERIFY(rangeOf(maps).isEmpty());
        QCOMPARE(mapImage(maps.channel(0), ColorMap::Magma).pixel(0, 0), notFiniteColor);
    }

    void scalesSuitTheirMap() {
        QCOMPARE(scaleFor(ColorMap::Diverging, {-1.0f, 3.0f}), (ValueRange{-3.0f, 3.0f}));
        QCOMPARE(scaleFor(ColorMap::Viridis, {0.5f, 3.0f}), (ValueRange{0.0f, 3.0f}));
        QCOMPARE(scaleFor(ColorMap::Viridis, {-1.0f, 3.0f}), (ValueRange{-1.0f, 3.0f}));
        QCOMPARE(united({-1.0f, 1.0f}, emptyRange), (ValueRange{-1.0f, 1.0f}));
        QCOMPARE(united({-1.0f, 1.0f}, {0.0f, 4.0f}), (ValueRange{-1.0f, 4.0f}));
    }

    void constantMapsHaveAPicture() {
        for (float constant : {0.0f, 2.5f, -2.5f})
            for (ColorMap map : allColorMaps) {
                FeatureMaps maps({1, 2, 2});
                std::fill_n(maps.data(), 4, constant);
                const ValueRange scale = scaleFor(map, rangeOf(maps));
                QVERIFY(scale.high > scale.low);
                QVERIFY(scale.low <= constant && constant <= scale.high);
                QCOMPARE(mapImage(maps.channel(0), map).pixel(1, 1), colorOf(constant, map, scale));
            }
    }

    void anAtlasHoldsEveryChannel() {
        FeatureMaps maps = ramp({7, 5, 6});
        maps.at(3, 2, 2) = notANumber;  // alone it is plain in both
        std::vector<ValueRange> scales;
        for (int c = 0; c < 7; ++c)
            scales.push_back(scaleFor(ColorMap::Viridis, rangeOf(maps.channel(c))));
        const MapAtlas atlas(maps, ColorMap::Viridis, scales);
        for (int c = 0; c < 7; ++c)
            QCOMPARE(atlas.image().copy(atlas.cell(c)),
                     mapImage(maps.channel(c), ColorMap::Viridis, scales[std::size_t(c)]));
    }

    void anAtlasAveragesLargeMaps() {
        FeatureMaps maps({2, 4, 6});
        for (int y = 0; y < 4; ++y)
            for (int x = 0; x < 6; ++x) {
                maps.at(0, y, x) = x < 3 ? 1.0f : float(y % 2);
                maps.at(1, y, x) = 0.0f;
            }
        maps.at(1, 3, 5) = infinity;
        const ValueRange scale{0.0f, 1.0f};
        const MapAtlas atlas(maps, ColorMap::Grey, {&scale, 1}, QSize(2, 2));
        const QImage first = atlas.image().copy(atlas.cell(0));
        QCOMPARE(first.size(), QSize(2, 2));
        QCOMPARE(first.pixel(0, 0), qRgb(255, 255, 255));
        QCOMPARE(first.pixel(1, 1), qRgb(128, 128, 128));
        const QImage second = atlas.image().copy(atlas.cell(1));
        QCOMPARE(second.pixel(1, 1), notFiniteColor);
        QCOMPARE(second.pixel(0, 1), qRgb(0, 0, 0));
    }

    void cellsTileTheirMap() {
        const QRectF target(10, 20, 70, 35);
        QCOMPARE(cellRect(target, 7, 7, 0, 0), QRectF(10, 20, 10, 5));
        QCOMPARE(cellRect(target, 7, 7, 6, 6).bottomRight(), target.bottomRight());
    }

    void areasThatAreNotFiniteAreHatchedInSmallMaps() {
        FeatureMaps maps({1, 8, 8});
        std::fill_n(maps.data(), maps.size(), notANumber);
        const std::vector<ValueRange> scales{ValueRange{0.0f, 1.0f}};
        const MapAtlas atlas(maps, ColorMap::Viridis, scales, QSize());
        int striped = 0;
        for (int y = 0; y < 8; ++y)
            for (int x = 0; x < 8; ++x)
                striped += atlas.image().pixel(x, y) != notFiniteColor;
        QCOMPARE(striped, 16);
    }

    void enlargedNotFiniteCellsAreHatched() {
        FeatureMaps maps({1, 2, 2});
        std::fill_n(maps.data(), 4, 0.5f);
        maps.at(0, 0, 0) = notANumber;
        QImage image(64, 64, QImage::Format_RGB32);
        QPainter painter(&image);
        paintMap(painter, image.rect(), maps.channel(0), ColorMap::Viridis, {0.0f, 1.0f}, Theme::light());
        painter.end();
        int plain = 0;
        int hatched = 0;
        for (int y = 0; y < 32; ++y)
            for (int x = 0; x < 32; ++x) {
                plain += image.pixel(x, y) == notFiniteColor;
                hatched += image.pixel(x, y) == qRgb(255, 255, 255);
            }
        QVERIFY(plain > 200 && hatched > 50);
        QCOMPARE(image.pixel(48, 48), colorOf(0.5f, ColorMap::Viridis, {0.0f, 1.0f}));
    }

    void mapsAndTheirScalesAreOfOneGround() {
        FeatureMaps maps({1, 1, 2});
        maps.at(0, 0, 0) = 0.0f;
        maps.at(0, 0, 1) = 2.0f;
        for (const Theme* theme : {&Theme::light(), &Theme::dark()}) {
            const ValueRange scale{-2.0f, 2.0f};
            const auto painted = [&](const auto& paint) {
                QImage image(256, 40, QImage::Format_RGB32);
                image.fill(theme->panel);
                QPainter painter(&image);
                paint(painter);
                return image;
            };
            const QImage map = painted([&](QPainter& painter) {
                paintMap(painter, {0, 0, 256, 40}, maps.channel(0), ColorMap::Diverging, scale, *theme);
            });
            const QImage bar = painted([&](QPainter& painter) {
                paintColors(painter, {0, 0, 256, 40}, ColorMap::Diverging, *theme);
            });
            QCOMPARE(map.pixel(64, 20), theme->panel.rgb());
            QCOMPARE(map.pixel(64, 20), bar.pixel(128, 20));
            const ColorTable& table = colorTable(onGround(ColorMap::Diverging, theme->isDark()));
            QCOMPARE(map.pixel(192, 20), table.back());
            QCOMPARE(bar.pixel(250, 20), table[250]);
            QCOMPARE(divergingColor(0.0, 2.0, *theme).rgb(), theme->panel.rgb());
            // What an overlay leaves as it is does not glare in the dark.
            const QImage overlay = painted([&](QPainter& painter) {
                paintOverlayBar(painter, {0, 0, 256, 20}, scale, *theme);
            });
            if (theme->isDark())
                QVERIFY(qGray(overlay.pixel(128, 10)) < 96);
            else
                QVERIFY(qGray(overlay.pixel(128, 10)) > 250);
            QVERIFY(qGreen(overlay.pixel(250, 10)) > qRed(overlay.pixel(250, 10)));
        }
    }

    void aContactSheetIsOfTheGroundItStandsOn() {
        loadFonts();
        const ContactSheet sheet(std::make_shared<FeatureMaps>(ramp({12, 7, 7})), QString(),
                                 ColorMap::Diverging);
        const QImage image = sheet.image(Theme::dark());
        const auto counted = [&](QRgb color) {
            int count = 0;
            for (int y = 60; y < image.height(); ++y)
                for (int x = 0; x < image.width(); ++x)
                    count += image.pixel(x, y) == color;
            return count;
        };
        QVERIFY(counted(colorTable(ColorMap::DivergingOnDark).front()) > 0);
        QCOMPARE(counted(colorTable(ColorMap::Diverging).front()), 0);
    }

    void aContactSheetShowsEveryMap() {
        loadFonts();
        auto maps = std::make_shared<FeatureMaps>(ramp({12, 7, 7}));
        const ContactSheet sheet(maps, QStringLiteral("layer4.2.bn2"), ColorMap::Diverging);
        const QImage image = sheet.image(Theme::light());
        QCOMPARE(image.size(), sheet.size());
        const QRgb darkest = colorTable(ColorMap::Diverging).front();
        bool found = false;
        for (int y = 60; y < image.height() && !found; ++y)
            for (int x = 0; x < image.width() && !found; ++x)
                found = image.pixel(x, y) == darkest;
        QVERIFY(found);
        // A vector has a sheet too.
        QVERIFY(!ContactSheet(std::make_shared<FeatureMaps>(ramp({512, 1, 1})), QString(), ColorMap::Viridis)
                     .image(Theme::print())
                     .isNull());
    }

    void numbersReadTheSameEverywhere_data() {
        QTest::addColumn<double>("value");
        QTest::addColumn<QString>("text");
        QTest::newRow("zero") << 0.0 << QStringLiteral("0");
        QTest::newRow("small") << 0.18449 << QStringLiteral("+0.184");
        QTest::newRow("negative") << -2.7 << QStringLiteral("−2.700");
        QTest::newRow("tens") << 12.345 << QStringLiteral("+12.35");
        QTest::newRow("thousands") << -12345.6 << QStringLiteral("−12346");
        QTest::newRow("tiny") << 1.24e-7 << QStringLiteral("+1.2×10⁻⁷");
        QTest::newRow("NaN") << double(notANumber) << QStringLiteral("NaN");
        QTest::newRow("infinity") << -double(infinity) << QStringLiteral("−∞");
    }
    void numbersReadTheSameEverywhere() {
        QFETCH(double, value);
        QFETCH(QString, text);
        QLocale::setDefault(QLocale(QLocale::German));
        QCOMPARE(signedValueText(value), text);
    }
};

RESNET_WINDOW_TEST(MapImageTest)
#include "MapImageTest.moc"
