#include "ui/painting/RoundNumber.h"

#include <cmath>
#include <initializer_list>

namespace resnet::ui {

double roundedDown(double number) {
    const double power = std::pow(10.0, std::floor(std::log10(number)));
    const double times = number / power;
    return power * (times >= 5.0 ? 5.0 : times >= 2.0 ? 2.0 : 1.0);
}

double roundedUp(double number) {
    constexpr double asGood = 1.0 + 1e-6;  // 0.1 is one of them, whatever its last bits say
    const double power = std::pow(10.0, std::floor(std::log10(number)));
    for (const double times : {1.0, 2.0, 5.0})
        if (number <= times * power * asGood)
            return times * power;
    return 10.0 * power;
}

}  // namespace resnet::ui
