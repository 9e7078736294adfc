#include "tests/TestPrograms.h"
#include "ui/drawing/SectionLayout.h"
#include "ui/drawing/Viewport.h"
#include "ui/exports/SvgWriter.h"
#include "ui/painting/DiagramLegend.h"
#include "ui/painting/DiagramPainter.h"

#include <QPainter>
#include <QtTest>

using namespace resnet;
using namespace resnet::ui;

// Which labels a drawing shows at what size.
class DiagramLabelsTest : public QObject {
    Q_OBJECT

    const Graph m_graph{NetworkSpec{}};

    // The unit with a projection, as a place on the screen shows it.
    QByteArray unitIn(const QSizeF& place) const {
        const DiagramLayout layout =
            layoutSection(m_graph, {Group::Kind::Unit, 1, 0}, place.width() / place.height());
        DiagramPaintOptions options;
        options.zoom = fitted(layout.bounds, QRectF({}, place)).zoom;
        Figure figure;
        figure.size = place;
        figure.paint = [&](QPainter& painter, const QRectF&) {
            painter.scale(options.zoom, options.zoom);
            paintDiagram(painter, layout, {}, Theme::light(), options);
        };
        return svgOf(figure, 1.0);
    }
    static int count(const QByteArray& svg, const char* text) {
        return int(svg.count(QByteArray(">") + text + "</text>"));
    }

private Q_SLOTS:
    void initTestCase() { loadFonts(); }

    void theOpenUnitOfASmallWindowTellsEveryKind() {
        const QByteArray svg = unitIn({705, 176});  // of the window at 1280 x 800
        QCOMPARE(count(svg, "conv 1×1 / 2"), 1);
        QCOMPARE(count(svg, "conv 3×3 / 2"), 1);
        QCOMPARE(count(svg, "conv 3×3"), 1);
        QCOMPARE(count(svg, "batch norm"), 3);
        QCOMPARE(count(svg, "ReLU"), 1);
    }

    void aSmallPictureTellsTheKindsInShort() {
        const QByteArray svg = unitIn({447, 99});  // of a pass at 480 x 320
        QCOMPARE(count(svg, "1×1"), 1);
        QCOMPARE(count(svg, "conv"), 2);
        QCOMPARE(count(svg, "norm"), 3);
        QCOMPARE(count(svg, "ReLU"), 1);
        QCOMPARE(count(svg, "batch norm"), 0);
    }

    // Exports paint with a fresh painter, the window with one that is set up.
    void theLegendIsSmoothWhoeverPaintsIt() {
        const DiagramLayout layout = layoutSection(m_graph, {Group::Kind::Unit, 1, 0}, 4.0);
        const DiagramLegend legend(layout, {}, Theme::light(), {});
        const auto painted = [&](bool isSetUp) {
            QImage image(600, 24, QImage::Format_RGB32);
            image.fill(Qt::white);
            QPainter painter(&image);
            painter.setRenderHint(QPainter::Antialiasing, isSetUp);
            legend.paint(painter, QRectF(image.rect()));
            return image;
        };
        QVERIFY(painted(false) == painted(true));
    }

    void aLineWithoutRoomStaysEmpty() {
        const QByteArray svg = unitIn({200, 44});
        for (const char* text : {"1×1", "conv", "norm", "ReLU"})
            QCOMPARE(count(svg, text), 0);
    }
};

RESNET_WINDOW_TEST(DiagramLabelsTest)
#include "DiagramLabelsTest.moc"
