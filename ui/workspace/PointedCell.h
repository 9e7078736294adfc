#pragma once

#include "core/tensor/FeatureMaps.h"
#include "ui/workspace/Focus.h"

#include <QObject>

#include <optional>

namespace resnet::ui {

// The cell under the cursor, in whatever view that is. Every view marks and reads the cell at the same place
// of its own maps, so that a place is followed from the picture to the last unit.
class PointedCell : public QObject {
    Q_OBJECT
public:
    // `shape` is that of the maps pointed at.
    void pointAt(const Cell& cell, const FeatureShape& shape);
    void leave();

    // The cell at that place in maps of `shape`; nothing while nothing is pointed at, and in vectors.
    std::optional<Cell> in(const FeatureShape& shape) const;

Q_SIGNALS:
    void changed();

private:
    std::optional<Cell> m_cell;
    FeatureShape m_shape;
};

}  // namespace resnet::ui
