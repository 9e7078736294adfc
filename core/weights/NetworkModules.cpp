#include "core/weights/NetworkModules.h"

#include "core/weights/NaturalOrder.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>

namespace resnet {

namespace {

constexpr std::array<std::string_view, 4> vectorsOfNorm{"weight", "bias", "running_mean", "running_var"};

// The tensors of one path, by the last part of their names.
using TensorsOfModule = std::map<std::string_view, std::size_t>;

bool isVector(const ListedTensor* tensor, std::int64_t length) {
    return tensor != nullptr && tensor->shape.size() == 1 && tensor->shape[0] == length;
}

class GroupReader {
public:
    GroupReader(const std::vector<ListedTensor>& tensors, const TensorsOfModule& group)
        : m_tensors(tensors), m_group(group) {}

    // Nothing if the group is none of the kinds.
    std::optional<NetworkModule> module() const {
        using Kind = NetworkModule::Kind;
        const ListedTensor* weight = find("weight");
        const ListedTensor* bias = find("bias");
        const ListedTensor* mean = find("running_mean");
        const ListedTensor* variance = find("running_var");
        const bool isPlain = mean == nullptr && variance == nullptr;
        if (weight != nullptr && isPlain && (weight->shape.size() == 4 || weight->shape.size() == 2)) {
            if (std::ranges::find(weight->shape, 0) != weight->shape.end() ||
                (bias != nullptr && !isVector(bias, weight->shape[0])))
                return std::nullopt;
            return made(weight->shape.size() == 4 ? Kind::Convolution : Kind::Dense, weight->shape,
                        {"weight", "bias"});
        }
        const ListedTensor* any = mean != nullptr ? mean : weight;
        if (any == nullptr || any->shape.size() != 1 || any->shape[0] == 0)
            return std::nullopt;
        const std::int64_t length = any->shape[0];
        for (const ListedTensor* vector : {weight, bias, mean, variance})
            if (vector != nullptr && !isVector(vector, length))
                return std::nullopt;
        const bool hasStatistics = mean != nullptr && variance != nullptr;
        // A weight alone is no norm: it may be the slopes of a PReLU.
        if (!hasStatistics && (!isPlain || weight == nullptr || bias == nullptr))
            return std::nullopt;
        NetworkModule norm = made(Kind::Norm, any->shape, vectorsOfNorm);
        norm.hasStatistics = hasStatistics;
        return norm;
    }

private:
    const ListedTensor* find(std::string_view name) const {
        const auto found = m_group.find(name);
        return found == m_group.end() ? nullptr : &m_tensors[found->second];
    }

    template <typename Names>
    NetworkModule made(NetworkModule::Kind kind, std::vector<std::int64_t> shape, const Names& names) const {
        NetworkModule module{{}, kind, std::move(shape), true, {}, 0};
        for (const std::string_view name : names)
            if (const auto found = m_group.find(name); found != m_group.end())
                module.tensors.push_back(found->second);
        module.position = *std::ranges::min_element(module.tensors);
        return module;
    }

    NetworkModule made(NetworkModule::Kind kind, std::vector<std::int64_t> shape,
                       std::initializer_list<std::string_view> names) const {
        return made<std::initializer_list<std::string_view>>(kind, std::move(shape), names);
    }

    const std::vector<ListedTensor>& m_tensors;
    const TensorsOfModule& m_group;
};

}  // namespace

NetworkModules modulesOf(const std::vector<ListedTensor>& tensors) {
    std::map<std::string_view, TensorsOfModule> groups;
    for (std::size_t i = 0; i < tensors.size(); ++i) {
        const std::string_view name = tensors[i].name;
        const std::size_t dot = name.rfind('.');
        if (dot != name.npos)
            groups[name.substr(0, dot)].emplace(name.substr(dot + 1), i);
    }
    NetworkModules result;
    std::vector<bool> isUsed(tensors.size(), false);
    for (const auto& [path, group] : groups) {
        auto module = GroupReader(tensors, group).module();
        if (!module)
            continue;
        for (const std::size_t place : module->tensors)
            isUsed[place] = true;
        module->path = path;
        result.modules.push_back(std::move(*module));
    }
    for (std::size_t i = 0; i < tensors.size(); ++i)
        if (!isUsed[i])
            result.others.push_back(i);
    std::ranges::sort(result.modules, naturallyLess, &NetworkModule::path);
    return result;
}

std::vector<std::string_view> componentsOf(std::string_view path) {
    std::vector<std::string_view> components;
    while (!path.empty()) {
        const std::size_t dot = std::min(path.find('.'), path.size());
        components.push_back(path.substr(0, dot));
        path.remove_prefix(std::min(dot + 1, path.size()));
    }
    return components;
}

std::string_view parentOf(std::string_view path) {
    const std::size_t dot = path.rfind('.');
    return path.substr(0, dot == path.npos ? 0 : dot);
}

std::string_view leafOf(std::string_view path) {
    return path.substr(path.rfind('.') + 1);  // npos + 1 is 0
}

bool isBelow(std::string_view path, std::string_view prefix) {
    return prefix.empty() || path == prefix ||
           (path.size() > prefix.size() && path.starts_with(prefix) && path[prefix.size()] == '.');
}

}  // namespace resnet
