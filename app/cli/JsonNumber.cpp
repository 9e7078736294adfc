#include "app/cli/JsonNumber.h"

#include <charconv>

namespace resnet::app {

double shortest(float value) {
    char text[32];
    const auto end = std::to_chars(text, text + sizeof text, value).ptr;
    double result = value;
    std::from_chars(text, end, result);
    return result;
}

}  // namespace resnet::app
