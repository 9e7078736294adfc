#include "ui/exports/GifWriter.h"

#include "ui/exports/Palette.h"

#include <QRect>

#include <algorithm>
#include <cstdint>

namespace resnet::ui {

namespace {

constexpr int colorBits = 8;
constexpr int colorCount = 1 << colorBits;
constexpr char unchanged = char(colorCount - 1);

void append16(QByteArray& bytes, int value) {
    bytes.append(char(value & 0xFF)).append(char(value >> 8 & 0xFF));
}

// Codes of a growing width, lowest bit first, in blocks of at most 255 bytes.
class CodeStream {
public:
    explicit CodeStream(QByteArray& bytes) : m_bytes(bytes) {}

    void put(int code, int width) {
        m_bits |= std::uint32_t(code) << m_bitCount;
        for (m_bitCount += width; m_bitCount >= 8; m_bitCount -= 8, m_bits >>= 8)
            putByte(char(m_bits & 0xFF));
    }
    void end() {
        if (m_bitCount > 0)
            putByte(char(m_bits & 0xFF));
        endBlock();
        m_bytes.append('\0');
    }

private:
    void putByte(char byte) {
        m_block.append(byte);
        if (m_block.size() == 255)
            endBlock();
    }
    void endBlock() {
        if (!m_block.isEmpty())
            m_bytes.append(char(m_block.size())).append(m_block);
        m_block.clear();
    }

    QByteArray& m_bytes;
    QByteArray m_block;
    std::uint32_t m_bits = 0;
    int m_bitCount = 0;
};

// GIF's variant of LZW (Welch 1984): codes begin one bit wider than the colours and widen to 12 bits, then
// the dictionary begins anew.
class Compressor {
public:
    explicit Compressor(QByteArray& bytes) : m_stream(bytes), m_next(std::size_t(largestCode) * colorCount) {
        m_stream.put(clearCode, m_width);
    }

    void put(std::uint8_t index) {
        if (m_prefix < 0) {
            m_prefix = index;
            return;
        }
        std::uint16_t& longer = m_next[std::size_t(m_prefix) * colorCount + index];
        if (longer != 0) {
            m_prefix = longer;
            return;
        }
        m_stream.put(m_prefix, m_width);
        if (m_free < largestCode) {
            longer = std::uint16_t(m_free++);
            m_used.push_back(&longer);
            if (m_free > 1 << m_width)
                ++m_width;
        } else {
            m_stream.put(clearCode, m_width);
            for (std::uint16_t* code : m_used)
                *code = 0;
            m_used.clear();
            m_free = firstFree;
            m_width = colorBits + 1;
        }
        m_prefix = index;
    }
    void end() {
        m_stream.put(m_prefix, m_width);
        // The decoder's table, one entry behind ours until now, catches up with this code, which may widen
        // its codes.
        if (m_free == 1 << m_width && m_width < widest)
            ++m_width;
        m_stream.put(endCode, m_width);
        m_stream.end();
    }

private:
    static constexpr int widest = 12;
    static constexpr int largestCode = 1 << widest;
    static constexpr int clearCode = colorCount;
    static constexpr int endCode = colorCount + 1;
    static constexpr int firstFree = colorCount + 2;

    CodeStream m_stream;
    std::vector<std::uint16_t> m_next;  // [prefix x colour]: the code of both together; 0 for none
    std::vector<std::uint16_t*> m_used;
    int m_prefix = -1;
    int m_free = firstFree;
    int m_width = colorBits + 1;
};

// The smallest rectangle around all that differs; one pixel if nothing does.
QRect changedPart(const QImage& before, const QImage& after) {
    QRect changed;
    for (int y = 0; y < after.height(); ++y) {
        const uchar* left = before.constScanLine(y);
        const uchar* right = after.constScanLine(y);
        const auto first = std::mismatch(left, left + after.width(), right).first - left;
        if (first == after.width())
            continue;
        std::ptrdiff_t last = after.width() - 1;
        while (left[last] == right[last])
            --last;
        changed |= QRect(QPoint(int(first), y), QPoint(int(last), y));
    }
    return changed.isEmpty() ? QRect(0, 0, 1, 1) : changed;
}

}  // namespace

GifWriter::GifWriter(const QSize& size, std::vector<QRgb> palette)
    : m_size(size), m_palette(std::move(palette)) {
    constexpr int globalColors = 0x80 | (colorBits - 1) << 4 | (colorBits - 1);
    m_bytes = "GIF89a";
    append16(m_bytes, size.width());
    append16(m_bytes, size.height());
    m_bytes.append(char(globalColors)).append('\0').append('\0');
    for (std::size_t i = 0; i < colorCount; ++i) {
        const QRgb color = i < m_palette.size() ? m_palette[i] : 0;
        m_bytes.append(char(qRed(color))).append(char(qGreen(color))).append(char(qBlue(color)));
    }
    m_bytes += QByteArray("\x21\xFF\x0BNETSCAPE2.0\x03\x01\x00\x00\x00", 19);  // again and again
}

void GifWriter::add(const QImage& picture, int milliseconds) {
    constexpr char keepsAndHasUnchanged = 0x05;
    const QImage now = indexed(picture, m_palette);
    const bool isFirst = m_before.isNull();
    const QRect part = isFirst ? now.rect() : changedPart(m_before, now);
    m_bytes += QByteArray("\x21\xF9\x04", 3);
    m_bytes.append(isFirst ? '\x04' : keepsAndHasUnchanged);
    append16(m_bytes, (milliseconds + 5) / 10);
    m_bytes.append(unchanged).append('\0').append('\x2C');
    for (const int value : {part.left(), part.top(), part.width(), part.height()})
        append16(m_bytes, value);
    m_bytes.append('\0').append(char(colorBits));
    Compressor compressor(m_bytes);
    for (int y = part.top(); y <= part.bottom(); ++y) {
        const uchar* line = now.constScanLine(y);
        const uchar* before = isFirst ? nullptr : m_before.constScanLine(y);
        for (int x = part.left(); x <= part.right(); ++x)
            compressor.put(before && before[x] == line[x] ? std::uint8_t(unchanged) : line[x]);
    }
    compressor.end();
    m_before = now;
}

QByteArray GifWriter::finished() const {
    return m_bytes + ';';
}

}  // namespace resnet::ui
