#include "ui/images/PictureMetadata.h"

#include <algorithm>
#include <array>

using namespace std::string_view_literals;

namespace resnet::ui {

namespace {

constexpr auto xmpOfJpeg = "http://ns.adobe.com/xap/1.0/\0"sv;

void append(std::vector<std::uint8_t>& to, const Bytes& bytes) {
    to.insert(to.end(), bytes.data(), bytes.data() + bytes.size());
}

void takeProfile(PictureMetadata& metadata, const Bytes& profile) {
    if (profile.size() > largestMetadata)
        metadata.notes.push_back("its colour profile is over 16 MiB and left out");
    else
        metadata.profile.assign(profile.data(), profile.data() + profile.size());
}

void takeXmp(PictureMetadata& metadata, const Bytes& packet) {
    if (metadata.xmp.empty() && packet.size() <= largestMetadata)
        metadata.xmp = packet.text();
}

void takeExif(PictureMetadata& metadata, const Bytes& block) {
    if (metadata.orientation == 0)
        metadata.orientation = exifOrientation(block, metadata.notes);
}

// ICC.1:2010, annex B.4: a profile is spread over segments that say which of how many they are.
void takeProfileParts(PictureMetadata& metadata, const std::array<Bytes, 256>& parts, int count) {
    if (count == 0)
        return;
    for (int i = 1; i <= count; ++i) {
        if (parts[std::size_t(i)].size() == 0) {
            metadata.notes.push_back("its colour profile is incomplete and left out");
            metadata.profile.clear();
            return;
        }
        append(metadata.profile, parts[std::size_t(i)]);
    }
}

void takeGifExtension(PictureMetadata& metadata, const Bytes& file, std::uint64_t blocks) {
    const Bytes identifier = file.part(blocks, 12);
    const std::uint64_t begin = blocks + 12;
    const std::uint64_t end = afterGifBlocks(file, begin);
    if (identifier.startsWith("\x0bICCRGBG1012"sv)) {
        std::vector<std::uint8_t> profile;
        for (std::uint64_t i = begin; file.at(i) > 0; i += 1 + std::uint64_t(file.at(i)))
            append(profile, file.part(i + 1, std::uint64_t(file.at(i))));
        takeProfile(metadata, Bytes(profile));
    } else if (identifier.startsWith("\x0bXMP DataXMP"sv)) {
        // XMP specification, part 3: the packet is no chain of blocks; 258 bytes behind it lead out of it.
        constexpr std::uint64_t trailer = 258;
        takeXmp(metadata, file.part(begin, end - begin > trailer ? end - begin - trailer : 0));
    }
}

}  // namespace

// ITU T.81, annex B: segments with lengths, until the coded data.
PictureMetadata jpegMetadata(const Bytes& file) {
    constexpr int startOfScan = 0xDA;
    PictureMetadata metadata;
    std::array<Bytes, 256> parts;
    int partCount = 0;
    for (std::uint64_t i = 2; file.has(i, 4) && file.at(i) == 0xFF && file.at(i + 1) != startOfScan;) {
        if (file.at(i + 1) == 0xFF) {
            ++i;
            continue;
        }
        const std::uint64_t length = std::max(2u, file.big(i + 2, 2));
        const Bytes body = file.part(i + 4, length - 2);
        if (file.at(i + 1) == 0xE1 && body.startsWith("Exif\0"sv))
            takeExif(metadata, body);
        else if (file.at(i + 1) == 0xE1 && body.startsWith(xmpOfJpeg))
            takeXmp(metadata, body.from(xmpOfJpeg.size()));
        else if (file.at(i + 1) == 0xE2 && body.startsWith("ICC_PROFILE\0"sv) && body.size() > 14) {
            parts[std::size_t(body.at(12))] = body.from(14);
            partCount = body.at(13);
        }
        i += 2 + length;
    }
    takeProfileParts(metadata, parts, partCount);
    return metadata;
}

// WebP container specification: a RIFF file of chunks, each padded to an even length.
PictureMetadata webpMetadata(const Bytes& file) {
    PictureMetadata metadata;
    int frames = 0;
    for (std::uint64_t i = 12; file.has(i, 8);) {
        const std::uint64_t length = file.little(i + 4, 4);
        const Bytes type = file.part(i, 4);
        const Bytes body = file.part(i + 8, length);
        if (type.startsWith("EXIF"))
            takeExif(metadata, body);
        else if (type.startsWith("XMP "))
            takeXmp(metadata, body);
        else if (type.startsWith("ICCP"))
            takeProfile(metadata, body);
        else if (type.startsWith("ANMF"))
            ++frames;
        i += 8 + length + length % 2;
    }
    metadata.isAnimation = frames > 1;
    return metadata;
}

// GIF89a specification, section 18 on: header, colour table, extensions (21), images (2C), end (3B).
PictureMetadata gifMetadata(const Bytes& file) {
    const auto tableSize = [&](std::uint64_t flags) {
        return std::uint64_t(file.at(flags) & 0x80 && file.has(flags) ? 3 << ((file.at(flags) & 7) + 1) : 0);
    };
    PictureMetadata metadata;
    int images = 0;
    for (std::uint64_t i = 13 + tableSize(10); file.has(i, 3);) {
        if (file.at(i) == 0x2C) {
            ++images;
            i = afterGifBlocks(file, i + 11 + tableSize(i + 9));
        } else if (file.at(i) == 0x21) {
            if (file.at(i + 1) == 0xFF)
                takeGifExtension(metadata, file, i + 2);
            i = afterGifBlocks(file, i + 2);
        } else {
            break;
        }
    }
    metadata.isAnimation = images > 1;
    return metadata;
}

// The header of Windows 98 and later: a profile may lie behind the pixels.
PictureMetadata bmpMetadata(const Bytes& file) {
    constexpr std::uint64_t header = 14;
    constexpr std::uint32_t embedded = 0x4D424544;  // 'MBED'
    PictureMetadata metadata;
    if (file.little(header, 4) < 124 || file.little(header + 56, 4) != embedded)
        return metadata;
    const std::uint64_t begin = header + file.little(header + 112, 4);
    const std::uint64_t size = file.little(header + 116, 4);
    if (file.has(begin, size))
        takeProfile(metadata, file.part(begin, size));
    else
        metadata.notes.push_back("its colour profile lies outside the file and is left out");
    return metadata;
}

}  // namespace resnet::ui
