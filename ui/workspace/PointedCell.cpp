#include "ui/workspace/PointedCell.h"

namespace resnet::ui {
namespace {

// Where the middle of a cell lies among `to` cells in place of `from`.
int rescaled(int index, int from, int to) {
    return (2 * index + 1) * to / (2 * from);
}

}  // namespace

void PointedCell::pointAt(const Cell& cell, const FeatureShape& shape) {
    if (m_cell == cell && m_shape == shape)
        return;
    m_cell = cell;
    m_shape = shape;
    Q_EMIT changed();
}

void PointedCell::leave() {
    if (!m_cell)
        return;
    m_cell.reset();
    Q_EMIT changed();
}

std::optional<Cell> PointedCell::in(const FeatureShape& shape) const {
    if (!m_cell || shape.isVector())
        return std::nullopt;
    return Cell{rescaled(m_cell->y, m_shape.height, shape.height),
                rescaled(m_cell->x, m_shape.width, shape.width)};
}

}  // namespace resnet::ui
