#include "ui/experiments/GainSlider.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QSignalBlocker>

#include <algorithm>
#include <cmath>

namespace resnet::ui {

namespace {

constexpr int perUnit = 100;
constexpr int farthest = 2 * perUnit;
constexpr double handleRadius = 8.0;
constexpr double margin = handleRadius + 2.0;
constexpr int attraction = 5;  // hundredths, of a tick

}  // namespace

GainSlider::GainSlider(Way way, QWidget* parent) : QSlider(Qt::Horizontal, parent), m_way(way) {
    setRange(-farthest, farthest);
    setSingleStep(5);
    setPageStep(perUnit / 2);
    setValue(perUnit);
    setFocusPolicy(Qt::StrongFocus);
    connect(this, &QSlider::valueChanged, this,
            [this](int value) { Q_EMIT gainChanged(float(value) / perUnit); });
}

void GainSlider::showGain(float gain) {
    const QSignalBlocker blocker(this);
    setValue(int(std::lround(std::clamp(gain * perUnit, -float(farthest), float(farthest)))));
    update();
}

void GainSlider::setTheme(const Theme& theme) {
    m_theme = &theme;
    update();
}

double GainSlider::positionOf(float gain) const {
    return margin + (gain * perUnit + farthest) / (2 * farthest) * (width() - 2 * margin);
}

void GainSlider::followMouse(double x) {
    const double share = (x - margin) / std::max(1.0, width() - 2 * margin);
    const int value = int(std::lround(share * 2 * farthest)) - farthest;
    const int tick = int(std::lround(double(value) / perUnit)) * perUnit;
    setValue(std::abs(value - tick) <= attraction ? tick : value);
}

void GainSlider::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton)
        return event->ignore();
    setSliderDown(true);
    followMouse(event->position().x());
}

void GainSlider::mouseMoveEvent(QMouseEvent* event) {
    if (isSliderDown())
        followMouse(event->position().x());
}

void GainSlider::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton)
        setSliderDown(false);
}

void GainSlider::mouseDoubleClickEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton)
        setValue(perUnit);
}

void GainSlider::keyPressEvent(QKeyEvent* event) {
    const bool isPlain = !(event->modifiers() & ~Qt::KeypadModifier);
    if (isPlain && event->key() == Qt::Key_0)
        return setValue(0);
    if (isPlain && event->key() == Qt::Key_1)
        return setValue(perUnit);
    QSlider::keyPressEvent(event);
}

// A drag ends with what is dragged.
void GainSlider::hideEvent(QHideEvent* event) {
    setSliderDown(false);
    QSlider::hideEvent(event);
}

void GainSlider::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor& colour = !isEnabled()             ? m_theme->inactive
                           : m_way == Way::Shortcut ? m_theme->shortcut
                                                    : m_theme->mainPath;
    const double middle = height() / 2.0;
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme->line);
    painter.drawRoundedRect(QRectF(margin, middle - 1.5, width() - 2 * margin, 3), 1.5, 1.5);
    for (int tick = -2; tick <= 2; ++tick)
        painter.fillRect(QRectF(positionOf(float(tick)) - 0.5, middle - 6, 1, 12), m_theme->inactive);
    const QPointF centre(positionOf(float(value()) / perUnit), middle);
    painter.setPen(QPen(colour, 2.4));
    painter.setBrush(hasFocus() ? (m_way == Way::Shortcut ? m_theme->shortcutFill : m_theme->mainPathFill)
                                : m_theme->panel);
    painter.drawEllipse(centre, handleRadius - 1.2, handleRadius - 1.2);
}

}  // namespace resnet::ui
