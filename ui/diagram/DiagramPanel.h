#pragma once

#include "core/model/Model.h"
#include "ui/diagram/LiveContent.h"
#include "ui/drawing/StepWalk.h"
#include "ui/exports/DiagramExport.h"
#include "ui/workspace/View.h"

class QAction;
class QHBoxLayout;
class QToolButton;

namespace resnet::ui {

class Breadcrumbs;
class DiagramCanvas;
class DiagramViewMenu;
class OtherRiver;
class UnitSwitches;

// The whole network as a river, with the way to the current step above it.
class DiagramPanel : public View {
    Q_OBJECT
public:
    DiagramPanel(Workspace& workspace, QWidget* parent);
    ~DiagramPanel() override;

    QString name() const override { return tr("Diagram"); }
    DiagramCanvas* canvas() const { return m_canvas; }
    // What the diagram shows at the moment, and the options that export it as it stands.
    const DiagramContent& content() const { return m_live.content(); }
    DiagramExportOptions exportOptions() const;

    // Back and forward through the steps that were visited.
    QAction* backAction() const { return m_back; }
    QAction* forwardAction() const { return m_forward; }
    // Shows and hides the view at the side, if there is one.
    QAction* sideAction() const { return m_side; }
    // What blocks and lines show, and how large.
    DiagramViewMenu* viewMenu() const { return m_viewMenu; }
    // What can be switched about the current unit.
    UnitSwitches* switches() const { return m_switches; }
    // Before the levels of detail.
    void addLeadingControl(QWidget* control);
    // Stands left of the drawing while sideAction() is checked.
    void setSideView(QWidget* view, const QString& name);

public Q_SLOTS:
    // Marks what a search found.
    void showFound(const std::vector<StepId>& steps);
    void setDetail(Detail detail);
    void setShadedBy(ShadedBy by);
    void setNormsShown(bool shown);

protected:
    void refresh(const Changes& changes) override;
    Figure paintedFigure(const FigureTitle& title) override;

private:
    void buildTitleRow();
    QToolButton* makeChip(const QString& text, const QString& toolTip, const QString& accessibleName);
    void connectViews();
    void takeModel();
    void takeStep();
    void goTo(std::optional<StepId> visited);
    void showHistory();
    void showBusy();
    bool isBeingReplaced() const;
    void walk(WalkDirection direction);
    void showContent();
    void showMaps();

    ModelPtr m_model;  // keeps the graph that everything here refers to
    LiveContent m_live;
    VisitHistory m_history;
    DiagramCanvas* m_canvas;
    OtherRiver* m_other;
    Breadcrumbs* m_breadcrumbs;
    QHBoxLayout* m_columns;
    DiagramViewMenu* m_viewMenu;
    UnitSwitches* m_switches;
    QAction* m_back;
    QAction* m_forward;
    QAction* m_side;
    QToolButton* m_levels[3] = {};
};

}  // namespace resnet::ui
