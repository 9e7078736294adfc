#include "ui/training/EpochChart.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <utility>

namespace resnet::ui {

namespace {

constexpr double gap = 24.0;

}  // namespace

EpochChart::EpochChart(QWidget* parent) : Canvas(parent) {
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void EpochChart::setCharts(std::vector<LineChart> charts) {
    m_charts = std::move(charts);
    const int places = m_charts.empty() ? 0 : int(m_charts.front().places.size());
    if (m_pointed >= places)
        point(-1);
    update();
}

void EpochChart::setTheme(const Theme& theme) {
    m_theme = &theme;
    update();
}

void EpochChart::setPlaceholder(const QString& text) {
    m_placeholder = text;
    update();
}

QRectF EpochChart::roomOf(int chart) const {
    const double count = double(m_charts.size());
    const double each = (area().width() - (count - 1) * gap) / count;
    return {chart * (each + gap), 0.0, each, double(area().height())};
}

QPointF EpochChart::pointOf(int chart, int place) const {
    const LineChart& of = m_charts[std::size_t(chart)];
    const QRectF plot = plotOf(of, roomOf(chart));
    const double span = of.places.back() - of.places.front();
    return {plot.left() + (span > 0.0 ? (of.places[std::size_t(place)] - of.places.front()) / span : 0.0) *
                              plot.width(),
            plot.center().y()};
}

void EpochChart::paint(QPainter& painter) {
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_charts.empty()) {
        painter.setFont(ui::font(TextRole::Body));
        painter.setPen(m_theme->secondaryText);
        painter.drawText(area(), Qt::AlignCenter | Qt::TextWordWrap, m_placeholder);
        return;
    }
    for (int i = 0; i < int(m_charts.size()); ++i)
        paintLineChart(painter, roomOf(i), m_charts[std::size_t(i)], m_pointed, *m_theme);
}

void EpochChart::point(int place) {
    if (std::exchange(m_pointed, place) == place)
        return;
    update();
    Q_EMIT pointed(place);
}

std::optional<int> EpochChart::at(const QPointF& point) const {
    for (int i = 0; i < int(m_charts.size()); ++i)
        if (const std::optional<int> place = placeAt(m_charts[std::size_t(i)], roomOf(i), point))
            return place;
    return std::nullopt;
}

void EpochChart::mouseMoveEvent(QMouseEvent* event) {
    point(at(event->position()).value_or(-1));
}

void EpochChart::mousePressEvent(QMouseEvent* event) {
    if (const std::optional<int> place = at(event->position()); place && event->button() == Qt::LeftButton)
        Q_EMIT chosen(*place);
}

void EpochChart::leaveEvent(QEvent*) {
    point(-1);
}

void EpochChart::keyPressEvent(QKeyEvent* event) {
    const int by = event->key() == Qt::Key_Right ? 1 : event->key() == Qt::Key_Left ? -1 : 0;
    if (m_charts.empty())
        return Canvas::keyPressEvent(event);
    if (by != 0)
        return point(std::clamp(m_pointed + by, 0, int(m_charts.front().places.size()) - 1));
    if (event->key() == Qt::Key_Return && m_pointed >= 0)
        Q_EMIT chosen(m_pointed);
    else
        Canvas::keyPressEvent(event);
}

}  // namespace resnet::ui
