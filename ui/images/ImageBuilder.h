#pragma once

#include "core/image/Image.h"
#include "ui/images/ColorTransform.h"
#include "ui/images/Exif.h"

namespace resnet::ui {

// Turns rows into 8-bit sRGB over white. Any number of threads may convert at the same time.
class RowConverter {
public:
    // A profile that cannot be used is left out with a note; one that changes colours is told in a note.
    RowConverter(const RowFormat& format, const std::vector<std::uint8_t>& profile,
                 std::vector<std::string>& notes);

    void convert(const std::uint8_t* row, std::uint8_t* rgb, int width) const;

private:
    RowFormat m_format;
    std::unique_ptr<ColorTransform> m_transform;  // null: by the plain formulas
};

// Throws Error if a picture of this size is larger than what is opened (256 megapixels), or a decoder would
// need more than 1 GiB for `bytes` of it at once.
void requireOpenableSize(std::uint64_t width, std::uint64_t height, std::uint64_t bytes = 0);

// 1, or by what a picture over 64 megapixels is made smaller.
int divisorOf(std::uint64_t width, std::uint64_t height);

// Collects the rows that a decoder delivers, from the top, into a picture; colours are converted by several
// threads.
class ImageBuilder {
public:
    // A picture over 64 megapixels is averaged down, with a note; `notes` also takes what becomes of the
    // profile. Throws Error for a size that is not opened.
    ImageBuilder(int width, int height, const RowFormat& format, const std::vector<std::uint8_t>& profile,
                 std::vector<std::string>& notes);

    // Where the next row belongs. It must be there when the one after it, or the picture, is asked for.
    std::uint8_t* nextRow();
    Image take();

private:
    void flush();
    void average(int firstRow, std::uint8_t* rgb) const;

    int m_width;
    int m_height;
    RowConverter m_converter;
    int m_divisor;
    Image m_image;
    std::size_t m_rowBytes;
    int m_batchRows;
    int m_filled = 0;  // rows of the batch
    std::vector<std::uint8_t> m_batch;
};

// The picture turned upright. Throws nothing; an orientation that is none of 2 to 8 changes nothing.
Image upright(Image image, Orientation orientation);

}  // namespace resnet::ui
