#pragma once

#include "core/network/Network.h"
#include "ui/workspace/History.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <memory>

namespace resnet::ui {

class Changes;
class Workspace;

// Undo and redo of what was selected, set and experimented with in the workspace, not of what was opened:
// another model begins another history. What changes at a time is one entry; it is there when control is back
// at the event loop.
class HistoryKeeper : public QObject {
    Q_OBJECT
public:
    explicit HistoryKeeper(Workspace& workspace);

    // What would be undone or redone; null if there is nothing.
    const History::Entry* undoable() const { return m_history.undoable(); }
    const History::Entry* redoable() const { return m_history.redoable(); }

    // What changed since the last record was nobody's doing, and cannot be undone.
    void amend();
    // The same, unless a change is about to be recorded, which it then goes with.
    void amendIfSettled();
    // While held, as long as something is dragged, nothing is recorded: all of it becomes one entry.
    void setHeld(bool isHeld);

public Q_SLOTS:
    void undo();
    void redo();

Q_SIGNALS:
    void changed();

private:
    void follow(const Changes& changes);
    void record();
    void restore(const ViewState& state);
    ViewState present() const;

    Workspace& m_workspace;
    std::shared_ptr<const Network> m_network;  // that the history is of
    History m_history;
    QTimer m_record;
    bool m_isHeld = false;
    QElapsedTimer m_clock;
};

}  // namespace resnet::ui
