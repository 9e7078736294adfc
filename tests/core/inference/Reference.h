#pragma once

#include "core/inference/Executor.h"
#include "tests/core/weights/ReadSafetensors.h"

#include <QDir>
#include <QFile>

#include <nlohmann/json.hpp>

#include <cstring>
#include <fstream>
#include <memory>
#include <vector>

namespace resnet::reference {

// A network that PyTorch ran in float64: its input and the output of every step.
struct Reference {
    std::string name;
    std::string folder;
    std::shared_ptr<const Network> network;
    FeatureMapsPtr input;
    StateDict activations;
};

// 1 x C x H x W as PyTorch lays it out, to channels-last.
inline FeatureMapsPtr channelsLast(const float* values, const FeatureShape& shape) {
    auto maps = std::make_shared<FeatureMaps>(shape);
    for (int c = 0; c < shape.channels; ++c)
        for (int y = 0; y < shape.height; ++y)
            for (int x = 0; x < shape.width; ++x)
                maps->at(c, y, x) = *values++;
    return maps;
}

inline FeatureMapsPtr readInput(const std::string& path, const FeatureShape& shape) {
    QFile file(QString::fromStdString(path));
    if (!file.open(QIODevice::ReadOnly))
        throw std::runtime_error("cannot read " + path);
    const QByteArray bytes = file.readAll();
    std::vector<float> values(shape.size());
    const qsizetype size = qsizetype(values.size() * sizeof(float));
    std::memcpy(values.data(), bytes.constData() + bytes.size() - size, std::size_t(size));
    return channelsLast(values.data(), shape);
}

// spec.json and weights.safetensors of a folder.
inline std::shared_ptr<const Network> readNetwork(const std::string& folder) {
    std::ifstream file(folder + "/spec.json");
    const nlohmann::json json = nlohmann::json::parse(file);
    NetworkSpec spec;
    spec.unitsPerStage = json.at("units").get<std::vector<int>>();
    spec.channelsPerStage = json.at("channels").get<std::vector<int>>();
    spec.classes = json.at("classes");
    spec.inputHeight = json.at("input")[1];
    spec.inputWidth = json.at("input")[2];
    spec.padding = paddingNamed(json.at("padding").get<std::string>());
    spec.batchNormEpsilon = json.at("bn_epsilon");
    return std::make_shared<Network>(spec, readSafetensors(folder + "/weights.safetensors").tensors);
}

inline Reference read(const std::string& folder) {
    Reference reference;
    reference.name = QDir(QString::fromStdString(folder)).dirName().toStdString();
    reference.folder = folder;
    reference.network = readNetwork(folder);
    reference.input = readInput(folder + "/input.npy", reference.network->spec().inputShape());
    reference.activations = readSafetensors(folder + "/activations.safetensors").tensors;
    return reference;
}

// Our own pass over a reference's input.
inline Run runOf(const Reference& reference) {
    Executor executor(reference.network, 2);
    Run activations = executor.start(reference.input);
    executor.run(activations);
    return activations;
}

// The references in the repository, and those in the folder that RESNET_REFERENCE_DIR names, if it is set.
inline std::vector<Reference> readAll() {
    std::vector<Reference> references;
    const QStringList roots{QStringLiteral(RESNET_SOURCE_DIR "/tests/data/reference"),
                            qEnvironmentVariable("RESNET_REFERENCE_DIR")};
    for (const QString& root : roots)
        if (!root.isEmpty())
            for (const QString& name :
                 QDir(root).entryList({QStringLiteral("narrow*")}, QDir::Dirs, QDir::Name))
                references.push_back(read((root + QLatin1Char('/') + name).toStdString()));
    return references;
}

// Largest difference to what PyTorch computed, over the largest magnitude of the tensor.
inline double relativeError(const FeatureMaps& actual, const Tensor& expected) {
    const FeatureShape& shape = actual.shape();
    if (expected.values.size() != shape.size())
        return std::numeric_limits<double>::infinity();
    double worst = 0.0;
    double largest = 0.0;
    const float* value = expected.values.data();
    for (int c = 0; c < shape.channels; ++c)
        for (int y = 0; y < shape.height; ++y)
            for (int x = 0; x < shape.width; ++x, ++value) {
                worst = std::max(worst, std::abs(double(actual.at(c, y, x)) - *value));
                largest = std::max(largest, std::abs(double(*value)));
            }
    return worst / largest;
}

}  // namespace resnet::reference
