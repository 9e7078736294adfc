#include "tests/TestPrograms.h"
#include "ui/attribution/MapTiles.h"
#include "ui/painting/ColorMap.h"

#include <QtTest>

using namespace resnet;
using namespace resnet::ui;

class MapTilesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // The theme may change while they are seen.
    void zeroIsTheGroundInEitherTheme() {
        auto map = std::make_shared<FeatureMaps>(FeatureShape{1, 1, 2});
        map->at(0, 0, 0) = 0.0f;
        map->at(0, 0, 1) = 3.0f;
        PointedCell pointed;
        MapTiles tiles(pointed);
        tiles.setLaidOver(false);
        tiles.resize(300, 200);
        tiles.setTiles({{QStringLiteral("tile"), {}, map}});
        tiles.show();
        for (const Theme* theme : {&Theme::light(), &Theme::dark(), &Theme::light()}) {
            tiles.setTheme(*theme);
            const QImage seen = tiles.grab().toImage();
            const QRectF rect = tiles.tileRect(0);
            const auto at = [&](double share) {
                return seen.pixel(QPointF(rect.left() + share * rect.width(), rect.center().y()).toPoint());
            };
            QCOMPARE(at(0.25), theme->panel.rgb());
            QCOMPARE(at(0.75), colorTable(onGround(ColorMap::Diverging, theme->isDark())).back());
        }
    }
};

RESNET_WINDOW_TEST(MapTilesTest)
#include "MapTilesTest.moc"
