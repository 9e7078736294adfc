#include "ui/drawing/EditedParts.h"

#include <algorithm>

namespace resnet::ui {

namespace {

const UnitEdit& editOf(const DiagramNode& node, const Edits& edits) {
    return edits.of({node.stage, node.unit});
}

bool isStepOf(const DiagramNode& node, Way way) {
    return node.kind == NodeKind::Step && node.way == way && node.unit >= 0;
}

bool isOff(float gain) {
    return gain == 0.0f;
}

bool isFactor(float gain) {
    return gain != 0.0f && gain != 1.0f;
}

}  // namespace

float gainOf(const DiagramLayout& layout, const DiagramEdge& edge, const Edits& edits) {
    const DiagramNode& from = layout.nodes[std::size_t(edge.from)];
    const DiagramNode& to = layout.nodes[std::size_t(edge.to)];
    if (edge.unit >= 0)
        return edits.of({to.stage, edge.unit}).shortcutGain;
    if (to.kind == NodeKind::Sum || isStepOf(to, Way::Shortcut)) {
        const UnitEdit& edit = editOf(to, edits);
        return edge.way == Way::Shortcut ? edit.shortcutGain : edit.mainPathGain;
    }
    const bool isInside = isStepOf(to, Way::MainPath) && isStepOf(from, Way::MainPath) &&
                          from.stage == to.stage && from.unit == to.unit;
    return isInside ? editOf(to, edits).mainPathGain : 1.0f;
}

bool isOff(const DiagramNode& node, const Edits& edits) {
    if (edits.isEmpty())
        return false;
    if (node.kind == NodeKind::Unit || isStepOf(node, Way::MainPath))
        return isOff(editOf(node, edits).mainPathGain);
    return isStepOf(node, Way::Shortcut) && isOff(editOf(node, edits).shortcutGain);
}

namespace {

class TagMaker {
public:
    TagMaker(const DiagramLayout& layout, const Edits& edits) : m_layout(layout), m_edits(edits) {}

    std::vector<EditTag> make() {
        for (const DiagramNode& node : m_layout.nodes)
            addOf(node);
        for (const DiagramEdge& edge : m_layout.edges)
            if (edge.way == Way::Shortcut && m_layout.nodes[std::size_t(edge.to)].kind == NodeKind::Sum)
                addOf(edge);
        return std::move(m_tags);
    }

private:
    static QPointF topOf(const DiagramNode& node) { return {node.box.center().x(), node.box.top()}; }

    void addOf(const DiagramNode& node) {
        if (node.kind == NodeKind::Stage)
            return addStage(node);
        if (node.kind == NodeKind::Unit) {
            addFactor(Way::MainPath, editOf(node, m_edits).mainPathGain, topOf(node), node.step);
            return addWeights(node, {node.box.center().x(), node.box.bottom()});
        }
        if (node.kind == NodeKind::Sum)
            addOpenMainPath(node);
    }

    void addStage(const DiagramNode& node) {
        const auto units = std::ranges::count_if(
            m_edits.units(), [&](const auto& each) { return each.first.stage == node.stage; });
        if (units > 0)
            m_tags.push_back(
                {EditTag::Kind::ChangedUnits, Way::MainPath, 1.0f, int(units), topOf(node), node.step});
    }

    // At the last step of the main path, and at its first for the weights.
    void addOpenMainPath(const DiagramNode& sum) {
        const DiagramNode* first = nullptr;
        const DiagramNode* last = nullptr;
        for (const DiagramNode& node : m_layout.nodes)
            if (isStepOf(node, Way::MainPath) && node.stage == sum.stage && node.unit == sum.unit) {
                first = first ? first : &node;
                last = &node;
            }
        if (!first)
            return;
        addFactor(Way::MainPath, editOf(sum, m_edits).mainPathGain, topOf(*last), last->step);
        addWeights(*first, topOf(*first));
    }

    void addOf(const DiagramEdge& edge) {
        const DiagramNode& to = m_layout.nodes[std::size_t(edge.to)];
        const auto corner = edge.points.size() - 2;
        const bool isOverBlock = std::ranges::any_of(m_layout.nodes, [&](const DiagramNode& node) {
            return node.kind == NodeKind::Unit && node.stage == to.stage && node.unit == to.unit;
        });
        constexpr double aboveTag = 16.0;
        const QPointF along = (edge.points[corner] + edge.points[corner - 1]) / 2;
        const QPointF down = (edge.points[corner] + edge.points[corner + 1]) / 2;
        addFactor(Way::Shortcut, editOf(to, m_edits).shortcutGain,
                  isOverBlock ? along - QPointF(0, edge.isProjection ? aboveTag : 0.0) : down, to.step);
    }

    void addFactor(Way way, float factor, const QPointF& centre, StepId of) {
        if (isFactor(factor))
            m_tags.push_back({EditTag::Kind::Factor, way, factor, 0, centre, of});
    }

    void addWeights(const DiagramNode& node, const QPointF& centre) {
        if (editOf(node, m_edits).weights != UnitWeights())
            m_tags.push_back({EditTag::Kind::OtherWeights, Way::MainPath, 1.0f, 0, centre, node.step});
    }

    const DiagramLayout& m_layout;
    const Edits& m_edits;
    std::vector<EditTag> m_tags;
};

}  // namespace

std::vector<EditTag> editTags(const DiagramLayout& layout, const Edits& edits) {
    return edits.isEmpty() ? std::vector<EditTag>() : TagMaker(layout, edits).make();
}

}  // namespace resnet::ui
