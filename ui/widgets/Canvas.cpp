#include "ui/widgets/Canvas.h"

#include "ui/painting/Theme.h"

#include <QAccessibleWidget>
#include <QApplication>
#include <QFocusEvent>
#include <QMouseEvent>
#include <QPainter>

namespace resnet::ui {

namespace {

class CanvasAccessible : public QAccessibleWidget {
public:
    explicit CanvasAccessible(Canvas& canvas)
        : QAccessibleWidget(&canvas, canvas.role(), canvas.accessibleName()), m_canvas(canvas) {}

    QString text(QAccessible::Text kind) const override {
        return kind == QAccessible::Value ? m_canvas.spoken() : QAccessibleWidget::text(kind);
    }

private:
    const Canvas& m_canvas;
};

QAccessibleInterface* interfaceOf(const QString&, QObject* object) {
    auto* canvas = qobject_cast<Canvas*>(object);
    return canvas ? new CanvasAccessible(*canvas) : nullptr;
}

// Canvases tell screen readers what they are and what they show (Canvas::role() and spoken()). Any number of
// times.
void makeCanvasesAccessible() {
    QAccessible::installFactory(interfaceOf);  // once, however often
}

}  // namespace

Canvas::Canvas(QWidget* parent) : QFrame(parent), m_scale(textScale()) {
    makeCanvasesAccessible();
}

QRectF Canvas::toArea(const QRectF& onScreen) const {
    return {toArea(onScreen.topLeft()), toArea(onScreen.size())};
}

QRectF Canvas::toScreen(const QRectF& rect) const {
    return {rect.topLeft() * m_scale, rect.size() * m_scale};
}

void Canvas::setLeastSize(int width, int height) {
    m_least = {width, height};
    setMinimumSize(toScreen(QSizeF(m_least)));
}

void Canvas::paintEvent(QPaintEvent* event) {
    QFrame::paintEvent(event);
    QPainter painter(this);
    painter.scale(m_scale, m_scale);
    painter.setFont(ui::font(TextRole::Body));
    painter.save();
    paint(painter);
    painter.restore();
    if (!hasFocus() || !m_isFocusShown || showsFocusItself())
        return;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(palette().color(QPalette::Highlight), 1.5));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(area().adjusted(0.75, 0.75, -0.75, -0.75), Theme::controlRadius,
                            Theme::controlRadius);
}

// The mouse shows where it is by itself.
void Canvas::focusInEvent(QFocusEvent* event) {
    m_isFocusShown = event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason ||
                     event->reason() == Qt::ShortcutFocusReason;
    QFrame::focusInEvent(event);
    update();
}

void Canvas::tellSpoken() {
    QAccessibleValueChangeEvent event(this, spoken());
    QAccessible::updateAccessibility(&event);
}

bool Canvas::event(QEvent* event) {
    switch (m_scale == 1.0 ? QEvent::None : event->type()) {
        case QEvent::MouseMove:
        case QEvent::MouseButtonPress:
        case QEvent::MouseButtonRelease:
        case QEvent::MouseButtonDblClick: {
            auto* mouse = static_cast<QMouseEvent*>(event);
            QMouseEvent inArea(mouse->type(), toArea(mouse->position()), mouse->scenePosition(),
                               mouse->globalPosition(), mouse->button(), mouse->buttons(), mouse->modifiers(),
                               mouse->pointingDevice());
            const bool isDone = QFrame::event(&inArea);
            event->setAccepted(inArea.isAccepted());
            return isDone;
        }
        default:
            return QFrame::event(event);
    }
}

// The style sheet changes with the size of the text, after the text.
void Canvas::changeEvent(QEvent* event) {
    QFrame::changeEvent(event);
    if (event->type() != QEvent::StyleChange || m_scale == textScale())
        return;
    m_scale = textScale();
    if (!m_least.isEmpty())
        setMinimumSize(toScreen(QSizeF(m_least)));
    updateGeometry();
    QResizeEvent resized(size(), size());  // it has another area, if not another size
    QApplication::sendEvent(this, &resized);
    update();
}

}  // namespace resnet::ui
