#pragma once

#include "core/explain/Statistics.h"
#include "ui/workspace/Workspace.h"

#include <QWidget>

namespace resnet::ui {

class ColumnChartView;

// Figures of all steps or of all residual units as columns; a click on one goes there.
class ChartsView : public QWidget {
    Q_OBJECT
public:
    ChartsView(Workspace& workspace, ActivationStatistics& statistics, QWidget* parent = nullptr);

    enum class Content { Steps, Units };
    // Follows the workspace's step and results.
    void refresh(Content content);
    void setTheme(const Theme& theme);

    // What is shown, in a line.
    QString caption() const;
    bool isEmpty() const;
    ColumnChartView* chart() const { return m_chart; }

Q_SIGNALS:
    // What is under the cursor; empty when the cursor has left.
    void told(const QString& text);

private:
    void showSteps();
    void showUnits();
    void pick(int column);
    void tell(int column);

    Workspace& m_workspace;
    ActivationStatistics& m_statistics;
    Content m_content = Content::Steps;
    ColumnChartView* m_chart;
};

}  // namespace resnet::ui
