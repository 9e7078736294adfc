#pragma once

#include "ui/workspace/Workspace.h"

#include <QObject>
#include <QPointer>

#include <functional>

class QAction;
class QDialog;
class QWidget;

namespace resnet::ui {

// Opens the views that explain, each in a window of its own beside the main one, which stays usable: what is
// selected there is what they explain.
class ExplainActions : public QObject {
    Q_OBJECT
public:
    ExplainActions(Workspace& workspace, QWidget* window);

    QAction* whereFrom;  // where does this number come from?
    QAction* whyClass;   // why this class?
    QAction* folding;    // batch norm folded into the convolution

private:
    void showWhereFrom();
    void showWhyClass();
    void showFolding();
    void updateState();
    // Shows a dialog again, or makes it around the views that `make` gives.
    void open(QPointer<QDialog>& dialog, const QString& title, const std::function<QList<QWidget*>()>& make);

    Workspace& m_workspace;
    QWidget* m_window;
    QPointer<QDialog> m_whereFromDialog;
    QPointer<QDialog> m_whyClassDialog;
    QPointer<QDialog> m_foldingDialog;
};

}  // namespace resnet::ui
