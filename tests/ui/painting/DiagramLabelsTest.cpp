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

    // Finding 7: norms of one, a fourth and a twenty-fifth were lines of about the same width.
    void linesOfDifferentNormsDifferAtEveryZoom() {
        const DiagramLayout layout = layoutDiagram(m_graph, OpenNodes::at(Detail::Unit, m_graph));
        DiagramContent content;
        content.norms.assign(std::size_t(m_graph.stepCount()), 564.0);
        const auto straight = [&](std::size_t from) {
            return std::size_t(std::find_if(layout.edges.begin() + std::ptrdiff_t(from), layout.edges.end(),
                                            [](const DiagramEdge& edge) {
                                                return edge.points.size() == 2 && edge.carries >= 0 &&
                                                       edge.way == Way::MainPath &&
                                                       edge.points[1].x() - edge.points[0].x() > 12;
                                            }) -
                               layout.edges.begin());
        };
        const std::size_t strong = straight(0);
        std::size_t weak = straight(strong + 1);
        while (weak < layout.edges.size() && layout.edges[weak].carries == layout.edges[strong].carries)
            weak = straight(weak + 1);
        QVERIFY(weak < layout.edges.size());
        content.norms[std::size_t(layout.edges[weak].carries)] = 23.0;

        const auto pixelsIn = [](const QImage& image, const QPoint& at) {
            int count = 0;
            for (int y = std::max(0, at.y() - 8); y < std::min(image.height(), at.y() + 9); ++y)
                count += qGray(image.pixel(at.x(), y)) < 200;
            return count;
        };
        for (const double zoom : {0.3, 1.0, 2.0}) {
            DiagramPaintOptions options;
            options.zoom = zoom;
            options.labelOpacity = 0.0;
            const auto widthOf = [&](std::size_t edge) {
                return edgeWidth(layout.edges[edge], layout, content, highestNorm(layout, content), zoom) *
                       zoom;
            };
            QCOMPARE(widthOf(strong), 7.0);
            QVERIFY(widthOf(weak) > 2.0 && widthOf(weak) < 2.5);

            const DiagramLegend legend(layout, content, Theme::light(), options);
            QImage sample(1200, 24, QImage::Format_RGB32);
            sample.fill(Qt::white);
            QPainter below(&sample);
            legend.paint(below, QRectF(sample.rect()));
            std::vector<int> widths;
            legend.flow(sample.width(), [&](const LegendItem& item, const QPointF& at) {
                if (item.isOfNorms && item.kind == LegendItem::Kind::Line)
                    widths.push_back(pixelsIn(sample, (at + QPointF(12, 0)).toPoint()));
            });
            QCOMPARE(int(widths.size()), 3);
            QVERIFY(widths[1] >= widths[0] + 1 && widths[2] >= widths[1] + 2);
        }
    }

    void aLineWithoutRoomStaysEmpty() {
        const QByteArray svg = unitIn({200, 44});
        for (const char* text : {"1×1", "conv", "norm", "ReLU"})
            QCOMPARE(count(svg, text), 0);
    }
};

RESNET_WINDOW_TEST(DiagramLabelsTest)
#include "DiagramLabelsTest.moc"
