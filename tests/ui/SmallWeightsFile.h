#pragma once

#include "core/Error.h"
#include "core/weights/SafetensorsWriter.h"
#include "tests/ui/SmallNetwork.h"

#include <QFile>

namespace resnet::ui::test {

// Writes a small network that says nothing of itself: padding, epsilon and preprocessing
// have to be guessed.
inline void writeSmallWeights(const QString& path, std::uint64_t seed = 7, int classes = 5,
                              std::optional<ShortcutKind> shortcut = {}) {
    ModelRequest request = smallRequest();
    request.classes = classes;
    request.seed = seed;
    request.shortcut = shortcut;
    const ModelPtr model = newModel(request);
    std::vector<TensorToWrite> tensors;
    for (const auto& [name, tensor] : model->network->parameters())
        tensors.push_back({name, tensor.shape, tensor.values});
    const std::string bytes = serialiseSafetensors(tensors);
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) ||
        file.write(bytes.data(), qint64(bytes.size())) != qint64(bytes.size()))
        throw Error("the test file cannot be written");
}

}  // namespace resnet::ui::test
