#pragma once

#include "core/network/Edits.h"
#include "ui/diagram/DiagramMotion.h"
#include "ui/diagram/Minimap.h"
#include "ui/drawing/DiagramContent.h"
#include "ui/drawing/DiagramLayout.h"
#include "ui/drawing/StepWalk.h"
#include "ui/painting/DiagramLegend.h"
#include "ui/widgets/Canvas.h"

#include <functional>

namespace resnet::ui {

// The river on the screen: pans, zooms, opens and closes groups in place, and tells what was clicked. What is
// drawn is the layout's and the painters' business.
class DiagramCanvas : public Canvas {
    Q_OBJECT
public:
    static constexpr double keyZoom = 1.25;  // of one press of a key

    explicit DiagramCanvas(QWidget* parent = nullptr);

    // Both must outlive their use here; a null graph shows nothing. Call contentChanged() when the content
    // is.
    void setGraph(const Graph* graph);
    void setContent(const DiagramContent* content) { m_content = content; }
    void contentChanged();
    void setTheme(const Theme& theme);
    void setDescription(std::function<QString(StepId)> description) {
        m_description = std::move(description);
    }

    Detail detail() const { return m_detail; }
    const OpenNodes& openNodes() const { return m_open; }
    const DiagramLayout& drawing() const { return m_layout; }
    double zoom() const { return m_viewport.zoom; }
    bool isMoving() const { return m_motion.isRunning(); }
    QRectF rectOf(const DiagramNode& node) const { return m_viewport.toWidget(node.box); }
    QRectF minimapRect() const { return minimap().rect(); }

    QString spoken() const override;

    void setDetail(Detail detail);
    // Opens or closes a group; what stands under `kept`, or else the group's middle, stays in its place.
    void toggle(const Group& group, std::optional<QPointF> kept = {});
    void fit();
    void zoomBy(double factor);
    void zoomAround(const QPointF& position, double factor);
    // Scrolls as little as needed to show a step.
    void reveal(StepId step);
    void setMinimapShown(bool shown);
    void setLegendShown(bool shown);
    // A ring around what shows a step; nothing: none.
    void setHalo(std::optional<StepId> step);
    std::optional<StepId> halo() const { return m_halo; }

    QSize sizeHint() const override { return toScreen(QSizeF(840, 220)); }
    QSize minimumSizeHint() const override { return toScreen(QSizeF(320, 120)); }

Q_SIGNALS:
    void stepClicked(StepId step);
    void detailChanged();
    void drawingChanged();
    void walkRequested(resnet::ui::WalkDirection direction);
    // X switches F(x) of the current unit off or on, Shift+X its shortcut.
    void toggleRequested(resnet::Way way);
    // A block, an arc or a plus of a residual unit, or a step inside it.
    void unitMenuRequested(resnet::UnitId unit, const QPoint& global);

protected:
    bool event(QEvent* event) override;
    void paint(QPainter& painter) override;
    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    // Where the drawing goes: all of the widget but the legend at its foot.
    QRectF place() const;
    DiagramLegend legend() const;
    Viewport startOf(const DiagramLayout& layout) const;
    void showStart();
    void relayout();
    void refit();
    void moveTo(DiagramLayout layout, const Viewport& viewport);
    // By hand: what was moving stops.
    void setViewport(const Viewport& viewport);
    void centreOn(const QPointF& point);
    Minimap minimap() const;
    void paintMinimap(QPainter& painter);
    void showTip(const QPoint& position, const QPoint& global);
    void toggleCurrent();
    const DiagramNode* nodeAt(const QPointF& position) const;
    std::optional<UnitId> unitAt(const QPointF& position) const;
    std::optional<Group> groupAt(const QPointF& position) const;

    const Graph* m_graph = nullptr;
    const DiagramContent* m_content = nullptr;
    const Theme* m_theme = &Theme::light();
    std::function<QString(StepId)> m_description;

    Detail m_detail = Detail::Unit;
    OpenNodes m_open;
    LayoutOptions m_options;
    DiagramLayout m_layout;  // where everything is, or is going to be
    DiagramMotion m_motion;
    Viewport m_viewport;
    QImage m_minimapPicture;  // null until it is needed
    double m_legendHeight = DiagramLegend::rowHeight;

    bool m_isFitted = true;
    bool m_isAtStart = true;  // as it was opened: follows the size of the place
    bool m_isMinimapShown = true;
    bool m_isLegendShown = true;
    std::optional<StepId> m_halo;
    std::optional<QPointF> m_pressed;
    bool m_isDragging = false;
    bool m_isInMinimap = false;
};

}  // namespace resnet::ui
