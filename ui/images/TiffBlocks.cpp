#include "ui/images/TiffBlocks.h"

#include "core/Error.h"
#include "ui/images/ImageBuilder.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstring>

namespace resnet::ui {

namespace {

constexpr tmsize_t mostMemoryOfTiff = tmsize_t(1) << 30;

}  // namespace

TiffFile::TiffFile(const Bytes& file) : m_file(file) {
    TIFFOpenOptions* options = TIFFOpenOptionsAlloc();
    if (!options)
        throw std::bad_alloc();
    TIFFOpenOptionsSetMaxSingleMemAlloc(options, mostMemoryOfTiff);
    TIFFOpenOptionsSetErrorHandlerExtR(options, keepProblem, this);
    TIFFOpenOptionsSetWarningHandlerExtR(
        options, [](TIFF*, void*, const char*, const char*, va_list) { return 1; }, this);
    m_handle = TIFFClientOpenExt(
        "picture", "rm", this, read, [](thandle_t, void*, tmsize_t) { return tmsize_t(-1); }, seek,
        [](thandle_t) { return 0; },
        [](thandle_t self) { return toff_t(static_cast<TiffFile*>(self)->m_file.size()); },
        [](thandle_t, void**, toff_t*) { return 0; }, [](thandle_t, void*, toff_t) {}, options);
    TIFFOpenOptionsFree(options);
    if (!m_handle)
        fail();
}

TiffFile::~TiffFile() {
    TIFFClose(m_handle);
}

Bytes TiffFile::bytes(std::uint32_t tag) const {
    std::uint32_t count = 0;
    const void* data = nullptr;
    if (TIFFGetField(m_handle, tag, &count, &data) != 1 || !data)
        return {};
    return Bytes({static_cast<const std::uint8_t*>(data), count});
}

void TiffFile::fail() const {
    throw Error("the TIFF picture is damaged or cut short" +
                (m_problem.empty() ? "" : " (" + m_problem + ")"));
}

tmsize_t TiffFile::read(thandle_t file, void* to, tmsize_t count) {
    TiffFile& self = *static_cast<TiffFile*>(file);
    const Bytes part = self.m_file.part(self.m_position, std::uint64_t(std::max<tmsize_t>(0, count)));
    if (part.size() > 0)
        std::memcpy(to, part.data(), part.size());
    self.m_position += part.size();
    return tmsize_t(part.size());
}

toff_t TiffFile::seek(thandle_t file, toff_t offset, int from) {
    TiffFile& self = *static_cast<TiffFile*>(file);
    self.m_position = offset + (from == SEEK_CUR   ? self.m_position
                                : from == SEEK_END ? self.m_file.size()
                                                   : 0);
    return self.m_position;
}

int TiffFile::keepProblem(TIFF*, void* file, const char*, const char* format, va_list arguments) {
    std::string& problem = static_cast<TiffFile*>(file)->m_problem;
    if (!problem.empty())
        return 1;
    std::array<char, 200> text{};
    std::vsnprintf(text.data(), text.size(), format, arguments);
    problem = text.data();
    // It may quote the file.
    std::erase_if(problem, [](char letter) { return letter < ' ' || letter > '~'; });
    return 1;
}

TiffBlocks::TiffBlocks(const TiffFile& file, std::uint32_t width, std::uint32_t height,
                       const TiffSamples& samples, bool convert)
    : m_file(file),
      m_width(width),
      m_height(height),
      m_samples(samples),
      m_isConverted(convert),
      m_isTiled(TIFFIsTiled(file.handle())),
      m_blockWidth(m_isTiled ? file.number<std::uint32_t>(TIFFTAG_TILEWIDTH) : width),
      m_blockHeight(m_isTiled ? file.number<std::uint32_t>(TIFFTAG_TILELENGTH)
                              : std::min(height, file.number<std::uint32_t>(TIFFTAG_ROWSPERSTRIP))),
      m_across(m_blockWidth > 0 ? (width - 1) / m_blockWidth + 1 : 0),
      m_planes(file.number<std::uint16_t>(TIFFTAG_PLANARCONFIG) == PLANARCONFIG_SEPARATE && !convert
                   ? std::uint16_t(samples.perPixel)
                   : std::uint16_t(1)) {
    if (convert) {
        m_samples = {};
        m_samples.perPixel = 4;
    }
    measure();
    const std::uint64_t blocks = std::uint64_t(m_across) * m_planes;
    requireOpenableSize(width, height, m_blockBytes > 1ull << 40 ? m_blockBytes : m_blockBytes * blocks);
    m_band = std::make_unique_for_overwrite<std::uint8_t[]>(m_blockBytes * blocks);
}

void TiffBlocks::measure() {
    TIFF* tiff = m_file.handle();
    const std::uint64_t inPlane = m_planes == 1 ? std::uint64_t(m_samples.perPixel) : 1;
    const std::uint64_t neededRow = (m_blockWidth * inPlane * std::uint64_t(m_samples.bits) + 7) / 8;
    if (m_isConverted) {
        m_rowBytes = neededRow;
        m_blockBytes = m_rowBytes * m_blockHeight;
    } else {
        m_rowBytes = m_isTiled ? TIFFTileRowSize64(tiff) : TIFFScanlineSize64(tiff);
        m_blockBytes = m_isTiled ? TIFFTileSize64(tiff) : m_rowBytes * m_blockHeight;
    }
    if (m_blockWidth == 0 || m_blockHeight == 0 || m_rowBytes < neededRow ||
        m_blockBytes / m_blockHeight < m_rowBytes)
        throw Error("the TIFF picture is damaged: its tiles or strips have no size");
}

std::uint8_t* TiffBlocks::block(std::uint32_t column, std::uint16_t plane) const {
    return m_band.get() + (std::uint64_t(plane) * m_across + column) * m_blockBytes;
}

void TiffBlocks::readRow(std::uint32_t y, std::uint8_t* row) {
    const std::uint32_t inBand = y % m_blockHeight;
    if (inBand == 0)
        readBand(y);
    const std::size_t pixelBytes = m_samples.format().pixelBytes();
    std::vector<const std::uint8_t*> planes(m_planes);
    for (std::uint32_t column = 0; column < m_across; ++column) {
        for (std::uint16_t plane = 0; plane < m_planes; ++plane)
            planes[plane] = block(column, plane) + inBand * m_rowBytes;
        const std::uint32_t x = column * m_blockWidth;
        unpackTiffRow(m_samples, planes, int(std::min(m_blockWidth, m_width - x)), row + x * pixelBytes,
                      m_range);
    }
}

void TiffBlocks::readBand(std::uint32_t y) {
    for (std::uint16_t plane = 0; plane < m_planes; ++plane)
        for (std::uint32_t column = 0; column < m_across; ++column) {
            if (m_isConverted)
                convertBlock(column * m_blockWidth, y, block(column, plane));
            else
                readBlock(column * m_blockWidth, y, plane, block(column, plane));
        }
}

void TiffBlocks::readBlock(std::uint32_t x, std::uint32_t y, std::uint16_t plane, std::uint8_t* to) const {
    TIFF* tiff = m_file.handle();
    const auto size = tmsize_t(m_isTiled ? m_blockBytes : m_rowBytes * std::min(m_blockHeight, m_height - y));
    const tmsize_t got = m_isTiled
                             ? TIFFReadEncodedTile(tiff, TIFFComputeTile(tiff, x, y, 0, plane), to, size)
                             : TIFFReadEncodedStrip(tiff, TIFFComputeStrip(tiff, y, plane), to, size);
    if (got != size)
        m_file.fail();
}

// The library puts the lowest row first.
void TiffBlocks::convertBlock(std::uint32_t x, std::uint32_t y, std::uint8_t* to) const {
    TIFF* tiff = m_file.handle();
    const std::uint32_t rows = m_isTiled ? m_blockHeight : std::min(m_blockHeight, m_height - y);
    std::vector<std::uint32_t> pixels(std::size_t(m_blockWidth) * m_blockHeight);
    constexpr int stopOnError = 1;
    const int isRead = m_isTiled ? TIFFReadRGBATileExt(tiff, x, y, pixels.data(), stopOnError)
                                 : TIFFReadRGBAStripExt(tiff, y, pixels.data(), stopOnError);
    if (isRead != 1)
        m_file.fail();
    for (std::uint32_t row = 0; row < rows; ++row)
        for (std::uint32_t column = 0; column < m_blockWidth; ++column) {
            const std::uint32_t pixel = pixels[std::size_t(rows - 1 - row) * m_blockWidth + column];
            std::uint8_t* rgb = to + row * m_rowBytes + std::size_t(column) * 4;
            rgb[0] = std::uint8_t(TIFFGetR(pixel));
            rgb[1] = std::uint8_t(TIFFGetG(pixel));
            rgb[2] = std::uint8_t(TIFFGetB(pixel));
            rgb[3] = 255;
        }
}

}  // namespace resnet::ui
