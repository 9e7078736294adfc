#include "ui/workspace/Workspace.h"

#include "core/explain/ClassActivation.h"
#include "core/explain/Statistics.h"
#include "ui/workspace/HistoryKeeper.h"
#include "ui/workspace/InferenceRunner.h"
#include "ui/workspace/Opening.h"
#include "ui/workspace/Playback.h"

#include <algorithm>

namespace resnet::ui {

namespace {

// Whether two models differ in nothing but settings.
bool isSameFile(const Model& a, const Model& b) {
    const auto detected = [](const Model& model) { return model.detected ? model.detected.get() : &model; };
    return detected(a) == detected(b);
}

}  // namespace

Workspace::Workspace(int threads, QObject* parent)
    : QObject(parent),
      m_engineOptions{threads, {}, {}},
      m_playback(std::make_unique<Playback>(*this)),
      m_history(std::make_unique<HistoryKeeper>(*this)),
      m_runner(std::make_unique<InferenceRunner>(threads)),
      m_opening(std::make_unique<Opening>()) {
    connect(m_runner.get(), &InferenceRunner::stepFinished, this, &Workspace::onStepFinished);
    connect(m_runner.get(), &InferenceRunner::ended, this, &Workspace::onRunEnded);
    connect(m_runner.get(), &InferenceRunner::failed, this,
            [this](quint64, const QString& message) { onRunFailed(Error(message.toStdString())); });
    connect(m_opening.get(), &Opening::prepared, this, &Workspace::take);
    connect(m_opening.get(), &Opening::unreadable, this, &Workspace::tell);
    connect(m_opening.get(), &Opening::unusable, this, &Workspace::onUnusable);
    connect(m_opening.get(), &Opening::noticePosted, this, &Workspace::post);
    connect(m_opening.get(), &Opening::busyChanged, this, &Workspace::updateBusy);
}

Workspace::~Workspace() {
    m_opening->disconnect(this);
    m_runner->disconnect(this);
}

bool Workspace::isBusy() const {
    return m_runner->isRunning() || m_opening->isBusy();
}

std::shared_ptr<const PackedNetwork> Workspace::packedNetwork() const {
    auto packed = m_runner->packed();
    return packed && m_model && packed->network() == m_model->network ? packed : nullptr;
}

void Workspace::setModelRequest(const ModelRequest& request) {
    m_opening->setRequest(request);
}

void Workspace::setModelMemory(const ModelMemory& memory) {
    m_opening->setMemory(memory);
}

void Workspace::openWeightsFile(const QString& path) {
    m_opening->openWeightsFile(path);
}

void Workspace::createModel(const ModelRequest& request) {
    m_opening->createModel(request);
}

void Workspace::setModelSettings(const ModelRequest& settings) {
    if (m_model)
        m_opening->changeSettings(m_model, settings);
}

void Workspace::openPictureFile(const QString& path, const QString& title, const Caption& caption) {
    m_opening->openPictureFile(path, title, caption);
}

void Workspace::openPicture(const QImage& image, const QString& name) {
    m_opening->openPicture(image, name);
}

void Workspace::openFile(const QString& path) {
    m_opening->openFile(path);
}

void Workspace::setPicture(const PicturePtr& picture) {
    m_opening->setPicture(picture);
}

void Workspace::setModel(const ModelPtr& model) {
    m_opening->setModel(model);
}

void Workspace::take(const PreparedInput& input) {
    const Run empty(input.model->network, input.tensor);
    m_next.reset();
    if (!m_activations.input())  // nothing to keep: show the new one as it grows
        adopt(input, empty);
    else
        m_next = std::make_unique<PreparedInput>(input);
    if (input.tensor)
        run(empty, input.model->graph().softmaxStep());
}

void Workspace::adopt(const PreparedInput& input, Run activations) {
    const ModelPtr modelBefore = m_model;
    const bool isOtherModel = input.model != m_model;
    const bool isOtherPicture = input.picture != m_picture;
    const Graph& graph = input.model->graph();
    const Focus before = m_focus;
    Focus focus = m_focus;
    if (!modelBefore)
        focus = focus.atStep(graph, firstStepToShow(graph));
    else if (isOtherModel)
        focus = focus.inNetwork(modelBefore->graph(), graph, isSameFile(*modelBefore, *input.model));

    m_model = input.model;
    m_picture = input.picture;
    m_croppedImage = input.croppedImage;
    m_activations = std::move(activations);
    m_awaited.reset();
    setFocus(focus);
    if (isOtherModel) {
        Q_EMIT modelChanged();
        tellOfModel(modelBefore);
    }
    if (isOtherPicture || isOtherModel)
        Q_EMIT pictureChanged();
    Q_EMIT activationsReset();
    announceFocus(before);
}

// Notes of a model that was opened; one that only got other settings is remembered instead.
void Workspace::tellOfModel(const ModelPtr& before) {
    if (before && isSameFile(*before, *m_model)) {
        m_opening->remember(m_model);
        return;
    }
    QStringList notes;
    for (const std::string& note : m_model->notes)
        notes << QString::fromStdString(note);
    if (m_model->detected)
        notes << tr("Your settings for this file are in use again.");
    if (notes.size() == 1)
        post({Notice::Kind::Information, notes.front(), {}});
    else if (!notes.isEmpty())  // one line, and all of them on demand
        post({Notice::Kind::Warning, tr("%1 (and %2 more)").arg(notes.front()).arg(notes.size() - 1), notes});
}

void Workspace::run(Run activations, StepId last) {
    int missing = 0;
    for (StepId step = 0; step <= last; ++step)
        missing += activations.has(step) ? 0 : 1;
    const ModelPtr& model = m_next ? m_next->model : m_model;
    m_run = {m_runner->start(model->network, std::move(activations), last), last, m_next != nullptr};
    setProgress(0, missing);
    updateBusy();
}

void Workspace::onStepFinished(quint64 run, const FinishedStep& finished) {
    if (run != m_run.id)
        return;
    setProgress(m_progress.first + 1, m_progress.second);
    if (m_run.isOfNext)
        return;
    m_activations = m_activations.withOutput(finished.step, finished.output, finished.milliseconds);
    Q_EMIT stepComputed(finished.step);
    if (m_awaited && m_awaited->step == finished.step)
        show(*m_awaited);
}

void Workspace::onRunEnded(quint64 run, const Run& activations) {
    if (run != m_run.id)
        return;
    setProgress(0, 0);
    if (const auto next = std::exchange(m_next, nullptr))
        adopt(*next, activations);
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

// The run under way goes on if it is of what is open.
void Workspace::onUnusable(const Error& error) {
    m_opening->revertTo(m_model, m_picture);
    if (m_next)
        stopRun();
    updateBusy();
    tell(error);
}

void Workspace::onRunFailed(const Error& error) {
    m_opening->revertTo(m_model, m_picture);
    m_playback->setPlaying(false);
    stopRun();
    updateBusy();
    tell(error);
}

void Workspace::cancel() {
    m_playback->setPlaying(false);
    m_opening->revertTo(m_model, m_picture);
    m_opening->cancelAll();
    stopRun();
    updateBusy();
}

// Nothing of the run comes any more, and nothing waits for it.
void Workspace::stopRun() {
    m_runner->cancel();
    m_run = {};
    m_next.reset();
    m_awaited.reset();
    setProgress(0, 0);
}

void Workspace::restart() {
    if (!m_activations.input())
        return;
    cancel();
    m_activations = m_activations.before(0);
    Q_EMIT activationsReset();
    goToStep(inputStep);
}

void Workspace::computeAll() {
    if (m_activations.input() && !m_activations.isComplete() && !m_next)
        run(m_activations, m_model->graph().softmaxStep());
}

void Workspace::lookAt(const Focus& focus) {
    if (!m_model)
        return;
    if (m_activations.has(focus.step) || !m_activations.input() || m_next) {
        show(focus);
        return;
    }
    m_awaited = focus;
    const bool isOnItsWay = m_runner->isRunning() && m_run.last >= focus.step;
    if (!isOnItsWay)
        run(m_activations, focus.step);
}

void Workspace::goToStep(StepId step) {
    if (m_model)
        lookAt(m_focus.atStep(m_model->graph(), step));
}

// Views follow the step even if it is the same: what it holds may be new.
void Workspace::show(const Focus& focus) {
    m_awaited.reset();
    const Focus before = m_focus;
    setFocus(focus);
    announceFocus(before);
}

void Workspace::setFocus(const Focus& focus) {
    m_focus = focus;
    if (isPerClass(m_model->graph(), m_focus.step))
        m_focus.channel = classInQuestion();
}

void Workspace::announceFocus(const Focus& before) {
    Q_EMIT currentStepChanged(m_focus.step);
    if (m_focus.channel != before.channel)
        Q_EMIT channelChanged(m_focus.channel);
    if (m_focus.place || before.place)
        Q_EMIT cellChanged();
}

int Workspace::classInQuestion() const {
    const Graph& graph = m_model->graph();
    if (isPerClass(graph, m_focus.step) && m_focus.chosenClass)
        return m_focus.channel;
    const FeatureMapsPtr& logits = m_activations.output(graph.logitsStep());
    return logits ? topClass(*logits) : 0;
}

// The first channel to be seen is the one with the most to see.
void Workspace::chooseFirstChannel() {
    const std::vector<Statistics> channels = channelStatistics(*m_activations.output(m_focus.step));
    const auto telling = std::ranges::max_element(channels, {}, &Statistics::deviation);
    selectChannel(int(telling - channels.begin()));
    m_history->amend();
}

void Workspace::selectChannel(int channel) {
    if (!m_model)
        return;
    m_isChannelChosen = true;
    if (m_awaited)
        m_awaited = m_awaited->atChannel(m_model->graph(), channel);
    const Focus moved = m_focus.atChannel(m_model->graph(), channel);
    if (moved == m_focus)
        return;
    m_focus = moved;
    Q_EMIT channelChanged(m_focus.channel);
}

void Workspace::selectCell(std::optional<Cell> cell) {
    if (!m_model || cell == this->cell())
        return;
    if (m_awaited)
        m_awaited = m_awaited->atCell(m_model->graph(), cell);
    m_focus = m_focus.atCell(m_model->graph(), cell);
    m_pointedCell.leave();  // what was moved by keys is read, not what lies under a resting cursor
    Q_EMIT cellChanged();
}

void Workspace::setSettings(const ViewSettings& settings) {
    if (settings == m_settings)
        return;
    m_settings = settings;
    Q_EMIT settingsChanged();
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
