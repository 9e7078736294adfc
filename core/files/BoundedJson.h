#pragma once

#include <nlohmann/json.hpp>

#include <cstddef>
#include <string_view>

namespace resnet {

// Parses JSON from a file, where one byte can become forty in memory. Text that is broken, that nests lists
// and objects deeper than `deepest` (1: none in the outermost) or has more than `mostParts` values and keys
// gives a value that is_discarded(). Takes a time in proportion to the text, which the library's own filter
// does not.
nlohmann::json parseJson(std::string_view text, int deepest, std::size_t mostParts);

}  // namespace resnet
