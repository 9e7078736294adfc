#include "ui/exports/EpochFrames.h"

#include "core/Error.h"
#include "core/explain/ClassActivation.h"
#include "core/inference/Executor.h"
#include "core/inference/PackedNetwork.h"
#include "core/model/ModelInput.h"
#include "ui/painting/ContactSheet.h"
#include "ui/words/NumberText.h"

#include <QCoreApplication>
#include <QFile>
#include <QPainter>

#include <memory>

namespace resnet::ui {

namespace {

constexpr int milliseconds = 700;

struct Frame {
    int epoch = 0;
    QString title;
    FeatureMapsPtr maps;
};

Frame frameOf(const EpochFile& file, const Image& picture, const std::string& stepName,
              const EngineOptions& options, const std::stop_token& stop) {
    const ModelPtr model = openModel(QFile::encodeName(file.path).toStdString(), {}, stop);
    const Graph& graph = model->graph();
    const std::optional<StepId> step = stepName == "input" ? std::optional(inputStep) : graph.find(stepName);
    if (!step)
        throw Error(file.path.toStdString() + ": this network has no step " + stepName);
    Executor executor(std::make_shared<const PackedNetwork>(model->network, options));
    Run run = executor.start(inputOf(*model, picture));
    if (executor.run(run, graph.softmaxStep(), stop) == RunOutcome::Cancelled)
        return {};
    const FeatureMaps& said = *run.output(graph.softmaxStep());
    const int top = topClass(said);
    return {
        file.epoch,
        QCoreApplication::translate("EpochFrames", "Epoch %1 · %2 · %3 %4")
            .arg(file.epoch)
            .arg(QString::fromStdString(stepName),
                 QString::fromStdString(model->classNames[std::size_t(top)]), percentText(said.data()[top])),
        run.output(*step)};
}

}  // namespace

std::optional<PictureSeries> epochFrames(const std::vector<EpochFile>& files, const Image& picture,
                                         const std::string& step, Theme::Kind theme,
                                         const EngineOptions& options, const std::stop_token& stop) {
    auto frames = std::make_shared<std::vector<Frame>>();
    ValueRange range = emptyRange;
    for (const EpochFile& file : files) {
        Frame frame = frameOf(file, picture, step, options, stop);
        if (stop.stop_requested())
            return std::nullopt;
        range = united(range, rangeOf(*frame.maps));
        frames->push_back(std::move(frame));
    }
    const ValueRange scale = scaleFor(ColorMap::Diverging, range);
    QSize size;
    for (const Frame& frame : *frames)
        size = size.expandedTo(ContactSheet(frame.maps, frame.title, ColorMap::Diverging, scale).size());
    PictureSeries series;
    series.count = int(frames->size());
    series.milliseconds = milliseconds;
    series.picture = [=, &colors = Theme::of(theme)](int index) {
        const Frame& frame = (*frames)[std::size_t(index)];
        QImage image(size, QImage::Format_RGB32);
        image.fill(colors.panel);
        QPainter painter(&image);
        painter.setRenderHint(QPainter::Antialiasing);
        ContactSheet(frame.maps, frame.title, ColorMap::Diverging, scale).paint(painter, colors);
        return image;
    };
    series.name = [frames](int index) {
        return QStringLiteral("epoch-%1").arg((*frames)[std::size_t(index)].epoch, 4, 10, QLatin1Char('0'));
    };
    return series;
}

}  // namespace resnet::ui
