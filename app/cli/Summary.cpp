#include "app/cli/Commands.h"
#include "app/cli/Console.h"
#include "app/cli/OpenNetwork.h"

#include <nlohmann/json.hpp>

namespace resnet::app {

namespace {

using Json = nlohmann::ordered_json;

Json shapeOf(const FeatureShape& shape) {
    return shape.isVector() ? Json::array({shape.channels})
                            : Json::array({shape.channels, shape.height, shape.width});
}

Json parametersOf(std::int64_t trainable, std::int64_t total) {
    return {{"trainable", trainable}, {"total", total}};
}

Json describe(const Graph& graph, const Step& step) {
    Json inputs = Json::array();
    for (const StepId input : step.inputs)
        inputs.push_back(graph.stepName(input));
    const ReceptiveField& y = step.fieldY;
    const ReceptiveField& x = step.fieldX;
    return {{"name", step.name},
            {"kind", std::string(name(step.kind))},
            {"inputs", inputs},
            {"output", shapeOf(step.output)},
            {"parameters", parametersOf(step.trainableParameters, step.totalParameters)},
            {"multiplyAdds", step.multiplyAdds},
            {"receptiveField",
             {{"size", {y.size, x.size}}, {"stride", {y.stride, x.stride}}, {"start", {y.start, x.start}}}}};
}

// One line per step.
QString summaryJson(const Graph& graph) {
    const Json root{{"parameters", parametersOf(graph.trainableParameters(), graph.totalParameters())},
                    {"multiplyAdds", graph.multiplyAdds()},
                    {"steps", Json::array()}};
    std::string text = root.dump();
    text.resize(text.size() - 2);  // "]}"
    for (const Step& step : graph.steps())
        text += (step.id == 0 ? "\n" : ",\n") + describe(graph, step).dump();
    return QString::fromStdString(text + "\n]}\n");
}

// 21289802 -> "21,289,802"
QString grouped(std::int64_t value) {
    QString digits = QString::number(value);
    for (qsizetype i = digits.size() - 3; i > 0; i -= 3)
        digits.insert(i, QLatin1Char(','));
    return digits;
}

QString row(const QString& name, const QString& kind, const QString& shape, const QString& parameters,
            const QString& multiplyAdds, const QString& field) {
    return name.leftJustified(21) + kind.leftJustified(21) + shape.rightJustified(15) +
           parameters.rightJustified(13) + multiplyAdds.rightJustified(16) + field.rightJustified(13) +
           QLatin1Char('\n');
}

QString fieldText(const Step& step) {
    return step.fieldY.size == step.fieldX.size
               ? QString::number(step.fieldY.size)
               : QStringLiteral("%1 x %2").arg(step.fieldY.size).arg(step.fieldX.size);
}

QString table(const Model& model) {
    const Graph& graph = model.graph();
    const NetworkSpec& spec = graph.spec();
    QString text = QStringLiteral("%1: input %2 x %3 x %4, padding %5, epsilon %6, %7 classes\n\n")
                       .arg(QString::fromStdString(displayName(spec)))
                       .arg(spec.inputHeight)
                       .arg(spec.inputWidth)
                       .arg(spec.inputChannels)
                       .arg(QString::fromStdString(std::string(name(spec.padding))))
                       .arg(spec.batchNormEpsilon)
                       .arg(spec.classes);
    text += row(QStringLiteral("step"), QStringLiteral("kind"), QStringLiteral("H x W x C"),
                QStringLiteral("parameters"), QStringLiteral("multiply-adds"), QStringLiteral("sees pixels"));
    for (const Step& step : graph.steps()) {
        const QString shape =
            QString::fromStdString(shapeText(step.output)).replace(QChar(0x00D7), QLatin1Char('x'));
        text += row(QString::fromStdString(step.name), QString::fromStdString(std::string(name(step.kind))),
                    shape, step.totalParameters > 0 ? grouped(step.totalParameters) : QString(),
                    step.multiplyAdds > 0 ? grouped(step.multiplyAdds) : QString(), fieldText(step));
    }
    return text + QStringLiteral("\n%1 steps, %2 parameters (%3 trainable), %4 multiply-adds\n")
                      .arg(grouped(graph.stepCount()), grouped(graph.totalParameters()),
                           grouped(graph.trainableParameters()), grouped(graph.multiplyAdds()));
}

int runSummary(const Invocation& invocation) {
    const bool isJson = invocation.wantsJson();
    const ModelPtr model = openNetwork(invocation);
    print(isJson ? summaryJson(model->graph()) : table(*model));
    return ExitDone;
}

}  // namespace

Command summaryCommand() {
    Command command;
    command.name = QStringLiteral("summary");
    command.summary = QStringLiteral("list every step: shape, parameters, multiply-adds, receptive field");
    command.options = {formatOption()};
    command.run = runSummary;
    return command;
}

}  // namespace resnet::app
