#include "app/cli/Commands.h"
#include "app/cli/Console.h"
#include "app/cli/Explanation.h"
#include "app/cli/OpenNetwork.h"
#include "app/cli/Subject.h"
#include "core/Error.h"
#include "core/attribution/Attribution.h"
#include "core/attribution/EffectiveField.h"
#include "core/explain/ClassActivation.h"
#include "ui/attribution/SignedScale.h"
#include "ui/exports/Figure.h"
#include "ui/exports/FigureFile.h"
#include "ui/exports/PngWriter.h"
#include "ui/exports/SvgWriter.h"
#include "ui/exports/WholeFile.h"
#include "ui/exports/WidgetFigure.h"
#include "ui/painting/FieldFrames.h"
#include "ui/painting/MapImage.h"
#include "ui/painting/Theme.h"
#include "ui/words/NumberText.h"

#include <QFileInfo>
#include <QImage>
#include <QPainter>
#include <QString>

#include <nlohmann/json.hpp>

namespace resnet::app {

namespace {

// What `receptive` found of a cell.
struct FieldFindings {
    FieldCell of;
    SeenRange seen;
    int seed = 0;  // of the network started anew, and the channel of it: its strongest there
    int untrainedChannel = 0;
    EffectiveField trained, untrained;
    QImage picture;  // null of several
};

constexpr double side = 280.0;
constexpr double gap = 16.0;
constexpr double textHeight = 18.0;
constexpr double fieldBeyondScale = 0.002;

struct Tile {
    QString title;
    QString note;
    QImage image;
    std::vector<ui::MapFrame> frames;
};

Tile tileOf(const QString& title, const EffectiveField& field, const SeenRange& seen, const QRect& part) {
    const ui::ValueRange scale = ui::scaleWithout(field.influence, fieldBeyondScale);
    return {title,
            field.isNothing() ? QStringLiteral("nothing can change the cell")
                              : QStringLiteral("%1 × %2 pixels, %3 of the influence; 0 to %4")
                                    .arg(qRound(field.height()))
                                    .arg(qRound(field.width()))
                                    .arg(ui::percentText(field.shareInside()), ui::valueText(scale.high)),
            ui::mapImage(field.influence.channel(0), ui::ColorMap::Diverging, scale).copy(part),
            ui::framesOf(seen, &field)};
}

void paintTile(QPainter& painter, const Tile& tile, double left, const QRect& part, const ui::Theme& theme) {
    painter.setFont(ui::font(ui::TextRole::BodyBold));
    painter.setPen(theme.ink);
    painter.drawText(QRectF(left, 0, side, textHeight), Qt::AlignLeft | Qt::AlignVCenter, tile.title);
    const QSizeF size = QSizeF(part.size()).scaled(side, side, Qt::KeepAspectRatio);
    const QRectF target(QPointF(left, textHeight), size);
    painter.drawImage(target, tile.image);
    ui::paintFrames(painter, target, part, tile.frames, theme);
    painter.setFont(ui::font(ui::TextRole::Secondary));
    painter.setPen(theme.secondaryText);
    painter.drawText(QRectF(left, textHeight + side, side, textHeight), Qt::AlignLeft | Qt::AlignVCenter,
                     tile.note);
}

// The picture and both fields with their frames, each field on the scale written below it.
ui::Figure fieldFigure(const FieldFindings& found, const QString& title, const ui::Theme& theme) {
    const QSize map(found.trained.influence.width(), found.trained.influence.height());
    const QRect part = ui::partAround(found.seen, map);
    std::vector<Tile> tiles;
    if (!found.picture.isNull())
        tiles.push_back({QStringLiteral("Picture"), {}, found.picture.copy(part), ui::framesOf(found.seen)});
    tiles.push_back(tileOf(found.trained.pictures > 1
                               ? QStringLiteral("As it is, mean of %1 pictures").arg(found.trained.pictures)
                               : QStringLiteral("As it is"),
                           found.trained, found.seen, part));
    tiles.push_back(tileOf(
        QStringLiteral("Started anew, seed %1, channel %2").arg(found.seed).arg(found.untrainedChannel),
        found.untrained, found.seen, part));
    const auto extent = [](const SeenPixels& seen) {
        return ui::extentText(seen.rows.size(), seen.columns.size());
    };
    const ui::FigureTitle head{
        title, QStringLiteral("Blue: the longest way, %1 pixels. Orange: the shortest, %2. Dashed: two "
                              "standard deviations of the influence.")
                   .arg(extent(found.seen.longest), extent(found.seen.shortest))};
    const QSizeF size(double(tiles.size()) * (side + gap) - gap, side + 2 * textHeight);
    return ui::pageOf(head, size, theme, [tiles, part, theme](QPainter& painter) {
        for (std::size_t i = 0; i < tiles.size(); ++i)
            paintTile(painter, tiles[i], double(i) * (side + gap), part, theme);
    });
}

using Json = nlohmann::ordered_json;

constexpr int mostInputs = 64;

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
    Pictures made{model, QFileInfo(path).fileName(), set.inputs(*model, mostInputs, invocation.stop()), {}};
    invocation.throwIfInterrupted();
    if (made.name.isEmpty())
        made.name = path;
    if (set.count() > mostInputs)
        tell(QStringLiteral("note: the first %1 of the %2 pictures are used")
                 .arg(mostInputs)
                 .arg(set.count()));
    return made;
}

StepId fieldStep(const Invocation& invocation, const Graph& graph) {
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
    of.step = fieldStep(invocation, graph);
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
        const ui::Figure figure = fieldFigure(found, title, ui::Theme::of(invocation.theme()));
        return ending == option("svg") ? ui::svgOf(figure) : ui::pngOf(figure, 2.0);
    }
    Explanation table;
    table.columns.push_back({"influence", channelSum(found.trained.influence)});
    table.columns.push_back({"untrained", channelSum(found.untrained.influence)});
    return fileOf(table, ending, invocation.theme(), std::move(facts));
}

int runReceptive(const Invocation& invocation) {
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
    command.run = runReceptive;
    command.notes = QStringLiteral(
        "The magnitude of the cell's gradient at each pixel, summed over the colours; of a folder\n"
        "the mean over its pictures, 64 at most. Two standard deviations of it stand beside what\n"
        "the longest and the shortest way through the network see.");
    return command;
}

}  // namespace resnet::app
