#include "tests/TestPrograms.h"
#include "ui/drawing/DiagramLayout.h"
#include "ui/exports/DiagramExport.h"
#include "ui/painting/Theme.h"

#include <QRegularExpression>
#include <QXmlStreamReader>
#include <QtTest>

#include <map>

using namespace resnet;
using namespace resnet::ui;

namespace {

struct SvgText {
    QString text;
    QRectF box;
    double x = 0.0;  // of the point that stays in any font
    QString anchor;
};

// One named group of an exported diagram: a node, or an edge ("from--to").
struct SvgGroup {
    QString title;
    QRectF box;                   // of the first shape
    std::vector<QPointF> points;  // of the first path
    int count = 0;                // how often the name occurs
};

struct Svg {
    std::map<QString, SvgGroup> nodes;
    std::map<QString, SvgGroup> edges;
    std::vector<SvgText> texts;
};

std::vector<QPointF> pointsOf(const QString& path) {
    static const QRegularExpression number(QStringLiteral("-?[0-9.]+"));
    std::vector<double> values;
    for (auto match = number.globalMatch(path); match.hasNext();)
        values.push_back(match.next().captured().toDouble());
    std::vector<QPointF> points;
    for (std::size_t i = 0; i + 1 < values.size(); i += 2)
        points.emplace_back(values[i], values[i + 1]);
    return points;
}

QRectF boxOf(const std::vector<QPointF>& points) {
    QRectF box(points.front(), QSizeF());
    for (const QPointF& point : points)
        box = QRectF(QPointF(std::min(box.left(), point.x()), std::min(box.top(), point.y())),
                     QPointF(std::max(box.right(), point.x()), std::max(box.bottom(), point.y())));
    return box;
}

// What another program reads of the file; elements are where they say, there are no transforms.
Svg read(const QByteArray& bytes) {
    Svg svg;
    QXmlStreamReader xml(bytes);
    SvgGroup* open = nullptr;
    while (!xml.atEnd()) {
        xml.readNext();
        if (xml.isEndElement() && xml.name() == QLatin1String("g"))
            open = nullptr;
        if (!xml.isStartElement())
            continue;
        const QXmlStreamAttributes attributes = xml.attributes();
        const auto value = [&](const char* name) { return attributes.value(QLatin1String(name)).toDouble(); };
        if (xml.name() == QLatin1String("g")) {
            const QString id = attributes.value(QLatin1String("id")).toString();
            open = &(id.contains(QLatin1String("--")) ? svg.edges : svg.nodes)[id];
            ++open->count;
        } else if (xml.name() == QLatin1String("title") && open) {
            open->title = xml.readElementText();
        } else if (xml.name() == QLatin1String("text")) {
            const double size = value("font-size");
            const double width = value("textLength");
            const auto anchor = attributes.value(QLatin1String("text-anchor"));
            const double before = anchor == QLatin1String("middle") ? width / 2
                                  : anchor == QLatin1String("end")  ? width
                                                                    : 0.0;
            const QRectF box(value("x") - before, value("y") - 0.73 * size, width, 0.73 * size);
            svg.texts.push_back({xml.readElementText(), box, value("x"), anchor.toString()});
        } else if (open && open->points.empty() && xml.name() == QLatin1String("path")) {
            open->points = pointsOf(attributes.value(QLatin1String("d")).toString());
            if (open->box.isNull())
                open->box = boxOf(open->points);
        } else if (open && open->box.isNull() && xml.name() == QLatin1String("ellipse")) {
            open->box = QRectF(value("cx") - value("rx"), value("cy") - value("ry"), 2 * value("rx"),
                               2 * value("ry"));
        }
    }
    return xml.hasError() ? Svg() : svg;
}

NetworkSpec narrow() {
    NetworkSpec spec;
    spec.unitsPerStage = {1, 3, 2};
    spec.channelsPerStage = {16, 48, 1024};
    spec.inputHeight = 97;
    spec.inputWidth = 131;
    return spec;
}

DiagramExportOptions openedAt(const Graph& graph, Detail detail, const std::vector<std::string>& names = {}) {
    DiagramExportOptions options;
    options.open = OpenNodes::at(detail, graph);
    for (const std::string& name : names)
        options.open.openNamed(graph, name);
    return options;
}

QByteArray svgOfDiagram(const Graph& graph, const DiagramContent& content,
                        const DiagramExportOptions& options) {
    return exportedDiagram(graph, content, ExportFormat::Svg, options).bytes;
}

QString text(const std::string& name) {
    return QString::fromStdString(name);
}

}  // namespace

