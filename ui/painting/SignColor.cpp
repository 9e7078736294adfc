#include "ui/painting/SignColor.h"

#include "ui/painting/ColorMap.h"

namespace resnet::ui {

QColor signColor(bool negative, const Theme& theme) {
    const int offset = theme.isDark() ? 76 : 104;
    return QColor::fromRgb(
        colorTable(ColorMap::Diverging)[std::size_t(negative ? 128 - offset : 128 + offset)]);
}

}  // namespace resnet::ui
