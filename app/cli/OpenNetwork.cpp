#include "app/cli/OpenNetwork.h"

#include "app/cli/Command.h"
#include "app/cli/CommandLine.h"
#include "app/cli/Console.h"
#include "app/resources/ResourcePaths.h"
#include "core/Error.h"
#include "core/files/ByteSource.h"
#include "core/model/ModelInput.h"
#include "core/network/EditsFile.h"
#include "ui/images/PictureReader.h"
#include "ui/images/QtImage.h"

#include <QFile>
#include <QFileInfo>

namespace resnet::app {

ModelPtr openNetwork(const NetworkOptions& options, const std::stop_token& stop) {
    ModelPtr model;
    if (options.isNew) {
        if (!options.request.copy.empty())
            throw UsageError(QStringLiteral("--copy: expected --weights as well, a file to take it from"));
        model = newModel(options.request);
    } else {
        const QString path = options.weights.isEmpty() ? bundledWeights() : options.weights;
        if (path.isEmpty())
            throw Error("the bundled network is missing; name a file with --weights");
        model = openModel(QFile::encodeName(path).toStdString(), options.request, stop);
    }
    if (stop.stop_requested())
        throw Interrupted();
    for (const std::string& note : model->notes)
        tell(QStringLiteral("note: ") + QString::fromStdString(note));
    if (options.hasSeed && model->isOfFile())
        tell(QStringLiteral("note: --seed changes nothing, as the weights come from a file"));
    return model;
}

void tellIfUntrained(const Model& model) {
    if (!model.isTrained())
        tell(QStringLiteral(
            "note: the network is untrained: its weights are random, and what it predicts is chance"));
}

ModelPtr openNetwork(const Invocation& invocation) {
    return openNetwork(invocation.network(), invocation.stop());
}

StepId stepNamed(const QString& name, const Graph& graph) {
    if (name == QLatin1String("input"))
        return inputStep;
    if (const std::optional<StepId> step = graph.find(name.toStdString()))
        return *step;
    std::vector<std::string> names;
    for (const Step& step : graph.steps())
        names.push_back(step.name);
    throw UsageError(QStringLiteral("'%1' is no step of this network; nearest: %2; 'summary' lists all")
                         .arg(name, nearestNames(name, names).join(QStringLiteral(", "))));
}

Cell cellNamed(const QString& text) {
    const QStringList parts = text.split(QLatin1Char(','));
    bool isRow = false;
    bool isColumn = false;
    const Cell cell{parts.value(0).trimmed().toInt(&isRow), parts.value(1).trimmed().toInt(&isColumn)};
    if (parts.size() != 2 || !isRow || !isColumn)
        throw UsageError(QStringLiteral("--at: expected Y,X such as 3,5, found '%1'").arg(text));
    return cell;
}

QCommandLineOption editOption() {
    return {QStringLiteral("edit"),
            QStringLiteral("units that differ, such as layer3.2:F=0,layer1.1:x=0.5, or a file of them"),
            QStringLiteral("EDITS")};
}

namespace {

// What an --edit says, or the file that it names: no edit is without '='.
std::string editText(const QString& given) {
    if (given.contains(QLatin1Char('=')) || !QFileInfo(given).isFile())
        return given.toStdString();
    constexpr std::uint64_t mostBytes = 1 << 20;
    const std::vector<std::uint8_t> bytes = readFileBytes(QFile::encodeName(given).toStdString(), mostBytes);
    return {bytes.begin(), bytes.end()};
}

}  // namespace

Edits editsOf(const Invocation& invocation, const Graph& graph) {
    try {
        std::string text;
        for (const QString& given : invocation.values(QStringLiteral("edit")))
            text += editText(given) + '\n';
        return editsFromFile(text, graph);
    } catch (const Error& error) {
        throw UsageError(QStringLiteral("--edit: ") + QString::fromUtf8(error.what()));
    }
}

QString editedTitle(const QString& title, const Run& run) {
    if (run.edits().isEmpty())
        return title;
    return title + QStringLiteral(" · ") + QString::fromStdString(textOf(run.edits(), run.graph()));
}

ui::PicturePtr openPicture(const QString& path) {
    const ui::PicturePtr picture = ui::readPicture(path);
    for (const QString& note : picture->notes)
        tell(QStringLiteral("note: %1: %2").arg(path, note));
    return picture;
}

ui::PictureSet pictureSet(const QString& folder, const Model& model, const QString& option,
                          ui::PictureSet::Say say) {
    try {
        return {folder, model, say ? std::move(say) : ui::PictureSet::Say(tell)};
    } catch (const Error& error) {
        const QString before = option.isEmpty() ? QString() : QStringLiteral("--%1: ").arg(option);
        throw UsageError(before + QString::fromUtf8(error.what()));
    }
}

QImage cropOf(const Model& model, const Image& image) {
    return ui::toQImage(seenBy(model, image));
}

Run runImage(Executor& executor, const Model& model, const Image& image, StepId last,
             const std::stop_token& stop, const Edits& edits) {
    Run run = executor.start(inputOf(model, image), edits);
    if (executor.run(run, last, stop) == RunOutcome::Cancelled)
        throw Interrupted();
    return run;
}

}  // namespace resnet::app
