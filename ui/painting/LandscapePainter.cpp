#include "ui/painting/LandscapePainter.h"

#include "ui/painting/ColorMap.h"
#include "ui/painting/ReliefPainter.h"
#include "ui/words/NumberText.h"

#include <QFontMetricsF>
#include <QImage>
#include <QLineF>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <limits>

namespace resnet::ui {

namespace {

constexpr double axisRoom = 40.0;
constexpr double titleRoom = 24.0;
constexpr double captionRoom = 34.0;
constexpr double panelGap = 28.0;
constexpr double scaleBarWidth = 14.0;
constexpr double barRoom = 70.0;

struct Scale {
    double low = 0.0;  // logarithms
    double high = 1.0;

    // From the smallest loss, but no more than four powers of ten.
    static Scale of(const LandscapePicture& picture) {
        double least = std::numeric_limits<double>::infinity();
        double most = 0.0;
        for (const LandscapePicture::Panel& panel : picture.panels)
            for (const std::vector<double>& row : panel.loss)
                for (const double loss : row)
                    if (std::isfinite(loss)) {
                        if (loss > 0.0)
                            least = std::min(least, loss);
                        most = std::max(most, loss);
                    }
        most = std::clamp(most, 1e-6, largestDrawnLoss);
        least = std::clamp(least, most * 1e-4, most * 0.999);
        return {std::log10(least), std::log10(most)};
    }

