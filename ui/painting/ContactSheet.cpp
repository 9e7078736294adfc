#include "ui/painting/ContactSheet.h"

#include "ui/painting/ColorBar.h"
#include "ui/painting/MapAtlas.h"
#include "ui/painting/MapPainter.h"
#include "ui/words/NumberText.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace resnet::ui {
namespace {

constexpr int sheetMargin = 20;
constexpr int sheetHeaderHeight = 44;
constexpr int cellGap = 8;
constexpr int cellLabelHeight = 14;
constexpr int smallestMap = 56;
constexpr int barWidth = 180;

// A whole number of pixels per cell, at least smallestMap on the longer side.
QSize mapSizeOf(const FeatureShape& shape) {
    const int longer = std::max(shape.height, shape.width);
    const int factor = shape.isVector() ? smallestMap / 2 : std::max(1, (smallestMap + longer - 1) / longer);
    return {shape.width * factor, shape.height * factor};
}

}  // namespace

ContactSheet::ContactSheet(const FeatureMapsPtr& maps, QString title, ColorMap colors)
    : ContactSheet(maps, std::move(title), colors, scaleFor(colors, rangeOf(*maps))) {}

ContactSheet::ContactSheet(FeatureMapsPtr maps, QString title, ColorMap colors, const ValueRange& scale)
    : m_maps(std::move(maps)),
      m_title(std::move(title)),
      m_colors(colors),
      m_scale(scale),
      m_mapSize(mapSizeOf(m_maps->shape())) {
    // A page about half as wide again as high.
    const double cellWidth = m_mapSize.width() + cellGap;
    const double cellHeight = m_mapSize.height() + cellLabelHeight + cellGap;
    const double columns = std::sqrt(1.5 * m_maps->channels() * cellHeight / cellWidth);
    m_columns = std::clamp(int(std::ceil(columns)), 1, std::max(1, m_maps->channels()));
}

QSize ContactSheet::size() const {
    const int rows = (m_maps->channels() + m_columns - 1) / m_columns;
    const int width = 2 * sheetMargin + m_columns * (m_mapSize.width() + cellGap) - cellGap;
    return {std::max(width, 2 * sheetMargin + barWidth + 340),
            2 * sheetMargin + sheetHeaderHeight + rows * (m_mapSize.height() + cellLabelHeight + cellGap) -
                cellGap};
}

QRect ContactSheet::mapRect(int channel) const {
    return {QPoint(sheetMargin + channel % m_columns * (m_mapSize.width() + cellGap),
                   sheetMargin + sheetHeaderHeight +
                       channel / m_columns * (m_mapSize.height() + cellLabelHeight + cellGap)),
            m_mapSize};
}

void ContactSheet::paint(QPainter& painter, const Theme& theme) const {
    const QRect page(QPoint(0, 0), size());
    painter.fillRect(page, theme.panel);

    painter.setPen(theme.ink);
    painter.setFont(font(TextRole::Title, 1.2));
    painter.drawText(QPointF(sheetMargin, sheetMargin + 14), m_title);
    const FeatureShape& shape = m_maps->shape();
    const QString count =
        shape.isVector()
            ? QStringLiteral("%1").arg(shape.channels)
            : QStringLiteral("%1 × (%2)").arg(shape.channels).arg(extentText(shape.height, shape.width));
    painter.setPen(theme.secondaryText);
    painter.setFont(font(TextRole::Secondary));
    painter.drawText(QPointF(sheetMargin, sheetMargin + 31), count);
    paintColorBar(painter, QRectF(page.width() - sheetMargin - barWidth, sheetMargin + 2, barWidth, 10),
                  m_colors, m_scale, theme);

    const MapAtlas atlas(*m_maps, onGround(m_colors, theme.isDark()), {&m_scale, 1});
    painter.setFont(font(TextRole::Small));
    painter.setBrush(Qt::NoBrush);
    for (int c = 0; c < shape.channels; ++c) {
        const QRect rect = mapRect(c);
        painter.drawImage(rect, atlas.image(), atlas.cell(c));
        if (rect.width() >= 3 * shape.width)
            paintNotFinite(painter, rect, m_maps->channel(c));
        painter.setPen(theme.line);
        painter.drawRect(QRectF(rect).adjusted(-0.5, -0.5, 0.5, 0.5));
        painter.setPen(theme.secondaryText);
        painter.drawText(QRect(rect.left(), rect.bottom() + 1, rect.width() + cellGap, cellLabelHeight),
                         Qt::AlignLeft | Qt::AlignVCenter, QString::number(c));
    }
}

QImage ContactSheet::image(const Theme& theme) const {
    QImage image(size(), QImage::Format_RGB32);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    paint(painter, theme);
    return image;
}

}  // namespace resnet::ui
