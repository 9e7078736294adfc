#include "tests/TestPrograms.h"
#include "ui/exports/DiagramExport.h"
#include "ui/exports/MermaidWriter.h"
#include "ui/painting/Theme.h"

#include <QRegularExpression>
#include <QtTest>

#include <map>
#include <set>

using namespace resnet;
using namespace resnet::ui;

namespace {

NetworkSpec longStages() {
    NetworkSpec spec;
    spec.unitsPerStage = {1, 64, 20};
    spec.channelsPerStage = {8, 16, 32};
    return spec;
}

DiagramExportOptions textOptionsAt(Detail detail, const Graph& graph) {
    DiagramExportOptions options;
    options.open = OpenNodes::at(detail, graph);
    return options;
}

QString exported(const Graph& graph, ExportFormat format, const DiagramExportOptions& options) {
    return QString::fromUtf8(exportedDiagram(graph, {}, format, options).bytes);
}

// The nodes and edges of a digraph, and how many nodes stand side by side.
struct Dot {
    std::set<QString> nodes;
    std::multimap<QString, QString> edges;
    std::multimap<QString, QString> within;  // edges that do not lead to another row
    std::set<QString> starts;                // named as the first of their rows

    explicit Dot(const QString& text) {
        static const QRegularExpression node(QStringLiteral("^ +\"([^\"]+)\" \\[label="));
        static const QRegularExpression edge(QStringLiteral("^ +\"([^\"]+)\" -> \"([^\"]+)\" (.*)$"));
        static const QRegularExpression name(QStringLiteral("\"([^\"]+)\""));
        for (const QString& line : text.split(QLatin1Char('\n'))) {
            if (const auto match = node.match(line); match.hasMatch())
                nodes.insert(match.captured(1));
            if (const auto match = edge.match(line); match.hasMatch()) {
                edges.emplace(match.captured(1), match.captured(2));
                if (!match.captured(3).contains(QStringLiteral("constraint=false")))
                    within.emplace(match.captured(1), match.captured(2));
            }
            if (line.contains(QStringLiteral("rank=min")))
                for (auto match = name.globalMatch(line); match.hasNext();)
                    starts.insert(match.next().captured(1));
        }
    }
    int longestFrom(const QString& node) const {
        int longest = 0;
        for (auto [it, end] = within.equal_range(node); it != end; ++it)
            longest = std::max(longest, longestFrom(it->second));
        return longest + 1;
    }
};

// The boxes and edges of a flowchart.
struct Flowchart {
    std::map<QString, QStringList> boxesOf;  // of each node and box, from the outermost on
    std::set<QString> nodes;
    std::set<QString> rows;  // boxes that run from left to right
    std::vector<std::pair<QString, QString>> edges;

    explicit Flowchart(const QString& text) {
        static const QRegularExpression box(QStringLiteral("^ *subgraph (\\w+)\\["));
        static const QRegularExpression edge(QStringLiteral("^ *(\\w+) (-->|==>|-\\.->) (\\w+)$"));
        QStringList open;
        for (const QString& line : text.split(QLatin1Char('\n'))) {
            const auto boxMatch = box.match(line);
            const auto edgeMatch = edge.match(line);
            if (boxMatch.hasMatch()) {
                boxesOf[boxMatch.captured(1)] = open;
                open << boxMatch.captured(1);
            } else if (line.trimmed() == QLatin1String("end")) {
                open.removeLast();
            } else if (line.trimmed() == QLatin1String("direction LR")) {
                rows.insert(open.back());
            } else if (edgeMatch.hasMatch()) {
                edges.emplace_back(edgeMatch.captured(1), edgeMatch.captured(3));
            } else if (line.contains(QStringLiteral(":::"))) {
                const QString id = line.trimmed().section(QRegularExpression(QStringLiteral("[\\[(]")), 0, 0);
                boxesOf[id] = open;
                nodes.insert(id);
            }
        }
    }
    QString rowOf(const QString& id) const {
        for (const QString& each : boxesOf.at(id))
            if (rows.contains(each))
                return each;
        return {};
    }
};

}  // namespace

// DOT and Mermaid, as their readers see them.
class GraphFormatsTest : public QObject {
    Q_OBJECT
    const Graph m_graph{NetworkSpec{}};

    static void addNetworks() {
        QTest::addColumn<NetworkSpec>("spec");
        QTest::addColumn<int>("detail");
        for (const auto& [network, spec] : {std::pair("ResNet-34", NetworkSpec{}),
                                            {"ResNet-18", resNet18()},
                                            {"plain-34", plain34()},
                                            {"long stages", longStages()}})
            for (const Detail detail : {Detail::Network, Detail::Unit, Detail::Layer})
                QTest::addRow("%s, %s", network, std::string(resnet::ui::name(detail)).c_str())
                    << spec << int(detail);
    }

private Q_SLOTS:
    void initTestCase() { loadFonts(); }

