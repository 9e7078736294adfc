#pragma once

#include "ui/workspace/Workspace.h"

#include <QObject>
#include <QString>

class QAction;
class QSettings;

namespace resnet::ui {

// What was open when the program was closed last: network, picture, step and view. It is kept when this ends,
// and opened again when the person asks for it. Files that are gone are told by a line, as when they are
// opened by hand.
class LastSession : public QObject {
    Q_OBJECT
public:
    // `settings` may be null: then nothing is kept.
    LastSession(Workspace& workspace, QSettings* settings, QObject* parent);
    ~LastSession() override;

    QAction* reopenAction() const { return m_reopen; }

private:
    void reopen();
    void goToStep();

    Workspace& m_workspace;
    QSettings* m_settings;
    QString m_network;
    QString m_picture;
    QString m_step;
    QString m_view;
    bool m_isReopening = false;
    QAction* m_reopen;
};

}  // namespace resnet::ui
