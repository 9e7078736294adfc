#include "tests/TestPrograms.h"
#include "ui/painting/ColorMap.h"
#include "ui/painting/Theme.h"

#include <QTest>

#include <cmath>

using namespace resnet;
using namespace resnet::ui;

namespace {

// Relative luminance as WCAG defines it.
double luminance(QRgb color) {
    const auto linear = [](int channel) {
        const double v = channel / 255.0;
        return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(qRed(color)) + 0.7152 * linear(qGreen(color)) + 0.0722 * linear(qBlue(color));
}

}  // namespace

class ColorMapTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void publishedMapsHaveTheirPublishedEnds() {
        QCOMPARE(colorTable(ColorMap::Viridis).front(), qRgb(68, 1, 84));
        QCOMPARE(colorTable(ColorMap::Viridis).back(), qRgb(254, 231, 36));
        QCOMPARE(colorTable(ColorMap::Magma).front(), qRgb(0, 0, 3));
        QCOMPARE(colorTable(ColorMap::Magma).back(), qRgb(252, 253, 191));
        QCOMPARE(colorTable(ColorMap::Cividis).front(), qRgb(0, 34, 78));
        QCOMPARE(colorTable(ColorMap::Cividis).back(), qRgb(254, 232, 55));
        QCOMPARE(colorTable(ColorMap::Grey).front(), qRgb(0, 0, 0));
        QCOMPARE(colorTable(ColorMap::Grey).back(), qRgb(255, 255, 255));
    }

    void sequentialMapsOnlyGetLighter() {
        for (ColorMap map : {ColorMap::Viridis, ColorMap::Magma, ColorMap::Grey, ColorMap::Cividis})
            for (std::size_t i = 8; i < 256; ++i)
                QVERIFY2(luminance(colorTable(map)[i]) > luminance(colorTable(map)[i - 8]),
                         qPrintable(QStringLiteral("%1 at %2").arg(displayName(map)).arg(i)));
    }

    void divergingIsWhiteAtZeroAndDarkensAlikeToBothSides() {
        const ColorTable& table = colorTable(ColorMap::Diverging);
        QCOMPARE(table[128], qRgb(255, 255, 255));
        for (std::size_t i = 1; i < 128; ++i) {
            const double negative = luminance(table[128 - i]);
            const double positive = luminance(table[128 + i]);
            QVERIFY(negative < luminance(table[129 - i]) + 1e-3);
            QVERIFY(positive < luminance(table[127 + i]) + 1e-3);
            QVERIFY2(std::abs(negative - positive) < 0.12, qPrintable(QString::number(i)));
        }
        // Negative is purple, positive green.
        QVERIFY(qGreen(table[60]) < qRed(table[60]) && qGreen(table[60]) < qBlue(table[60]));
        QVERIFY(qGreen(table[196]) > qRed(table[196]) && qGreen(table[196]) > qBlue(table[196]));
    }

    void zeroIsTheGroundInBothThemes() {
        QCOMPARE(colorTable(onGround(ColorMap::Diverging, false))[128], Theme::light().panel.rgb());
        QCOMPARE(colorTable(onGround(ColorMap::Diverging, true))[128], Theme::dark().panel.rgb());
        QCOMPARE(onGround(ColorMap::Viridis, true), ColorMap::Viridis);
    }

    void onTheDarkMagnitudeIsLight() {
        const ColorTable& table = colorTable(ColorMap::DivergingOnDark);
        for (std::size_t i = 1; i < 127; ++i) {
            QVERIFY(luminance(table[129 + i]) > luminance(table[128 + i]) - 1e-3);
            QVERIFY(luminance(table[127 - i]) > luminance(table[128 - i]) - 1e-3);
        }
        QVERIFY(qGreen(table[60]) < qRed(table[60]) && qGreen(table[60]) < qBlue(table[60]));
        QVERIFY(qGreen(table[196]) > qRed(table[196]) && qGreen(table[196]) > qBlue(table[196]));
    }
};

RESNET_EVENT_LOOP_TEST(ColorMapTest)
#include "ColorMapTest.moc"
