#include "ui/widgets/CanvasAccessible.h"

#include "ui/widgets/Canvas.h"

#include <QAccessibleWidget>

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

}  // namespace

void makeCanvasesAccessible() {
    QAccessible::installFactory(interfaceOf);  // once, however often
}

}  // namespace resnet::ui
