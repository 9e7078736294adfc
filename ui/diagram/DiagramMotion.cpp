#include "ui/diagram/DiagramMotion.h"

#include "ui/drawing/LayoutMorph.h"

#include <algorithm>

namespace resnet::ui {

DiagramMotion::DiagramMotion(QObject* parent) : QObject(parent) {
    constexpr int milliseconds = 200;
    m_animation.setDuration(milliseconds);
    m_animation.setStartValue(0.0);
    m_animation.setEndValue(1.0);
    m_animation.setEasingCurve(QEasingCurve::InOutCubic);
    connect(&m_animation, &QVariantAnimation::valueChanged, this, &DiagramMotion::moved);
}

void DiagramMotion::start(DiagramLayout shown, const Viewport& from, const Viewport& to) {
    m_animation.stop();
    m_start = std::move(shown);
    m_from = from;
    m_to = to;
    m_animation.start();
}

DiagramLayout DiagramMotion::between(const DiagramLayout& target) const {
    return morphed(m_start, target, progress());
}

double DiagramMotion::labelOpacity() const {
    return std::max(0.0, 2.0 * progress() - 1.0);
}

}  // namespace resnet::ui
