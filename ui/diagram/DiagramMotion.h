#pragma once

#include "ui/drawing/DiagramLayout.h"
#include "ui/drawing/Viewport.h"

#include <QVariantAnimation>

namespace resnet::ui {

// A drawing on its way to another one, within a fifth of a second.
class DiagramMotion : public QObject {
    Q_OBJECT
public:
    explicit DiagramMotion(QObject* parent);

    bool isRunning() const { return m_animation.state() == QVariantAnimation::Running; }
    // From what is shown to `target`, which takes its place at once.
    void start(DiagramLayout shown, const Viewport& from, const Viewport& to);
    void stop() { m_animation.stop(); }
    // Where the motion ends is moved too.
    void shiftEnd(const QPointF& by) { m_to.offset += by; }

    // What is to be painted on the way to `target`, and how; labels come in during the second half.
    DiagramLayout between(const DiagramLayout& target) const;
    Viewport viewport() const { return mix(m_from, m_to, progress()); }
    const Viewport& end() const { return m_to; }
    double labelOpacity() const;

Q_SIGNALS:
    void moved();

private:
    double progress() const { return m_animation.currentValue().toDouble(); }

    QVariantAnimation m_animation;
    DiagramLayout m_start;
    Viewport m_from;
    Viewport m_to;
};

}  // namespace resnet::ui
