#pragma once

#include "ui/images/TiffFile.h"
#include "ui/images/TiffRows.h"

#include <memory>

namespace resnet::ui {

// The pixels of a TIFF picture, a band at a time: the tiles beside each other, or a strip.
class TiffBlocks {
public:
    // With `convert` the library turns the pixels into RGB of 8 bits. Throws Error if a band needs more than
    // 1 GiB, or the file contradicts itself.
    TiffBlocks(const TiffFile& file, std::uint32_t width, std::uint32_t height, const TiffSamples& samples,
               bool convert);

    // Rows of the picture, from the top, in the format of samples().
    const TiffSamples& samples() const { return m_samples; }
    void readRow(std::uint32_t y, std::uint8_t* row);

    const FloatRange& range() const { return m_range; }

private:
    void measure();
    void readBand(std::uint32_t y);
    void readBlock(std::uint32_t x, std::uint32_t y, std::uint16_t plane, std::uint8_t* to) const;
    void convertBlock(std::uint32_t x, std::uint32_t y, std::uint8_t* to) const;
    std::uint8_t* block(std::uint32_t column, std::uint16_t plane) const;

    const TiffFile& m_file;
    std::uint32_t m_width;
    std::uint32_t m_height;
    TiffSamples m_samples;
    bool m_isConverted;
    bool m_isTiled;
    std::uint32_t m_blockWidth;
    std::uint32_t m_blockHeight;
    std::uint32_t m_across;
    std::uint16_t m_planes;
    std::uint64_t m_rowBytes = 0;    // of a row in a block
    std::uint64_t m_blockBytes = 0;  // of a block
    std::unique_ptr<std::uint8_t[]> m_band;
    FloatRange m_range;
};

}  // namespace resnet::ui
