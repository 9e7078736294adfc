#include "core/weights/NaturalOrder.h"

#include <algorithm>

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

}  // namespace resnet
