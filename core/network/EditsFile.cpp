#include "core/network/EditsFile.h"

#include <algorithm>

namespace resnet {

std::string fileTextOf(const Edits& edits, const Graph& graph) {
    std::string text = textOf(edits, graph);
    std::ranges::replace(text, ',', '\n');
    return text.empty() ? text : text + '\n';
}

Edits editsFromFile(std::string_view text, const Graph& graph) {
    constexpr std::string_view blanks = " \t\r";
    std::string items;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        line.remove_prefix(std::min(line.find_first_not_of(blanks), line.size()));
        line = line.substr(0, line.find_last_not_of(blanks) + 1);
        if (line.empty() || line.starts_with('#'))
            continue;
        items += (items.empty() ? "" : ",");
        items += line;
    }
    return editsFrom(items, graph);
}

}  // namespace resnet
