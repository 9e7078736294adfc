#pragma once

#include "ui/images/Exif.h"

#include <cstdint>
#include <string>
#include <vector>

namespace resnet::ui {

// What a picture's file says of it beside its pixels.
struct PictureMetadata {
    Orientation orientation = 0;        // of EXIF
    std::vector<std::uint8_t> profile;  // ICC; empty if there is none
    std::string xmp;                    // the XMP packet as it is in the file; empty if there is none
    bool isAnimation = false;
    std::vector<std::string> notes;  // what is damaged and left out, one line each
};

// A profile or a packet larger than this is left out.
constexpr std::uint64_t largestMetadata = 16u << 20;

// Each reads what stands in the containers of a format; the pixels are not looked at. Never throws Error.
PictureMetadata jpegMetadata(const Bytes& file);
PictureMetadata pngMetadata(const Bytes& file);
PictureMetadata webpMetadata(const Bytes& file);
PictureMetadata gifMetadata(const Bytes& file);
PictureMetadata bmpMetadata(const Bytes& file);

}  // namespace resnet::ui
