// What of the session is looked at, and how.

#include "core/explain/Statistics.h"
#include "ui/painting/BlockChannels.h"
#include "ui/workspace/Comparing.h"
#include "ui/workspace/HistoryKeeper.h"
#include "ui/workspace/Opening.h"
#include "ui/workspace/RunDifferences.h"
#include "ui/workspace/RunStatistics.h"
#include "ui/workspace/ScoreGradients.h"
#include "ui/workspace/SessionRunner.h"
#include "ui/workspace/Workspace.h"

#include <algorithm>

namespace resnet::ui {

void Workspace::lookAt(const Focus& wanted) {
    if (!model())
        return;
    if (activations().has(wanted.step) || !session().hasInput() || (m_next && !isNextOfEdits())) {
        show(wanted);
        return;
    }
    m_awaited = wanted;
    if (!m_next && m_runner->comingUpTo() < wanted.step)
        computeShown(wanted.step);
    else if (m_next && m_nextLast < wanted.step)
        computeNext(m_next, wanted.step);
}

void Workspace::show(const Focus& wanted) {
    m_awaited.reset();
    State next = m_state;
    next.focus = wanted;
    change(std::move(next));
}

void Workspace::goToStep(StepId step) {
    if (model())
        lookAt(focus().atStep(session().graph(), step));
}

void Workspace::goTo(StepId step, int channel, std::optional<Cell> cell) {
    if (!model())
        return;
    const Graph& graph = session().graph();
    const Focus there = focus().atStep(graph, step).atChannel(graph, channel);
    lookAt(cell ? there.atCell(graph, cell) : there);
}

void Workspace::restart() {
    if (!session().hasInput())
        return;
    cancel();
    auto emptied = std::make_shared<Session>(session());
    emptied->run = activations().before(0);
    State next = m_state;
    next.session = std::move(emptied);
    next.focus = focus().atStep(session().graph(), inputStep);
    change(std::move(next));
}

// A stage where no channel was chosen yet shows the one that has most in it, as soon as its maps are there.
// It is the same one whichever step comes first and however far the run is: the river's, or in the stage
// where one begins, the channel with the most to see where one begins.
Focus Workspace::withStrongest(const Session& session, const Focus& wanted) const {
    if (!session.model || wanted.hasChannel(session.graph()))
        return wanted;
    const Graph& graph = session.graph();
    const int stage = stageOf(graph, wanted.step);
    const StepId begin = firstStepToShow(graph);
    const bool isBegin = stage == stageOf(graph, begin);
    const FeatureMapsPtr maps = session.output(isBegin ? begin : decidingStep(graph, stage));
    if (!maps)
        return wanted;
    Focus chosen = wanted;
    if (isBegin) {
        const std::vector<Statistics> channels = channelStatistics(*maps, engineOptions());
        chosen.featureChannel =
            int(std::ranges::max_element(channels, {}, &Statistics::deviation) - channels.begin());
    } else {
        chosen.featureChannel = strongestChannel(*maps);
    }
    chosen.channelOfStage[stage] = chosen.featureChannel;
    return chosen.atStep(graph, wanted.step);
}

void Workspace::selectChannel(int channel) {
    if (!model())
        return;
    const Graph& graph = session().graph();
    if (m_awaited)
        m_awaited = m_awaited->atChannel(graph, channel);
    State next = m_state;
    next.focus = focus().atChannel(graph, channel);
    change(std::move(next));
}

void Workspace::selectClass(int index) {
    if (!model())
        return;
    const std::optional<int> chosen = index == session().bestClass() ? std::nullopt : std::optional(index);
    State next = m_state;
    next.focus = focus().atClass(session().graph(), chosen);
    change(std::move(next));
}

void Workspace::selectCell(std::optional<Cell> cell) {
    if (!model() || (cell == this->cell() && !focus().isPlaceCarried()))
        return;
    const Graph& graph = session().graph();
    if (m_awaited)
        m_awaited = m_awaited->atCell(graph, cell);
    m_pointedCell.leave();  // what was moved by keys is read, not what lies under a resting cursor
    State next = m_state;
    next.focus = focus().atCell(graph, cell);
    change(std::move(next));
}

void Workspace::setSettings(const ViewSettings& settings) {
    State next = m_state;
    next.settings = settings;
    change(std::move(next));
}

void Workspace::compareWithFile(const QString& path) {
    m_comparing->openFile(path, m_opening->request(), m_opening->memory());
}

void Workspace::compareWith(const ComparedWith& with) {
    m_comparing->compareWith(with);
}

const ComparedWith& Workspace::comparedWith() const {
    return m_comparing->with();
}

const Image& Workspace::comparedImage() const {
    static const Image none;
    return m_comparing->image() ? *m_comparing->image() : none;
}

Run Workspace::compared() const {
    if (!m_comparing->with().isEmpty())
        return m_comparing->runFor(session());
    return session().edits().isEmpty() ? Run() : session().unedited;
}

// What is shown of the steps follows the runs, the quantity, the side, and for gradients the class.
void Workspace::followShown(Changes& changes) {
    const bool isOther = changes.have(Changes::anySession | Changes::Edits | Changes::Shown) ||
                         (changes.have(Changes::Class) && settings().quantity != Quantity::Values);
    if (!isOther)
        return;
    m_comparing->follow(session(), packedNetwork());
    const Run other = compared();
    const bool areGradients = settings().quantity != Quantity::Values;
    m_gradients->want(areGradients ? std::vector{activations(), other} : std::vector<Run>(),
                      classInQuestion(), packedNetwork());
    const auto subject = [&](const Run& run) {
        return ShownMaps::Subject{run, areGradients ? m_gradients->of(run) : std::nullopt};
    };
    m_shown = ShownMaps(subject(activations()),
                        other.network() && session().model ? std::optional(subject(other)) : std::nullopt,
                        settings().quantity, settings().side);
    if (!m_shown.areOutputs())
        changes |= Changes::Shown;
    m_statistics->setMaps(m_shown);
    m_differences->setRuns(activations(), other);
}

void Workspace::restore(const Focus& focus, const ViewSettings& settings, const Edits& edits) {
    setSettings(settings);
    setEdits(edits);
    lookAt(focus);
}

void Workspace::setThemeKind(Theme::Kind kind) {
    State next = m_state;
    next.theme = kind;
    change(std::move(next));
}

}  // namespace resnet::ui
