#pragma once

#include "ui/workspace/Playback.h"
#include "ui/workspace/Workspace.h"

#include <QAction>
#include <QActionGroup>
#include <QObject>

namespace resnet::ui {

// Everything that moves through the forward pass, with its keys. An action that can do nothing is disabled
// and its tooltip says why.
class StepActions : public QObject {
    Q_OBJECT
public:
    StepActions(Workspace& workspace, QObject* parent = nullptr);

    QAction* first;
    QAction* back;
    QAction* play;
    QAction* forward;
    QAction* last;
    QAction* backUnit;
    QAction* forwardUnit;
    QAction* backStage;
    QAction* forwardStage;
    QAction* restart;
    QAction* computeAll;
    QAction* cancel;
    QAction* backward;
    QAction* loop;
    QActionGroup* paces;  // play by step, unit or stage

    // Those with keys that work everywhere in the window.
    QList<QAction*> all() const;

private:
    QAction* make(const QString& text, const QKeySequence& key);
    void addPace(const QString& text, Pace pace);
    void updateState();
    void updateIcons();
    static void allow(QAction* action, bool allowed, const QString& does, const QString& whyNot);

    Workspace& m_workspace;
};

}  // namespace resnet::ui
