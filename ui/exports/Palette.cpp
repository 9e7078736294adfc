#include "ui/exports/Palette.h"

#include <QList>

#include <algorithm>
#include <array>
#include <cmath>
#include <unordered_map>

namespace resnet::ui {

namespace {

struct ColorCount {
    QRgb color = 0;
    double count = 0.0;
};
using Colors = std::vector<ColorCount>;

Colors countedColors(std::span<const QImage> pictures) {
    std::unordered_map<QRgb, double> counts;
    for (const QImage& picture : pictures) {
        const QImage opaque = picture.convertToFormat(QImage::Format_RGB32);
        for (int y = 0; y < opaque.height(); ++y) {
            const auto* line = reinterpret_cast<const QRgb*>(opaque.constScanLine(y));
            for (int x = 0; x < opaque.width(); ++x)
                ++counts[line[x]];
        }
    }
    Colors colors;
    for (const auto& [color, count] : counts)
        colors.push_back({color, count});
    std::ranges::sort(colors, [](const ColorCount& a, const ColorCount& b) {
        return a.count != b.count ? a.count > b.count : a.color < b.color;
    });
    return colors;
}

int part(QRgb color, int which) {
    return which == 0 ? qRed(color) : which == 1 ? qGreen(color) : qBlue(color);
}

// Neighbouring colours that become one.
struct ColorBox {
    Colors colors;
    int longest = 0;      // the component they differ most in
    double weight = 0.0;  // how much is gained by cutting it

    explicit ColorBox(Colors held) : colors(std::move(held)) {
        double count = 0.0;
        std::array<int, 3> low{255, 255, 255};
        std::array<int, 3> high{0, 0, 0};
        for (const ColorCount& each : colors) {
            count += each.count;
            for (int i = 0; i < 3; ++i) {
                low[std::size_t(i)] = std::min(low[std::size_t(i)], part(each.color, i));
                high[std::size_t(i)] = std::max(high[std::size_t(i)], part(each.color, i));
            }
        }
        int extent = -1;
        for (int i = 0; i < 3; ++i)
            if (high[std::size_t(i)] - low[std::size_t(i)] > extent) {
                extent = high[std::size_t(i)] - low[std::size_t(i)];
                longest = i;
            }
        weight = colors.size() < 2 ? 0.0 : extent * std::sqrt(count);
    }

    // Halves of equal count, each with a colour at least.
    std::pair<ColorBox, ColorBox> cut() const {
        Colors sorted = colors;
        std::ranges::sort(sorted, [&](const ColorCount& a, const ColorCount& b) {
            const int left = part(a.color, longest);
            const int right = part(b.color, longest);
            return left != right ? left < right : a.color < b.color;
        });
        double total = 0.0;
        for (const ColorCount& each : sorted)
            total += each.count;
        auto middle = sorted.begin();
        for (double passed = 0.0; middle != sorted.end() && passed + middle->count <= total / 2; ++middle)
            passed += middle->count;
        middle = std::clamp(middle, sorted.begin() + 1, sorted.end() - 1);
        return {ColorBox(Colors(sorted.begin(), middle)), ColorBox(Colors(middle, sorted.end()))};
    }

    QRgb mean() const {
        std::array<double, 3> sum{};
        double count = 0.0;
        for (const ColorCount& each : colors) {
            count += each.count;
            for (int i = 0; i < 3; ++i)
                sum[std::size_t(i)] += each.count * part(each.color, i);
        }
        return qRgb(int(std::lround(sum[0] / count)), int(std::lround(sum[1] / count)),
                    int(std::lround(sum[2] / count)));
    }
};

}  // namespace

std::vector<QRgb> paletteOf(std::span<const QImage> pictures, int count) {
    Colors colors = countedColors(pictures);
    std::vector<QRgb> palette;
    // Backgrounds and lines: areas of one colour show any change of it.
    const std::size_t exact = colors.size() <= std::size_t(count) ? colors.size() : std::size_t(count) / 8;
    for (std::size_t i = 0; i < exact; ++i)
        palette.push_back(colors[i].color);
    colors.erase(colors.begin(), colors.begin() + std::ptrdiff_t(exact));
    if (colors.empty())
        return palette;
    std::vector<ColorBox> boxes{ColorBox(std::move(colors))};
    while (palette.size() + boxes.size() < std::size_t(count)) {
        const auto widest = std::ranges::max_element(boxes, {}, &ColorBox::weight);
        if (widest->weight <= 0.0)
            break;
        auto [low, high] = widest->cut();
        *widest = std::move(low);
        boxes.push_back(std::move(high));
    }
    for (const ColorBox& box : boxes)
        palette.push_back(box.mean());
    return palette;
}

QImage indexed(const QImage& picture, const std::vector<QRgb>& palette) {
    return picture.convertToFormat(QImage::Format_RGB32)
        .convertToFormat(QImage::Format_Indexed8, QList<QRgb>(palette.begin(), palette.end()),
                         Qt::ThresholdDither | Qt::AvoidDither);
}

}  // namespace resnet::ui
