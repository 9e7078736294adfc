#pragma once

#include "ui/drawing/DiagramLayout.h"

#include <functional>

namespace resnet::ui {

// What a node of a text format says: its kind and the shape of its output.
struct NodeText {
    QString title;  // "conv 3×3", "Stage 2, unit 2", "+"
    QString shape;  // "28×28×128"
};

NodeText nodeText(const Graph& graph, const DiagramNode& node);

// A node's name as an identifier: "layer2_0_bn2".
QString identifierOf(const DiagramNode& node);

// The nodes of a drawing, `first` to `end - 1`, that stand side by side where its rows stand one below the
// other.
struct GraphRow {
    int first = 0;
    int end = 0;

    int count() const { return end - first; }
};

// How a drawing's nodes belong together.
class NodeGroups {
public:
    explicit NodeGroups(const DiagramLayout& layout);

    // The opened stage and unit, counted from 0, that a node stands in; -1: none. What alone is drawn of a
    // unit, as what enters the next one, stands in none.
    int stageOf(int node) const { return m_places[std::size_t(node)].stage; }
    int unitOf(int node) const { return m_places[std::size_t(node)].unit; }

    // A stage that stands open begins a row, and another with the unit that would make it longer than `most`
    // nodes; so does what comes after it.
    std::vector<GraphRow> rows(int most) const;

    // Calls `open` before and `close` after the nodes of each stage, and of each unit.
    struct Visitor {
        std::function<void(const QString& id, const QString& title)> open;
        std::function<void()> close;
        std::function<void(const DiagramNode&)> node;
    };
    void visit(const Visitor& visitor) const;

    static QString stageTitle(int stage);
    static QString unitTitle(int stage, int unit) {
        return QStringLiteral("layer%1.%2").arg(stage + 1).arg(unit);
    }

private:
    struct Place {
        int stage = -1;
        int unit = -1;
        bool operator==(const Place&) const = default;
    };
    bool hasEntry(int node) const;

    const DiagramLayout& m_layout;
    std::vector<Place> m_places;
};

// Which of the rows a node stands in.
int rowOf(const std::vector<GraphRow>& rows, int node);

}  // namespace resnet::ui
