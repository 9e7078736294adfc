#pragma once

#include "core/model/Model.h"
#include "ui/images/PictureReader.h"

#include <QImage>
#include <QTest>

#include <set>

namespace resnet::ui::test {

// A network of three units that runs in milliseconds.
inline ModelRequest smallRequest(int inputSide = 64) {
    ModelRequest request;
    request.unitsPerStage = {1, 2};
    request.channelsPerStage = {8, 16};
    request.classes = 5;
    request.inputHeight = request.inputWidth = inputSide;
    request.seed = 7;
    return request;
}

// One that takes seconds, to be cancelled.
inline ModelRequest slowRequest() {
    ModelRequest request;
    request.unitsPerStage = {4, 4, 4};
    request.channelsPerStage = {64, 96, 128};
    request.inputHeight = request.inputWidth = 1024;
    return request;
}

inline QImage gradient(int width, int height) {
    QImage image(width, height, QImage::Format_RGB32);
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x)
            image.setPixel(x, y, qRgb(x * 255 / width, y * 255 / height, (x * y) % 256));
    return image;
}

inline PicturePtr gradientPicture(const QString& name = QStringLiteral("gradient")) {
    return pictureFrom(gradient(90, 70), name);
}

// A picture that no network can take: it has no pixels.
inline PicturePtr emptyPicture() {
    auto picture = std::make_shared<Picture>();
    picture->name = QStringLiteral("empty");
    return picture;
}

// Networks that differ in depth, width, classes, input and shortcuts.
inline std::vector<std::pair<const char*, ModelPtr>> unlikeNetworks() {
    ModelRequest deep;
    deep.unitsPerStage = {2, 1, 1};
    deep.channelsPerStage = {8, 16, 32};
    deep.classes = 300;
    deep.inputHeight = deep.inputWidth = 64;
    ModelRequest flat;
    flat.unitsPerStage = {1};
    flat.channelsPerStage = {4};
    flat.classes = 1;
    flat.inputHeight = 32;
    flat.inputWidth = 48;
    ModelRequest plain = smallRequest();
    plain.architecture = "plain34";
    return {{"deep, 300 classes", newModel(deep)},
            {"small, 5 classes", newModel(smallRequest())},
            {"flat, 1 class", newModel(flat)},
            {"plain", newModel(plain)}};
}

// Columns `before` and `after`: every pair of them.
inline void addNetworkPairs() {
    QTest::addColumn<ModelPtr>("before");
    QTest::addColumn<ModelPtr>("after");
    const auto networks = unlikeNetworks();
    for (const auto& [from, before] : networks)
        for (const auto& [to, after] : networks)
            if (before != after)
                QTest::addRow("%s -> %s", from, to) << before << after;
}

// The input, and of each kind of step the last.
inline std::vector<StepId> oneStepOfEachKind(const Graph& graph) {
    std::vector<StepId> steps{inputStep};
    std::set<StepKind> seen;
    for (StepId step = graph.softmaxStep(); step >= 0; --step)
        if (seen.insert(graph.step(step).kind).second)
            steps.push_back(step);
    return steps;
}

}  // namespace resnet::ui::test
