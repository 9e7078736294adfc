#pragma once

#include "core/explain/Trace.h"
#include "ui/workspace/Workspace.h"

#include <QTimer>
#include <QWidget>

#include <optional>

class QLabel;
class QToolButton;

namespace resnet::ui {

// "Where does this number come from?": the arithmetic behind the selected cell of the selected channel.
// Without a selected cell it shows the one with the largest magnitude. Arrow keys move the cell (with Shift
// by 8), the sweep moves it across the map by itself.
class TraceView : public QWidget {
    Q_OBJECT
public:
    explicit TraceView(Workspace& workspace, QWidget* parent = nullptr);

    QSize sizeHint() const override { return {720, 420}; }
    QSize minimumSizeHint() const override { return {520, 340}; }

    const std::optional<Trace>& trace() const { return m_trace; }
    bool isSweeping() const { return m_sweep.isActive(); }
    void setSweeping(bool sweeping);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    class Canvas;

    void refresh();
    void refreshSoon();
    std::optional<Cell> shownCell() const;
    QString placeholder() const;
    void moveBy(int rows, int columns);
    void advanceSweep();

    Workspace& m_workspace;
    std::optional<Trace> m_trace;
    QTimer m_sweep;
    QTimer m_refresh;  // one refresh for several signals at a time
    QLabel* m_title;
    QLabel* m_sentence;
    QToolButton* m_sweepButton;
    Canvas* m_canvas;
};

}  // namespace resnet::ui
