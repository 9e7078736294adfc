#include "ui/images/PictureChecks.h"

#include <cstdlib>
#include <libdeflate.h>

namespace resnet::ui {

namespace {

// GIF89a specification, section 18 on: header, colour table, extensions (21), images (2C), end (3B).
bool isGifCut(const Bytes& file) {
    const auto tableSize = [&](std::uint64_t flags) {
        return std::uint64_t(file.has(flags) && file.at(flags) & 0x80 ? 3 << ((file.at(flags) & 7) + 1) : 0);
    };
    if (!file.has(0, 13))
        return true;
    std::uint64_t i = 13 + tableSize(10);
    while (file.at(i) == 0x21)
        i = afterGifBlocks(file, i + 2);
    if (file.at(i) != 0x2C || !file.has(i, 11))
        return true;
    const std::uint64_t end = afterGifBlocks(file, i + 11 + tableSize(i + 9));
    return !file.has(end - 1);
}

// Rows of an uncompressed bitmap are padded to 4 bytes. A negative height: the first row comes first.
bool isBmpCut(const Bytes& file) {
    const std::uint32_t header = file.little(14, 4);
    const std::uint32_t compression = file.little(30, 4);
    const bool isCoded = header >= 40 && (compression == 1 || compression == 2);
    if (isCoded || header < 40)
        return false;
    const auto width = std::uint64_t(std::abs(std::int64_t(std::int32_t(file.little(18, 4)))));
    const auto height = std::uint64_t(std::abs(std::int64_t(std::int32_t(file.little(22, 4)))));
    const std::uint64_t rowBytes = (width * file.little(28, 2) + 31) / 32 * 4;
    return !file.has(file.little(10, 4), rowBytes * height);
}

}  // namespace

std::string pngDamage(const Bytes& png) {
    std::uint64_t i = 8;
    if (png.has(i, 16) && (png.big(i + 8, 4) == 0 || png.big(i + 12, 4) == 0))
        return "the picture's header says that it has no pixels";
    while (png.has(i, 12)) {
        const std::uint64_t length = png.big(i, 4);
        if (!png.has(i + 8, length + 4))
            break;
        const std::string_view type = png.part(i + 4, 4).text();
        // Decoders go on without a damaged optional chunk, whose name begins with a small letter.
        if (type[0] < 'a' &&
            ::libdeflate_crc32(0, png.data() + i + 4, std::size_t(length) + 4) != png.big(i + 8 + length, 4))
            return "the PNG picture is damaged: the checksum of its " + std::string(type) + " chunk is wrong";
        if (type == "IEND")
            return {};
        i += 12 + length;
    }
    return "the PNG picture is cut short";
}

bool isCutShort(PictureFormat format, const Bytes& file) {
    return (format == PictureFormat::Gif && isGifCut(file)) ||
           (format == PictureFormat::Bmp && isBmpCut(file));
}

}  // namespace resnet::ui
