#include "core/model/StageNames.h"

#include <algorithm>
#include <charconv>
#include <string_view>

namespace resnet {

namespace {

// A number of up to four digits at the start of `text`, which it is cut from together with the dot behind it.
int takeNumber(std::string_view& text) {
    int value = -1;
    const auto [end, error] =
        std::from_chars(text.data(), text.data() + std::min<std::size_t>(text.size(), 4), value);
    const auto length = std::size_t(end - text.data());
    if (error != std::errc() || value < 0 || length >= text.size() || text[length] != '.')
        return -1;
    text.remove_prefix(length + 1);
    return value;
}

}  // namespace

std::vector<int> unitsPerStageIn(const StateDict& parameters) {
    std::vector<int> units;
    for (const auto& [name, tensor] : parameters) {
        std::string_view rest = name;
        if (!rest.starts_with("layer"))
            continue;
        rest.remove_prefix(5);
        const int stage = takeNumber(rest);
        if (stage < 1)
            continue;
        const int unit = takeNumber(rest);
        if (unit < 0)
            continue;
        if (units.size() < std::size_t(stage))
            units.resize(std::size_t(stage), 0);
        units[std::size_t(stage) - 1] = std::max(units[std::size_t(stage) - 1], unit + 1);
    }
    return units;
}

}  // namespace resnet
