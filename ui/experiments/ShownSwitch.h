#pragma once

#include "ui/workspace/Workspace.h"

#include <QToolButton>

#include <array>

class QAction;
class QActionGroup;
class QMenu;

namespace resnet::ui {

// The switch over all views: which quantity they show of the steps, and of which run. It stands out while
// that is not what the network computes now.
class ShownSwitch : public QToolButton {
    Q_OBJECT
public:
    explicit ShownSwitch(Workspace& workspace, QWidget* parent = nullptr);

    QAction* action(Quantity quantity) const { return m_quantities[std::size_t(quantity)]; }
    QAction* action(Side side) const { return m_sides[std::size_t(side)]; }
    // All of it, for the menu bar.
    QMenu* choices() const { return m_choices; }

private:
    template <typename Choice>
    QAction* add(QActionGroup* group, Choice choice, const QString& toolTip);
    void follow(const Changes& changes);
    void showChoice();
    void chooseNextQuantity();
    void chooseNextSide();
    QString whyNoOther() const;

    Workspace& m_workspace;
    QMenu* m_choices;
    std::array<QAction*, 3> m_quantities{};
    std::array<QAction*, 3> m_sides{};
    QAction* m_nextSide = nullptr;
};

}  // namespace resnet::ui
