#pragma once

#include "ui/painting/FoldingPainter.h"
#include "ui/workspace/Workspace.h"

#include <QThreadPool>
#include <QTimer>
#include <QWidget>

#include <atomic>

class QLabel;

namespace resnet::ui {

// "Fold into the convolution": the batch norm of the current step, or the nearest to it, as algebra with the
// numbers of the selected channel, and what folding changes on the current picture, measured.
class FoldingView : public QWidget {
    Q_OBJECT
public:
    explicit FoldingView(Workspace& workspace, QWidget* parent = nullptr);
    ~FoldingView() override;

    QSize sizeHint() const override { return {860, 420}; }
    QSize minimumSizeHint() const override { return {680, 380}; }

    StepId batchNorm() const { return m_batchNorm; }
    // Nothing until it is measured, off the GUI thread.
    const std::optional<FoldedConvolution>& measured() const { return m_picture.folded; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void refreshSoon() { m_refresh.start(0); }
    void refresh();
    void showChannel();
    void measure();
    void showMeasured(const FoldedConvolution& folded);
    QRectF canvasRect() const;

    Workspace& m_workspace;
    StepId m_batchNorm = inputStep;
    FoldingPicture m_picture;
    QTimer m_refresh;  // one refresh for several signals at a time
    std::atomic<quint64> m_latest = 0;
    QThreadPool m_pool;

    QLabel* m_title;
    QLabel* m_sentence;
};

}  // namespace resnet::ui
