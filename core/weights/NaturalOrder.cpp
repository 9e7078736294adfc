#include "core/weights/NaturalOrder.h"

#include <algorithm>
#include <array>

namespace resnet {

bool naturallyLess(std::string_view a, std::string_view b) {
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    while (!a.empty() && !b.empty()) {
        if (isDigit(a[0]) && isDigit(b[0])) {
            const auto takeDigits = [&](std::string_view& text) {
                const std::size_t end = std::min(std::ranges::find_if_not(text, isDigit) - text.begin(),
                                                 std::ptrdiff_t(text.size()));
                std::string_view digits = text.substr(0, end);
                text.remove_prefix(end);
                digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size()));
                return digits;
            };
            const std::string_view digitsOfA = takeDigits(a);
            const std::string_view digitsOfB = takeDigits(b);
            if (digitsOfA.size() != digitsOfB.size())
                return digitsOfA.size() < digitsOfB.size();
            if (digitsOfA != digitsOfB)
                return digitsOfA < digitsOfB;
        } else {
            if (a[0] != b[0])
                return a[0] < b[0];
            a.remove_prefix(1);
            b.remove_prefix(1);
        }
    }
    return a.empty() && !b.empty();
}

std::vector<std::string> wordsOf(std::string_view name) {
    enum class Class { Separator, Digit, Small, Capital };
    const auto classOf = [](char c) {
        return c == '.' || c == '_'   ? Class::Separator
               : c >= '0' && c <= '9' ? Class::Digit
               : c >= 'A' && c <= 'Z' ? Class::Capital
                                      : Class::Small;
    };
    std::vector<std::string> words;
    Class before = Class::Separator;
    for (const char character : name) {
        const Class now = classOf(character);
        if (now != Class::Separator) {
            if (before != now && !(before == Class::Capital && now == Class::Small))
                words.emplace_back();
            words.back() += now == Class::Capital ? char(character - 'A' + 'a') : character;
        }
        before = now;
    }
    return words;
}

bool hasWord(std::string_view name, const NameWords& words) {
    return std::ranges::any_of(wordsOf(name), [&](const std::string& word) { return words.contains(word); });
}

namespace {

bool isNumber(std::string_view word) {
    return !word.empty() && std::ranges::all_of(word, [](char c) { return c >= '0' && c <= '9'; });
}

// Whether one word stands before another in a row that people count by.
std::optional<bool> isBeforeInRow(std::string_view a, std::string_view b) {
    if (isNumber(a) && isNumber(b))
        return naturallyLess(a, b);
    if (a.size() == 1 && b.size() == 1 && !isNumber(a) && !isNumber(b))
        return a < b;
    static constexpr std::array<std::array<std::string_view, 3>, 3> rows{
        {{"first", "second", "third"}, {"one", "two", "three"}, {"in", "mid", "out"}}};
    for (const auto& row : rows) {
        const auto placeOfA = std::ranges::find(row, a);
        const auto placeOfB = std::ranges::find(row, b);
        if (placeOfA != row.end() && placeOfB != row.end())
            return placeOfA < placeOfB;
    }
    return std::nullopt;
}

}  // namespace

std::optional<bool> saysItIsBefore(std::string_view a, std::string_view b) {
    const std::vector<std::string> words = wordsOf(a);
    const std::vector<std::string> others = wordsOf(b);
    const auto [different, otherDifferent] = std::ranges::mismatch(words, others);
    const auto isLast = [](const auto& end, auto at) { return at != end && isNumber(*at) && at + 1 == end; };
    if (different == words.end() && isLast(others.end(), otherDifferent))
        return true;
    if (otherDifferent == others.end() && isLast(words.end(), different))
        return false;
    if (different == words.end() || otherDifferent == others.end())
        return std::nullopt;
    return isBeforeInRow(*different, *otherDifferent);
}

}  // namespace resnet