// The exported file as another program reads it, held against the network.
class DiagramSvgTest : public QObject {
    Q_OBJECT
private:
    static void addSpecs() {
        QTest::addColumn<NetworkSpec>("spec");
        QTest::newRow("ResNet-34") << NetworkSpec{};
        QTest::newRow("ResNet-18") << resNet18();
        QTest::newRow("plain-34") << plain34();
        QTest::newRow("narrow") << narrow();
    }

    static void checkDrawing(const QByteArray& bytes) {
        const Svg svg = read(bytes);
        QVERIFY(!svg.nodes.empty());
        for (std::size_t i = 0; i < svg.texts.size(); ++i)
            for (std::size_t j = i + 1; j < svg.texts.size(); ++j)
                QVERIFY2(!svg.texts[i].box.intersects(svg.texts[j].box),
                         qPrintable(svg.texts[i].text + QStringLiteral(" and ") + svg.texts[j].text));
        for (const auto& [id, edge] : svg.edges) {
            const QStringList ends = id.split(QStringLiteral("--"));
            for (const auto& [name, node] : svg.nodes) {
                if (ends.contains(name))
                    continue;
                for (std::size_t i = 1; i < edge.points.size(); ++i)
                    QVERIFY2(!node.box.intersects(
                                 boxOf({edge.points[i - 1], edge.points[i]}).adjusted(-0.1, -0.1, 0.1, 0.1)),
                             qPrintable(id + QStringLiteral(" through ") + name));
            }
        }
    }

private Q_SLOTS:
    void initTestCase() { loadFonts(); }

    void everyStepStandsThereOnceAndEveryEdgeTellsItsShape_data() { addSpecs(); }
    void everyStepStandsThereOnceAndEveryEdgeTellsItsShape() {
        QFETCH(NetworkSpec, spec);
        const Graph graph(spec);
        const Svg svg = read(svgOfDiagram(graph, {}, openedAt(graph, Detail::Layer)));
        QCOMPARE(int(svg.nodes.size()), graph.stepCount() + 1);
        std::size_t edges = 0;
        std::map<QString, int> shapes;  // the two lines of a shape's text
        const auto count = [&](const FeatureShape& shape) {
            ++shapes[QString::number(shape.channels)];
            if (!shape.isVector())
                ++shapes[QStringLiteral("%1×%2").arg(shape.height).arg(shape.width)];
        };
        count(graph.outputShape(inputStep));  // below the image
        for (const Step& step : graph.steps()) {
            QVERIFY2(svg.nodes.contains(text(step.name)), step.name.c_str());
            QCOMPARE(svg.nodes.at(text(step.name)).count, 1);
            for (const StepId input : step.inputs) {
                const QString id = text(graph.stepName(input)) + QStringLiteral("--") + text(step.name);
                QVERIFY2(svg.edges.contains(id), qPrintable(id));
                const FeatureShape& shape = graph.outputShape(input);
                QVERIFY(svg.edges.at(id).title.endsWith(QStringLiteral(", ") + compactShape(shape)));
                ++edges;
                count(shape);
            }
        }
        QCOMPARE(svg.edges.size(), edges);
        std::map<QString, int> written;
        for (const SvgText& each : svg.texts)
            ++written[each.text];
        for (const auto& [shape, wanted] : shapes)
            QVERIFY2(
                written[shape] == wanted,
                qPrintable(
                    QStringLiteral("%1: %2 times, %3 expected").arg(shape).arg(written[shape]).arg(wanted)));
    }

