#include "ui/window/ScrolledPage.h"

#include <QEvent>
#include <QScrollBar>

namespace resnet::ui {

ScrolledPage::ScrolledPage(QWidget* page, QWidget* parent) : QScrollArea(parent) {
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::NoFocus);
    setWidget(page);
    page->installEventFilter(this);
}

// Qt's own resizing would ask for the preferred height of texts that wrap.
void ScrolledPage::fit() {
    const QSize least = widget()->minimumSizeHint();
    const QSize room = maximumViewportSize();
    // A bar takes room from the other direction.
    const bool isTall = least.height() > room.height();
    const bool isWide = least.width() > room.width();
    const QSize bars(isTall ? verticalScrollBar()->sizeHint().width() : 0,
                     isWide ? horizontalScrollBar()->sizeHint().height() : 0);
    widget()->resize((room - bars).expandedTo(least));
}

void ScrolledPage::resizeEvent(QResizeEvent* event) {
    QScrollArea::resizeEvent(event);
    fit();
}

bool ScrolledPage::eventFilter(QObject* object, QEvent* event) {
    if (object == widget() && event->type() == QEvent::LayoutRequest)
        fit();
    return QScrollArea::eventFilter(object, event);
}

}  // namespace resnet::ui
