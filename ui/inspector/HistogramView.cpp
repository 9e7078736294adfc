#include "ui/inspector/HistogramView.h"

#include "ui/painting/HistogramPainter.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

namespace resnet::ui {

HistogramView::HistogramView(QWidget* parent) : Canvas(parent) {
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setAccessibleName(tr("Histogram of the step's values"));
    setAccessibleDescription(tr("How often each value occurs in this step's output"));
}

void HistogramView::setHistogram(const Histogram& histogram) {
    m_histogram = histogram;
    update();
}

void HistogramView::setTheme(const Theme& theme) {
    m_theme = theme;
    update();
}

void HistogramView::paint(QPainter& painter) {
    paintHistogram(painter, area(), m_histogram, m_theme);
}

bool HistogramView::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip)
        return Canvas::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const QString read = histogramReadout(area(), m_histogram, toArea(QPointF(help->pos())));
    QToolTip::showText(help->globalPos(), read.isEmpty() ? accessibleDescription() : read, this);
    return true;
}

}  // namespace resnet::ui
