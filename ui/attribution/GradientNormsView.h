#pragma once

#include "core/attribution/GradientNorms.h"
#include "ui/attribution/ComputedView.h"
#include "ui/painting/ColumnChart.h"

#include <optional>

namespace resnet::ui {

class ColumnChartView;

// "How large is the gradient, and where?": its norm at every unit, with what comes through F(x) and what
// through the shortcut, or at every step. A click goes there.
class GradientNormsView : public ComputedView {
    Q_OBJECT
public:
    explicit GradientNormsView(Workspace& workspace, QWidget* parent = nullptr);

    QSize sizeHint() const override { return {900, 420}; }
    ColumnChartView* chart() const { return m_chart; }
    // What is known of a column, in a line.
    QString columnText(int column) const;

protected:
    void start() override;
    bool hasResult() const override { return m_norms.has_value(); }
    void forget() override {
        m_norms.reset();
        m_cut.reset();
    }
    void showResult() override;
    QString meaning() const override;
    void refresh(const Changes& changes) override;

private:
    bool isByUnit() const;
    const Graph& graph() const { return workspace().session().graph(); }
    // Where a column stands: the input first if they are steps.
    StepId stepOf(int column) const;
    void showCurrent();
    ColumnChart unitChart() const;
    ColumnChart stepChart() const;

    std::optional<GradientNorms> m_norms;
    std::optional<GradientNorms> m_cut;  // with every shortcut off; nothing where there are none
    QButtonGroup* m_columns;
    ColumnChartView* m_chart;
};

}  // namespace resnet::ui
