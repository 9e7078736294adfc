#include "ui/painting/ReliefPainter.h"

#include "ui/Words.h"
#include "ui/painting/ColorMap.h"

#include <QPainter>
#include <QPolygonF>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace resnet::ui {

namespace {

constexpr double radians = std::numbers::pi / 180.0;
constexpr double groundShare =
    0.66;                        // of half the square's side that the ground takes, so that any turn fits
constexpr double relief = 0.75;  // of half the side that the highest hill has

struct Cell3D {
    double depth;
    double height;
    QPolygonF outline;
};

}  // namespace

QPointF reliefPoint(const QRectF& plane, const ReliefAngle& angle, double row, double column, double last,
                    double height) {
    const double u = 2.0 * column / last - 1.0;
    const double v = 2.0 * row / last - 1.0;
    const double turn = angle.turn * radians;
    const double tilt = angle.tilt * radians;
    const double across = u * std::cos(turn) - v * std::sin(turn);
    const double away = u * std::sin(turn) + v * std::cos(turn);
    const double half = plane.width() / 2.0;
    return plane.center() +
           QPointF(across * groundShare * half, -away * std::sin(tilt) * groundShare * half -
                                                    (height - 0.5) * std::cos(tilt) * relief * half);
}

void paintRelief(QPainter& painter, const QRectF& plane, const ReliefAngle& angle,
                 const std::vector<std::vector<double>>& heights, const Theme& theme) {
    const int last = int(heights.size()) - 1;
    const double turn = angle.turn * radians;
    std::vector<Cell3D> cells;
    for (int row = 0; row < last; ++row)
        for (int column = 0; column < last; ++column) {
            Cell3D cell{(column + 0.5) * std::sin(turn) + (row + 0.5) * std::cos(turn), 0.0, {}};
            for (const auto& [y, x] :
                 std::array{std::pair{row, column}, std::pair{row, column + 1},
                            std::pair{row + 1, column + 1}, std::pair{row + 1, column}}) {
                const double height = heights[std::size_t(y)][std::size_t(x)];
                cell.height += height / 4.0;
                cell.outline << reliefPoint(plane, angle, y, x, last, height);
            }
            cells.push_back(std::move(cell));
        }
    std::ranges::stable_sort(cells, std::greater(), &Cell3D::depth);
    const ColorTable& colors = colorTable(ColorMap::Viridis);
    painter.save();
    for (const Cell3D& cell : cells) {
        const QColor color(colors[std::size_t(std::lround(std::clamp(cell.height, 0.0, 1.0) * 255.0))]);
        painter.setBrush(color);
        painter.setPen(QPen(color.darker(115), 0.6));  // the edges of the cells show its shape
        painter.drawPolygon(cell.outline);
    }
    // Where the network stands.
    const double middle = last / 2.0;
    const double ground = heights[std::size_t(last / 2)][std::size_t(last / 2)];
    const QPointF foot = reliefPoint(plane, angle, middle, middle, last, ground);
    const QPointF top = reliefPoint(plane, angle, middle, middle, last, 1.0);
    painter.setPen(QPen(theme.ink, 1.4));
    painter.drawLine(foot, top);
    painter.setBrush(theme.panel);
    painter.drawEllipse(top, 3.5, 3.5);
    // The axes along the border that lies in front.
    painter.setFont(font(TextRole::Small));
    painter.setPen(theme.secondaryText);
    const auto label = [&](double row, double column, const QString& text) {
        const std::size_t y = std::size_t(std::min(row, double(last)));
        const std::size_t x = std::size_t(std::min(column, double(last)));
        const QPointF at = reliefPoint(plane, angle, row, column, last, heights[y][x]);
        painter.drawText(QRectF(at.x() - 30, at.y() - 7, 60, 14), Qt::AlignCenter, text);
    };
    label(middle, last * 1.13, Words::tr("first +"));
    label(last * 1.13, middle, Words::tr("second +"));
    painter.restore();
}

}  // namespace resnet::ui
