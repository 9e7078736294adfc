#pragma once

#include "ui/painting/FoldingPainter.h"
#include "ui/workspace/BackgroundJob.h"
#include "ui/workspace/View.h"
#include "ui/workspace/Workspace.h"

namespace resnet::ui {

// "Fold into the convolution": the batch norm of the current step, or the nearest to it, as algebra with the
// numbers of the selected channel, and what folding changes on the current picture, measured.
class FoldingView : public View {
    Q_OBJECT
public:
    explicit FoldingView(Workspace& workspace, QWidget* parent = nullptr);

    QString name() const override { return tr("Fold batch norm into the convolution"); }
    QSize sizeHint() const override { return {860, 420}; }
    QSize minimumSizeHint() const override { return {scaled(680), scaled(380)}; }

    StepId batchNorm() const { return m_batchNorm; }
    // Nothing until it is measured, off the GUI thread.
    const std::optional<FoldedConvolution>& measured() const { return m_picture.folded; }

protected:
    void refresh(const Changes& changes) override;
    Figure paintedFigure(const FigureTitle& title) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void showChannel();
    void measure();
    void showMeasured(const FoldedConvolution& folded);
    QRectF canvasRect() const;

    StepId m_batchNorm = inputStep;
    FoldingPicture m_picture;
    BackgroundJob m_measuring;
};

}  // namespace resnet::ui
