#include "ui/images/PictureFormat.h"

#include <algorithm>
#include <array>

using namespace std::string_view_literals;

namespace resnet::ui {

namespace {

// A text may begin with "BM" too. The size of the second header tells the versions of the format apart.
bool isBmp(const Bytes& file) {
    constexpr std::array headerSizes{12u, 16u, 40u, 52u, 56u, 64u, 108u, 124u};
    return file.startsWith("BM") &&
           std::find(headerSizes.begin(), headerSizes.end(), file.little(14, 4)) != headerSizes.end();
}

// The second half tells the classic format from BigTIFF, which libtiff reads too.
bool isTiff(const Bytes& file) {
    return file.startsWith("II*\0"sv) || file.startsWith("MM\0*"sv) || file.startsWith("II+\0"sv) ||
           file.startsWith("MM\0+"sv);
}

}  // namespace

PictureFormat pictureFormatOf(const Bytes& file) {
    constexpr int jpegLossless = 0xF7;  // JPEG-LS, which libjpeg does not read
    if (file.startsWith("\x89PNG\r\n\x1a\n"))
        return PictureFormat::Png;
    if (file.startsWith("\xFF\xD8\xFF") && file.at(3) != jpegLossless)
        return PictureFormat::Jpeg;
    if (file.startsWith("GIF87a") || file.startsWith("GIF89a"))
        return PictureFormat::Gif;
    if (file.startsWith("RIFF") && file.part(8, 4).startsWith("WEBP"))
        return PictureFormat::WebP;
    // Canon's raw files only look like TIFF.
    if (isTiff(file) && !file.from(8).startsWith("CR\2"))
        return PictureFormat::Tiff;
    return isBmp(file) ? PictureFormat::Bmp : PictureFormat::Unknown;
}

const char* name(PictureFormat format) {
    switch (format) {
        case PictureFormat::Png:
            return "PNG";
        case PictureFormat::Jpeg:
            return "JPEG";
        case PictureFormat::Bmp:
            return "BMP";
        case PictureFormat::Gif:
            return "GIF";
        case PictureFormat::WebP:
            return "WebP";
        case PictureFormat::Tiff:
            return "TIFF";
        case PictureFormat::Unknown:
            break;
    }
    return "unknown";
}

}  // namespace resnet::ui
