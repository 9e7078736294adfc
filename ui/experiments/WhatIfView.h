#pragma once

#include "ui/experiments/LesionSweep.h"
#include "ui/painting/LesionChart.h"
#include "ui/workspace/View.h"

class QLabel;
class QProgressBar;
class QPushButton;
class QStackedWidget;

namespace resnet::ui {

class BeforeAfterMaps;
class EditsFoot;
class LesionChartView;
class UnitControls;

// What if a part of the network did not count, or counted otherwise: the unit of the current step with its
// two ways to be weighed, what the network says with every way off in turn, and a map after the unit before
// and now.
class WhatIfView : public View {
    Q_OBJECT
public:
    explicit WhatIfView(Workspace& workspace);

    QString name() const override { return tr("What if"); }
    UnitControls* controls() const { return m_controls; }
    LesionChartView* chart() const { return m_chart; }
    BeforeAfterMaps* maps() const { return m_maps; }
    EditsFoot* foot() const { return m_foot; }
    const LesionSweep& sweep() const { return m_sweep; }

protected:
    void refresh(const Changes& changes) override;

private:
    QWidget* makeUnitRow();
    QWidget* makeChartPlace();
    void showUnit();
    void showSweep();
    void showMaps();
    LesionChart lesionChart() const;
    int shownClass() const;
    // "F(x) of stage 3, unit 2 off: church 57.5 %, first".
    QString figuresOf(int unit, LesionChart::Part part) const;
    void toggle(int unit, LesionChart::Part part);
    const ResidualUnit* unit() const;

    LesionSweep m_sweep;
    QStackedWidget* m_unitRow;
    QLabel* m_whatToDo;
    UnitControls* m_controls;
    QStackedWidget* m_chartPlace;
    QPushButton* m_start;
    QLabel* m_started;
    QProgressBar* m_progress;
    QPushButton* m_cancel;
    LesionChartView* m_chart;
    QLabel* m_summary;
    BeforeAfterMaps* m_maps;
    EditsFoot* m_foot;
};

}  // namespace resnet::ui