    void everyStepAndEdgeIsThere() {
        const DiagramExportOptions options = textOptionsAt(Detail::Layer, m_graph);
        const Dot dot(exported(m_graph, ExportFormat::Dot, options));
        const Flowchart flowchart(exported(m_graph, ExportFormat::Mermaid, options));
        QCOMPARE(int(dot.nodes.size()), m_graph.stepCount() + 1);
        std::size_t edges = 0;
        for (const Step& step : m_graph.steps()) {
            const QString name = QString::fromStdString(step.name);
            QVERIFY2(dot.nodes.contains(name), step.name.c_str());
            QVERIFY2(flowchart.nodes.contains(QString(name).replace(QLatin1Char('.'), QLatin1Char('_'))),
                     step.name.c_str());
            for (const StepId input : step.inputs) {
                const auto [first, last] =
                    dot.edges.equal_range(QString::fromStdString(m_graph.stepName(input)));
                QCOMPARE(
                    int(std::count_if(first, last, [&](const auto& edge) { return edge.second == name; })),
                    1);
                ++edges;
            }
        }
        QCOMPARE(dot.edges.size(), edges);
    }

    // One row of all steps was 25,889 pixels wide.
    void dotStandsInRows_data() { addNetworks(); }
    void dotStandsInRows() {
        QFETCH(NetworkSpec, spec);
        QFETCH(int, detail);
        const Graph graph(spec);
        const Dot dot(exported(graph, ExportFormat::Dot, textOptionsAt(Detail(detail), graph)));
        constexpr int mostInRow = 24;
        for (const QString& node : dot.nodes)
            QVERIFY2(dot.longestFrom(node) <= mostInRow, qPrintable(node));
        // Whatever no edge pushes to the right stands at the left.
        std::set<QString> pushed;
        for (const auto& [from, to] : dot.within)
            pushed.insert(to);
        for (const QString& start : dot.starts)
            QVERIFY2(!pushed.contains(start), qPrintable(start));
        if (!dot.starts.empty())
            for (const QString& node : dot.nodes)
                QVERIFY2(pushed.contains(node) || dot.starts.contains(node), qPrintable(node));
    }

    void mermaidStandsInRows_data() { addNetworks(); }
    void mermaidStandsInRows() {
        QFETCH(NetworkSpec, spec);
        QFETCH(int, detail);
        const Graph graph(spec);
        const QString text = exported(graph, ExportFormat::Mermaid, textOptionsAt(Detail(detail), graph));
        const Flowchart flowchart(text);
        std::map<QString, int> sizes;
        for (const QString& node : flowchart.nodes)
            ++sizes[flowchart.rowOf(node)];
        for (const auto& [row, size] : sizes)
            QVERIFY2(size <= 13, qPrintable(row));  // and what enters
        std::set<QString> joined;
        for (const auto& [from, to] : flowchart.edges) {
            QVERIFY2(flowchart.boxesOf.contains(from) && flowchart.boxesOf.contains(to),
                     qPrintable(from + QStringLiteral(" to ") + to));
            // An edge into a row from outside would turn it upright.
            QVERIFY2(flowchart.rowOf(from) == flowchart.rowOf(to),
                     qPrintable(from + QStringLiteral(" to ") + to));
            joined.insert(from);
            joined.insert(to);
        }
        for (const QString& node : flowchart.nodes)
            QVERIFY2(joined.contains(node), qPrintable(node));
        QCOMPARE(mermaidEdges(text.toUtf8()), int(flowchart.edges.size()));
    }

    void unitsAreDrawnAlone() {
        DiagramExportOptions options;
        options.subject = DiagramExportOptions::Subject::Unit;
        options.stage = 1;
        const Flowchart flowchart(exported(m_graph, ExportFormat::Mermaid, options));
        QCOMPARE(flowchart.nodes.size(), std::size_t(10));  // what enters, and nine steps
        QVERIFY(flowchart.boxesOf.at(QStringLiteral("layer1_2_relu2")).isEmpty());
        options.subject = DiagramExportOptions::Subject::UnitKindsFigure;
        const Dot both(exported(m_graph, ExportFormat::Dot, options));
        QCOMPARE(both.starts,
                 (std::set<QString>{QStringLiteral("maxpool"), QStringLiteral("layer1.2.relu2")}));
    }

    void whatMermaidMayNotTakeIsTold() {
        QVERIFY(exportedDiagram(m_graph, {}, ExportFormat::Mermaid, textOptionsAt(Detail::Layer, m_graph))
                    .notes.isEmpty());
        const Graph large(longStages());
        const ExportedDiagram written =
            exportedDiagram(large, {}, ExportFormat::Mermaid, textOptionsAt(Detail::Layer, large));
        QVERIFY(written.bytes.size() > mostMermaidLetters);
        QVERIFY(mermaidEdges(written.bytes) > mostMermaidEdges);
        QCOMPARE(written.notes.size(), 2);
        QVERIFY2(written.notes[0].contains(QStringLiteral("maxTextSize")), qPrintable(written.notes[0]));
        QVERIFY2(written.notes[1].contains(QStringLiteral("maxEdges")), qPrintable(written.notes[1]));
    }
};

RESNET_WINDOW_TEST(GraphFormatsTest)
#include "GraphFormatsTest.moc"
