#include "ui/activations/VectorLayout.h"

#include <algorithm>
#include <cmath>

namespace resnet::ui {
namespace {

constexpr double mostLineWidth = 460.0;
constexpr double leastBarWidth = 3.0;
constexpr double rowGap = 12.0;

}  // namespace

VectorLayout::VectorLayout(int count, const QSize& view) : m_count(count), m_hasNames(count <= mostNamed) {
    if (count == 0 || view.isEmpty())
        return;
    if (m_hasNames) {
        m_rows = std::clamp(view.height() / lineHeight, 1, count);
        m_columns = (count + m_rows - 1) / m_rows;
        m_rows = (count + m_columns - 1) / m_columns;
        m_width = std::min(mostLineWidth, double(view.width()) / m_columns);
        m_height = lineHeight;
        return;
    }
    m_rows = std::max(1, int(std::ceil(count * leastBarWidth / view.width())));
    m_columns = (count + m_rows - 1) / m_rows;
    m_width = double(view.width()) / m_columns;
    m_height = double(view.height()) / m_rows;
}

QRectF VectorLayout::slotOf(int position) const {
    const int row = m_hasNames ? position % m_rows : position / m_columns;
    const int column = m_hasNames ? position / m_rows : position % m_columns;
    const double gap = m_hasNames ? 0.0 : rowGap;
    return {column * m_width, row * m_height, m_width, std::max(1.0, m_height - gap)};
}

std::optional<int> VectorLayout::positionAt(const QPointF& point) const {
    if (point.x() < 0 || point.y() < 0 || m_width <= 0.0)
        return std::nullopt;
    const int row = int(point.y() / m_height);
    const int column = int(point.x() / m_width);
    if (row >= m_rows || column >= m_columns)
        return std::nullopt;
    const int position = m_hasNames ? column * m_rows + row : row * m_columns + column;
    return position < m_count ? std::optional(position) : std::nullopt;
}

}  // namespace resnet::ui
