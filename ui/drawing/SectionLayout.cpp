#include "ui/drawing/SectionLayout.h"

#include "ui/Words.h"
#include "ui/drawing/PieceParts.h"

#include <algorithm>

namespace resnet::ui {

namespace {

constexpr double boxWidth = 76.0;
constexpr double boxHeight = 88.0;
constexpr double pictureSide = 60.0;
constexpr double endBox = 66.0;
constexpr double plusRadius = 13.0;
constexpr double largestWidening = 44.0;  // of the gaps, to fill a wide place
constexpr double sectionMargin = 8.0;
constexpr double lineHeight = 17.0;
constexpr double kindHeight = 20.0;  // has room for 9 pixels in the smallest pictures of a pass

// Where the shortcut leaves the main path: after which node, and what it carries.
struct Fork {
    int node = -1;
    StepId step = inputStep;
    double x = 0.0;
};

class SectionBuilder {
public:
    SectionBuilder(const Graph& graph, const Section& section, double widening)
        : m_graph(graph), m_section(section), m_gap(gapFor(stepsOf(graph, section)) + widening) {
        m_layout.lineScale = 1.0;
        m_layout.cornerRadius = 14.0;
    }

    DiagramLayout build() {
        if (m_section.kind == Group::Kind::Unit)
            buildUnit(*m_graph.unit(m_section.stage, m_section.unit));
        else
            buildChain();
        finish();
        nameWays(m_layout, m_graph);
        return std::move(m_layout);
    }

private:
    // Room for every shape on its edge.
    static double gapFor(std::span<const Step> steps) {
        double gap = edgeShapeWidth(steps.front().input);
        for (const Step& step : steps.first(steps.size() - 1))
            gap = std::max(gap, edgeShapeWidth(step.output));
        return gap;
    }

    void buildChain() {
        const std::span<const Step> steps = stepsOf(m_graph, m_section);
        const StepId source = steps.front().inputs.front();
        addEnd(source, QString::fromStdString(m_graph.stepName(source)), LabelRole::Name);
        int before = 0;
        for (const Step& step : steps) {
            m_x += m_gap;
            const int node = addStep(step.id);
            connect(before, node, step.inputs.front(), Way::MainPath);
            before = node;
        }
    }

    void buildUnit(const ResidualUnit& unit) {
        const int x =
            addEnd(unit.input, QStringLiteral("x"), unit.add ? LabelRole::Shortcut : LabelRole::Name);
        m_fork = {x, unit.input, m_x + 14.0};
        m_x = m_fork.x + 2.0 + m_gap;
        const double pathLeft = m_x;
        int before = x;
        StepId carried = unit.input;
        for (const StepId id : unit.mainPath) {
            const int node = addStep(id);
            connect(before, node, carried, Way::MainPath);
            if (id == m_graph.forkOf(unit)) {
                m_fork = {node, id, m_x + 14.0};
                m_x = m_fork.x + 2.0;
            }
            before = node;
            carried = id;
            m_x += m_gap;
        }
        const double pathRight = m_x - m_gap;
        m_layout.labels.push_back({Words::tr("main path F(x)"),
                                   QRectF(pathLeft, boxHeight / 2 + 6, pathRight - pathLeft, lineHeight),
                                   LabelRole::MainPath, Qt::AlignCenter, -1});
        if (unit.add) {
            const int sum = addSum(unit);
            connect(before, sum, carried, Way::MainPath);
            addShortcut(unit, sum);
            before = sum;
            carried = *unit.add;
            m_x += m_gap;
        }
        buildTail(unit, before, carried);
    }

    // What follows, of which the last step is what leaves; without any the sum or F(x) leaves as it is.
    void buildTail(const ResidualUnit& unit, int before, StepId carried) {
        const Way way = unit.add ? Way::Sum : Way::MainPath;
        QString name = !unit.add         ? QStringLiteral("F(x)")
                       : unit.changesX() ? QStringLiteral("F(x) + P(x)")
                                         : QStringLiteral("F(x) + x");
        for (const StepId id : unit.tail) {
            const std::string_view kind = resnet::name(m_graph.step(id).kind);
            name = QStringLiteral("%1(%2)").arg(QString::fromUtf8(kind.data(), qsizetype(kind.size())), name);
            if (id == unit.output)
                break;
            const int node = addStep(id);
            connect(before, node, carried, way);
            before = node;
            carried = id;
            m_x += m_gap;
        }
        const int out = addEnd(unit.output, name, LabelRole::Name);
        connect(before, out, carried, way);
    }

