#include "core/Error.h"
#include "ui/images/Decoders.h"
#include "ui/images/ImageBuilder.h"
#include "ui/images/TiffBlocks.h"

#include <algorithm>
#include <cstdio>

namespace resnet::ui {

namespace {

// Floats beyond 0 to 1 are cut where there are few.
constexpr std::uint64_t fewestOutside = 100;  // one of so many samples

[[noreturn]] void refuse(const std::string& what) {
    throw Error("a TIFF picture " + what + ", which is not read: save it as 8-bit RGB");
}

void refuseCameraRaw(const TiffFile& file, int photometric) {
    const void* version = nullptr;
    std::uint16_t count = 0;
    const void* offsets = nullptr;
    const bool isSmallCopy = file.number<std::uint32_t>(TIFFTAG_SUBFILETYPE) & FILETYPE_REDUCEDIMAGE;
    const bool holdsOthers = TIFFGetField(file.handle(), TIFFTAG_SUBIFD, &count, &offsets) == 1 && count > 0;
    if (photometric == PHOTOMETRIC_CFA || (isSmallCopy && holdsOthers) ||
        TIFFGetField(file.handle(), TIFFTAG_DNGVERSION, &version) == 1)
        throw Error(
            "this is a camera's raw picture (such as DNG or NEF), which is not read: develop it to JPEG or PNG");
}

SampleSpace spaceOf(int photometric) {
    switch (photometric) {
        case PHOTOMETRIC_MINISWHITE:
        case PHOTOMETRIC_MINISBLACK:
            return SampleSpace::Grey;
        case PHOTOMETRIC_RGB:
        case PHOTOMETRIC_PALETTE:
        case PHOTOMETRIC_YCBCR:
            return SampleSpace::Rgb;
        case PHOTOMETRIC_SEPARATED:
            return SampleSpace::Cmyk;
        case PHOTOMETRIC_CIELAB:
        case PHOTOMETRIC_ICCLAB:
            return SampleSpace::Lab;
        case PHOTOMETRIC_LOGL:
        case PHOTOMETRIC_LOGLUV:
            refuse("of logarithmic luminances (LogLuv)");
        case PHOTOMETRIC_ITULAB:
            refuse("in the ITU's Lab colours");
        case PHOTOMETRIC_MASK:
            refuse("that is a mask of transparency");
        default:
            refuse("of colours of kind " + std::to_string(photometric));
    }
}

// The library's own guess where it is not written.
int photometricOf(const TiffFile& file) {
    std::uint16_t written = 0;
    if (TIFFGetField(file.handle(), TIFFTAG_PHOTOMETRIC, &written) == 1)
        return written;
    return file.number<std::uint16_t>(TIFFTAG_SAMPLESPERPIXEL) < 3 ? PHOTOMETRIC_MINISBLACK : PHOTOMETRIC_RGB;
}

void takePalette(const TiffFile& file, TiffSamples& samples) {
    std::array<const std::uint16_t*, 3> map{};
    if (samples.bits > 16 || TIFFGetField(file.handle(), TIFFTAG_COLORMAP, &map[0], &map[1], &map[2]) != 1)
        throw Error("the TIFF picture is damaged: its palette is missing");
    const std::size_t size = std::size_t(1) << samples.bits;
    // Old programs wrote 8 bits where 16 are meant.
    const bool isSmall = std::all_of(map.begin(), map.end(), [&](const std::uint16_t* values) {
        return std::all_of(values, values + size, [](int value) { return value < 256; });
    });
    for (std::size_t c = 0; c < 3; ++c)
        for (std::size_t i = 0; i < size; ++i)
            samples.palette[c].push_back(std::uint8_t(isSmall ? map[c][i] : (map[c][i] + 128) / 257));
}

void takeAlpha(const TiffFile& file, TiffSamples& samples, std::vector<std::string>& notes) {
    std::uint16_t count = 0;
    const std::uint16_t* kinds = nullptr;
    const int colors = samples.palette[0].empty() ? samples.format().channels() : 1;
    TIFFGetFieldDefaulted(file.handle(), TIFFTAG_EXTRASAMPLES, &count, &kinds);
    if (samples.perPixel < colors)
        throw Error("the TIFF picture is damaged: a pixel has " + std::to_string(samples.perPixel) +
                    " samples, expected " + std::to_string(colors));
    for (int i = 0; i < count && samples.alpha < 0 && colors + i < samples.perPixel; ++i)
        if (kinds[i] == EXTRASAMPLE_ASSOCALPHA || kinds[i] == EXTRASAMPLE_UNASSALPHA) {
            samples.alpha = colors + i;
            samples.isPremultiplied = kinds[i] == EXTRASAMPLE_ASSOCALPHA && samples.space != SampleSpace::Lab;
        }
    const int left = samples.perPixel - colors - (samples.alpha < 0 ? 0 : 1);
    if (left > 0)
        notes.push_back(std::to_string(left) + (left == 1 ? " channel" : " channels") +
                        " beside the colours left out");
}

TiffSamples samplesOf(const TiffFile& file, int photometric, std::vector<std::string>& notes) {
    TiffSamples samples;
    samples.space = spaceOf(photometric);
    samples.bits = file.number<std::uint16_t>(TIFFTAG_BITSPERSAMPLE);
    samples.perPixel = file.number<std::uint16_t>(TIFFTAG_SAMPLESPERPIXEL);
    samples.isWhiteZero = photometric == PHOTOMETRIC_MINISWHITE;
    samples.isSignedLab = photometric == PHOTOMETRIC_CIELAB;
    const bool isLab = samples.space == SampleSpace::Lab;
    const int kind = file.number<std::uint16_t>(TIFFTAG_SAMPLEFORMAT);
    if (kind == SAMPLEFORMAT_IEEEFP)
        samples.kind = TiffSamples::Kind::Float;
    else if (kind == SAMPLEFORMAT_COMPLEXINT || kind == SAMPLEFORMAT_COMPLEXIEEEFP)
        refuse("of complex numbers");
    else if (kind == SAMPLEFORMAT_INT && !isLab)
        refuse("of signed numbers");
    const bool isFloat = samples.kind == TiffSamples::Kind::Float;
    const bool isReadable = isFloat ? samples.bits == 16 || samples.bits == 32 || samples.bits == 64
                            : isLab ? samples.bits == 8 || samples.bits == 16
                                    : samples.bits <= 16 || samples.bits == 32;
    if (!isReadable || samples.bits == 0 ||
        (isFloat && samples.space != SampleSpace::Grey && samples.space != SampleSpace::Rgb))
        refuse("with " + std::to_string(samples.bits) + "-bit " + (isFloat ? "floats" : "numbers") +
               " a sample");
    if (samples.space == SampleSpace::Cmyk && file.number<std::uint16_t>(TIFFTAG_INKSET) != INKSET_CMYK)
        refuse("of other inks than CMYK");
    if (photometric == PHOTOMETRIC_PALETTE)
        takePalette(file, samples);
    takeAlpha(file, samples, notes);
    return samples;
}

// Whether the library has to convert the pixels. Of JPEG it delivers RGB if it is told to; of others it must
// be asked another way, as their colours are of a lower resolution than their light.
bool needsConversion(const TiffFile& file, int photometric, int compression) {
    if (photometric != PHOTOMETRIC_YCBCR)
        return false;
    if (compression != COMPRESSION_JPEG)
        return true;
    TIFFSetField(file.handle(), TIFFTAG_JPEGCOLORMODE, JPEGCOLORMODE_RGB);
    return false;
}

void tellRange(const FloatRange& range, std::uint64_t samples, std::vector<std::string>& notes) {
    if (range.outside == 0)
        return;
    std::array<char, 64> values{};
    std::snprintf(values.data(), values.size(), "%.4g to %.4g", range.least, range.most);
    if (range.outside > samples / fewestOutside)
        throw Error("the TIFF picture has floats from " + std::string(values.data()) +
                    ", expected 0 (black) to 1 (white): scale them, or save it as 8-bit RGB");
    notes.push_back("its floats go from " + std::string(values.data()) + "; what is beyond 0 to 1 is cut");
}

void takeMetadata(const TiffFile& file, PictureMetadata& metadata) {
    metadata.orientation = file.number<std::uint16_t>(TIFFTAG_ORIENTATION);
    // Where the tag is missing, the library says 1.
    std::uint16_t written = 0;
    if (TIFFGetField(file.handle(), TIFFTAG_ORIENTATION, &written) != 1)
        metadata.orientation = 0;
    metadata.xmp = file.bytes(TIFFTAG_XMLPACKET).text();
    const Bytes profile = file.bytes(TIFFTAG_ICCPROFILE);
    metadata.profile.assign(profile.data(), profile.data() + profile.size());
    // The library would turn what it converts, in part.
    TIFFSetField(file.handle(), TIFFTAG_ORIENTATION, ORIENTATION_TOPLEFT);
    if (!TIFFLastDirectory(file.handle()))
        metadata.notes.push_back("a file of several pictures; the first is used");
}

}  // namespace

Image decodeTiff(const Bytes& bytes, PictureMetadata& metadata) {
    const TiffFile file(bytes);
    const auto width = file.number<std::uint32_t>(TIFFTAG_IMAGEWIDTH);
    const auto height = file.number<std::uint32_t>(TIFFTAG_IMAGELENGTH);
    const int photometric = photometricOf(file);
    const int compression = file.number<std::uint16_t>(TIFFTAG_COMPRESSION);
    refuseCameraRaw(file, photometric);
    requireOpenableSize(width, height);
    if (!TIFFIsCODECConfigured(std::uint16_t(compression)))
        refuse("packed by method " + std::to_string(compression));
    takeMetadata(file, metadata);
    const bool isConverted = needsConversion(file, photometric, compression);
    TiffBlocks blocks(file, width, height, samplesOf(file, photometric, metadata.notes), isConverted);
    const RowFormat format = blocks.samples().format();
    ImageBuilder builder(int(width), int(height), format, metadata.profile, metadata.notes);
    for (std::uint32_t y = 0; y < height; ++y)
        blocks.readRow(y, builder.nextRow());
    tellRange(blocks.range(), std::uint64_t(width) * height * std::uint64_t(format.channels()),
              metadata.notes);
    return builder.take();
}

}  // namespace resnet::ui
