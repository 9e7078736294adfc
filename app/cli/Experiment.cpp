#include "core/experiments/Experiment.h"

#include "app/cli/Commands.h"
#include "app/cli/Console.h"
#include "app/cli/ExperimentReport.h"
#include "app/cli/InputFile.h"
#include "app/cli/OpenNetwork.h"
#include "core/Error.h"
#include "core/experiments/BatchNormMeasuring.h"
#include "core/model/ModelInput.h"
#include "ui/exports/ExperimentFigure.h"
#include "ui/exports/FigureFile.h"
#include "ui/exports/WholeFile.h"

#include <QFile>
#include <QFileInfo>

#include <algorithm>

namespace resnet::app {

namespace {

constexpr int batchSize = 16;

// What is tried: a row for each.
std::vector<ExperimentRow> rowsOf(const Invocation& invocation, const Graph& graph) {
    std::vector<ExperimentRow> rows;
    if (invocation.has(option("sweep")) == invocation.has(option("edit")))
        throw UsageError(QStringLiteral("expected either --edit or --sweep"));
    if (invocation.has(option("edit"))) {
        const Edits edits = editsOf(invocation, graph);
        rows.push_back({textOf(edits, graph), {}, edits});
        return rows;
    }
    SweepRequest request;
    request.draws = invocation.integer(option("draws"), 1, 1000);
    request.seed = std::uint64_t(invocation.integer(option("draw-seed"), 0, 2'000'000'000));
    QStringList kinds;
    for (const QString& given : invocation.values(option("sweep")))
        kinds << given.split(QLatin1Char(','));
    try {
        for (const QString& kind : kinds) {
            request.kind = sweepKindNamed(kind.trimmed().toStdString());
            std::ranges::move(resnet::rowsOf(graph, request), std::back_inserter(rows));
        }
    } catch (const Error& error) {
        throw UsageError(QStringLiteral("--sweep: ") + QString::fromUtf8(error.what()));
    }
    return rows;
}

std::string checkedEnding(const QString& output) {
    const QString ending = QFileInfo(output).suffix().toLower();
    if (ending != QLatin1String("svg") && ending != QLatin1String("png") && ending != QLatin1String("csv"))
        throw UsageError(
            QStringLiteral("--output: expected a name ending in .svg, .png or .csv, found '%1'").arg(output));
    ui::checkTarget(output);
    return ending.toStdString();
}

// At most about ten times, and only of what takes a while.
class Progress {
public:
    explicit Progress(QString what) : m_what(std::move(what)) {}
    void tellOf(int done, int total) const {
        const int step = std::max(1, (total + 9) / 10);
        if (total >= 40 && done % step == 0 && done < total)
            tell(QStringLiteral("%1 of %2 %3").arg(done).arg(total).arg(m_what));
    }

private:
    QString m_what;
};

std::vector<FeatureMapsPtr> measuringPictures(const Invocation& invocation, const Model& model) {
    if (!invocation.has(option("remeasure-batch-norm")))
        return {};
    const QString name = option("remeasure-batch-norm");
    const QString folder = invocation.value(name);
    ui::PictureSet pictures = pictureSet(folder, model, name);
    auto inputs = pictures.inputs(model, mostMeasuredPictures(model.graph()), invocation.stop());
    invocation.throwIfInterrupted();
    if (int(inputs.size()) < fewestMeasuredPictures)
        throw UsageError(QStringLiteral("--%1: %2: expected at least %3 pictures, found %4")
                             .arg(name, folder)
                             .arg(fewestMeasuredPictures)
                             .arg(inputs.size()));
    if (int(inputs.size()) < advisedMeasuredPictures)
        tell(QStringLiteral("note: batch norm measured over %1 pictures is rough; %2 or more are better")
                 .arg(inputs.size())
                 .arg(advisedMeasuredPictures));
    if (int(inputs.size()) < pictures.count())
        tell(QStringLiteral("note: batch norm is measured over the first %1 of %2 pictures")
                 .arg(inputs.size())
                 .arg(pictures.count()));
    return inputs;
}

// Of a picture, a folder of them, or an input tensor.
ExperimentReport reportOn(const Invocation& invocation, const QString& path,
                          const std::optional<Tensor>& tensor, const Model& model) {
    const auto packed = std::make_shared<const PackedNetwork>(
        model.network, EngineOptions{invocation.network().threads, {}, {}});
    std::optional<int> watched;
    if (invocation.has(option("class")))
        watched = invocation.integer(option("class"), 0, model.graph().spec().classes - 1);
    Experiment experiment(packed, rowsOf(invocation, model.graph()), watched,
                          measuringPictures(invocation, model));
    const QString name = QFileInfo(path).fileName().isEmpty() ? path : QFileInfo(path).fileName();
    ExperimentObserver observer;
    observer.measured = [](int done, int total) {
        if (total > 1)
            tell(QStringLiteral("batch norm measured anew: %1 of %2").arg(done).arg(total));
    };
    const auto reportWith = [&](const QString& what) {
        observer.tried = [progress = Progress(what)](int done, int total) { progress.tellOf(done, total); };
    };
    std::optional<ExperimentReport> report;
    if (!tensor && QFileInfo(path).isDir()) {
        reportWith(QStringLiteral("pictures"));
        ui::PictureSet pictures = pictureSet(path, model);
        report = experiment.onPictures(
            name.toStdString(), pictures.hasClasses(), pictures.count(),
            [&](const Experiment::UseBatch& use) {
                return pictures.forEachBatch(model, batchSize, invocation.stop(), use);
            },
            invocation.stop(), observer);
    } else {
        reportWith(QStringLiteral("edits"));
        Executor executor(packed);
        Run run = executor.start(tensor ? inputFrom(*tensor, model.graph().outputShape(inputStep),
                                                    QFile::encodeName(path).toStdString())
                                        : inputOf(model, openPicture(path)->image));
        executor.run(run, invocation.stop());
        invocation.throwIfInterrupted();
        report = experiment.onPicture(name.toStdString(), run, invocation.stop(), observer);
    }
    if (!report)
        throw Interrupted();
    return *report;
}

void writeOutput(const QString& output, const std::string& ending, const ExperimentReport& report,
                 const Model& model, const Invocation& invocation) {
    if (ending == "csv")
        return ui::writeWholeFile(output, csvText(report, model));
    const ui::Figure figure = ui::figureOf(report, model, ui::Theme::of(invocation.theme()));
    ui::writeFigure(output, figure, ending == "png" ? 2.0 : 1.0);
}

int runExperiment(const Invocation& invocation) {
    const QString format =
        invocation.choice(option("format"), {option("text"), option("json"), option("csv")});
    const QString output = invocation.value(option("output"));
    const std::string ending = output.isEmpty() ? std::string() : checkedEnding(output);
    const QString path = invocation.arguments().first();
    std::optional<Tensor> tensor;
    const std::string file = QFile::encodeName(path).toStdString();
    if (isInputFile(path))
        tensor = readInputFile(file);
    const ModelPtr model = tensor ? openNetwork(optionsFor(*tensor, invocation.network()), invocation.stop())
                                  : openNetwork(invocation);
    const ExperimentReport report = reportOn(invocation, path, tensor, *model);
    tellIfUntrained(*model);
    if (!output.isEmpty())
        writeOutput(output, ending, report, *model, invocation);
    if (format == option("json"))
        print(jsonText(report, *model));
    else if (format == option("csv"))
        print(csvText(report, *model));
    else if (output.isEmpty() || invocation.has(option("format")))
        print(plainText(report, *model));
    return ExitDone;
}

}  // namespace

Command experimentCommand() {
    Command command;
    command.name = QStringLiteral("experiment");
    command.arguments = QStringLiteral("IMAGE|FOLDER|INPUT.npy");
    command.summary = QStringLiteral("tell what becomes of predictions when parts are changed");
    command.options = {
        editOption(),
        {QStringLiteral("sweep"),
         QStringLiteral("units, shortcuts, count, swaps or exits; several with commas between"),
         QStringLiteral("KINDS")},
        {QStringLiteral("draws"), QStringLiteral("count: draws of each number of units"), QStringLiteral("N"),
         QStringLiteral("10")},
        {QStringLiteral("draw-seed"), QStringLiteral("count: seed of the draws"), QStringLiteral("N"),
         QStringLiteral("0")},
        {QStringLiteral("remeasure-batch-norm"),
         QStringLiteral("beside each result that with statistics measured anew over these pictures"),
         QStringLiteral("FOLDER")},
        {QStringLiteral("class"), QStringLiteral("index of the class to tell of, from 0"),
         QStringLiteral("N")},
        {QStringLiteral("format"), QStringLiteral("text, json or csv"), QStringLiteral("KIND"),
         QStringLiteral("text")},
        {QStringLiteral("output"), QStringLiteral("FILE.svg or FILE.png (bars) or FILE.csv"),
         QStringLiteral("FILE")},
        themeOption()};
    command.minimumArguments = 1;
    command.maximumArguments = 1;
    command.paints = true;
    command.run = runExperiment;
    command.notes = QStringLiteral(
        "units: every F(x) off in turn; shortcuts: every shortcut; count: k units at random, their F(x)\n"
        "off; swaps: pairs of a stage's units swapped; exits: all F(x) after the first k units off.\n"
        "One picture proves nothing; a folder tells accuracy if its folders are named after classes.");
    return command;
}

}  // namespace resnet::app
