#include "core/tensor/NumberText.h"

#include <array>
#include <charconv>

namespace resnet {

namespace {

template <typename Number>
std::string shortest(Number number) {
    std::array<char, 40> digits{};
    return {digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr};
}

}  // namespace

std::string numberText(float number) {
    return shortest(number);
}

std::string numberText(double number) {
    return shortest(number);
}

}  // namespace resnet