    double position(double loss) const {
        if (!std::isfinite(loss))
            return 1.0;
        const double log = loss > 0.0 ? std::log10(loss) : low;
        return std::clamp((log - low) / (high - low), 0.0, 1.0);
    }
};

using Rows = std::vector<std::vector<double>>;

// Of a place between the points, from 0 to the last row and column.
double between(const Rows& rows, double row, double column) {
    const std::size_t y = std::min(std::size_t(row), rows.size() - 2);
    const std::size_t x = std::min(std::size_t(column), rows.size() - 2);
    const double v = row - double(y);
    const double u = column - double(x);
    return (1 - v) * ((1 - u) * rows[y][x] + u * rows[y][x + 1]) +
           v * ((1 - u) * rows[y + 1][x] + u * rows[y + 1][x + 1]);
}

Rows positions(const Rows& loss, const Scale& scale) {
    Rows rows = loss;
    for (std::vector<double>& row : rows)
        for (double& value : row)
            value = scale.position(value);
    return rows;
}

QImage imageOf(const Rows& rows, double side) {
    const ColorTable& colors = colorTable(ColorMap::Viridis);
    const int pixels = int(side);
    QImage image(pixels, pixels, QImage::Format_RGB32);
    const double cells = double(rows.size() - 1);
    for (int y = 0; y < pixels; ++y)
        for (int x = 0; x < pixels; ++x) {
            const double value = between(rows, (1.0 - y / (side - 1.0)) * cells, x / (side - 1.0) * cells);
            image.setPixel(x, y, colors[std::size_t(std::lround(value * 255.0))]);
        }
    return image;
}

// Where a level crosses the cells between the points (marching squares; a saddle by the mean of its corners).
std::vector<QLineF> contour(const Rows& rows, double level, double side) {
    std::vector<QLineF> lines;
    const double cell = side / double(rows.size() - 1);
    for (std::size_t y = 0; y + 1 < rows.size(); ++y)
        for (std::size_t x = 0; x + 1 < rows.size(); ++x) {
            const double corners[] = {rows[y][x], rows[y][x + 1], rows[y + 1][x + 1], rows[y + 1][x]};
            const QPointF places[] = {{0, 0}, {1, 0}, {1, 1}, {0, 1}};
            std::vector<QPointF> crossings;
            for (int i = 0; i < 4; ++i) {
                const int j = (i + 1) % 4;
                if ((corners[i] < level) == (corners[j] < level))
                    continue;
                const double t = (level - corners[i]) / (corners[j] - corners[i]);
                const QPointF at = places[i] + (places[j] - places[i]) * t + QPointF(double(x), double(y));
                crossings.emplace_back(at.x() * cell, side - at.y() * cell);
            }
            if (crossings.size() == 2)
                lines.emplace_back(crossings[0], crossings[1]);
            if (crossings.size() == 4) {
                const double middle = (corners[0] + corners[1] + corners[2] + corners[3]) / 4.0;
                const int shift = (middle < level) == (corners[0] < level) ? 0 : 3;
                lines.emplace_back(crossings[std::size_t(shift)], crossings[std::size_t(shift + 1) % 4]);
                lines.emplace_back(crossings[std::size_t(shift + 2) % 4],
                                   crossings[std::size_t(shift + 3) % 4]);
            }
        }
    return lines;
}

void drawText(QPainter& painter, TextRole role, const QColor& color, const QRectF& room, int flags,
              const QString& text) {
    painter.setFont(font(role));
    painter.setPen(color);
    painter.drawText(room, flags, text);
}

void paintContours(QPainter& painter, const Rows& rows, const Scale& scale, const std::vector<double>& levels,
                   double side) {
    std::vector<QRectF> taken;
    constexpr double apart = 14.0;    // from one label to the next
    constexpr double crowded = 36.0;  // around the middle, where the contours of a narrow valley lie close
    for (const double level : levels) {
        if (level >= largestDrawnLoss)  // all beyond is drawn as that: no line to follow
            continue;
        const std::vector<QLineF> lines = contour(rows, scale.position(level), side);
        painter.setPen(QPen(QColor(255, 255, 255, 200), 1.0));
        for (const QLineF& line : lines)
            painter.drawLine(line);
        const QString text = axisText(level);
        const QFontMetricsF metrics(font(TextRole::Small));
        const QSizeF size(metrics.horizontalAdvance(text) + 6, 13);
        // Where the contour is nearest to the upper right diagonal, if that is free.
        const QLineF* best = nullptr;
        double nearest = std::numeric_limits<double>::infinity();
        for (const QLineF& line : lines) {
            const QPointF at = line.center();
            const double distance = std::abs(at.x() - (side - at.y())) + (at.x() < side / 2 ? side : 0.0);
            QRectF room({}, size);
            room.moveCenter(at);
            const bool isFree =
                QLineF(at, QPointF(side / 2, side / 2)).length() > crowded &&
                QRectF(2, 2, side - 4, side - 4).contains(room) &&
                std::ranges::none_of(taken, [&](const QRectF& other) { return other.intersects(room); });
            if (isFree && distance < nearest) {
                nearest = distance;
                best = &line;
            }
        }
        if (!best)
            continue;
        QRectF room({}, size);
        room.moveCenter(best->center());
        taken.push_back(room.adjusted(-apart, -apart, apart, apart));
        painter.fillRect(room, QColor(20, 20, 30, 170));
        drawText(painter, TextRole::Small, Qt::white, room, Qt::AlignCenter, text);
    }
}

void paintAxes(QPainter& painter, const LandscapePicture& picture, bool isFirst, const Theme& theme) {
    const double side = picture.side;
    const double span = picture.axis.back();
    for (const double at : {-span, 0.0, span}) {
        const double x = (at + span) / (2 * span) * side;
        drawText(painter, TextRole::Small, theme.secondaryText, {x - 30, side + 4, 60, 14}, Qt::AlignCenter,
                 axisText(at));
        if (isFirst)
            drawText(painter, TextRole::Small, theme.secondaryText,
                     {-axisRoom, side - x - 7, axisRoom - 6, 14}, Qt::AlignRight | Qt::AlignVCenter,
                     axisText(at));
    }
    painter.setPen(QPen(theme.line, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(QRectF(0, 0, side, side));
    painter.setPen(QPen(Qt::white, 1.4));
    painter.drawLine(QPointF(side / 2 - 5, side / 2), QPointF(side / 2 + 5, side / 2));
    painter.drawLine(QPointF(side / 2, side / 2 - 5), QPointF(side / 2, side / 2 + 5));
}

void paintKey(QPainter& painter, const LandscapePicture& picture, const Scale& scale,
              const std::vector<double>& levels, const Theme& theme) {
    const double side = picture.side;
    const ColorTable& colors = colorTable(ColorMap::Viridis);
    for (int y = 0; y < int(side); ++y)
        painter.fillRect(QRectF(0, y, scaleBarWidth, 1),
                         QColor(colors[std::size_t(std::lround((1.0 - y / (side - 1.0)) * 255.0))]));
    drawText(painter, TextRole::Small, theme.secondaryText, {-10, -18, barRoom + 10, 14}, Qt::AlignLeft,
             picture.measure);
    for (const double level : levels) {
        const double y = (1.0 - scale.position(level)) * side;
        const QString more = level >= largestDrawnLoss ? QStringLiteral("≥ ") : QString();
        painter.fillRect(QRectF(scaleBarWidth, y, 4, 1), theme.secondaryText);
        drawText(painter, TextRole::Small, theme.secondaryText, {scaleBarWidth + 7, y - 7, barRoom, 14},
                 Qt::AlignLeft | Qt::AlignVCenter, more + axisText(level));
    }
}

}  // namespace

std::vector<std::vector<double>> heightsOf(const LandscapePicture& picture, int panel) {
    return positions(picture.panels[std::size_t(panel)].loss, Scale::of(picture));
}

std::vector<double> contourLevels(const LandscapePicture& picture) {
    const Scale scale = Scale::of(picture);
    std::vector<double> levels;
    for (int power = -9; power <= 1; ++power)
        for (const double times : {1.0, 2.0, 5.0}) {
            const double level = times * std::pow(10.0, power);
            const double log = std::log10(level);
            if (log >= scale.low - 1e-9 && log <= scale.high + 1e-9)
                levels.push_back(level);
        }
    return levels;
}

QSizeF sizeOf(const LandscapePicture& picture) {
    const double panels = double(picture.panels.size());
    return {axisRoom + panels * picture.side + (panels - 1) * panelGap + panelGap + barRoom,
            titleRoom + picture.side + 22 + captionRoom};
}

QRectF planeOf(const LandscapePicture& picture, int panel) {
    return {axisRoom + panel * (picture.side + panelGap), titleRoom, picture.side, picture.side};
}

void paintLandscape(QPainter& painter, const LandscapePicture& picture, const Theme& theme) {
    const double side = picture.side;
    const Scale scale = Scale::of(picture);
    const std::vector<double> levels = contourLevels(picture);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(axisRoom, titleRoom);
    for (const LandscapePicture::Panel& panel : picture.panels) {
        const bool isFirst = &panel == &picture.panels.front();
        const Rows rows = positions(panel.loss, scale);
        drawText(painter, TextRole::BodyBold, theme.ink, {0, -titleRoom, side, titleRoom - 4},
                 Qt::AlignLeft | Qt::AlignVCenter,
                 QFontMetricsF(font(TextRole::BodyBold)).elidedText(panel.title, Qt::ElideRight, side));
        if (picture.relief) {
            paintRelief(painter, QRectF(0, 0, side, side), *picture.relief, rows, theme);
        } else {
            painter.drawImage(QPointF(0, 0), imageOf(rows, side));
            paintContours(painter, rows, scale, levels, side);
            paintAxes(painter, picture, isFirst, theme);
        }
        drawText(painter, TextRole::Secondary, theme.secondaryText, {0, side + 22, side, captionRoom},
                 Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, panel.caption);
        painter.translate(side + panelGap, 0);
    }
    paintKey(painter, picture, scale, levels, theme);
    painter.restore();
}

}  // namespace resnet::ui
