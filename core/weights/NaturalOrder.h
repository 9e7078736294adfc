#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace resnet {

// Less than, with the numbers in texts compared as numbers: "unit" < "unit_2" < "unit_10".
bool naturallyLess(std::string_view a, std::string_view b);

// The words of a name in small letters. They end at dots, underscores, digits and capitals: "convBlock_1.bn"
// has conv, block, 1, bn.
std::vector<std::string> wordsOf(std::string_view name);

// Whether one of the words of a name is one of these.
using NameWords = std::set<std::string, std::less<>>;
bool hasWord(std::string_view name, const NameWords& words);

// Whether the first of two names comes before the second by what they say: the first words that differ are
// numbers, single letters or such as first and second, or one name has a number and the other none. Nothing
// where they do not say.
std::optional<bool> saysItIsBefore(std::string_view a, std::string_view b);

}  // namespace resnet
