#include "ui/images/Exif.h"

using namespace std::string_view_literals;

namespace resnet::ui {

namespace {

// TIFF 6.0, section 2: tag, type, count and value of an entry of a directory.
constexpr int entrySize = 12;
constexpr int orientationTag = 0x0112;
constexpr int typeByte = 1;
constexpr int typeShort = 3;
constexpr int typeLong = 4;

constexpr const char* pointsOutside = "its EXIF block is damaged and left out: it points outside itself";

}  // namespace

Orientation exifOrientation(const Bytes& block, std::vector<std::string>& notes) {
    const Bytes tiff = block.startsWith("Exif\0\0"sv) ? block.from(6) : block;
    const bool isLittle = tiff.startsWith("II*\0"sv);
    if (!isLittle && !tiff.startsWith("MM\0*"sv)) {
        notes.push_back("its EXIF block is damaged and left out: it does not begin as one");
        return 0;
    }
    const auto number = [&](std::uint64_t position, int bytes) {
        return isLittle ? tiff.little(position, bytes) : tiff.big(position, bytes);
    };
    const std::uint64_t directory = number(4, 4);
    const std::uint64_t count = number(directory, 2);
    if (!tiff.has(4, 4) || !tiff.has(directory, 2 + count * entrySize)) {
        notes.push_back(pointsOutside);
        return 0;
    }
    for (std::uint64_t entry = directory + 2; entry < directory + 2 + count * entrySize; entry += entrySize) {
        if (number(entry, 2) != orientationTag)
            continue;
        const std::uint32_t type = number(entry + 2, 2);
        const int bytes = type == typeByte ? 1 : type == typeShort ? 2 : type == typeLong ? 4 : 0;
        // What is longer than four bytes stands elsewhere.
        const bool isElsewhere = std::uint64_t(number(entry + 4, 4)) * std::uint64_t(bytes) > 4;
        const std::uint64_t value = isElsewhere ? number(entry + 8, 4) : entry + 8;
        if (!tiff.has(value, std::uint64_t(bytes))) {
            notes.push_back(pointsOutside);
            return 0;
        }
        const std::uint32_t orientation = number(value, bytes);
        if (bytes != 0 && orientation <= mostOrientation)
            return Orientation(orientation);
        notes.push_back("the orientation in its EXIF block is none of 1 to 8 and left out");
        return 0;
    }
    return 0;
}

}  // namespace resnet::ui
