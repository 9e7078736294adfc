#include "ui/training/PlaneMeasuring.h"

#include "core/Error.h"
#include "ui/words/NumberText.h"
#include "ui/workspace/SampleSquares.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <cmath>
#include <memory>

namespace resnet::ui {

namespace {

constexpr int smallSide = 128;  // pixels; of larger inputs fewer squares are taken, or one waits for minutes

bool isFile(const Model& model, const QString& file) {
    return !file.isEmpty() && QFileInfo(QString::fromStdString(model.source)) == QFileInfo(file);
}

// The open network; with the other twin, if it is one of them, the one with shortcuts first.
std::vector<ModelPtr> modelsFor(const PlaneRequest& request, const std::stop_token& stop) {
    const TrainingResources& resources = request.resources;
    if (!isTwin(*request.model, resources))
        return {request.model};
    const bool isPlain = isFile(*request.model, resources.plainTwin);
    const QString& other = isPlain ? resources.residualTwin : resources.plainTwin;
    if (other.isEmpty())
        return {request.model};
    const ModelPtr twin = openModel(QFile::encodeName(other).toStdString(), {}, stop);
    return isPlain ? std::vector{twin, request.model} : std::vector{request.model, twin};
}

LabelledPictures picturesFor(const PlaneRequest& request, const Model& model, const std::stop_token& stop) {
    if (!request.folder.isEmpty())
        return request.resources.readFolder(request.folder, model, stop);
    const NetworkSpec& spec = model.network->spec();
    const bool isSmall = std::max(spec.inputHeight, spec.inputWidth) <= smallSide;
    LabelledPictures read{sampleSquares(model, request.resources.samplePictures, isSmall ? 4 : 2, stop), {}};
    if (read.pictures.empty() && !stop.stop_requested())
        throw Error("the sample pictures are missing; choose a folder of pictures");
    return read;
}

struct Subject {
    Direction first, second;
    std::unique_ptr<LandscapeMeter> meter;
};

}  // namespace

std::array<int, 3> MeasuredPlane::stridesOf(int side) {
    return side == fineSide ? std::array{25, 5, 1} : std::array{6, 3, 1};
}

bool MeasuredPlane::isComplete(int stride) const {
    for (int row = 0; row < side; row += stride)
        for (int column = 0; column < side; column += stride)
            if (!point(row, column))
                return false;
    return true;
}

std::vector<std::vector<double>> MeasuredPlane::losses(int stride) const {
    const std::size_t count = std::size_t(side);
    std::vector<std::vector<double>> rows(count, std::vector<double>(count));
    for (int row = 0; row < side; ++row)
        for (int column = 0; column < side; ++column) {
            if (const auto& here = point(row, column)) {
                rows[std::size_t(row)][std::size_t(column)] = here->loss;
                continue;
            }
            const int top = row / stride * stride;
            const int left = column / stride * stride;
            const int bottom = std::min(top + stride, side - 1);
            const int right = std::min(left + stride, side - 1);
            const double v = double(row - top) / stride;
            const double u = double(column - left) / stride;
            const auto root = [&](int y, int x) { return std::sqrt(point(y, x)->loss); };
            const double between = (1 - v) * ((1 - u) * root(top, left) + u * root(top, right)) +
                                   v * ((1 - u) * root(bottom, left) + u * root(bottom, right));
            rows[std::size_t(row)][std::size_t(column)] = between * between;
        }
    return rows;
}

int pointsOf(int side, int stride) {
    const int points = (side - 1) / stride + 1;
    return points * points;
}

int measuredOf(const std::vector<MeasuredPlane>& planes, int stride) {
    int measured = 0;
    for (const MeasuredPlane& plane : planes)
        for (int row = 0; row < plane.side; row += stride)
            for (int column = 0; column < plane.side; column += stride)
                measured += plane.point(row, column).has_value();
    return measured;
}

int finestStride(const std::vector<MeasuredPlane>& planes) {
    int finest = 0;
    if (planes.empty())
        return finest;
    for (const int stride : MeasuredPlane::stridesOf(planes.front().side))
        if (std::ranges::all_of(planes, [&](const MeasuredPlane& plane) { return plane.isComplete(stride); }))
            finest = stride;
    return finest;
}

bool isTwin(const Model& model, const TrainingResources& resources) {
    return isFile(model, resources.residualTwin) || isFile(model, resources.plainTwin);
}

ModelPtr movedModel(const MeasuredPlane& plane, std::uint64_t seed, int row, int column,
                    const std::stop_token& stop) {
    if (row == plane.half() && column == plane.half())
        return plane.model;
    const Direction first = randomDirection(*plane.model->network, seed, stop);
    const Direction second = randomDirection(*plane.model->network, seed + 1, stop);
    if (stop.stop_requested())
        return nullptr;
    const double x = plane.at(column);
    const double y = plane.at(row);
    Model moved = *plane.model;
    moved.network = std::make_shared<const Network>(movedNetwork(*plane.model->network, first, second, x, y));
    const QString place = QStringLiteral("(%1, %2)").arg(axisText(x), axisText(y));
    moved.title = QCoreApplication::translate("Landscape", "%1 · moved in the loss landscape to %2")
                      .arg(QString::fromStdString(plane.model->title), place)
                      .toStdString();
    moved.source.clear();  // no file has these weights
    moved.format.clear();
    moved.detected.reset();
    moved.notes = {
        QCoreApplication::translate("Landscape", "The weights are those at %1 of the loss landscape, seed %2")
            .arg(place)
            .arg(seed)
            .toStdString()};
    return std::make_shared<const Model>(std::move(moved));
}

void measurePlanes(const PlaneRequest& request, const std::stop_token& stop,
                   const std::function<void(PlaneBeginning)>& begin,
                   const std::function<void(int, int, const LandscapePoint&)>& point) {
    std::vector<MeasuredPlane> planes = request.planes;
    if (planes.empty())
        for (const ModelPtr& model : modelsFor(request, stop))
            planes.push_back(
                {request.side, model, QString::fromStdString(model->title),
                 std::vector<std::optional<LandscapePoint>>(std::size_t(request.side) * request.side)});
    PlaneBeginning beginning;
    beginning.planes = planes;
    std::vector<Subject> subjects;
    for (const MeasuredPlane& plane : planes) {
        LabelledPictures read = picturesFor(request, *plane.model, stop);
        Subject subject{randomDirection(*plane.model->network, request.seed, stop),
                        randomDirection(*plane.model->network, request.seed + 1, stop), nullptr};
        if (stop.stop_requested())
            return;
        beginning.pictures = int(read.pictures.size());
        beginning.notes = read.notes;
        subject.meter =
            std::make_unique<LandscapeMeter>(plane.model->network, std::move(read.pictures), request.options);
        beginning.isDivergence = subject.meter->isDivergence();
        subjects.push_back(std::move(subject));
    }
    begin(beginning);
    const int side = request.side;
    for (const int stride : MeasuredPlane::stridesOf(side))
        for (std::size_t i = 0; i < planes.size(); ++i)
            for (int row = 0; row < side; row += stride)
                for (int column = 0; column < side; column += stride) {
                    const MeasuredPlane& plane = planes[i];
                    auto& here = planes[i].points[std::size_t(plane.indexOf(row, column))];
                    if (here)
                        continue;
                    here = subjects[i].meter->at(subjects[i].first, subjects[i].second, plane.at(column),
                                                 plane.at(row), stop);
                    if (!here)
                        return;
                    point(int(i), plane.indexOf(row, column), *here);
                }
}

}  // namespace resnet::ui
