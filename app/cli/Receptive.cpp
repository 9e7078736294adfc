#include "app/cli/Commands.h"
#include "app/cli/Console.h"
#include "app/cli/Explanation.h"
#include "app/cli/FieldFigure.h"
#include "app/cli/OpenNetwork.h"
#include "app/cli/Subject.h"
#include "core/Error.h"
#include "core/attribution/Attribution.h"
#include "core/explain/ClassActivation.h"
#include "ui/exports/FigureFile.h"
#include "ui/exports/PngWriter.h"
#include "ui/exports/SvgWriter.h"
#include "ui/exports/WholeFile.h"

#include <QFileInfo>

#include <nlohmann/json.hpp>

namespace resnet::app {

namespace {

using Json = nlohmann::ordered_json;

constexpr int mostPictures = 64;

// The pictures whose mean is taken: one, or the first of a folder.
struct Pictures {
    ModelPtr model;
    QString name;
    std::vector<FeatureMapsPtr> inputs;
    QImage seen;  // of one
};

Pictures picturesOf(const Invocation& invocation) {
    const QString path = invocation.arguments().first();
    if (!QFileInfo(path).isDir()) {
        const Subject subject = subjectOf(invocation);
        return {subject.model, subject.name, {subject.input}, subject.seen};
    }
    const ModelPtr model = openNetwork(invocation);
    ui::PictureSet set = pictureSet(path, *model);
    Pictures made{model, QFileInfo(path).fileName(), set.inputs(*model, mostPictures, invocation.stop()), {}};
    invocation.throwIfInterrupted();
    if (made.name.isEmpty())
        made.name = path;
    if (set.count() > mostPictures)
        tell(QStringLiteral("note: the first %1 of the %2 pictures are used")
                 .arg(mostPictures)
                 .arg(set.count()));
    return made;
}

StepId stepOf(const Invocation& invocation, const Graph& graph) {
    const StepId step = invocation.has(option("step")) ? stepNamed(invocation.value(option("step")), graph)
                                                       : lastMapStep(graph);
    if (step == inputStep)
        throw UsageError(QStringLiteral("--step: a pixel of the input is seen by itself alone"));
    return step;
}

// The cell asked for, else the middle; the channel asked for, else the strongest there in the first picture.
FieldCell cellOf(const Invocation& invocation, const Pictures& pictures) {
    const Graph& graph = pictures.model->graph();
    FieldCell of;
    of.step = stepOf(invocation, graph);
    const FeatureShape& shape = graph.outputShape(of.step);
    of.cell = invocation.has(option("at")) ? cellNamed(invocation.value(option("at")))
                                           : Cell{shape.height / 2, shape.width / 2};
    of.channel = invocation.has(option("channel")) ? invocation.integer(option("channel"), 0, unlimited) : 0;
    try {
        resnet::cellOf(graph, of.step, of.channel, of.cell);
    } catch (const Error& error) {
        throw UsageError(QString::fromUtf8(error.what()));
    }
    return of;
}

EffectiveField fieldOf(const std::shared_ptr<const PackedNetwork>& packed, const FieldCell& of,
                       const Pictures& pictures, const Edits& edits, const Invocation& invocation) {
    FieldMeter meter(packed, of);
    for (const FeatureMapsPtr& input : pictures.inputs)
        if (!meter.add(input, edits, invocation.stop()))
            throw Interrupted();
    return meter.mean();
}

Json numbersOf(const EffectiveField& field) {
    return {{"height", field.height()},
            {"width", field.width()},
            {"middle", {field.middleY, field.middleX}},
            {"shareInside", field.shareInside()},
            {"total", field.total}};
}

Json boxOf(const SeenPixels& seen) {
    return {{"rows", {seen.rows.first, seen.rows.last}},
            {"columns", {seen.columns.first, seen.columns.last}}};
}

QByteArray fileOf(const FieldFindings& found, const QString& ending, const QString& title, Json facts,
                  const Invocation& invocation) {
    if (ending == option("npy"))
        return ui::npyFile(found.trained.influence);
    if (ending == option("png") || ending == option("svg")) {
        const ui::Figure figure = figureOf(found, title, ui::Theme::of(invocation.theme()));
        return ending == option("svg") ? ui::svgOf(figure) : ui::pngOf(figure, 2.0);
    }
    Explanation table;
    table.columns.push_back({"influence", channelSum(found.trained.influence)});
    table.columns.push_back({"untrained", channelSum(found.untrained.influence)});
    return fileOf(table, ending, invocation.theme(), std::move(facts));
}

int run(const Invocation& invocation) {
    const QString output = invocation.required(option("output"));
    const QString ending = explanationEnding(output);
    const int seed = invocation.integer(option("start"), 0, unlimited);
    invocation.theme();
    const Pictures pictures = picturesOf(invocation);
    const Graph& graph = pictures.model->graph();
    FieldFindings found{cellOf(invocation, pictures), {}, seed, 0, {}, {}, pictures.seen};
    const Edits edits = editsOf(invocation, graph);
    const auto packed = std::make_shared<const PackedNetwork>(
        pictures.model->network, EngineOptions{invocation.network().threads, {}, {}});
    const auto strongest = [&](const std::shared_ptr<const PackedNetwork>& of) {
        const auto cell =
            withStrongestChannel(of, found.of, pictures.inputs.front(), edits, invocation.stop());
        if (!cell)
            throw Interrupted();
        return *cell;
    };
    if (!invocation.has(option("channel"))) {
        found.of = strongest(packed);
        tell(QStringLiteral("channel %1, the strongest there").arg(found.of.channel));
    }
    found.seen = seenBy(graph, found.of.step, found.of.cell.y, found.of.cell.x);
    found.trained = fieldOf(packed, found.of, pictures, edits, invocation);
    const auto anew = std::make_shared<const PackedNetwork>(
        startedAnew(*pictures.model->network, std::uint64_t(seed)), packed->options());
    const FieldCell untrained = strongest(anew);
    found.untrainedChannel = untrained.channel;
    found.untrained = fieldOf(anew, untrained, pictures, edits, invocation);
    if (found.trained.isNothing())
        tell(QStringLiteral("note: nothing can change this cell: a shut ReLU lets no gradient through"));
    const QString step = QString::fromStdString(graph.stepName(found.of.step));
    const QString title = QStringLiteral("%1: what has %2, channel %3, cell %4,%5 seen?")
                              .arg(pictures.name, step)
                              .arg(found.of.channel)
                              .arg(found.of.cell.y)
                              .arg(found.of.cell.x);
    const Json facts{{"image", pictures.name.toStdString()},
                     {"pictures", found.trained.pictures},
                     {"step", step.toStdString()},
                     {"channel", found.of.channel},
                     {"at", {found.of.cell.y, found.of.cell.x}},
                     {"longest", boxOf(found.seen.longest)},
                     {"shortest", boxOf(found.seen.shortest)},
                     {"field", numbersOf(found.trained)},
                     {"untrainedField", numbersOf(found.untrained)},
                     {"untrainedChannel", found.untrainedChannel},
                     {"seed", seed}};
    const QByteArray bytes = fileOf(found, ending, title, facts, invocation);
    invocation.throwIfInterrupted();
    ui::writeWholeFile(output, bytes);
    tellIfUntrained(*pictures.model);
    return ExitDone;
}

}  // namespace

Command receptiveCommand() {
    Command command;
    command.name = QStringLiteral("receptive");
    command.arguments = QStringLiteral("IMAGE|FOLDER|INPUT.npy --output FILE");
    command.summary = QStringLiteral("measure how much each pixel can change a cell");
    command.options = {
        {QStringLiteral("step"), QStringLiteral("of a cell of this step; without it the last unit's output"),
         QStringLiteral("NAME")},
        {QStringLiteral("channel"), QStringLiteral("from 0; without it the strongest there"),
         QStringLiteral("C")},
        {QStringLiteral("at"), QStringLiteral("row and column, from 0; without it the middle"),
         QStringLiteral("Y,X")},
        {QStringLiteral("start"), QStringLiteral("seed of the untrained weights beside it"),
         QStringLiteral("N"), QStringLiteral("0")},
        editOption(),
        {QStringLiteral("output"),
         QStringLiteral("FILE.png or .svg (trained and untrained), .npy (float32, 1 x h x w), .csv or .json"),
         QStringLiteral("FILE")},
        themeOption()};
    command.minimumArguments = 1;
    command.maximumArguments = 1;
    command.paints = true;
    command.run = run;
    command.notes = QStringLiteral(
        "The magnitude of the cell's gradient at each pixel, summed over the colours; of a folder\n"
        "the mean over its pictures, 64 at most. Two standard deviations of it stand beside what\n"
        "the longest and the shortest way through the network see.");
    return command;
}

}  // namespace resnet::app
