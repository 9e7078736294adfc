#include "ui/activations/ScaleStrip.h"

#include "ui/painting/DiagramText.h"

#include <QPainter>

#include <cmath>

namespace resnet::ui {
namespace {

constexpr int stripWidth = 72;
constexpr int barHeight = 8;
constexpr int stripGap = 5;

int widthOf(const QString& text) {
    return int(std::ceil(textWidth(text, TextRole::Small)));
}

}  // namespace

ScaleStrip::ScaleStrip(QWidget* parent) : Canvas(parent) {
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAccessibleName(tr("Colour scale"));
}

void ScaleStrip::setScale(ColorMap colors, const ValueRange& scale, const ValueRange& values) {
    m_colors = colors;
    m_scale = scale;
    m_values = values;
    const ScaleEnds ends = scaleEnds(m_scale, m_values);
    setAccessibleDescription(tr("from %1 to %2").arg(ends.low, ends.high));
    setToolTip(tr("The colours stand for values from %1 to %2").arg(ends.low, ends.high));
    updateGeometry();
    update();
}

void ScaleStrip::setTheme(const Theme& theme) {
    m_theme = &theme;
    update();
}

QSize ScaleStrip::sizeHint() const {
    const ScaleEnds ends = scaleEnds(m_scale, m_values);
    return toScreen(QSizeF(widthOf(ends.low) + widthOf(ends.high) + 2 * stripGap + stripWidth, 16));
}

void ScaleStrip::paint(QPainter& painter) {
    const ScaleEnds ends = scaleEnds(m_scale, m_values);
    painter.setFont(ui::font(TextRole::Small));
    painter.setPen(m_theme->secondaryText);
    painter.drawText(area(), Qt::AlignLeft | Qt::AlignVCenter, ends.low);
    painter.drawText(area(), Qt::AlignRight | Qt::AlignVCenter, ends.high);
    paintColors(painter,
                QRectF(widthOf(ends.low) + stripGap + 0.5, (area().height() - barHeight) / 2 + 0.5,
                       stripWidth - 1, barHeight),
                m_colors, *m_theme);
}

}  // namespace resnet::ui
