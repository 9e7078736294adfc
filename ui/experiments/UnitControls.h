#pragma once

#include "ui/workspace/Workspace.h"

#include <QWidget>

class QLabel;
class QMenu;
class QPushButton;

namespace resnet::ui {

class GainSlider;

// What can be changed about the unit of the current step: by how much F(x) and the shortcut count, and whose
// weights it has. All of it is told the workspace; a drag is one entry of undo.
class UnitControls : public QWidget {
    Q_OBJECT
public:
    explicit UnitControls(Workspace& workspace, QWidget* parent = nullptr);

    // Shows what is asked for. Only while the current step is of a unit.
    void refresh();
    void setTheme(const Theme& theme);

    GainSlider* mainPathSlider() const { return m_mainPath.slider; }
    GainSlider* shortcutSlider() const { return m_shortcut.slider; }

private:
    struct Row {
        QLabel* name;
        GainSlider* slider;
        QLabel* value;
    };
    Row makeRow(Way way, const QString& name);
    void setGain(Way way, float gain);
    void setWeights(const UnitWeights& weights);
    void fillMenu(QMenu& menu, bool swaps);
    // What is done to more than this unit.
    void fillStageMenu(QMenu& menu);
    void restart();

    const ResidualUnit* unit() const;
    // As the unit is asked to be.
    UnitEdit edit() const;
    void set(const UnitEdit& edit);

    Workspace& m_workspace;
    Row m_mainPath;
    Row m_shortcut;
    QPushButton* m_use;
    QPushButton* m_swap;
    QPushButton* m_restart;
    QPushButton* m_stage;
    std::uint64_t m_shuffles = 0;  // so that every one is another
};

}  // namespace resnet::ui
