#include "core/Error.h"
#include "tests/TestPrograms.h"
#include "ui/exports/PngWriter.h"
#include "ui/exports/SvgWriter.h"
#include "ui/painting/SeenRangePainter.h"
#include "ui/painting/TracePainter.h"

#include <QImage>
#include <QPainter>
#include <QPainterPath>
#include <QRegularExpression>
#include <QXmlStreamReader>
#include <QtTest>

#include <algorithm>
#include <functional>
#include <map>
#include <optional>

using namespace resnet;
using namespace resnet::ui;

namespace {

constexpr QSizeF page(400, 300);

QByteArray painted(const std::function<void(QPainter&)>& paint) {
    Figure figure;
    figure.title = QStringLiteral("test");
    figure.size = page;
    figure.paint = [&](QPainter& painter, const QRectF&) { paint(painter); };
    return svgOf(figure);
}

// One element as another program reads it.
struct Shape {
    QString kind;
    QXmlStreamAttributes attributes;
    QRectF box;                // without its stroke
    std::optional<QRectF> by;  // what the groups around it are clipped by
    QRectF visible() const { return by ? box & *by : box; }
    QString value(const char* name) const { return attributes.value(QLatin1String(name)).toString(); }
};

QRectF boxOf(const QXmlStreamAttributes& attributes, const QString& kind) {
    const auto number = [&](const char* name) { return attributes.value(QLatin1String(name)).toDouble(); };
    if (kind == QLatin1String("ellipse"))
        return {number("cx") - number("rx"), number("cy") - number("ry"), 2 * number("rx"), 2 * number("ry")};
    if (kind == QLatin1String("text"))
        return {number("x"), number("y") - number("font-size"), number("textLength"), number("font-size")};
    if (kind != QLatin1String("path"))
        return {number("x"), number("y"), number("width"), number("height")};
    static const QRegularExpression pattern(QStringLiteral("-?[0-9.]+"));
    QPolygonF points;
    std::vector<double> values;
    for (auto match = pattern.globalMatch(attributes.value(QLatin1String("d")).toString()); match.hasNext();)
        values.push_back(match.next().captured().toDouble());
    for (std::size_t i = 0; i + 1 < values.size(); i += 2)
        points << QPointF(values[i], values[i + 1]);
    return points.boundingRect();
}

// The elements that are drawn, and what of them is seen.
std::vector<Shape> shapesOf(const QByteArray& svg) {
    static const QStringList drawn{QStringLiteral("path"), QStringLiteral("rect"), QStringLiteral("ellipse"),
                                   QStringLiteral("image"), QStringLiteral("text")};
    std::vector<Shape> shapes;
    std::map<QString, QRectF> clips;
    std::vector<std::optional<QRectF>> groups;
    QString definition;
    QXmlStreamReader xml(svg);
    while (!xml.atEnd()) {
        xml.readNext();
        const QString name = xml.name().toString();
        if (xml.isEndElement() && name == QLatin1String("g"))
            groups.pop_back();
        if (xml.isEndElement() && (name == QLatin1String("clipPath") || name == QLatin1String("pattern")))
            definition.clear();
        if (!xml.isStartElement())
            continue;
        const QXmlStreamAttributes attributes = xml.attributes();
        if (name == QLatin1String("clipPath") || name == QLatin1String("pattern")) {
            definition = QStringLiteral("url(#%1)").arg(attributes.value(QLatin1String("id")));
        } else if (!definition.isEmpty()) {
            clips[definition] = boxOf(attributes, name);
        } else if (name == QLatin1String("g")) {
            std::optional<QRectF> by = groups.empty() ? std::nullopt : groups.back();
            const QString clip = attributes.value(QLatin1String("clip-path")).toString();
            if (!clip.isEmpty())
                by = by ? *by & clips.at(clip) : clips.at(clip);
            groups.push_back(by);
        } else if (drawn.contains(name)) {
            shapes.push_back(
                {name, attributes, boxOf(attributes, name), groups.empty() ? std::nullopt : groups.back()});
        }
    }
    return xml.hasError() || !groups.empty() ? std::vector<Shape>() : shapes;
}

// A map as an image holds it.
QImage imageIn(const Shape& shape) {
    const QByteArray data = shape.value("xlink:href").toLatin1();
    return QImage::fromData(QByteArray::fromBase64(data.mid(data.indexOf(',') + 1)));
}

QImage cells(int side) {
    QImage image(side, side, QImage::Format_RGB32);
    for (int y = 0; y < side; ++y)
        for (int x = 0; x < side; ++x)
            image.setPixel(x, y, qRgb(x * 255 / side, y * 255 / side, (x * y) % 256));
    return image;
}

}  // namespace

class SvgWriterTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { loadFonts(); }

    void aClipCutsOffWhatItWouldOnTheScreen() {
        const std::vector<Shape> shapes = shapesOf(painted([](QPainter& painter) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(Qt::black);
            painter.save();
            painter.setClipRect(QRectF(10.5, 20, 100, 50));
            painter.drawRect(QRectF(0, 0, 300, 40));
            painter.drawRect(QRectF(20, 30, 40, 10));    // all of it is seen
            painter.drawRect(QRectF(200, 200, 40, 10));  // nothing of it is
            painter.restore();
            painter.drawRect(QRectF(0, 100, 300, 40));
        }));
        QCOMPARE(shapes.size(), std::size_t(3));
        QCOMPARE(shapes[0].visible(), QRectF(10.5, 20, 100, 20));
        QVERIFY(!shapes[1].by);
        QVERIFY(!shapes[2].by);
        QCOMPARE(shapes[2].visible(), QRectF(0, 100, 300, 40));
    }

    void clipsWithinClipsAreCutByBoth() {
        const std::vector<Shape> shapes = shapesOf(painted([](QPainter& painter) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(Qt::black);
            painter.translate(10, 0);
            painter.scale(2, 2);
            painter.setClipRect(QRect(0, 0, 50, 50));
            painter.save();
            painter.setClipRect(QRect(40, 10, 50, 50), Qt::IntersectClip);
            painter.drawRect(QRectF(0, 0, 100, 100));
            painter.restore();
            painter.drawRect(QRectF(0, 0, 100, 100));
            painter.setClipping(false);
            painter.drawRect(QRectF(0, 0, 100, 100));
        }));
        QCOMPARE(shapes.size(), std::size_t(3));
        QCOMPARE(shapes[0].visible(), QRectF(90, 20, 20, 80));
        QCOMPARE(shapes[1].visible(), QRectF(10, 0, 100, 100));
        QCOMPARE(shapes[2].visible(), QRectF(10, 0, 200, 200));
    }

    void everyKindOfElementIsClipped() {
        const QRectF room(50, 50, 60, 60);
        const QByteArray svg = painted([&](QPainter& painter) {
            QPainterPath round;
            round.addEllipse(room);
            painter.setClipPath(round);
            painter.setFont(font(TextRole::Body));
            painter.drawLine(QPointF(0, 60), QPointF(300, 100));
            painter.drawEllipse(QPointF(110, 110), 20, 20);
            painter.drawImage(QRectF(40, 40, 30, 30), cells(7));
            painter.drawText(QPointF(90, 80), QStringLiteral("a long text"));
            painter.drawPolygon(QPolygonF{{QPointF(0, 0), QPointF(200, 0), QPointF(100, 200)}});
        });
        const std::vector<Shape> shapes = shapesOf(svg);
        QCOMPARE(shapes.size(), std::size_t(5));
        for (const Shape& shape : shapes)
            QVERIFY2(shape.by && room.adjusted(-0.1, -0.1, 0.1, 0.1).contains(shape.visible()),
                     qPrintable(shape.kind));
        QCOMPARE(int(svg.count("<clipPath")), 1);  // told once
    }

    // The line of a batch norm with a steep slope leaves its axes.
    void theLineOfABatchNormStaysInItsAxes() {
        const Graph graph{NetworkSpec{}};
        Trace trace;
        trace.step = *graph.find("layer1.0.bn1");
        AffineTrace how;
        how.before = 1.0f;
        how.scale = 3.0;
        how.shift = 0.5;
        trace.sum = 3.5;
        trace.value = 3.5f;
        trace.how = how;
        const std::vector<std::string> classNames(10, "class");
        const std::vector<Shape> shapes = shapesOf(painted([&](QPainter& painter) {
            paintTrace(painter, QRectF({}, page), {trace, graph, classNames}, Theme::light());
        }));
        const auto axes = std::ranges::find_if(shapes, [](const Shape& shape) {
            return shape.value("fill") == Theme::light().background.name();
        });
        QVERIFY(axes != shapes.end());
        int lines = 0;
        for (const Shape& shape : shapes) {
            if (shape.value("stroke") != Theme::light().ink.name() ||
                shape.value("stroke-width") != QLatin1String("2"))
                continue;
            ++lines;
            QVERIFY(shape.box.height() > axes->box.height());  // else there was nothing to clip
            QVERIFY(axes->box.adjusted(-0.1, -0.1, 0.1, 0.1).contains(shape.visible()));
        }
        QCOMPARE(lines, 1);
    }

    // The last unit's cells see 899 pixels of a picture that has 224.
    void whatACellHasSeenStaysByThePicture() {
        const Graph graph{NetworkSpec{}};
        const QRectF target(150, 100, 100, 100);
        constexpr double margin = 20.0;
        const std::vector<Shape> shapes = shapesOf(painted([&](QPainter& painter) {
            paintSeenRange(painter, target, {224, 224}, seenBy(graph, *graph.find("layer4.2.add"), 3, 3),
                           Theme::light(), margin);
        }));
        QVERIFY(!shapes.empty());
        const QRectF room = target.adjusted(-margin, -margin, margin, margin);
        int sides = 0;
        for (const Shape& shape : shapes) {
            const QRectF around = room.adjusted(-0.1, -0.1, 0.1, 0.1);
            const QRectF seen = shape.visible();  // that of a line is empty, so in no rectangle
            QVERIFY2(around.contains(seen.topLeft()) && around.contains(seen.bottomRight()),
                     qPrintable(shape.kind));
            // The frame lies beyond; its sides are seen all the same, and dashed.
            sides += shape.value("stroke") == Theme::light().mainPath.name() &&
                     !shape.value("stroke-dasharray").isEmpty();
        }
        QCOMPARE(sides, 4);
    }

    void whatACellHasSeenIsSaid() {
        const Graph graph{NetworkSpec{}};
        const auto said = [&](const char* step, const QSize& pixels) {
            return seenRangeText(seenBy(graph, *graph.find(step), 3, 3), pixels);
        };
        QVERIFY(said("layer4.2.add", {224, 224})
                    .startsWith(QStringLiteral("Sees the whole picture through all convolutions (blue; ")));
        QVERIFY(said("layer4.2.add", {224, 224}).contains(QStringLiteral(" with the padding around it), ")));
        QVERIFY(said("layer2.0.add", {224, 224}).startsWith(QStringLiteral("Sees ")));
        QVERIFY(said("layer2.0.add", {224, 224}).contains(QStringLiteral(" are inside the picture.")));
    }

    void whatIsTurnedSaysByHowMuch() {
        const std::vector<Shape> shapes = shapesOf(painted([](QPainter& painter) {
            painter.translate(100, 50);
            painter.rotate(90);
            painter.setFont(font(TextRole::Body));
            painter.drawText(QPointF(5, 0), QStringLiteral("upright"));
            painter.drawRect(QRectF(0, 0, 30, 10));
        }));
        QCOMPARE(shapes.size(), std::size_t(2));
        for (const Shape& shape : shapes)
            QCOMPARE(shape.value("transform"), QStringLiteral("matrix(0 1 -1 0 100 50)"));
        QCOMPARE(shapes[0].value("x"), QStringLiteral("5"));
        QCOMPARE(shapes[1].box, QRectF(0, 0, 30, 10));
    }

    void hatchingIsAPattern() {
        const QByteArray svg = painted([](QPainter& painter) {
            painter.fillRect(QRectF(0, 0, 60, 60), QBrush(Qt::red, Qt::BDiagPattern));
            painter.fillRect(QRectF(80, 0, 60, 60), QBrush(Qt::red, Qt::BDiagPattern));
        });
        QCOMPARE(int(svg.count("<pattern ")), 1);
        QCOMPARE(int(svg.count("fill=\"url(#hatching1)\"")), 2);
        QVERIFY(!svg.contains("<image"));
    }

    void holesStayHoles() {
        QPainterPath frame;
        frame.addRect(0, 0, 100, 100);
        frame.addRect(20, 20, 60, 60);
        const QByteArray svg = painted([&](QPainter& painter) { painter.fillPath(frame, Qt::black); });
        QVERIFY(svg.contains("fill-rule=\"evenodd\""));
    }

    void whatAnSvgCannotShowIsRefused() {
        const auto blended = [](QPainter& painter) {
            painter.setCompositionMode(QPainter::CompositionMode_Multiply);
            painter.fillRect(QRectF(0, 0, 10, 10), Qt::red);
        };
        QVERIFY_EXCEPTION_THROWN(painted(blended), Error);
        const auto textured = [](QPainter& painter) {
            painter.fillRect(QRectF(0, 0, 10, 10), QBrush(cells(7)));
        };
        QVERIFY_EXCEPTION_THROWN(painted(textured), Error);
    }

    // Viewers smooth the images that they enlarge: the image itself has large cells.
    void mapsOfFewCellsStayCells_data() {
        QTest::addColumn<int>("side");
        QTest::addColumn<int>("smallest");  // pixels that a cell takes at least
        for (const auto& [side, smallest] : {std::pair(7, 16), {14, 16}, {28, 16}, {56, 8}, {112, 4}})
            QTest::addRow("%d", side) << side << smallest;
    }
    void mapsOfFewCellsStayCells() {
        QFETCH(int, side);
        QFETCH(int, smallest);
        const QImage map = cells(side);
        const QByteArray svg =
            painted([&](QPainter& painter) { painter.drawImage(QRectF(10, 10, 140, 140), map); });
        const std::vector<Shape> shapes = shapesOf(svg);
        QCOMPARE(shapes.size(), std::size_t(1));
        const QImage image = imageIn(shapes[0]);
        QCOMPARE(image.size(), map.size() * smallest);
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x)
                QVERIFY(image.pixel(x, y) == map.pixel(x / smallest, y / smallest));
        QCOMPARE(shapes[0].box, QRectF(10, 10, 140, 140));
        const qsizetype small = pngBytes(map).size();
        qInfo("%d cells a side: %d bytes, %d as it was", side, int(svg.size()), int(small * 4 / 3));
        QVERIFY(svg.size() < 4000 + 4 * small);
    }

    void whatIsShrunkStaysAsItIs() {
        const std::vector<Shape> shapes = shapesOf(painted([](QPainter& painter) {
            painter.setRenderHint(QPainter::SmoothPixmapTransform);
            painter.drawImage(QRectF(0, 0, 20, 20), cells(56));
        }));
        QCOMPARE(imageIn(shapes.at(0)).size(), QSize(56, 56));
    }
};

RESNET_WINDOW_TEST(SvgWriterTest)
#include "SvgWriterTest.moc"
