#include "ui/images/ForeignKinds.h"
#include "ui/images/PictureFormat.h"
#include "ui/images/PictureMetadata.h"

#include <libdeflate.h>
#include <vector>

using namespace resnet;
using namespace resnet::ui;

namespace {

// Makes the checksums right, so that what is in the chunks is looked at.
void seal(std::vector<std::uint8_t>& png) {
    for (std::uint64_t i = 8; Bytes(png).has(i, 12);) {
        const std::uint64_t length = Bytes(png).big(i, 4);
        if (!Bytes(png).has(i + 8, length + 4))
            return;
        const std::uint32_t checksum = ::libdeflate_crc32(0, png.data() + i + 4, std::size_t(length) + 4);
        for (int k = 0; k < 4; ++k)
            png[i + 8 + length + std::uint64_t(k)] = std::uint8_t(checksum >> (24 - 8 * k));
        i += 12 + length;
    }
}

}  // namespace

// EXIF, XMP and profiles in PNG, WebP, JPEG, GIF and BMP; by itself, an EXIF block and a file of an unknown
// kind.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, std::size_t size) {
    const Bytes file({bytes, size});
    switch (pictureFormatOf(file)) {
        case PictureFormat::Png: {
            std::vector<std::uint8_t> png(bytes, bytes + size);
            seal(png);
            pngMetadata(Bytes(png));
            break;
        }
        case PictureFormat::WebP:
            webpMetadata(file);
            break;
        case PictureFormat::Jpeg:
            jpegMetadata(file);
            break;
        case PictureFormat::Gif:
            gifMetadata(file);
            break;
        case PictureFormat::Bmp:
            bmpMetadata(file);
            break;
        case PictureFormat::Tiff: {
            std::vector<std::string> notes;
            const Orientation orientation = exifOrientation(file, notes);
            if (orientation < 0 || orientation > mostOrientation)
                __builtin_trap();
            break;
        }
        case PictureFormat::Unknown:
            if (refusalOf(file).empty())
                __builtin_trap();
    }
    return 0;
}
