#pragma once

#include "ui/attribution/ComputedView.h"

#include <QImage>

#include <vector>

namespace resnet::ui {

class ColumnChartView;
class MapTiles;

// "How many units does the gradient pass through?": the gradient of a score at the input, split exactly by
// the number of units whose F(x) it has passed, beside the number of ways of that length, and the picture of
// one length.
class PathLengthsView : public ComputedView {
    Q_OBJECT
public:
    explicit PathLengthsView(Workspace& workspace, QWidget* parent = nullptr);

    QSize sizeHint() const override { return {900, 460}; }
    ColumnChartView* chart() const { return m_chart; }
    MapTiles* maps() const { return m_tiles; }
    // What is known of one length, in a line.
    QString lengthText(int units) const;

protected:
    void start() override;
    bool hasResult() const override { return !m_result.norms.empty(); }
    void forget() override;
    void showResult() override;
    QString meaning() const override;
    void refresh(const Changes& changes) override;

private:
    struct Result {
        std::vector<FeatureMapsPtr> parts;  // summed over the colours; null where 0 everywhere
        std::vector<double> norms;
        std::vector<double> ways;
        double whole = 0.0;
        double sumError = 0.0;
        QImage picture;
    };
    void choose(int units);

    Result m_result;
    int m_chosen = -1;
    ColumnChartView* m_chart;
    MapTiles* m_tiles;
};

}  // namespace resnet::ui
