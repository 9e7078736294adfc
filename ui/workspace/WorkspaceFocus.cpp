// What of the session is looked at, and how.

#include "ui/workspace/HistoryKeeper.h"
#include "ui/workspace/RunStatistics.h"
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
    m_isChannelChosen = true;
    const Focus there = focus().atStep(graph, step).atChannel(graph, channel);
    lookAt(cell ? there.atCell(graph, cell) : there);
}

// The first channel to be seen is the one with the most to see. Nobody has gone there.
void Workspace::chooseFirstChannel() {
    const auto& channels = m_statistics->values().of(activations(), currentStep())->channels;
    const auto telling = std::ranges::max_element(channels, {}, &Statistics::deviation);
    selectChannel(int(telling - channels.begin()));
    m_history->amend();
}

void Workspace::selectChannel(int channel) {
    if (!model())
        return;
    const Graph& graph = session().graph();
    m_isChannelChosen = true;
    if (m_awaited)
        m_awaited = m_awaited->atChannel(graph, channel);
    State next = m_state;
    next.focus = focus().atChannel(graph, channel);
    change(std::move(next));
}

void Workspace::selectCell(std::optional<Cell> cell) {
    if (!model() || cell == this->cell())
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
