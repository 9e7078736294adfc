#pragma once

#include "core/network/Edits.h"
#include "tests/core/inference/Reference.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <span>
#include <stdexcept>

namespace resnet::experiments {

// What PyTorch's logits become when something is changed about a network. The changes are told in words.
struct Row {
    std::string change;
    Edits edits;
    std::vector<double> logits;
};

// "layer1.0 main path off", "layer1.0 shortcut x 2", "swap layer1.1 layer1.2", "main path off in all identity
// units".
inline Edits editsOf(const std::string& change, const Graph& graph) {
    const auto part = [&](std::size_t index) {
        std::istringstream words(change);
        std::string word;
        for (std::size_t i = 0; i <= index; ++i)
            words >> word;
        return word;
    };
    if (change == "none")
        return {};
    if (part(0) == "swap")
        return editsFrom(part(1) + ":weights=" + part(2) + "," + part(2) + ":weights=" + part(1), graph);
    Edits edits;
    if (change == "main path off in all identity units") {
        for (const ResidualUnit& unit : graph.units())
            if (unit.shortcut.empty())
                edits.set(idOf(unit), {0.0f, 1.0f, {}});
        return edits;
    }
    const bool isMainPath = part(1) == "main";
    const std::string how = part(isMainPath ? 3 : 2);
    const std::string gain = how == "off" ? "0" : part(isMainPath ? 4 : 3);
    return editsFrom(part(0) + (isMainPath ? ":F=" : ":x=") + gain, graph);
}

inline std::vector<Row> readRows(const std::string& name, const Graph& graph) {
    std::ifstream file(RESNET_SOURCE_DIR "/tests/data/experiments/" + name + "/experiments.json");
    std::vector<Row> rows;
    for (const nlohmann::json& each : nlohmann::json::parse(file)) {
        const std::string change = each.at("change");
        rows.push_back({change, editsOf(change, graph), each.at("logits").get<std::vector<double>>()});
    }
    return rows;
}

struct Experiments {
    std::shared_ptr<const Network> network;
    FeatureMapsPtr input;
    std::vector<Row> rows;
};

inline Experiments read(const std::string& name) {
    const std::string folder = RESNET_SOURCE_DIR "/tests/data/experiments/" + name;
    Experiments experiments;
    experiments.network = reference::readNetwork(folder);
    experiments.input = reference::readInput(folder + "/input.npy", experiments.network->spec().inputShape());
    experiments.rows = readRows(name, experiments.network->graph());
    return experiments;
}

// Largest difference over the largest logit.
inline double relativeError(std::span<const float> found, const std::vector<double>& expected) {
    if (found.size() != expected.size())
        return std::numeric_limits<double>::infinity();
    double worst = 0.0;
    double largest = 0.0;
    for (std::size_t i = 0; i < expected.size(); ++i) {
        worst = std::max(worst, std::abs(found[i] - expected[i]));
        largest = std::max(largest, std::abs(expected[i]));
    }
    return worst / largest;
}

}  // namespace resnet::experiments
