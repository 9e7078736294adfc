#include "ui/workspace/HistoryKeeper.h"

#include "ui/workspace/Playback.h"
#include "ui/workspace/Workspace.h"

#include <utility>

namespace resnet::ui {

HistoryKeeper::HistoryKeeper(Workspace& workspace) : m_workspace(workspace) {
    m_clock.start();
    m_record.setSingleShot(true);
    connect(&m_record, &QTimer::timeout, this, &HistoryKeeper::record);
    connect(&m_workspace, &Workspace::changed, this, &HistoryKeeper::follow);
}

void HistoryKeeper::follow(const Changes& changes) {
    const auto network = m_workspace.model() ? m_workspace.model()->network : nullptr;
    if (std::exchange(m_network, network) != network) {
        m_history = {};
        m_record.start(0);
        Q_EMIT changed();
    } else if (changes.have(Changes::Step | Changes::Channel | Changes::Cell | Changes::Settings |
                            Changes::Edits) ||
               (changes.have(Changes::RunEnded) && m_history.isOnItsWay())) {
        m_record.start(0);
    }
}

ViewState HistoryKeeper::present() const {
    return {m_workspace.focus(), m_workspace.settings(), m_workspace.edits()};
}

void HistoryKeeper::record() {
    m_record.stop();
    const bool areEditsComing = m_workspace.editsAskedFor() != m_workspace.edits();
    if (!m_workspace.model() || m_workspace.isAwaitingStep() || areEditsComing || m_isHeld)
        return;
    m_history.record(present(), m_clock.elapsed(), m_workspace.playback().isPlaying());
    Q_EMIT changed();
}

void HistoryKeeper::amend() {
    m_history.amend(present());
}

void HistoryKeeper::amendIfSettled() {
    if (!m_record.isActive())
        amend();
}

void HistoryKeeper::setHeld(bool isHeld) {
    record();
    m_isHeld = isHeld;
    record();
}

void HistoryKeeper::undo() {
    record();
    if (undoable())
        restore(m_history.undo());
}

void HistoryKeeper::redo() {
    record();
    if (redoable())
        restore(m_history.redo());
}

void HistoryKeeper::restore(const ViewState& state) {
    const ViewState wanted = state;  // following it may change the history
    m_workspace.playback().setPlaying(false);
    m_workspace.restore(wanted.focus, wanted.settings, wanted.edits);
    const ViewState now = present();  // its stage may not have had a channel then
    if (now.focus.step == wanted.focus.step && now.edits == wanted.edits)
        m_history.amend(now);
    Q_EMIT changed();
}

}  // namespace resnet::ui