    void nothingOverlaps_data() { addSpecs(); }
    void nothingOverlaps() {
        QFETCH(NetworkSpec, spec);
        const Graph graph(spec);
        for (const Detail detail : {Detail::Network, Detail::Unit, Detail::Layer})
            for (const ExportPage page : {ExportPage::Tight, ExportPage::A4, ExportPage::Widescreen}) {
                DiagramExportOptions options = openedAt(graph, detail);
                options.page = page;
                checkDrawing(svgOfDiagram(graph, {}, options));
            }
        for (const std::vector<std::string>& names :
             {std::vector<std::string>{"stem", "layer2.0"}, {"layer1.*", "head"}, {"layer2.*", "layer1"}})
            checkDrawing(svgOfDiagram(graph, {}, openedAt(graph, Detail::Network, names)));
        DiagramExportOptions options = openedAt(graph, Detail::Layer);
        options.subject = DiagramExportOptions::Subject::Stage;
        options.stage = 1;
        checkDrawing(svgOfDiagram(graph, {}, options));
        options.subject = DiagramExportOptions::Subject::Unit;
        checkDrawing(svgOfDiagram(graph, {}, options));
        if (!spec.hasShortcuts())
            return;
        options.subject = DiagramExportOptions::Subject::UnitKindsFigure;
        checkDrawing(svgOfDiagram(graph, {}, options));
    }

    // Where Inter is missing another font's widths must not push a text out of its box.
    void centredTextsHangFromTheirMiddle() {
        const Graph graph{NetworkSpec{}};
        DiagramExportOptions options;
        options.subject = DiagramExportOptions::Subject::Unit;
        const Svg svg = read(svgOfDiagram(graph, {}, options));
        for (const char* step : {"layer1.0.conv1", "layer1.0.bn1", "layer1.0.relu1"}) {
            const double middle = svg.nodes.at(text(step)).box.center().x();
            QVERIFY2(std::ranges::any_of(svg.texts,
                                         [&](const SvgText& each) {
                                             return each.anchor == QLatin1String("middle") &&
                                                    qAbs(each.x - middle) < 0.1;
                                         }),
                     step);
        }
        for (const SvgText& each : svg.texts) {
            const bool isOfLegend = each.text.contains(QLatin1Char(',')) ||
                                    each.text.startsWith(u"main path") || each.text == u"shortcut x" ||
                                    each.text == u"1×1 projection";
            QVERIFY2(each.anchor == QLatin1String("middle") || isOfLegend, qPrintable(each.text));
        }
    }

    void theLegendTellsWhatShadeAndThicknessStandFor() {
        const Graph graph{NetworkSpec{}};
        DiagramContent content;
        content.norms.assign(std::size_t(graph.stepCount()), 40.0);
        content.shading = NodeShading{QStringLiteral("Multiply-adds"), QStringLiteral("million"), {}};
        for (const Step& step : graph.steps())
            content.shading->values.push_back(double(step.multiplyAdds) / 1e6);
        const QByteArray bytes = svgOfDiagram(graph, content, openedAt(graph, Detail::Layer));
        checkDrawing(bytes);
        QStringList written;
        for (const SvgText& each : read(bytes).texts)
            written << each.text;
        for (const char* wanted : {"main path F(x)", "shortcut x", "1×1 projection",
                                   "Thickness: norm of what flows", "40", "Multiply-adds: 0", "118 million"})
            QVERIFY2(written.contains(QString::fromUtf8(wanted)), wanted);
        const Graph plain(plain34());
        QVERIFY(!svgOfDiagram(plain, {}, openedAt(plain, Detail::Unit)).contains("shortcut"));
    }
};

RESNET_WINDOW_TEST(DiagramSvgTest)
#include "DiagramSvgTest.moc"
