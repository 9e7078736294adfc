#include "tests/TestPrograms.h"
#include "tests/ui/SmallNetwork.h"
#include "ui/drawing/EditedParts.h"
#include "ui/drawing/SectionLayout.h"
#include "ui/exports/DiagramExport.h"
#include "ui/exports/MermaidWriter.h"
#include "ui/painting/DiagramPainter.h"
#include "ui/words/EditWords.h"

#include <QPainter>
#include <QtTest>

#include <algorithm>
#include <set>

using namespace resnet;
using namespace resnet::ui;
using namespace resnet::ui::test;

namespace {

const UnitId projected{1, 0};
const UnitId identity{1, 1};

Edits withEdit(UnitId unit, const UnitEdit& edit) {
    Edits edits;
    edits.set(unit, edit);
    return edits;
}

// Ways of hollow edges.
std::set<Way> hollowWays(const DiagramLayout& layout, const Edits& edits) {
    std::set<Way> ways;
    for (const DiagramEdge& edge : layout.edges)
        if (gainOf(layout, edge, edits) == 0.0f)
            ways.insert(edge.way);
    return ways;
}

int countOff(const DiagramLayout& layout, const Edits& edits) {
    return int(std::ranges::count_if(layout.nodes, [&](const auto& node) { return isOff(node, edits); }));
}

QImage painted(const DiagramLayout& layout, const Edits& edits) {
    DiagramContent content;
    content.edits = edits;
    QImage image(layout.bounds.size().toSize(), QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    paintDiagram(painter, layout, content, Theme::light());
    return image;
}

}  // namespace

class EditedPartsTest : public QObject {
    Q_OBJECT
private:
    const Graph m_graph{newModel(smallRequest())->graph()};

    DiagramLayout at(Detail detail) const { return layoutDiagram(m_graph, OpenNodes::at(detail, m_graph)); }

private Q_SLOTS:
    void whatIsOffIsHollow() {
        const Edits noF = withEdit(identity, {0.0f, 1.0f, {}});
        const Edits noX = withEdit(identity, {1.0f, 0.0f, {}});
        for (const Detail detail : {Detail::Unit, Detail::Layer}) {
            const DiagramLayout layout = at(detail);
            QCOMPARE(hollowWays(layout, {}), std::set<Way>{});
            QCOMPARE(hollowWays(layout, noF), std::set{Way::MainPath});
            QCOMPARE(hollowWays(layout, noX), std::set{Way::Shortcut});
            QCOMPARE(countOff(layout, noF),
                     detail == Detail::Unit ? 1 : int(m_graph.unit(1, 1)->mainPath.size()));
            QCOMPARE(countOff(layout, noX), 0);
            QVERIFY(painted(layout, noF) != painted(layout, {}));
            QVERIFY(painted(layout, noX) != painted(layout, {}));
        }
        const DiagramLayout network = at(Detail::Network);
        QCOMPARE(hollowWays(network, noX), std::set{Way::Shortcut});
        const DiagramLayout section = layoutSection(m_graph, {Group::Kind::Unit, 1, 0}, 3.0);
        const Edits noProjection = withEdit(projected, {1.0f, 0.0f, {}});
        QCOMPARE(countOff(section, noProjection), int(m_graph.unit(1, 0)->shortcut.size()));
        QCOMPARE(countOff(section, noX), 0);  // of another unit
    }

    void factorsAndOtherWeightsAreTagged() {
        const Edits edits = withEdit(identity, {0.5f, -1.0f, NewWeights{4}});
        for (const Detail detail : {Detail::Unit, Detail::Layer}) {
            const std::vector<EditTag> tags = editTags(at(detail), edits);
            QCOMPARE(tags.size(), std::size_t(3));
            for (const EditTag& tag : tags)
                if (tag.kind == EditTag::Kind::Factor)
                    QCOMPARE(tag.factor, tag.way == Way::Shortcut ? -1.0f : 0.5f);
        }
        const std::vector<EditTag> tags = editTags(at(Detail::Network), edits);
        QCOMPARE(tags.size(), std::size_t(1));
        QCOMPARE(tags.front().units, 1);
        QVERIFY(editTags(at(Detail::Unit), {}).empty());
    }

    void filesSayWhatIsChanged() {
        DiagramContent content;
        content.edits = withEdit(identity, {0.0f, 1.0f, {}});
        for (const ExportFormat format : allExportFormats) {
            DiagramExportOptions options;
            options.open = OpenNodes::at(Detail::Unit, m_graph);
            const QByteArray changed = exportedDiagram(m_graph, content, format, options).bytes;
            const QByteArray unchanged = exportedDiagram(m_graph, {}, format, options).bytes;
            QVERIFY2(changed != unchanged, qPrintable(extensionOf(format)));
            if (format == ExportFormat::Svg || format == ExportFormat::Dot ||
                format == ExportFormat::Mermaid || format == ExportFormat::Tikz)
                QVERIFY2(changed.contains("layer2.1:F=0"), qPrintable(extensionOf(format)));
            if (format == ExportFormat::Dot)
                QVERIFY(changed.contains("style=dotted, label=\"off\""));
            if (format == ExportFormat::Mermaid)
                QVERIFY(changed.contains("-. \"off\" .->") &&
                        mermaidEdges(changed) == mermaidEdges(unchanged));
            if (format == ExportFormat::Svg || format == ExportFormat::Tikz)
                QVERIFY2(changed.contains("Changed: stage 2, unit 2: F(x) off"),
                         qPrintable(extensionOf(format)));
        }
    }

    void editsAreToldInWords() {
        Edits edits = withEdit(identity, {0.0f, 0.5f, {}});
        QCOMPARE(editsWords(edits, 3), QStringLiteral("stage 2, unit 2: F(x) off, shortcut × 0.5"));
        QCOMPARE(changedPartsWords(edits), QStringLiteral("2 parts changed"));
        QCOMPARE(changeWords({}, withEdit(identity, {0.0f, 1.0f, {}})),
                 QStringLiteral("F(x) of stage 2, unit 2 off"));
        QCOMPARE(changeWords(edits, {}), QStringLiteral("all parts as they were"));
        edits.set(projected, {1.0f, 1.0f, NewWeights{3}});
        QCOMPARE(editsWords(edits, 1),
                 QStringLiteral("stage 2, unit 1: weights started anew, seed 3; and 1 more"));
    }
};

RESNET_WINDOW_TEST(EditedPartsTest)
#include "EditedPartsTest.moc"
