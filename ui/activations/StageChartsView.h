#pragma once

#include "ui/activations/ChartsView.h"

namespace resnet::ui {

// Parameters and multiply-adds, in millions, of the stem, each stage and the head, a row each; a column is
// one of them.
ColumnChart stagesChart(const Graph& graph);

// What the stages cost, and why one row grows where the other stays.
class StageChartsView : public ChartsView {
    Q_OBJECT
public:
    explicit StageChartsView(Workspace& workspace);

protected:
    void showChart() override;
    int currentColumn() const override;
    void pick(int column) override;
    QString figuresOf(int column) const override;
};

}  // namespace resnet::ui
