#pragma once

#include "core/network/Graph.h"
#include "ui/painting/Theme.h"

#include <QSlider>

namespace resnet::ui {

// By how much a way counts, from -2 to 2, with ticks at the whole numbers, which attract the handle. A double
// click or the key 1 gives 1, the key 0 switches off; arrows move by 0.05, page keys by 0.5.
class GainSlider : public QSlider {
    Q_OBJECT
public:
    explicit GainSlider(Way way, QWidget* parent = nullptr);

    // Shows a gain, the nearest it can; nothing is signalled.
    void showGain(float gain);
    void setTheme(const Theme& theme);
    // Where the handle stands for a gain.
    double positionOf(float gain) const;

    QSize sizeHint() const override { return {230, 24}; }
    QSize minimumSizeHint() const override { return {120, 24}; }

Q_SIGNALS:
    // By the person.
    void gainChanged(float gain);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void followMouse(double x);

    Way m_way;
    const Theme* m_theme = &Theme::light();
};

}  // namespace resnet::ui
