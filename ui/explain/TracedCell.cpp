#include "ui/explain/TracedCell.h"

#include <cmath>

namespace resnet::ui {
namespace {

// Where a map says most.
Cell strongestCell(const FeatureMapView& map) {
    Cell strongest;
    float largest = -1.0f;
    for (int y = 0; y < map.height; ++y)
        for (int x = 0; x < map.width; ++x)
            if (const float magnitude = std::abs(map.at(y, x)); magnitude > largest) {
                largest = magnitude;
                strongest = {y, x};
            }
    return strongest;
}

}  // namespace

std::optional<Cell> tracedCell(const Workspace& workspace) {
    const StepId step = workspace.currentStep();
    if (!workspace.model() || step == inputStep || step >= workspace.activations().stepCount() ||
        !workspace.activations().has(step))
        return std::nullopt;
    const FeatureMaps& maps = *workspace.activations().output(step);
    if (workspace.channel() >= maps.channels())
        return std::nullopt;
    const std::optional<Cell> cell = workspace.cell();
    if (cell && cell->y < maps.height() && cell->x < maps.width())
        return cell;
    return strongestCell(maps.channel(workspace.channel()));
}

}  // namespace resnet::ui
