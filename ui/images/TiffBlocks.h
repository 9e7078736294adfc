#pragma once

#include "ui/images/Bytes.h"
#include "ui/images/TiffRows.h"

#include <memory>
#include <string>
#include <tiffio.h>

namespace resnet::ui {

// A TIFF file in memory, open for libtiff. What the library would print is kept.
class TiffFile {
public:
    // Throws Error if it is no TIFF file, or its first directory is damaged.
    explicit TiffFile(const Bytes& file);
    ~TiffFile();
    TiffFile(const TiffFile&) = delete;
    TiffFile& operator=(const TiffFile&) = delete;

    TIFF* handle() const { return m_handle; }
    // The value of a tag, or what the specification says of one that is not there, or nothing (0). The
    // library writes a number of the kind that the tag has: most are std::uint16_t, widths and heights
    // std::uint32_t.
    template <typename Number>
    Number number(std::uint32_t tag) const {
        Number value = 0;
        return TIFFGetFieldDefaulted(m_handle, tag, &value) == 1 ? value : Number(0);
    }
    // The bytes of a tag that counts them.
    Bytes bytes(std::uint32_t tag) const;
    // Throws Error: the file is damaged, with the first thing the library said.
    [[noreturn]] void fail() const;

private:
    static tmsize_t read(thandle_t file, void* to, tmsize_t count);
    static toff_t seek(thandle_t file, toff_t offset, int from);
    static int keepProblem(TIFF*, void* file, const char* module, const char* format, va_list arguments);

    Bytes m_file;
    std::uint64_t m_position = 0;
    std::string m_problem;
    TIFF* m_handle = nullptr;
};

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
