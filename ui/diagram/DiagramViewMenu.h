#pragma once

#include "ui/workspace/ViewSettings.h"

#include <QMenu>

class QActionGroup;

namespace resnet::ui {

class DiagramCanvas;

// What the blocks and lines of the diagram show, and how large.
class DiagramViewMenu : public QMenu {
    Q_OBJECT
public:
    DiagramViewMenu(DiagramCanvas* canvas, QWidget* parent);

    // Whether there is another run that blocks can differ from.
    void setComparable(bool isComparable);
    void showSettings(const ViewSettings& settings);

Q_SIGNALS:
    void shadingChosen(resnet::ui::ShadedBy by);
    void normsToggled(bool shown);

private:
    QAction* addSwitch(const QString& name, bool isOn);
    void addShadings();

    QAction* m_norms = nullptr;
    QActionGroup* m_shadings = nullptr;
};

}  // namespace resnet::ui
