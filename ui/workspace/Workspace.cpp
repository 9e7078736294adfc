#include "ui/workspace/Workspace.h"

#include "core/explain/Statistics.h"
#include "core/model/ModelSettings.h"
#include "ui/images/PictureReader.h"
#include "ui/workspace/InferenceRunner.h"
#include "ui/workspace/OpeningQueue.h"
#include "ui/workspace/Playback.h"

#include <algorithm>

namespace resnet::ui {

namespace {

PreparedInput preparedInput(const ModelPtr& model, const PicturePtr& picture) {
    const NetworkSpec& spec = model->network->spec();
    PreparedInput prepared{model, picture, {}, {}};
    prepared.croppedImage =
        cropForNetwork(picture->image, model->preprocessing, spec.inputHeight, spec.inputWidth);
    prepared.tensor =
        std::make_shared<const FeatureMaps>(normalise(prepared.croppedImage, model->preprocessing));
    return prepared;
}

// Where to look first: the sum of the first unit, where the two ways meet.
StepId firstStepToShow(const Graph& graph) {
    const ResidualUnit& unit = graph.units().front();
    return unit.add.value_or(unit.relu2);
}

// The cell at the same place of a map of another size.
Cell movedTo(const FeatureShape& to, const FeatureShape& from, Cell cell) {
    return {std::clamp(cell.y * to.height / std::max(from.height, 1), 0, to.height - 1),
            std::clamp(cell.x * to.width / std::max(from.width, 1), 0, to.width - 1)};
}

}  // namespace

Workspace::Workspace(int threads, QObject* parent)
    : QObject(parent),
      m_playback(std::make_unique<Playback>(*this)),
      m_runner(std::make_unique<InferenceRunner>(threads)),
      m_opener(std::make_unique<OpeningQueue>()) {
    connect(m_runner.get(), &InferenceRunner::stepFinished, this, &Workspace::onStepFinished);
    connect(m_runner.get(), &InferenceRunner::ended, this, &Workspace::onRunEnded);
    connect(m_runner.get(), &InferenceRunner::failed, this,
            [this](const QString& message) { fail(Error(message.toStdString())); });
    connect(m_opener.get(), &OpeningQueue::busyChanged, this, &Workspace::updateBusy);
}

Workspace::~Workspace() {
    m_opener->disconnect(this);
    m_runner->disconnect(this);
}

bool Workspace::isBusy() const {
    return m_runner->isRunning() || m_opener->isBusy();
}

void Workspace::openWeightsFile(const QString& path) {
    startOpening(OpeningQueue::Kind::Model,
                 [path = path.toStdString(), request = m_request, memory = m_memory] {
                     return Opened{memory.recall(openModel(path, request)), nullptr};
                 });
}

void Workspace::createModel(const ModelRequest& request) {
    startOpening(OpeningQueue::Kind::Model, [request] { return Opened{newModel(request), nullptr}; });
}

void Workspace::setModelSettings(const ModelRequest& settings) {
    if (!m_model)
        return;
    startOpening(OpeningQueue::Kind::Model, [model = m_model, settings] {
        return Opened{withSettings(model, settings), nullptr};
    });
}

void Workspace::openPictureFile(const QString& path, const QString& title, const QString& caption) {
    startOpening(OpeningQueue::Kind::Picture, [path, title, caption] {
        return Opened{nullptr, readPicture(path, title, caption)};
    });
}

void Workspace::openPicture(const QImage& image, const QString& name) {
    startOpening(OpeningQueue::Kind::Picture, [image, name] {
        return Opened{nullptr, pictureFrom(image, name)};
    });
}

void Workspace::openFile(const QString& path) {
    startOpening(OpeningQueue::Kind::File, [path, request = m_request, memory = m_memory] {
        return isPictureFile(path) ? Opened{nullptr, readPicture(path)}
                                   : Opened{memory.recall(openModel(path.toStdString(), request)), nullptr};
    });
}

void Workspace::startOpening(OpeningQueue::Kind kind, std::function<Opened()> read) {
    m_opener->start<Opened>(
        kind, std::move(read),
        [this](const Opened& opened) {
            if (opened.model)
                setModel(opened.model);
            else
                setPicture(opened.picture);
        },
        [this](const Error& error) { tell(error); });
}

void Workspace::setPicture(const PicturePtr& picture) {
    for (const QString& note : picture->notes)
        post({Notice::Kind::Warning, picture->name + QStringLiteral(": ") + note, {}});
    m_nextPicture = picture;
    if (const ModelPtr model = m_nextModel ? m_nextModel : m_model)
        prepare(model, picture);
}

void Workspace::setModel(const ModelPtr& model) {
    const PicturePtr picture = m_nextPicture ? m_nextPicture : m_picture;
    if (picture) {
        m_nextModel = model;
        prepare(model, picture);
        return;
    }
    adopt({model, nullptr, {}, nullptr}, Activations(nullptr, model->graph().stepCount()));
}

void Workspace::prepare(const ModelPtr& model, const PicturePtr& picture) {
    m_opener->start<PreparedInput>(
        OpeningQueue::Kind::Input, [model, picture] { return preparedInput(model, picture); },
        [this](const PreparedInput& prepared) { onPrepared(prepared); },
        [this](const Error& error) { fail(error); });
}

void Workspace::onPrepared(PreparedInput prepared) {
    m_nextModel.reset();
    m_nextPicture.reset();
    const Activations empty(prepared.tensor, prepared.model->graph().stepCount());
    const StepId last = prepared.model->graph().softmaxStep();
    m_opening = std::move(prepared);
    if (!m_activations.input()) {  // nothing to keep: show the new one as it grows
        adopt(*m_opening, empty);
        m_opening.reset();
    }
    run(empty, last);
}

void Workspace::adopt(const PreparedInput& input, Activations activations) {
    const ModelPtr modelBefore = m_model;
    const bool isOtherModel = input.model != m_model;
    const bool isOtherPicture = input.picture != m_picture;
    const std::string oldStep = m_model ? m_model->graph().stepName(m_currentStep) : std::string();

    m_model = input.model;
    m_picture = input.picture;
    m_croppedImage = input.croppedImage;
    m_activations = std::move(activations);
    m_awaitedStep.reset();
    if (isOtherModel) {
        m_currentStep = m_model->graph().find(oldStep).value_or(firstStepToShow(m_model->graph()));
        m_cell.reset();
        Q_EMIT modelChanged();
        tellOfModel(modelBefore);
    }
    if (isOtherPicture || isOtherModel)
        Q_EMIT pictureChanged();
    Q_EMIT activationsReset();
    showStep(m_currentStep);
}

// Notes of a model that was opened; one that only got other settings is remembered instead.
void Workspace::tellOfModel(const ModelPtr& before) {
    const auto detected = [](const ModelPtr& model) { return model->detected ? model->detected : model; };
    if (before && detected(before) == detected(m_model)) {
        m_opener->start<bool>(
            OpeningQueue::Kind::Memory,
            [memory = m_memory, model = m_model] {
                memory.remember(*model);
                return true;
            },
            [](bool) {}, [](const Error&) {});
        return;
    }
    for (const std::string& note : m_model->notes)
        post({Notice::Kind::Information, QString::fromStdString(note), {}});
    if (m_model->detected)
        post({Notice::Kind::Information, tr("Your settings for this file are in use again."), {}});
}

void Workspace::run(Activations activations, StepId last) {
    int missing = 0;
    for (StepId step = 0; step <= last; ++step)
        missing += activations.has(step) ? 0 : 1;
    const ModelPtr& model = m_opening ? m_opening->model : m_model;
    m_runner->start(model->network, std::move(activations), last);
    m_runLast = last;
    setProgress(0, missing);
    updateBusy();
}

void Workspace::onStepFinished(const FinishedStep& finished) {
    setProgress(m_progress.first + 1, m_progress.second);
    if (m_opening)
        return;
    m_activations.set(finished.step, finished.output, finished.milliseconds);
    Q_EMIT stepComputed(finished.step);
    if (m_awaitedStep == finished.step)
        showStep(finished.step);
}

void Workspace::onRunEnded(const Activations& activations) {
    setProgress(0, 0);
    if (m_opening) {
        const PreparedInput opened = *std::exchange(m_opening, std::nullopt);
        adopt(opened, activations);
    }
    if (!m_isChannelChosen && m_activations.isComplete())
        chooseFirstChannel();
    updateBusy();
}

void Workspace::tell(const Error& error) {
    QStringList details;
    for (const std::string& detail : error.details())
        details << QString::fromStdString(detail);
    post({Notice::Kind::Error, QString::fromUtf8(error.what()), details});
}

void Workspace::fail(const Error& error) {
    m_nextModel.reset();
    m_nextPicture.reset();
    m_opening.reset();
    setProgress(0, 0);
    updateBusy();
    tell(error);
}

void Workspace::cancel() {
    m_playback->setPlaying(false);
    m_nextModel.reset();
    m_nextPicture.reset();
    m_opening.reset();
    m_awaitedStep.reset();
    m_opener->cancelAll();
    m_runner->cancel();
    setProgress(0, 0);
    updateBusy();
}

void Workspace::restart() {
    if (!m_activations.input())
        return;
    cancel();
    m_activations = Activations(m_activations.input(), m_model->graph().stepCount());
    Q_EMIT activationsReset();
    showStep(inputStep);
}

void Workspace::computeAll() {
    if (m_activations.input() && !m_activations.isComplete() && !m_opening)
        run(m_activations, m_model->graph().softmaxStep());
}

void Workspace::goToStep(StepId step) {
    if (!m_model)
        return;
    step = std::clamp(step, inputStep, m_model->graph().softmaxStep());
    if (m_activations.has(step) || !m_activations.input() || m_opening) {
        showStep(step);
        return;
    }
    m_awaitedStep = step;
    const bool isOnItsWay = m_runner->isRunning() && m_runLast >= step;
    if (!isOnItsWay)
        run(m_activations, step);
}

void Workspace::goToLast() {
    if (m_model)
        goToStep(m_model->graph().softmaxStep());
}

void Workspace::goForward() {
    goToStep(m_awaitedStep.value_or(m_currentStep) + 1);
}

void Workspace::goBack() {
    goToStep(m_currentStep - 1);
}

void Workspace::goForwardUnit() {
    if (m_model)
        goToStep(unitEnd(m_model->graph(), std::min(m_currentStep + 1, m_model->graph().softmaxStep())));
}

void Workspace::goBackUnit() {
    if (!m_model || m_currentStep == inputStep)
        return;
    StepId step = m_currentStep - 1;  // the nearest end of a unit before this step
    while (step > inputStep && unitEnd(m_model->graph(), step) != step)
        --step;
    goToStep(step);
}

void Workspace::showStep(StepId step) {
    m_awaitedStep.reset();
    const FeatureShape shape = m_model->graph().outputShape(step);
    m_currentStep = step;
    if (m_cell && !shape.isVector()) {
        m_cell = movedTo(shape, m_cellShape, *m_cell);
        m_cellShape = shape;
    }
    Q_EMIT currentStepChanged(step);
    if (m_channel >= shape.channels)
        selectChannel(shape.channels - 1);
    if (m_cell)
        Q_EMIT cellChanged();
}

std::optional<Cell> Workspace::cell() const {
    const bool isVector = m_model && m_model->graph().outputShape(m_currentStep).isVector();
    return m_cell && isVector ? Cell{} : m_cell;
}

// The first channel to be seen is the one with the most to see.
void Workspace::chooseFirstChannel() {
    const std::vector<Statistics> channels = channelStatistics(*m_activations.output(m_currentStep));
    const auto telling = std::ranges::max_element(channels, {}, &Statistics::deviation);
    selectChannel(int(telling - channels.begin()));
}

void Workspace::selectChannel(int channel) {
    if (!m_model)
        return;
    m_isChannelChosen = true;
    const int last = m_model->graph().outputShape(m_currentStep).channels - 1;
    channel = std::clamp(channel, 0, last);
    if (channel == m_channel)
        return;
    m_channel = channel;
    Q_EMIT channelChanged(channel);
}

void Workspace::selectCell(std::optional<Cell> cell) {
    if (!m_model || cell == this->cell())
        return;
    const FeatureShape& shape = m_model->graph().outputShape(m_currentStep);
    m_cell = cell ? std::optional(movedTo(shape, shape, *cell)) : std::nullopt;
    m_cellShape = shape;
    Q_EMIT cellChanged();
}

void Workspace::setThemeKind(Theme::Kind kind) {
    if (kind == m_themeKind)
        return;
    m_themeKind = kind;
    Q_EMIT themeChanged();
}

void Workspace::setProgress(int finished, int total) {
    if (m_progress == std::pair(finished, total))
        return;
    m_progress = {finished, total};
    Q_EMIT progressChanged(finished, total);
}

void Workspace::updateBusy() {
    if (isBusy() == m_wasBusy)
        return;
    m_wasBusy = isBusy();
    Q_EMIT busyChanged(m_wasBusy);
}

}  // namespace resnet::ui
