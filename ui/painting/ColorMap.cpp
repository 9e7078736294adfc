#include "ui/painting/ColorMap.h"

#include "ui/painting/ColorMapTables.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace resnet::ui {
namespace {

// Oklab (Bjorn Ottosson, "A perceptual color space for image processing", 2020): lightness and two opponent
// axes.
struct Oklab {
    double lightness, a, b;
};

int encodeSrgb(double linear) {
    const double v = std::clamp(linear, 0.0, 1.0);
    return int(std::lround(255.0 * (v <= 0.0031308 ? 12.92 * v : 1.055 * std::pow(v, 1.0 / 2.4) - 0.055)));
}

QRgb toRgb(const Oklab& c) {
    const double l = std::pow(c.lightness + 0.3963377774 * c.a + 0.2158037573 * c.b, 3);
    const double m = std::pow(c.lightness - 0.1055613458 * c.a - 0.0638541728 * c.b, 3);
    const double s = std::pow(c.lightness - 0.0894841775 * c.a - 1.2914855480 * c.b, 3);
    return qRgb(encodeSrgb(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
                encodeSrgb(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
                encodeSrgb(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s));
}

// One half of the diverging map, t from 0 (white) to 1. Both halves darken alike, so that equal magnitudes
// weigh the same; the hues differ in their blue part, which every common colour blindness keeps.
QRgb divergingColor(double t, double hueDegrees) {
    const double hue = hueDegrees * 3.14159265358979323846 / 180.0;
    const double chroma = 0.135 * std::sin(2.6 * std::pow(t, 0.8));
    return toRgb({1.0 - 0.64 * t, chroma * std::cos(hue), chroma * std::sin(hue)});
}

ColorTable makeDiverging() {
    constexpr double purple = 315.0;
    constexpr double green = 150.0;
    ColorTable table{};
    for (int i = 0; i < 256; ++i) {
        const double t = std::clamp((i - 128) / 127.0, -1.0, 1.0);
        table[std::size_t(i)] = divergingColor(std::abs(t), t < 0 ? purple : green);
    }
    return table;
}

// From the dark theme's panel outwards, lighter with the magnitude on both sides.
ColorTable makeDivergingOnDark() {
    constexpr std::array<QRgb, 6> purples{0xff1c2128, 0xff412a4e, 0xff69377d,
                                          0xff9650af, 0xffbe78d7, 0xffe2aaf5};
    constexpr std::array<QRgb, 6> greens{0xff1c2128, 0xff1e3e2a, 0xff1e6237,
                                         0xff2d8c50, 0xff5fbe73, 0xffa0eba5};
    ColorTable table{};
    for (int i = 0; i < 256; ++i) {
        const double t = std::clamp((i - 128) / 127.0, -1.0, 1.0);
        const auto& stops = t < 0 ? purples : greens;
        const double place = std::abs(t) * double(stops.size() - 1);
        const auto low = std::min(std::size_t(place), stops.size() - 2);
        const double share = place - double(low);
        const auto mix = [&](int (*channel)(QRgb)) {
            return int(std::lround(channel(stops[low]) * (1.0 - share) + channel(stops[low + 1]) * share));
        };
        table[std::size_t(i)] = qRgb(mix(qRed), mix(qGreen), mix(qBlue));
    }
    return table;
}

ColorTable makeGrey() {
    ColorTable table{};
    for (int i = 0; i < 256; ++i)
        table[std::size_t(i)] = qRgb(i, i, i);
    return table;
}

}  // namespace

const ColorTable& colorTable(ColorMap map) {
    static const ColorTable grey = makeGrey();
    static const ColorTable diverging = makeDiverging();
    static const ColorTable onDark = makeDivergingOnDark();
    switch (map) {
        case ColorMap::Viridis:
            return viridisTable;
        case ColorMap::Magma:
            return magmaTable;
        case ColorMap::Grey:
            return grey;
        case ColorMap::Cividis:
            return cividisTable;
        case ColorMap::DivergingOnDark:
            return onDark;
        case ColorMap::Diverging:
            break;
    }
    return diverging;
}

QString displayName(ColorMap map) {
    switch (map) {
        case ColorMap::Viridis:
            return QCoreApplication::translate("ColorMap", "Viridis");
        case ColorMap::Magma:
            return QCoreApplication::translate("ColorMap", "Magma");
        case ColorMap::Grey:
            return QCoreApplication::translate("ColorMap", "Grey");
        case ColorMap::Cividis:
            return QCoreApplication::translate("ColorMap", "Cividis");
        case ColorMap::Diverging:
        case ColorMap::DivergingOnDark:
            break;
    }
    return QCoreApplication::translate("ColorMap", "Diverging");
}

}  // namespace resnet::ui
