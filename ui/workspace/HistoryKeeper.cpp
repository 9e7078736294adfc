#include "ui/workspace/HistoryKeeper.h"

#include "ui/workspace/Playback.h"
#include "ui/workspace/Workspace.h"

namespace resnet::ui {

HistoryKeeper::HistoryKeeper(Workspace& workspace) : m_workspace(workspace) {
    m_clock.start();
    m_record.setSingleShot(true);
    connect(&m_record, &QTimer::timeout, this, &HistoryKeeper::record);
    const auto recordSoon = [this] { m_record.start(0); };
    connect(&m_workspace, &Workspace::modelChanged, this, &HistoryKeeper::beginAnew);
    connect(&m_workspace, &Workspace::currentStepChanged, this, recordSoon);
    connect(&m_workspace, &Workspace::channelChanged, this, recordSoon);
    connect(&m_workspace, &Workspace::cellChanged, this, recordSoon);
    connect(&m_workspace, &Workspace::settingsChanged, this, recordSoon);
}

ViewState HistoryKeeper::present() const {
    return {m_workspace.focus(), m_workspace.settings()};
}

void HistoryKeeper::beginAnew() {
    m_history = {};
    m_record.start(0);
    Q_EMIT changed();
}

void HistoryKeeper::record() {
    m_record.stop();
    if (!m_workspace.model() || m_workspace.isAwaitingStep())
        return;
    m_history.record(present(), m_clock.elapsed(), m_workspace.playback().isPlaying());
    Q_EMIT changed();
}

void HistoryKeeper::amend() {
    m_history.amend(present());
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
    m_workspace.setSettings(wanted.settings);
    m_workspace.lookAt(wanted.focus);
    Q_EMIT changed();
}

}  // namespace resnet::ui