    // Over the main path into the sum. A projection's steps stand on it, above the first steps below.
    void addShortcut(const ResidualUnit& unit, int sum) {
        const QRectF landing = box(sum);
        constexpr double arc = -boxHeight / 2 - 36.0;
        QPolygonF points{{QPointF(m_fork.x, 0), QPointF(m_fork.x, arc)}};
        int from = m_fork.node;
        StepId carried = m_fork.step;
        double left = m_fork.x + 2.0 + m_gap;
        for (const StepId id : unit.shortcut) {
            const int node = addWideStep(id, QPointF(left, arc));
            points << QPointF(left, arc);
            m_layout.edges.push_back({from, node, carried, Way::Shortcut, true, points});
            addShapeBefore(left, arc);
            points = QPolygonF{{QPointF(box(node).right(), arc)}};
            from = node;
            carried = id;
            left = box(node).right() + m_gap;
        }
        points << QPointF(landing.center().x(), arc) << QPointF(landing.center().x(), landing.top());
        m_layout.edges.push_back({from, sum, carried, Way::Shortcut, unit.changesX(), points});
        addShapeBefore(left, arc);
        const double tagRight = landing.center().x() - 14.0;
        m_layout.labels.push_back({shortcutTag(unit), QRectF(left, arc - 13, tagRight - left, 26),
                                   LabelRole::ShortcutTag, Qt::AlignCenter, -1});
    }

    // Of the last edge, in the gap that ends at `x`.
    void addShapeBefore(double x, double y) {
        addEdgeShape(m_layout, m_graph, int(m_layout.edges.size()) - 1, {x - m_gap / 2, y});
    }

    // What enters or leaves: the map alone, its name below.
    int addEnd(StepId id, const QString& name, LabelRole role) {
        const double lead = m_layout.nodes.empty() ? 8.0 : 0.0;
        DiagramNode node = nodeOf(id);
        const QRectF square(m_x + lead, -endBox / 2, endBox, endBox);
        node.box = mapIn(square, m_graph.outputShape(id));
        node.picture = node.box.adjusted(4, 4, -4, -4);
        if (m_layout.nodes.empty())
            node.way = Way::MainPath;
        const QRectF room(square.center().x() - endBox / 2 - 14, endBox / 2 + 5, endBox + 28, lineHeight);
        const int index = add(node);
        m_layout.labels.push_back({name, room, role, Qt::AlignCenter, index});
        m_layout.labels.push_back({compactShape(m_graph.outputShape(id)), room.translated(0, lineHeight),
                                   LabelRole::Detail, Qt::AlignCenter, index});
        m_x = square.right();
        return index;
    }

    int addStep(StepId id) {
        DiagramNode node = nodeOf(id);
        node.box = QRectF(m_x, -boxHeight / 2, boxWidth, boxHeight);
        const QRectF square(m_x + (boxWidth - pictureSide) / 2, node.box.top() + 6, pictureSide, pictureSide);
        node.picture = mapIn(square, node.step >= 0 ? m_graph.step(id).output : FeatureShape{});
        const int index = add(node);
        const QRectF room(m_x + 2, square.bottom() + 1, boxWidth - 4, kindHeight);
        m_layout.labels.push_back(kindLabel(m_graph.step(id), room, index));
        m_x += boxWidth;
        return index;
    }

    // A step on the shortcut: the map at the left, the words beside it.
    int addWideStep(StepId id, const QPointF& left) {
        constexpr double height = 46.0;
        constexpr double width = 128.0;
        DiagramNode node = nodeOf(id);
        node.box = QRectF(left.x(), left.y() - height / 2, width, height);
        node.picture =
            mapIn(QRectF(left.x() + 4, node.box.top() + 4, height - 8, height - 8), m_graph.step(id).output);
        const int index = add(node);
        const QRectF room(left.x() + height, left.y() - kindHeight / 2, width - height - 3, kindHeight);
        m_layout.labels.push_back(kindLabel(m_graph.step(id), room, index));
        return index;
    }

    int addSum(const ResidualUnit& unit) {
        DiagramNode node = nodeOf(*unit.add);
        node.kind = NodeKind::Sum;
        node.box = QRectF(m_x, -plusRadius, 2 * plusRadius, 2 * plusRadius);
        m_x = node.box.right();
        return add(node);
    }

    DiagramNode nodeOf(StepId id) const {
        DiagramNode node;
        node.kind = id == inputStep ? NodeKind::Image : NodeKind::Step;
        node.step = node.first = node.last = id;
        node.name = QString::fromStdString(m_graph.stepName(id));
        node.way = Way::Stem;
        node.shape = m_graph.outputShape(id);
        if (id != inputStep) {
            const Step& step = m_graph.step(id);
            node.stage = step.stage;
            node.unit = step.unit;
            node.way = step.way;
        }
        return node;
    }

    int add(const DiagramNode& node) {
        m_layout.nodes.push_back(node);
        return int(m_layout.nodes.size()) - 1;
    }

    void connect(int from, int to, StepId carries, Way way) {
        m_layout.edges.push_back({from, to, carries, way, false,
                                  QPolygonF{{QPointF(box(from).right(), 0), QPointF(box(to).left(), 0)}}});
        addShapeBefore(box(to).left(), 0.0);
    }

