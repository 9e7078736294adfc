#include "ui/painting/NodeSheets.h"

#include <algorithm>
#include <cmath>

namespace resnet::ui {

std::vector<QRectF> sheetsOf(const DiagramNode& node) {
    if (node.picture.isNull())
        return {};
    const QRectF room = node.picture;
    const double unit = std::min(room.width(), room.height());
    if (node.shape.isVector())
        return {QRectF(room.center().x() - unit * 0.07, room.top(), unit * 0.14, room.height())};
    const int count = std::clamp(int(std::log2(double(node.shape.channels))) - 4, 1, 6);
    const double side = std::log2(std::sqrt(double(node.shape.pixels()))) / 10.0 + 0.12;  // 1024 fills it
    const double step = unit * 0.06;
    const QSizeF size = room.size() * std::min(1.0 - 0.06 * (count - 1), side);
    const QPointF spread(step * (count - 1), -step * (count - 1));
    const QPointF corner = room.center() - QPointF(size.width(), size.height()) / 2 + spread / 2;
    std::vector<QRectF> sheets;
    sheets.reserve(std::size_t(count));
    for (int i = 0; i < count; ++i)
        sheets.emplace_back(corner - QPointF(step, -step) * i, size);
    return sheets;
}

}  // namespace resnet::ui
