#include "ui/inspector/HistogramView.h"

#include "ui/painting/HistogramPainter.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

namespace resnet::ui {

HistogramView::HistogramView(QWidget* parent) : QWidget(parent) {
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

void HistogramView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    paintHistogram(painter, rect(), m_histogram, m_theme);
}

bool HistogramView::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const QString read = histogramReadout(rect(), m_histogram, help->pos());
    QToolTip::showText(help->globalPos(), read.isEmpty() ? accessibleDescription() : read, this);
    return true;
}

}  // namespace resnet::ui
