#include "ui/Words.h"
#include "ui/drawing/PieceParts.h"

#include <algorithm>

namespace resnet::ui {

namespace {

constexpr double frameEdge = 14.0;  // from the start of a piece to what its frame holds

// The shape of what enters, on the last stretch of the edge before the first step.
void addEntryShape(RiverPiece& piece, const Graph& graph, double gap) {
    const QRectF& first = piece.part.nodes[std::size_t(piece.entry)].box;
    addEdgeShape(piece.part, graph, 0, {first.left() - gap / 2, first.center().y()});
}

// Room for the widest shape on an edge between the steps, or to the first of them.
double gapFor(std::span<const Step> steps) {
    double gap = edgeShapeWidth(steps.front().input);
    for (const Step& step : steps)
        gap = std::max(gap, edgeShapeWidth(step.output));
    return gap;
}

class UnitBuilder {
public:
    UnitBuilder(const Graph& graph, const ResidualUnit& unit)
        : m_graph(graph), m_unit(unit), m_gap(gapFor(graph.stepsOf(unit))), m_x(entryX + m_gap) {
        m_piece.stage = unit.stage;
    }

    RiverPiece build() {
        addMainPath();
        int before = int(m_piece.part.nodes.size()) - 1;
        StepId carried = m_unit.branchOutput();
        if (m_unit.add) {
            const int sum = addSum(m_piece, m_graph, m_unit, m_x + plusRadius);
            connectWithShape(m_piece, m_graph, before, sum, carried, Way::MainPath);
            addArc(sum);
            before = sum;
            carried = *m_unit.add;
            m_x += 2 * plusRadius + m_gap;
        }
        for (const StepId id : m_unit.tail) {
            const int node = addStep(m_piece, m_graph, id, {m_x, 0.0});
            connectWithShape(m_piece, m_graph, before, node, carried, m_unit.add ? Way::Sum : Way::MainPath);
            before = node;
            carried = id;
            m_x += stepBox + m_gap;
        }
        m_piece.exit = before;
        addFrame(m_piece, {Group::Kind::Unit, m_unit.stage, m_unit.unit}, m_unit.first(), m_unit.last(),
                 m_x - m_gap, QString::fromStdString(m_unit.name));
        return std::move(m_piece);
    }

private:
    static constexpr double forkX = frameEdge + 8.0;
    static constexpr double entryX = forkX + 2.0;

    void addMainPath() {
        const double left = m_x;
        m_fork = {-1, m_unit.input, forkX};
        for (const StepId id : m_unit.mainPath) {
            const int node = addStep(m_piece, m_graph, id, {m_x, 0.0});
            if (node == 0) {
                addEntry(m_piece, m_graph);
            } else {
                const int edge = connect(m_piece, node - 1, node,
                                         m_piece.part.nodes[std::size_t(node) - 1].step, Way::MainPath);
                addEdgeShape(m_piece.part, m_graph, edge, {m_x - m_gap / 2, 0.0});
            }
            m_x += stepBox;
            if (id == m_graph.forkOf(m_unit)) {
                m_fork = {node, id, m_x + 8.0};
                m_x = m_fork.x + 2.0;
            }
            m_x += m_gap;
        }
        addEntryShape(m_piece, m_graph, m_gap);
        m_piece.part.labels.push_back({Words::tr("main path F(x)"),
                                       QRectF(left, stepBox / 2 + 3 + kindHeight, m_x - m_gap - left, 18.0),
                                       LabelRole::MainPathTag, Qt::AlignCenter, -1});
    }

    // The shortcut over the main path; a projection's steps stand on it.
    void addArc(int sum) {
        const double landing = m_x + plusRadius;
        std::vector<int> onTheWay;
        double top = -stepBox / 2 - 24.0;
        double x = m_fork.x + 2.0 + m_gap;
        if (m_unit.changesX())
            top = -stepBox / 2 - 20.0 - kindHeight - stepBox / 2;
        for (const StepId id : m_unit.shortcut) {
            onTheWay.push_back(addStep(m_piece, m_graph, id, {x, top}));
            x += stepBox + m_gap;
        }
        const int last = addShortcut(m_piece, m_unit, m_fork, sum, top, onTheWay);
        double stretch = m_fork.x + 2.0;  // where the next straight stretch of the shortcut begins
        for (int edge = last - int(onTheWay.size()); edge <= last; ++edge) {
            addEdgeShape(m_piece.part, m_graph, edge, {stretch + m_gap / 2, top});
            stretch += m_gap + stepBox;
        }
        const double tagLeft = stretch - stepBox + 8.0;
        m_piece.part.labels.push_back({shortcutTag(m_unit),
                                       QRectF(tagLeft, top - 9, landing - 8.0 - tagLeft, 18),
                                       LabelRole::ShortcutTag, Qt::AlignCenter, -1});
    }

    const Graph& m_graph;
    const ResidualUnit& m_unit;
    double m_gap;
    double m_x;
    Fork m_fork;
    RiverPiece m_piece;
};

}  // namespace

RiverPiece openUnit(const Graph& graph, const ResidualUnit& unit) {
    return UnitBuilder(graph, unit).build();
}

RiverPiece openChain(const Graph& graph, const Group& group) {
    RiverPiece piece;
    const std::span<const Step> steps = stepsOf(graph, group);
    constexpr double smallestGap = 26.0;  // the kinds stand side by side
    const double gap = std::max(smallestGap, gapFor(steps));
    double x = frameEdge + gap;
    for (const Step& step : steps) {
        piece.exit = addStep(piece, graph, step.id, {x, 0.0});
        if (piece.exit == 0)
            addEntry(piece, graph);
        else
            connectWithShape(piece, graph, piece.exit - 1, piece.exit, step.inputs.front(), Way::MainPath);
        x += stepBox + gap;
    }
    addEntryShape(piece, graph, gap);
    addFrame(piece, group, steps.front().id, steps.back().id, x - gap, {});
    return piece;
}

}  // namespace resnet::ui
