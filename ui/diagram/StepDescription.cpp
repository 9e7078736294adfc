#include "ui/diagram/StepDescription.h"

#include "ui/Words.h"
#include "ui/words/StepWords.h"
#include "ui/words/Wording.h"

namespace resnet::ui {

QString descriptionOf(const Graph& graph, StepId id, const DiagramContent& content) {
    const QString shape = QString::fromStdString(shapeText(graph.outputShape(id)));
    if (id == inputStep)
        return Words::tr("input, %1").arg(shape);
    const Step& step = graph.step(id);
    const std::string_view kind = name(step.kind);
    QString said =
        QStringLiteral("%1: %2, %3")
            .arg(titleOf(graph, id), QString::fromUtf8(kind.data(), qsizetype(kind.size())), shape);
    said += QLatin1Char('\n') + fileNameOf(graph, id);
    const StepState state = content.state(id);
    if (const StepPictures* pictures = content.picturesOf(id);
        pictures && pictures->shown && state != StepState::Empty)
        said +=
            (pictures->shown->isSelected ? Words::tr("\nShows channel %1 of %2, which is selected")
                                         : Words::tr("\nShows channel %1 of %2, the strongest of its stage"))
                .arg(pictures->shown->channel)
                .arg(step.output.channels);
    if (state == StepState::Empty)
        said += Words::tr("\nNot computed yet");
    if (state == StepState::Stale)
        said += Words::tr("\nOf the picture before; being computed again");
    return said;
}

QString titleOf(const Graph& graph, const DiagramNode& node) {
    if (node.kind == NodeKind::Stage)
        return Words::tr("Stage %1").arg(node.stage + 1);
    if (const ResidualUnit* unit = node.kind == NodeKind::Unit ? graph.unit(node.stage, node.unit) : nullptr)
        return titleOf(*unit);
    const std::optional<StepId> step = graph.find(node.name.toStdString());
    return step ? titleOf(graph, *step) : capitalised(node.name);
}

QString descriptionOf(const Graph& graph, const DiagramEdge& edge, const DiagramLayout& layout) {
    const ResidualUnit* unit = graph.unitOf(edge.carries);
    const bool isChanged = unit && unit->changesX();
    const QString way = edge.isProjection           ? Words::tr("shortcut, %1").arg(layout.changedShortcut)
                        : edge.way == Way::Shortcut ? Words::tr("shortcut, x unchanged")
                        : edge.way == Way::Sum && isChanged ? Words::tr("sum F(x) + P(x)")
                        : edge.way == Way::Sum              ? Words::tr("sum F(x) + x")
                                                            : Words::tr("main path");
    return QStringLiteral("%1 → %2\n%3, %4")
        .arg(titleOf(graph, edge.carries), titleOf(graph, layout.nodes[std::size_t(edge.to)]), way,
             QString::fromStdString(shapeText(graph.outputShape(edge.carries))));
}

}  // namespace resnet::ui
