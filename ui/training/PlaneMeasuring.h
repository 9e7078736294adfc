#pragma once

#include "core/experiments/Landscape.h"
#include "ui/training/TrainingResources.h"

#include <QString>

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace resnet::ui {

// A plane through the weights of a network, measured from coarse to fine: every grid is part of the next, so
// that nothing is measured twice.
struct MeasuredPlane {
    static constexpr int side = 25;  // points of the finest grid
    static constexpr double span = 1.0;
    static constexpr std::array strides{6, 3, 1};  // of 5 x 5, 9 x 9 and 25 x 25

    ModelPtr model;
    QString title;
    std::vector<std::optional<LandscapePoint>> points;  // rows by the second direction; of the finest grid

    static int indexOf(int row, int column) { return row * side + column; }
    static double at(int index) { return span * (index - side / 2) / (side / 2); }
    const std::optional<LandscapePoint>& point(int row, int column) const {
        return points[std::size_t(indexOf(row, column))];
    }
    // Every place of a grid is measured.
    bool isComplete(int stride) const;
    // Where a place is not measured, from those around, by their square roots: a valley is about a parabola.
    // All of the grid must be measured.
    std::vector<std::vector<double>> losses(int stride) const;
};

// What is to be measured, and what is measured of it already.
struct PlaneRequest {
    ModelPtr model;
    QString folder;  // empty: the sample photographs
    std::uint64_t seed = 0;
    TrainingResources resources;
    EngineOptions options;
    std::vector<MeasuredPlane> planes;  // empty: to be begun
};

struct PlaneBeginning {
    std::vector<MeasuredPlane> planes;  // of the open network, or of both twins
    bool isDivergence = false;
    int pictures = 0;
    QStringList notes;
};

// Whether a network is one of the twins that come with the program.
bool isTwin(const Model& model, const TrainingResources& resources);

// Measures until all is there or it is stopped; `point` is called for each place. Throws Error for pictures
// that cannot be read and a network that cannot be measured.
void measurePlanes(const PlaneRequest& request, const std::stop_token& stop,
                   const std::function<void(PlaneBeginning)>& begin,
                   const std::function<void(int plane, int index, const LandscapePoint&)>& point);

}  // namespace resnet::ui
