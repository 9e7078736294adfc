#pragma once

#include <string>

namespace resnet {

// The shortest text that reads back as the same number, whatever the locale: "0.1", "1e-05", "nan", "-inf".
std::string numberText(float number);
std::string numberText(double number);

}  // namespace resnet
