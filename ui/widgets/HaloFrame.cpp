#include "ui/widgets/HaloFrame.h"

#include "ui/painting/Halo.h"

#include <QEvent>
#include <QPainter>

#include <cmath>

namespace resnet::ui {

HaloFrame::HaloFrame(QWidget* around) : QWidget(around->parentWidget()), m_around(around) {
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
    around->installEventFilter(this);
    hide();
}

void HaloFrame::setTheme(const Theme& theme) {
    m_theme = &theme;
    update();
}

void HaloFrame::setShown(bool shown) {
    m_isShown = shown;
    place();
}

void HaloFrame::place() {
    setVisible(m_isShown && !m_around->isHidden());
    const int room = int(std::ceil(haloGap + haloWidth));
    setGeometry(m_around->geometry().adjusted(-room, -room, room, room));
    raise();
}

bool HaloFrame::eventFilter(QObject* object, QEvent* event) {
    switch (event->type()) {
        case QEvent::Move:
        case QEvent::Resize:
        case QEvent::ShowToParent:
        case QEvent::HideToParent:
            place();
            break;
        default:
            break;
    }
    return QWidget::eventFilter(object, event);
}

void HaloFrame::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    constexpr double room = haloGap + haloWidth;
    paintHalo(painter, QRectF(rect()).adjusted(room, room, -room, -room), *m_theme);
}

}  // namespace resnet::ui
