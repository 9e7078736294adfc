#include "ui/inspector/HistogramView.h"

#include "ui/painting/HistogramPainter.h"

#include <QPainter>

namespace resnet::ui {

HistogramView::HistogramView(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setAccessibleName(tr("Histogram of the step's values"));
    setToolTip(tr("How often each value occurs in this step's output"));
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

}  // namespace resnet::ui