    const QRectF& box(int node) const { return m_layout.nodes[std::size_t(node)].box; }

    void finish() {
        const QRectF extent = extentOf(m_layout);
        const QPointF offset = QPointF(sectionMargin, sectionMargin) - extent.topLeft();
        DiagramLayout moved;
        moved.append(m_layout, offset);
        moved.lineScale = m_layout.lineScale;
        moved.cornerRadius = m_layout.cornerRadius;
        moved.bounds = QRectF(0, 0, extent.width() + 2 * sectionMargin, extent.height() + 2 * sectionMargin);
        m_layout = std::move(moved);
    }

    const Graph& m_graph;
    Section m_section;
    double m_gap;
    double m_x = 0.0;
    Fork m_fork;
    DiagramLayout m_layout;
};

}  // namespace

Section sectionOf(const Graph& graph, StepId step) {
    if (const ResidualUnit* unit = graph.unitOf(step))
        return {Group::Kind::Unit, unit->stage, unit->unit};
    return {step == inputStep || graph.step(step).way == Way::Stem ? Group::Kind::Stem : Group::Kind::Head,
            -1, -1};
}

QString titleOf(const Section& section) {
    if (section.kind == Group::Kind::Unit)
        return Words::tr("Stage %1, unit %2").arg(section.stage + 1).arg(section.unit + 1);
    return section.kind == Group::Kind::Stem ? Words::tr("Stem") : Words::tr("Head");
}

QString explanationOf(const Graph& graph, const Section& section) {
    if (section.kind == Group::Kind::Stem)
        return Words::tr("a wide convolution and a pooling make the picture four times smaller on each side");
    if (section.kind == Group::Kind::Head)
        return Words::tr("each map is averaged to one number; these give one score per class");
    const ResidualUnit& unit = *graph.unit(section.stage, section.unit);
    if (!unit.add)
        return Words::tr("a plain unit: no shortcut, so everything must pass through F");
    if (!unit.changesX())
        return Words::tr("identity shortcut: the map keeps its size, so x is added unchanged");
    if (unit.isPadded())
        return Words::tr(
            "shortcut without parameters: every second cell of x, and zeros for the new channels");
    return graph.outputShape(unit.input).height == graph.outputShape(unit.output).height
               ? Words::tr("projection shortcut: other channels, so x is projected")
               : Words::tr("projection shortcut: half the size, other channels");
}

DiagramLayout layoutSection(const Graph& graph, const Section& section, double aspect) {
    const QRectF narrow = SectionBuilder(graph, section, 0.0).build().bounds;
    const QRectF wider = SectionBuilder(graph, section, 1.0).build().bounds;
    const double missing = aspect * narrow.height() - narrow.width();
    const double widening = missing / (wider.width() - narrow.width());
    return SectionBuilder(graph, section, std::clamp(widening, 0.0, largestWidening)).build();
}

DiagramLayout layoutUnitKindsFigure(const Graph& graph) {
    constexpr double titleHeight = 32.0;
    DiagramLayout figure;
    nameWays(figure, graph);
    figure.lineScale = 1.0;
    figure.cornerRadius = 14.0;
    double centre = 0.0;  // of the main path: both stand on one line
    const auto centreOf = [](const DiagramLayout& part) { return part.nodes.front().box.center().y(); };
    const auto partOf = [&](const ResidualUnit& unit) {
        return layoutSection(graph, {Group::Kind::Unit, unit.stage, unit.unit}, 0.0);
    };
    const auto place = [&](const ResidualUnit& unit, const QString& title) {
        const DiagramLayout part = partOf(unit);
        const double left = figure.nodes.empty() ? 0.0 : figure.bounds.right() + 24.0;
        figure.append(part, {left, titleHeight + centre - centreOf(part)});
        figure.labels.push_back(
            {title, QRectF(left + sectionMargin, 8.0, part.bounds.width() - 2 * sectionMargin, 22.0),
             LabelRole::Title, Qt::AlignLeft | Qt::AlignVCenter, -1});
        figure.bounds = figure.bounds.united(QRectF(0, 0, 1, 1));
    };
    const auto& units = graph.units();
    const auto identity =
        std::ranges::find_if(units, [](const auto& unit) { return unit.add && !unit.changesX(); });
    const auto projection = std::ranges::find_if(units, &ResidualUnit::changesX);
    for (const auto& found : {identity, projection})
        if (found != units.end())
            centre = std::max(centre, centreOf(partOf(*found)));
    if (identity != units.end())
        place(*identity, Words::tr("Identity shortcut (%1)").arg(QString::fromStdString(identity->name)));
    if (projection != units.end())
        place(*projection, (projection->isPadded() ? Words::tr("Padded shortcut (%1)")
                                                   : Words::tr("Projection shortcut (%1)"))
                               .arg(QString::fromStdString(projection->name)));
    return figure;
}

}  // namespace resnet::ui
