#pragma once

#include "core/experiments/Prediction.h"
#include "ui/training/TrainingFolder.h"
#include "ui/training/TrainingResources.h"
#include "ui/training/TwinsAtStart.h"
#include "ui/workspace/BackgroundJob.h"
#include "ui/workspace/View.h"

#include <vector>

class QLabel;
class QVBoxLayout;

namespace resnet::ui {

class EpochChart;
class ColumnChartView;

// "Why shortcuts help": each claim beside the figure that shows it. What the twins learned, how long F(x) and
// what the shortcut brings are in the open network, and what one unit less changes in its answer; what the
// twins' gradients do at the start; and what is still debated.
class ShortcutsView : public View {
    Q_OBJECT
public:
    // `whatIf` is the key of the view where parts are switched off; empty: there is none.
    ShortcutsView(Workspace& workspace, TrainingResources resources, const QString& whatIf = {},
                  QWidget* parent = nullptr);

    bool isComputing() const {
        return m_histories.isRunning() || m_trials.isRunning() || m_start.isRunning();
    }
    EpochChart* degradation() const { return m_degradation; }
    ColumnChartView* norms() const { return m_norms; }
    ColumnChartView* lesions() const { return m_lesions; }
    // Of the twins, at the start and after training.
    EpochChart* gradients() const { return m_gradients; }
    EpochChart* depth() const { return m_depth; }
    // What the figures say, in the order of the claims.
    QStringList findings() const;

    QSize sizeHint() const override { return {900, 520}; }
    QSize minimumSizeHint() const override { return {scaled(560), scaled(300)}; }

protected:
    void refresh(const Changes& changes) override;

private:
    // A claim, what was found, and its figure.
    QLabel* addClaim(QVBoxLayout* page, const QString& title, const QString& text, QWidget* figure);
    QWidget* wayTo(const QString& whatIf);
    void readHistories();
    void tryUnits();
    void startTwins();
    void showTwins(const TwinsAtStart& twins);
    void showDegradation(const std::vector<Training>& twins);
    void showNorms();
    void showLesions();
    QString unitText(int unit) const;
    QString lesionText(int unit) const;
    void goTo(int unit);

    TrainingResources m_resources;
    // Not those that are drawn as bars.
    Prediction m_whole;                 // what the network says as it was opened
    std::vector<Prediction> m_without;  // and without F(x) of each unit; empty while not computed
    EpochChart* m_degradation;
    ColumnChartView* m_norms;
    ColumnChartView* m_lesions;
    EpochChart* m_gradients;
    EpochChart* m_depth;
    std::vector<QLabel*> m_findings;
    BackgroundJob m_histories;  // last: their work ends before the rest goes
    BackgroundJob m_trials;
    BackgroundJob m_start;
};

}  // namespace resnet::ui
