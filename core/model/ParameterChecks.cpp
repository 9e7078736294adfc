#include "core/model/ParameterChecks.h"

#include "core/network/Network.h"

#include <tbb/parallel_for_each.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <set>
#include <string_view>

namespace resnet {

namespace {

// Extremes of the values' magnitudes as integers, which order like the numbers and vectorise well.
struct Magnitudes {
    std::uint32_t largest = 0;
    bool anyNegative = false;
};

Magnitudes magnitudesOf(const std::vector<float>& values) {
    constexpr std::size_t lanes = 16;
    std::uint32_t largest[lanes] = {};
    std::uint32_t bits[lanes];
    std::uint32_t signs = 0;
    for (std::size_t i = 0; i < values.size(); i += lanes) {
        const std::size_t length = std::min(lanes, values.size() - i);
        if (length < lanes)
            std::memset(bits, 0, sizeof bits);
        std::memcpy(bits, values.data() + i, length * sizeof(float));
        for (std::size_t k = 0; k < lanes; ++k) {
            largest[k] = std::max(largest[k], bits[k] & 0x7fffffffu);
            signs |= bits[k] > 0x80000000u ? 1u : 0u;  // below zero; -0 is not
        }
    }
    return {*std::ranges::max_element(largest), signs != 0};
}

std::string listed(const std::vector<std::string>& names) {
    constexpr std::size_t shown = 6;
    std::string text;
    for (std::size_t i = 0; i < std::min(shown, names.size()); ++i)
        text += (i == 0 ? "" : ", ") + names[i];
    if (names.size() > shown)
        text += " and " + std::to_string(names.size() - shown) + " more";
    return text;
}

// By the names that people give it: ": the slopes of a PReLU, it seems".
std::string kindOfPart(const std::string& name) {
    struct Kind {
        std::string_view part;
        const char* what;
    };
    constexpr std::array kinds{
        Kind{"relu", "the slopes of a PReLU"},
        Kind{"act", "the slopes of an activation"},
        Kind{"gamma", "a layer scale"},
        Kind{"layer_scale", "a layer scale"},
        Kind{"filt", "the filter of an anti-aliased pooling (BlurPool)"},
        Kind{"blur", "the filter of an anti-aliased pooling (BlurPool)"},
        Kind{"pool.p", "the power of a generalised mean (GeM pooling)"},
        Kind{"gem", "the power of a generalised mean (GeM pooling)"},
        Kind{"logit_scale", "a factor of the scores"},
        Kind{"temperature", "a factor of the scores"},
        Kind{"alpha", "a factor of the main path"},
        Kind{"scale", "a factor of the main path"},
        Kind{"pos_embed", "a place's embedding"},
        Kind{"bn", "a batch norm of its own"},
        Kind{"norm", "a norm of its own"},
    };
    for (const Kind& kind : kinds)
        if (name.find(kind.part) != name.npos)
            return std::string(": ") + kind.what + ", it seems";
    return {};
}

}  // namespace

std::vector<std::string> partBesides(const Graph& graph, const StateDict& parameters) {
    std::set<std::string, std::less<>> known;
    for (const ParameterInfo& parameter : parametersOf(graph)) {
        known.insert(parameter.name);
        const auto found = parameters.find(parameter.name);
        if (found == parameters.end() || found->second.shape != parameter.shape)
            return {};
    }
    std::vector<std::string> others;
    for (const auto& [name, tensor] : parameters)
        if (!known.contains(name) && !isIgnored(name))
            others.push_back(name);
    if (others.empty())
        return {};
    const std::string line =
        "'" + others.front() + "'" +
        (others.size() > 1 ? " and " + std::to_string(others.size() - 1) + " other tensors belong"
                           : " belongs") +
        " to no layer of the " + displayName(graph.spec()) + " that the rest is" +
        kindOfPart(others.front()) + "; this program computes a network in whole or not at all";
    if (others.size() == 1)
        return {line};
    for (std::string& name : others)
        name += ", " + shapeText(parameters.find(name)->second.shape);
    others.insert(others.begin(), line);
    return others;
}

std::vector<std::string> suspiciousNumbersIn(const StateDict& parameters, const std::stop_token& stop) {
    struct Finding {
        const StateDict::value_type* entry;
        Magnitudes magnitudes;
    };
    std::vector<Finding> findings;
    for (const auto& entry : parameters)
        findings.push_back({&entry, {}});
    tbb::parallel_for_each(findings, [&](Finding& finding) {
        if (!stop.stop_requested())
            finding.magnitudes = magnitudesOf(finding.entry->second.values);
    });

    std::vector<std::string> notFinite, negative, zero;
    bool allZero = true;
    for (const auto& [entry, magnitudes] : findings) {
        const auto& [name, tensor] = *entry;
        if (magnitudes.largest >= 0x7f800000u)
            notFinite.push_back(name);
        if (name.ends_with(".running_var") && magnitudes.anyNegative)
            negative.push_back(name);
        if (tensor.shape.size() >= 2 && magnitudes.largest == 0)
            zero.push_back(name);
        allZero &= magnitudes.largest == 0;
    }
    std::vector<std::string> notes;
    if (!notFinite.empty())
        notes.push_back("NaN or infinity in " + listed(notFinite));
    if (!negative.empty())
        notes.push_back("negative running variance in " + listed(negative));
    if (allZero)
        notes.emplace_back("every number in the file is zero");
    else if (!zero.empty())
        notes.push_back("nothing but zeros in " + listed(zero));
    return notes;
}

}  // namespace resnet
