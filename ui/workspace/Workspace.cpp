#include "ui/workspace/Workspace.h"

#include "ui/workspace/Comparing.h"
#include "ui/workspace/FileDialogs.h"
#include "ui/workspace/HistoryKeeper.h"
#include "ui/workspace/Opening.h"
#include "ui/workspace/Playback.h"
#include "ui/workspace/RunDifferences.h"
#include "ui/workspace/RunStatistics.h"
#include "ui/workspace/ScoreGradients.h"
#include "ui/workspace/SessionRunner.h"

#include <algorithm>

namespace resnet::ui {

namespace {

int classInQuestionOf(const Session& session, const Focus& focus) {
    const bool isChosen = focus.chosenClass && session.model;
    return isChosen ? *focus.chosenClass : session.bestClass();
}

}  // namespace

Workspace::Workspace(int threads, QObject* parent)
    : QObject(parent),
      m_engineOptions{threads, {}, {}},
      m_statistics(std::make_unique<RunStatistics>(m_engineOptions)),
      m_differences(std::make_unique<RunDifferences>()),
      m_comparing(std::make_unique<Comparing>(m_engineOptions)),
      m_gradients(std::make_unique<ScoreGradients>(m_engineOptions)),
      m_playback(std::make_unique<Playback>(*this)),
      m_history(std::make_unique<HistoryKeeper>(*this)),
      m_runner(std::make_unique<SessionRunner>(threads)),
      m_opening(std::make_unique<Opening>()),
      m_files(std::make_unique<FileDialogs>()) {
    connect(m_runner.get(), &SessionRunner::stepsFinished, this, &Workspace::onStepsFinished);
    connect(m_runner.get(), &SessionRunner::ended, this, &Workspace::onRunEnded);
    connect(m_runner.get(), &SessionRunner::failed, this, &Workspace::onRunFailed);
    connect(m_runner.get(), &SessionRunner::progressChanged, this, &Workspace::progressChanged);
    connect(m_opening.get(), &Opening::prepared, this, &Workspace::take);
    connect(m_opening.get(), &Opening::unreadable, this, qOverload<const Error&>(&Workspace::post));
    connect(m_opening.get(), &Opening::unusable, this, &Workspace::onUnusable);
    connect(m_opening.get(), &Opening::noticePosted, this, qOverload<const Notice&>(&Workspace::post));
    connect(m_opening.get(), &Opening::busyChanged, this, &Workspace::updateBusy);
    connect(m_statistics.get(), &RunStatistics::measured, this,
            [this] { Q_EMIT changed(Changes::Statistics); });
    connect(m_differences.get(), &RunDifferences::compared, this,
            [this] { Q_EMIT changed(Changes::Statistics); });
    connect(m_comparing.get(), &Comparing::changed, this, [this] { change(m_state, Changes::Shown); });
    connect(m_comparing.get(), &Comparing::failed, this, qOverload<const Error&>(&Workspace::post));
    connect(m_gradients.get(), &ScoreGradients::computed, this, [this] { change(m_state, Changes::Shown); });
    connect(m_gradients.get(), &ScoreGradients::failed, this, qOverload<const Error&>(&Workspace::post));
}

Workspace::~Workspace() {
    m_opening->disconnect(this);
    m_runner->disconnect(this);
    m_comparing->disconnect(this);
    m_gradients->disconnect(this);
}

const Image& Workspace::croppedImage() const {
    static const Image none;
    return session().image ? *session().image : none;
}

bool Workspace::isBusy() const {
    return m_runner->isRunning() || m_opening->isBusy();
}

std::pair<int, int> Workspace::progress() const {
    return m_runner->progress();
}

std::shared_ptr<const PackedNetwork> Workspace::packedNetwork() const {
    return model() ? m_runner->packedOf(model()->network) : nullptr;
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
    if (model())
        m_opening->changeSettings(model(), settings);
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

void Workspace::change(State next, Changes changes) {
    const Focus strongest = withStrongest(*next.session, next.focus);
    const bool isChosenByItself = strongest != next.focus;
    next.focus = strongest;
    next.classInQuestion = classInQuestionOf(*next.session, next.focus);
    if (next.session->model && isPerClass(next.session->graph(), next.focus.step))
        next.focus.channel = next.classInQuestion;
    const std::optional<Cell> cellBefore = cell();
    const State before = std::exchange(m_state, std::move(next));
    changes |= changesBetween(*before.session, session());
    const auto note = [&](bool differs, Changes::Part part) {
        if (differs)
            changes |= part;
    };
    note(before.focus.step != focus().step, Changes::Step);
    note(before.focus.channel != channel(), Changes::Channel);
    note(cellBefore != cell() || (before.focus.isPlaceCarried() && !focus().isPlaceCarried()), Changes::Cell);
    note(before.classInQuestion != classInQuestion(), Changes::Class);
    note(before.settings != settings(), Changes::Settings);
    note(before.theme != m_state.theme, Changes::Theme);
    note(before.settings.quantity != settings().quantity || before.settings.side != settings().side,
         Changes::Shown);
    followShown(changes);
    if (isChosenByItself && !changes.have(Changes::Step | Changes::Cell | Changes::Settings | Changes::Edits))
        m_history->amendIfSettled();  // nobody has gone there
    if (!changes.isEmpty())
        Q_EMIT changed(changes);
}

void Workspace::take(const SessionPtr& prepared) {
    const bool isSameInput = model() && model()->network == prepared->model->network &&
                             model()->preprocessing == prepared->model->preprocessing &&
                             picture() == prepared->picture;
    if (isSameInput && !m_next) {  // only the classes are called otherwise: the run is the same
        auto renamed = std::make_shared<Session>(session());
        renamed->model = prepared->model;
        return showNext(renamed);
    }
    const SessionPtr next = withKeptEdits(prepared);
    stopRun();
    if (session().hasInput() || (next->hasInput() && !next->edits().isEmpty()))
        return computeNext(next, next->graph().softmaxStep());
    showNext(next);  // there is nothing to keep
    if (next->hasInput())
        computeShown(next->graph().softmaxStep());
}

// Edits are of a network: another picture, or settings that leave the units as they are, keep them.
SessionPtr Workspace::withKeptEdits(const SessionPtr& prepared) const {
    if (!model() || editsAskedFor().isEmpty() || !isSameFile(*model(), *prepared->model))
        return prepared;
    try {
        return std::make_shared<const Session>(
            withEdits(*prepared, editsAskedFor(), prepared->graph().softmaxStep()));
    } catch (const Error&) {  // the units are others
        return prepared;
    }
}

void Workspace::showNext(SessionPtr next) {
    const ModelPtr before = model();
    State state = m_state;
    if (!before)
        state.focus = focus().atStep(next->graph(), firstStepToShow(next->graph()));
    else if (before->network != next->model->network)
        state.focus = focus().inNetwork(before->graph(), next->graph(), isSameFile(*before, *next->model));
    else if (m_awaited && next->run.has(m_awaited->step))
        state.focus = *m_awaited;
    state.session = std::move(next);
    m_awaited.reset();
    change(std::move(state));
    if (before != model())
        tellOfModel(before);
}

// Notes of a model that was opened; one that only got other settings is remembered instead.
void Workspace::tellOfModel(const ModelPtr& before) {
    if (before && isSameFile(*before, *model())) {
        m_opening->remember(model());
        return;
    }
    QStringList notes;
    for (const std::string& note : model()->notes)
        notes << QString::fromStdString(note);
    if (model()->detected)
        notes << tr("Your settings for this file are in use again.");
    if (notes.size() == 1)
        post(Notice{Notice::Kind::Information, notes.front(), {}});
    else if (!notes.isEmpty())  // one line, and all of them on demand
        post(Notice{Notice::Kind::Warning, tr("%1 (and %2 more)").arg(notes.front()).arg(notes.size() - 1),
                    notes});
}

void Workspace::computeShown(StepId last) {
    m_runner->start(m_state.session, last, SessionRunner::Purpose::Shown);
    updateBusy();
}

void Workspace::computeNext(const SessionPtr& next, StepId last) {
    m_next = next;
    m_nextLast = last;
    m_runner->start(next, last, SessionRunner::Purpose::Next);
    updateBusy();
}

// The next session is of what is open: nothing but its edits differ.
bool Workspace::isNextOfEdits() const {
    return m_next && m_next->run.input() == activations().input() &&
           m_next->run.network() == activations().network();
}

const Edits& Workspace::editsAskedFor() const {
    const bool isOfNext = m_next && m_next->run.network() == activations().network();
    return m_edits ? *m_edits : isOfNext ? m_next->edits() : session().edits();
}

void Workspace::setEdits(const Edits& edits) {
    if (!model() || edits == editsAskedFor())
        return;
    try {
        validate(edits, session().graph());
        if (m_edits || isNextOfEdits())
            m_edits = edits;  // begun when those are there, so that a drag shows something all along
        else if (!m_next)
            startEdits(edits);
        else if (m_next->run.network() == activations().network())  // another picture
            computeNext(std::make_shared<const Session>(withEdits(*m_next, edits, m_nextLast)), m_nextLast);
        else
            throw Error("another network is being opened: change its parts when it is there");
    } catch (const Error& error) {
        post(error);
    }
}

// As far as the run is, or is on its way.
void Workspace::startEdits(const Edits& edits) {
    const StepId awaited = m_awaited ? m_awaited->step : inputStep;
    const StepId last = std::max({activations().firstMissing() - 1, m_runner->comingUpTo(), awaited});
    const auto next = std::make_shared<const Session>(withEdits(session(), edits, last));
    if (!isThere(*next, last))
        return computeNext(next, last);
    m_runner->cancel();
    showNext(next);
    updateBusy();
}

void Workspace::onStepsFinished(const std::vector<FinishedStep>& finished) {
    auto grown = std::make_shared<Session>(session());
    for (const FinishedStep& each : finished)
        grown->run = std::move(grown->run).withOutput(each.step, each.output, each.milliseconds);
    State next = m_state;
    next.session = std::move(grown);
    if (m_awaited && next.session->run.has(m_awaited->step))
        next.focus = *std::exchange(m_awaited, std::nullopt);
    change(std::move(next));
}

void Workspace::onRunEnded(const SessionPtr& next) {
    m_next.reset();
    if (next)
        showNext(next);
    change(m_state, Changes::RunEnded);
    if (const std::optional<Edits> edits = std::exchange(m_edits, std::nullopt);
        edits && *edits != this->edits())
        startEdits(*edits);
    updateBusy();
}

void Workspace::post(const Error& error) {
    QStringList details;
    for (const std::string& detail : error.details())
        details << QString::fromStdString(detail);
    post(Notice{Notice::Kind::Error, QString::fromUtf8(error.what()), details});
}

// The run under way goes on if it is of what is open.
void Workspace::onUnusable(const Error& error) {
    m_opening->revertTo(model(), picture());
    if (m_next && !isNextOfEdits())
        stopRun();
    updateBusy();
    post(error);
}

void Workspace::onRunFailed(const Error& error) {
    m_opening->revertTo(model(), picture());
    m_playback->setPlaying(false);
    stopRun();
    change(m_state, Changes::RunEnded);
    updateBusy();
    post(error);
}

void Workspace::cancel() {
    m_playback->setPlaying(false);
    m_opening->revertTo(model(), picture());
    m_opening->cancel();
    stopRun();
    change(m_state, Changes::RunEnded);
    updateBusy();
}

// Nothing of the run comes any more, and nothing waits for it.
void Workspace::stopRun() {
    m_runner->cancel();
    m_awaited.reset();
    m_next.reset();
    m_edits.reset();
}

void Workspace::computeAll() {
    const StepId last = model() ? session().graph().softmaxStep() : inputStep;
    if (!session().hasInput() || session().isComputed())
        return;
    if (!m_next)
        computeShown(last);
    else if (isNextOfEdits())
        computeNext(m_next, last);
}

void Workspace::updateBusy() {
    if (isBusy() == m_wasBusy)
        return;
    m_wasBusy = isBusy();
    Q_EMIT busyChanged(m_wasBusy);
}

}  // namespace resnet::ui
