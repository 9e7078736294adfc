#include "ui/painting/OverlayPainter.h"

#include "core/explain/ClassActivation.h"
#include "ui/painting/ColorBar.h"

#include <QFontMetrics>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace resnet::ui {
namespace {

constexpr int margin = 20;
constexpr int headerHeight = 48;
constexpr int barHeight = 10;
constexpr int footerHeight = 36;
constexpr int smallestPicture = 448;

// Strong, but not so dark that the picture is lost.
constexpr std::size_t positiveColor = 226;
constexpr std::size_t negativeColor = 29;
constexpr double densest = 0.82;

QRgb blend(QRgb under, QRgb over, double share) {
    const auto mix = [&](int a, int b) { return int(std::lround(a + (b - a) * share)); };
    return qRgb(mix(qRed(under), qRed(over)), mix(qGreen(under), qGreen(over)),
                mix(qBlue(under), qBlue(over)));
}

// Paler than the picture, so that colour stands out.
QRgb paleGrey(QRgb color) {
    const int grey = 48 + qGray(color) * 3 / 4;
    return qRgb(grey, grey, grey);
}

// `value` is -1 to 1.
QRgb overlaid(QRgb under, double value, double opacity) {
    return blend(under, colorTable(ColorMap::Diverging)[value < 0.0 ? negativeColor : positiveColor],
                 opacity * densest * std::abs(value));
}

}  // namespace

QImage overlayImage(const QImage& picture, const FeatureMaps& map, const ValueRange& scale, double opacity) {
    const QImage source = picture.convertToFormat(QImage::Format_RGB32);
    const FeatureMaps large = enlarged(map, source.height(), source.width());
    const double extent = std::max(double(scale.high), 1e-30);
    QImage result(source.size(), QImage::Format_RGB32);
    for (int y = 0; y < source.height(); ++y) {
        const auto* from = reinterpret_cast<const QRgb*>(source.constScanLine(y));
        auto* to = reinterpret_cast<QRgb*>(result.scanLine(y));
        for (int x = 0; x < source.width(); ++x) {
            const float value = large.at(0, y, x);
            if (!std::isfinite(value)) {
                to[x] = blend(paleGrey(from[x]), notFiniteColorAt(x, y), opacity);
                continue;
            }
            to[x] = overlaid(paleGrey(from[x]), std::clamp(value / extent, -1.0, 1.0), opacity);
        }
    }
    return result;
}

void paintOverlayBar(QPainter& painter, const QRectF& bar, const ValueRange& scale, const Theme& theme,
                     const ValueRange& values) {
    paintColorBar(painter, bar, ColorMap::Diverging, scale, theme, values);
    const QRgb ground = theme.isDark() ? paleGrey(theme.panel.rgb()) : theme.panel.rgb();
    const bool isUpright = bar.height() > bar.width();
    constexpr int colors = 257;  // with zero in the middle
    QImage strip(isUpright ? 1 : colors, isUpright ? colors : 1, QImage::Format_RGB32);
    for (int i = 0; i < colors; ++i) {
        const double value = 2.0 * i / (colors - 1) - 1.0;
        strip.setPixel(isUpright ? 0 : i, isUpright ? colors - 1 - i : 0, overlaid(ground, value, 1.0));
    }
    painter.drawImage(bar, strip);
    painter.setPen(QPen(theme.line, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(bar);
}

OverlayPage::OverlayPage(const QImage& picture, const FeatureMaps& map, QString title, QString subtitle)
    : m_scale(scaleFor(ColorMap::Diverging, rangeOf(map))),
      m_title(std::move(title)),
      m_subtitle(std::move(subtitle)) {
    m_overlay = overlayImage(picture, map, m_scale);
}

QSize OverlayPage::pictureSize() const {
    const int longer = std::max({m_overlay.width(), m_overlay.height(), 1});
    return m_overlay.size() * std::max(1, (smallestPicture + longer - 1) / longer);
}

QSize OverlayPage::size() const {
    const QSize picture = pictureSize();
    const int titleWidth = QFontMetrics(font(TextRole::Title, 1.2)).horizontalAdvance(m_title);
    const int subtitleWidth = QFontMetrics(font(TextRole::Secondary)).horizontalAdvance(m_subtitle);
    return {2 * margin + std::max({picture.width(), titleWidth, subtitleWidth}),
            2 * margin + headerHeight + picture.height() + footerHeight};
}

void OverlayPage::paint(QPainter& painter, const Theme& theme) const {
    const QRect page(QPoint(0, 0), size());
    painter.fillRect(page, theme.panel);
    painter.setPen(theme.ink);
    painter.setFont(font(TextRole::Title, 1.2));
    painter.drawText(QPointF(margin, margin + 14), m_title);
    painter.setPen(theme.secondaryText);
    painter.setFont(font(TextRole::Secondary));
    painter.drawText(QPointF(margin, margin + 33), m_subtitle);

    const QRect target(QPoint(margin, margin + headerHeight), pictureSize());
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawImage(target, m_overlay);
    paintOverlayBar(painter, QRectF(target.left(), target.bottom() + 13, target.width(), barHeight), m_scale,
                    theme);
}

QImage OverlayPage::image(const Theme& theme) const {
    QImage image(size(), QImage::Format_RGB32);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    paint(painter, theme);
    return image;
}

}  // namespace resnet::ui
