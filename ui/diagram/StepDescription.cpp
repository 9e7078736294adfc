#include "ui/diagram/StepDescription.h"

#include <QCoreApplication>

namespace resnet::ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Diagram)
};

}  // namespace

QString descriptionOf(const Graph& graph, StepId id, const DiagramContent& content) {
    const QString shape = QString::fromStdString(shapeText(graph.outputShape(id)));
    if (id == inputStep)
        return Words::tr("input, %1").arg(shape);
    const Step& step = graph.step(id);
    const std::string_view kind = name(step.kind);
    QString said = QStringLiteral("%1: %2, %3")
                       .arg(QString::fromStdString(step.name),
                            QString::fromUtf8(kind.data(), qsizetype(kind.size())), shape);
    if (const ResidualUnit* unit = graph.unitOf(id))
        said += Words::tr("\nStage %1, unit %2").arg(unit->stage + 1).arg(unit->unit + 1);
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

QString descriptionOf(const Graph& graph, const DiagramEdge& edge, const DiagramLayout& layout) {
    const ResidualUnit* unit = graph.unitOf(edge.carries);
    const bool isChanged = unit && unit->changesX();
    const QString way = edge.isProjection           ? Words::tr("shortcut, %1").arg(layout.changedShortcut)
                        : edge.way == Way::Shortcut ? Words::tr("shortcut, x unchanged")
                        : edge.way == Way::Sum && isChanged ? Words::tr("sum F(x) + P(x)")
                        : edge.way == Way::Sum              ? Words::tr("sum F(x) + x")
                                                            : Words::tr("main path");
    return QStringLiteral("%1 → %2\n%3, %4")
        .arg(QString::fromStdString(graph.stepName(edge.carries)), layout.nodes[std::size_t(edge.to)].name,
             way, QString::fromStdString(shapeText(graph.outputShape(edge.carries))));
}

}  // namespace resnet::ui
