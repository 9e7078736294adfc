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
    static constexpr int usualSide = 25;
    static constexpr int fineSide = 51;
    static constexpr double span = 1.0;
    // Of 5 x 5, 9 x 9 and 25 x 25; or of 3 x 3, 11 x 11 and 51 x 51.
    static std::array<int, 3> stridesOf(int side);

    int side = usualSide;  // points of the finest grid
    ModelPtr model;
    QString title;
    std::vector<std::optional<LandscapePoint>> points;  // rows by the second direction; of the finest grid

    int half() const { return side / 2; }  // the place of the middle
    int indexOf(int row, int column) const { return row * side + column; }
    double at(int index) const { return span * (index - half()) / half(); }
    const std::optional<LandscapePoint>& point(int row, int column) const {
        return points[std::size_t(indexOf(row, column))];
    }
    // Every place of a grid is measured.
    bool isComplete(int stride) const;
    // Where a place is not measured, from those around, by their square roots: a valley is about a parabola.
    // All of the grid must be measured.
    std::vector<std::vector<double>> losses(int stride) const;
};

// Places of a grid of this stride, and how many of them are measured on all planes together.
int pointsOf(int side, int stride);
int measuredOf(const std::vector<MeasuredPlane>& planes, int stride);
// Of the finest grid that is whole on all planes; 0: none is.
int finestStride(const std::vector<MeasuredPlane>& planes);

// What is to be measured, and what is measured of it already.
struct PlaneRequest {
    ModelPtr model;
    QString folder;  // empty: the sample photographs
    int side = MeasuredPlane::usualSide;
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

// The network at a place of a plane, told as such; the network itself in the middle. Null when stopped.
ModelPtr movedModel(const MeasuredPlane& plane, std::uint64_t seed, int row, int column,
                    const std::stop_token& stop);

// Measures until all is there or it is stopped; `point` is called for each place. Throws Error for pictures
// that cannot be read and a network that cannot be measured.
void measurePlanes(const PlaneRequest& request, const std::stop_token& stop,
                   const std::function<void(PlaneBeginning)>& begin,
                   const std::function<void(int plane, int index, const LandscapePoint&)>& point);

}  // namespace resnet::ui
