#include "ui/window/Spot.h"

#include "ui/activations/EnlargedMap.h"
#include "ui/activations/MapGrid.h"
#include "ui/explain/TraceView.h"
#include "ui/exports/PngWriter.h"
#include "ui/images/QtImage.h"
#include "ui/painting/MapImage.h"
#include "ui/predictions/PictureView.h"
#include "ui/predictions/PredictionBars.h"
#include "ui/workspace/View.h"

#include <QMimeData>

#include <algorithm>

namespace resnet::ui {

namespace {

constexpr int leastSide = 256;  // of a map taken along: its cells are squares of whole pixels

std::optional<StepId> stepOf(const Workspace& workspace, const FeatureMaps* maps) {
    const Run& run = workspace.activations();
    for (StepId step = inputStep; maps && workspace.model() && step < run.stepCount(); ++step)
        if (run.output(step).get() == maps)
            return step;
    return std::nullopt;
}

void setNumber(Spot& spot, const Workspace& workspace, const TraceSource& source) {
    spot.number = source;
    if (const FeatureMapsPtr maps = workspace.session().output(source.step))
        spot.value = maps->at(source.channel, source.y, source.x);
}

void setMap(Spot& spot, const Workspace& workspace, const FeatureMaps& maps, int channel, ColorMap colors,
            const ValueRange& scale, const std::optional<Cell>& cell) {
    const QImage small = mapImage(maps.channel(channel), onGround(colors, workspace.theme().isDark()), scale);
    const int times = std::max(1, leastSide / std::max(small.width(), small.height()));
    spot.picture = small.scaled(small.size() * times, Qt::IgnoreAspectRatio, Qt::FastTransformation);
    const std::optional<StepId> step = stepOf(workspace, &maps);
    const QString name =
        step ? QString::fromStdString(workspace.session().graph().stepName(*step)) : QStringLiteral("map");
    spot.pictureName = QStringLiteral("%1-channel-%2").arg(name).arg(channel);
    if (step && cell)
        setNumber(spot, workspace, {*step, channel, cell->y, cell->x});
}

View* viewOf(QWidget* widget) {
    for (; widget; widget = widget->parentWidget())
        if (auto* view = qobject_cast<View*>(widget))
            return view;
    return nullptr;
}

}  // namespace

Spot spotAt(const Workspace& workspace, QWidget& widget, const QPoint& position) {
    Spot spot;
    spot.view = viewOf(&widget);
    if (const auto* map = qobject_cast<EnlargedMap*>(&widget)) {
        if (const FeatureMaps* maps = map->maps(); maps && map->channel() < maps->channels())
            setMap(spot, workspace, *maps, map->channel(), map->colors(), map->scale(),
                   map->cellAt(map->toArea(QPointF(position))));
    } else if (const auto* grid = qobject_cast<MapGrid*>(widget.parentWidget())) {
        const MapGridContent& content = grid->content();
        if (const auto hit = grid->hitAt(position); hit && content.pictures.isEmpty())
            if (const FeatureMapsPtr& maps = content.maps[std::size_t(hit->tile)]; maps)
                setMap(spot, workspace, *maps, hit->channel, content.colors,
                       content.scales.size() == 1 ? content.scales.front()
                                                  : content.scales[std::size_t(hit->channel)],
                       hit->cell);
    } else if (const auto* picture = qobject_cast<PictureView*>(&widget)) {
        spot.picture = toQImage(workspace.croppedImage());
        spot.pictureName = workspace.picture() ? workspace.picture()->name : QString();
        if (const auto pixel = picture->pixelAt(picture->toArea(QPointF(position)));
            pixel && workspace.model())
            setNumber(spot, workspace, {inputStep, 0, pixel->y(), pixel->x()});
    } else if (const auto* bars = qobject_cast<PredictionBars*>(&widget)) {
        spot.classIndex = bars->classAt(bars->toArea(QPointF(position)));
    } else if (const auto* trace = qobject_cast<TraceView*>(spot.view)) {
        if (const auto source = trace->sourceAt(trace->mapFromGlobal(widget.mapToGlobal(position))))
            setNumber(spot, workspace, *source);
        else if (trace->trace())
            spot.value = trace->trace()->value;
    }
    return spot;
}

QMimeData* mimeDataOf(const QImage& picture) {
    auto* data = new QMimeData;
    data->setImageData(picture);
    data->setData(QStringLiteral("image/png"), pngBytes(picture));
    return data;
}

}  // namespace resnet::ui
