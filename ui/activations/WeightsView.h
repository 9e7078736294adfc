#pragma once

#include "core/explain/Kernels.h"
#include "core/model/Model.h"
#include "ui/painting/MapAtlas.h"
#include "ui/workspace/View.h"
#include "ui/workspace/Workspace.h"

class QStackedWidget;

namespace resnet::ui {

// The step itself, or the nearest before it on the main path that has weights; the first convolution for the
// input.
StepId stepWithWeights(const Graph& graph, StepId step);

// The kernels of a convolution over the image's three channels as colour pictures, one per output channel:
// grey is a weight of zero, and each picture's largest weight has full strength.
MapAtlas colorKernels(const Network& network, StepId convolution, ChannelOrder order);

class ColumnChartView;
class MapGrid;
class ScaleStrip;
class VectorBars;

// The weights of the current step, or of the nearest before it that has any: kernels of a convolution (those
// of the first as colour pictures, others one per input channel of the selected channel), the four vectors of
// a batch norm, a class's row of the dense matrix.
class WeightsView : public View {
    Q_OBJECT
public:
    explicit WeightsView(Workspace& workspace);

    MapGrid* kernels() const { return m_kernels; }

protected:
    void refresh(const Changes& changes) override;
    Figure paintedFigure(const FigureTitle& title) override;

private:
    void showWeights();
    void showKernels(StepId convolution);
    void showBatchNorm(StepId batchNorm);
    void showDense(StepId dense);
    void tellKernel(int index, const Cell& cell);
    QString figuresOf(int column) const;  // of a batch norm's channel

    StepId m_step = 0;
    FeatureMapsPtr m_kernelMaps;  // null while pictures are shown
    QStackedWidget* m_stack;
    ScaleStrip* m_scale;
    MapGrid* m_kernels;
    ColumnChartView* m_chart;
    VectorBars* m_bars;
};

}  // namespace resnet::ui
