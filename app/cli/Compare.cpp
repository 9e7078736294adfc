#include "app/cli/Commands.h"
#include "app/cli/Console.h"
#include "app/cli/InputFile.h"
#include "app/cli/OpenNetwork.h"
#include "app/resources/Samples.h"
#include "core/Error.h"
#include "core/experiments/DifferenceCauses.h"
#include "core/model/ModelInput.h"
#include "ui/images/PictureReader.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <nlohmann/json.hpp>

#include <cmath>

namespace resnet::app {

namespace {

using Json = nlohmann::ordered_json;

struct Compared {
    RunComparison steps;
    std::optional<std::string> explainedBy;
};

EngineOptions engineOptions(const Invocation& invocation) {
    return {invocation.network().threads, {}, {}};
}

bool isInput(const QString& path) {
    return isInputFile(path) || ui::isPictureFile(path);
}

// One network, two pictures or input tensors.
Compared comparePictures(const Invocation& invocation, const QStringList& paths) {
    if (invocation.has(option("image")))
        throw UsageError(QStringLiteral("--image is for two weights files, found two pictures"));
    std::vector<std::optional<Tensor>> tensors;
    NetworkOptions network = invocation.network();
    for (const QString& path : paths) {
        tensors.emplace_back();
        if (!isInputFile(path))
            continue;
        tensors.back() = readInputFile(QFile::encodeName(path).toStdString());
        network = optionsFor(*tensors.back(), network);
    }
    const ModelPtr model = openNetwork(network, invocation.stop());
    tellIfUntrained(*model);
    Executor executor(model->network, invocation.network().threads);
    std::vector<Run> runs;
    for (qsizetype i = 0; i < paths.size(); ++i) {
        const std::optional<Tensor>& tensor = tensors[std::size_t(i)];
        const FeatureMapsPtr input =
            tensor ? inputFrom(*tensor, model->graph().outputShape(inputStep), paths[i].toStdString())
                   : inputOf(*model, openPicture(paths[i])->image);
        Run run = executor.start(input);
        executor.run(run, invocation.stop());
        invocation.throwIfInterrupted();
        runs.push_back(std::move(run));
    }
    return {compared(runs[0], runs[1]), {}};
}

// One picture, two networks.
Compared compareNetworks(const Invocation& invocation, const QStringList& paths, double tolerance) {
    if (!invocation.network().weights.isEmpty())
        throw UsageError(QStringLiteral("--weights is for two pictures; A and B are the weights files"));
    QString path = invocation.value(option("image"));
    if (path.isEmpty()) {
        const QList<Sample> all = samples();
        if (all.isEmpty())
            throw Error("the sample photographs are missing; name a picture with --image");
        path = all.first().path;
    }
    std::vector<ModelPtr> models;
    for (const QString& weights : paths) {
        NetworkOptions network = invocation.network();
        network.weights = weights;
        network.isNew = false;
        models.push_back(openNetwork(network, invocation.stop()));
        tellIfUntrained(*models.back());
    }
    const Image image = openPicture(path)->image;
    std::vector<Run> runs;
    for (const ModelPtr& model : models) {
        const auto run = runOn(*model, image, engineOptions(invocation), invocation.stop());
        if (!run)
            throw Interrupted();
        runs.push_back(*run);
    }
    Compared result{compared(runs[0], runs[1]), {}};
    if (result.steps.first(tolerance))
        result.explainedBy = causeOfDifference(models[0], models[1], image, tolerance,
                                               engineOptions(invocation), invocation.stop());
    invocation.throwIfInterrupted();
    return result;
}

QByteArray comparedJson(const Compared& result, double tolerance) {
    const StepDifference* first = result.steps.first(tolerance);
    Json steps = Json::array();
    for (const StepDifference& each : result.steps.steps)
        steps.push_back({{"step", each.step}, {"relativeDifference", jsonNumber(each.relative)}});
    const Json json = {{"firstDifference", first ? Json(first->step) : Json(nullptr)},
                       {"largestDifference", jsonNumber(result.steps.largest())},
                       {"explainedBy", result.explainedBy ? Json(*result.explainedBy) : Json(nullptr)},
                       {"steps", steps}};
    return QByteArray::fromStdString(json.dump(1)) + '\n';
}

QString comparedText(const Compared& result, double tolerance) {
    QString text;
    qsizetype width = 0;
    for (const StepDifference& each : result.steps.steps)
        width = std::max(width, qsizetype(each.step.size()));
    const StepDifference* first = result.steps.first(tolerance);
    for (const StepDifference& each : result.steps.steps) {
        const QString value = !each.haveEqualShapes           ? QStringLiteral("other shapes")
                              : !std::isfinite(each.relative) ? QStringLiteral("infinite")
                              : each.relative == 0.0          ? QStringLiteral("equal")
                                                              : QString::number(each.relative, 'e', 2);
        text += QStringLiteral("  %1  %2%3\n")
                    .arg(QString::fromStdString(each.step).leftJustified(width), value,
                         &each == first ? QStringLiteral("   <- first difference") : QString());
    }
    const auto listed = [&](const std::vector<std::string>& steps, const char* where) {
        if (!steps.empty())
            text += QStringLiteral("%1 steps only in %2, from %3 to %4\n")
                        .arg(steps.size())
                        .arg(QLatin1String(where), QString::fromStdString(steps.front()),
                             QString::fromStdString(steps.back()));
    };
    listed(result.steps.onlyInA, "A");
    listed(result.steps.onlyInB, "B");
    if (!first)
        return text + QStringLiteral("Equal within %1.\n").arg(tolerance, 0, 'g');
    text += QStringLiteral("First difference: %1\n").arg(QString::fromStdString(first->step));
    if (result.explainedBy)
        text += QStringLiteral("Explained by: %1\n").arg(QString::fromStdString(*result.explainedBy));
    return text;
}

int compareBoth(const Invocation& invocation) {
    const bool isJson = invocation.wantsJson();
    const double tolerance = invocation.number(option("tolerance"), 0.0, 1e6);
    const QStringList paths = invocation.arguments();
    for (const QString& path : paths)
        if (!QFileInfo(path).isFile())
            throw UsageError(QStringLiteral("%1: %2; expected a picture or a file of weights")
                                 .arg(path, QFileInfo::exists(path)
                                                ? QStringLiteral("this is a folder")
                                                : QStringLiteral("there is no such file")));
    if (isInput(paths[0]) != isInput(paths[1]))
        throw UsageError(QStringLiteral("expected two pictures or two weights files, found one of each"));
    const Compared result = isInput(paths[0]) ? comparePictures(invocation, paths)
                                              : compareNetworks(invocation, paths, tolerance);
    if (isJson)
        print(comparedJson(result, tolerance));
    else
        print(comparedText(result, tolerance));
    return result.steps.first(tolerance) ? ExitFailed : ExitDone;
}

// 1 says that the two differ, so whatever else goes wrong is 2.
int runCompare(const Invocation& invocation) {
    try {
        return compareBoth(invocation);
    } catch (const Error& error) {
        invocation.throwIfInterrupted();
        tell(QString::fromUtf8(error.what()));
        return ExitWrongUsage;
    }
}

}  // namespace

Command compareCommand() {
    Command command;
    command.name = QStringLiteral("compare");
    command.arguments = QStringLiteral("A B");
    command.summary = QStringLiteral("find the first step where two pictures or networks differ");
    command.options = {
        {QStringLiteral("image"), QStringLiteral("what goes through two networks; else the first sample"),
         QStringLiteral("IMAGE")},
        {QStringLiteral("tolerance"), QStringLiteral("relative difference of a step that counts as none"),
         QStringLiteral("T"), QStringLiteral("1e-4")},
        formatOption()};
    command.minimumArguments = 2;
    command.maximumArguments = 2;
    command.run = runCompare;
    command.notes = QStringLiteral(
        "A and B are two pictures (or .npy tensors) or two weights files. The exit status is 0 if all\n"
        "steps are equal within the tolerance, 1 if not, and 2 for anything that goes wrong. For two\n"
        "networks of one shape it tries out and says what explains the difference.");
    return command;
}

}  // namespace resnet::app
