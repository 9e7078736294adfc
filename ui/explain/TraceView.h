#pragma once

#include "core/explain/Trace.h"
#include "ui/explain/TraceTrail.h"
#include "ui/workspace/View.h"
#include "ui/workspace/Workspace.h"

#include <QTimer>
#include <QWidget>

#include <optional>

class QLabel;
class QToolButton;

namespace resnet::ui {

// The cell of the current step that is explained: the selected one, else the one with the largest magnitude
// in the selected channel. Nothing for the input and while the step is not computed.
std::optional<Cell> tracedCell(const Workspace& workspace);

struct TracePicture;

// "Where does this number come from?": the arithmetic behind the selected cell of the selected channel.
// Without a selected cell it shows the one with the largest magnitude. Arrow keys move the cell (with Shift
// by 8), the scan moves it across the map by itself. A click on a number goes where it came from, and Return
// follows the strongest: from a prediction to the pixels behind it. The way there is written below, and leads
// back.
class TraceView : public View {
    Q_OBJECT
public:
    explicit TraceView(Workspace& workspace, QWidget* parent = nullptr);

    QString name() const override { return tr("Where does this number come from?"); }
    QSize sizeHint() const override { return {720, 560}; }
    // The sentence may wrap; the picture below it gives the room.
    bool hasHeightForWidth() const override { return false; }
    QSize minimumSizeHint() const override { return {scaled(380), scaled(300)}; }

    // The number that is drawn at a point of the view.
    std::optional<TraceSource> sourceAt(const QPoint& position) const;
    const std::optional<Trace>& trace() const { return m_trace; }
    const TraceTrail& trail() const { return *m_trail; }
    bool isScanning() const { return m_scan.isActive(); }
    void setScanning(bool scanning);

    // Goes to a number that the shown one was made from.
    void goTo(const TraceSource& source);
    void followStrongest();

protected:
    void refresh(const Changes& changes) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    class Picture;

    void showTrace();
    QString placeholder() const;
    TracePicture picture() const;  // while there is a trace
    TraceTrail::Place placeOf(StepId step, int channel, const Cell& cell) const;
    void moveBy(int rows, int columns);
    void advanceScan();

    std::optional<Trace> m_trace;
    QTimer m_scan;
    std::vector<int> m_scanOrder;  // of the input channels where it began; empty while there is none
    QLabel* m_sentence;
    QToolButton* m_followButton;
    QToolButton* m_scanButton;
    Picture* m_canvas;
    TraceTrail* m_trail;
};

}  // namespace resnet::ui
