#include "ui/exports/GraphText.h"

namespace resnet::ui {

NodeText nodeText(const Graph& graph, const DiagramNode& node) {
    const QString shape = compactShape(graph.outputShape(node.step));
    switch (node.kind) {
        case NodeKind::Image:
            return {QStringLiteral("input"), shape};
        case NodeKind::Step:
            return {node.step == inputStep ? QStringLiteral("input") : shortKind(graph.step(node.step)),
                    shape};
        case NodeKind::Sum:
            return {QStringLiteral("+"), {}};
        case NodeKind::Stem:
            return {QStringLiteral("Stem"), shape};
        case NodeKind::Head:
            return {QStringLiteral("Head"), shape};
        case NodeKind::Stage:
            return {
                QStringLiteral("Stage %1, %2 units").arg(node.stage + 1).arg(graph.stage(node.stage).size()),
                shape};
        case NodeKind::Unit:
            return {QStringLiteral("Unit %1").arg(node.unit + 1), shape};
    }
    return {};
}

QString identifierOf(const DiagramNode& node) {
    QString id = node.name;
    return id.replace(QLatin1Char('.'), QLatin1Char('_'));
}

void visitNested(const DiagramLayout& layout, const NestedNodes& visitor) {
    int stage = -1;
    int unit = -1;
    const auto leaveUnit = [&] {
        if (unit >= 0)
            visitor.close();
        unit = -1;
    };
    const auto leaveStage = [&] {
        leaveUnit();
        if (stage >= 0)
            visitor.close();
        stage = -1;
    };
    for (const DiagramNode& node : layout.nodes) {
        const bool isInStage = node.stage >= 0 && node.kind != NodeKind::Stage;
        if (!isInStage || node.stage != stage)
            leaveStage();
        if (isInStage && stage < 0) {
            stage = node.stage;
            visitor.open(QStringLiteral("stage%1").arg(stage + 1), QStringLiteral("Stage %1").arg(stage + 1));
        }
        if (isInStage && node.unit != unit) {
            leaveUnit();
            unit = node.unit;
            visitor.open(QStringLiteral("layer%1_%2_group").arg(stage + 1).arg(unit),
                         QStringLiteral("layer%1.%2").arg(stage + 1).arg(unit));
        }
        visitor.node(node);
    }
    leaveStage();
}

}  // namespace resnet::ui
