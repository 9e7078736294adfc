#pragma once

#include "core/Error.h"
#include "ui/images/Bytes.h"
#include "ui/images/PictureReader.h"

#include <QBuffer>
#include <QImage>

#include <algorithm>
#include <array>
#include <functional>
#include <libdeflate.h>

// Small pictures, built byte by byte, so that a test can say what is in them and what is wrong with them.
namespace resnet::ui::tests {

using Rgb = std::array<int, 3>;

inline Rgb at(const Picture& picture, int y, int x) {
    const std::uint8_t* pixel = picture.image.pixel(y, x);
    return {pixel[0], pixel[1], pixel[2]};
}

inline bool isNear(const Rgb& a, const Rgb& b, int distance) {
    return std::abs(a[0] - b[0]) <= distance && std::abs(a[1] - b[1]) <= distance &&
           std::abs(a[2] - b[2]) <= distance;
}

inline Bytes bytesOf(const QByteArray& array) {
    return Bytes({reinterpret_cast<const std::uint8_t*>(array.constData()), std::size_t(array.size())});
}

inline PicturePtr read(const QByteArray& bytes) {
    return readPicture(bytes, QStringLiteral("picture"));
}

// What is said of bytes that cannot be read; empty if they can.
inline QString errorOf(const std::function<void()>& action) {
    try {
        action();
    } catch (const Error& error) {
        return QString::fromUtf8(error.what());
    }
    return {};
}
inline QString errorOf(const QByteArray& bytes) {
    return errorOf([&] { read(bytes); });
}

inline QByteArray encoded(const QImage& image, const char* format, int quality = 95) {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, format, quality);
    return bytes;
}

inline QByteArray big(quint32 value, int bytes) {
    QByteArray result;
    for (int i = bytes - 1; i >= 0; --i)
        result += char(value >> (8 * i));
    return result;
}
inline QByteArray little(quint64 value, int bytes) {
    QByteArray result;
    for (int i = 0; i < bytes; ++i)
        result += char(value >> (8 * i));
    return result;
}

// PNG specification, 5.3: length, type, data, checksum.
inline QByteArray pngChunk(const QByteArray& typeAndData) {
    const std::uint32_t checksum =
        ::libdeflate_crc32(0, typeAndData.constData(), std::size_t(typeAndData.size()));
    return big(quint32(typeAndData.size() - 4), 4) + typeAndData + big(checksum, 4);
}

// A whole PNG: the fields of its header behind the size, its chunks before the pixels, and its rows, each
// with the filter byte in front.
inline QByteArray png(int width, int height, int bits, int colorType, const QByteArray& chunks,
                      const QByteArray& rows) {
    const QByteArray header =
        "IHDR" + big(quint32(width), 4) + big(quint32(height), 4) + char(bits) + char(colorType);
    return QByteArray("\x89PNG\r\n\x1a\n") + pngChunk(header + QByteArray(3, '\0')) + chunks +
           pngChunk("IDAT" + qCompress(rows).mid(4)) + pngChunk("IEND");
}

// Behind the header.
inline QByteArray withPngChunk(QByteArray file, const QByteArray& typeAndData) {
    return file.insert(33, pngChunk(typeAndData));
}

// Behind the start of a JPEG.
inline QByteArray withJpegSegment(QByteArray file, int marker, const QByteArray& body) {
    return file.insert(2, QByteArray("\xFF") + char(marker) + big(quint32(body.size() + 2), 2) + body);
}

inline QByteArray riffChunk(const QByteArray& type, const QByteArray& body) {
    return type + little(quint64(body.size()), 4) + body + QByteArray(body.size() % 2, '\0');
}

// A simple WebP as an extended one, with chunks before and behind the pixels.
inline QByteArray extendedWebp(const QByteArray& simple, const QSize& size, int flags,
                               const QByteArray& before, const QByteArray& behind) {
    const QByteArray header = little(quint64(flags), 4) + little(quint64(size.width() - 1), 3) +
                              little(quint64(size.height() - 1), 3);
    const QByteArray body = "WEBP" + riffChunk("VP8X", header) + before + simple.mid(12) + behind;
    return "RIFF" + little(quint64(body.size()), 4) + body;
}

// An EXIF block of one entry.
inline QByteArray exif(int orientation, bool isLittle = false) {
    if (isLittle)
        return QByteArray("II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0", 18) + char(orientation) +
               QByteArray(7, '\0');
    return QByteArray("MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0", 19) + char(orientation) +
           QByteArray(6, '\0');
}

inline QByteArray xmp(int orientation) {
    return "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
           "<rdf:Description xmlns:tiff='http://ns.adobe.com/tiff/1.0/' tiff:Orientation='" +
           QByteArray::number(orientation) + "'/></rdf:RDF></x:xmpmeta>";
}

// A tag of a TIFF directory; values of type 1 (bytes), 3 (16 bits), 4 (32 bits) or 7 (any).
struct TiffTag {
    int tag;
    int type;
    QList<quint32> values;
};

// A TIFF file of one strip of pixels, as given: tags beside those of size, strip and samples; classic, in
// either byte order, or BigTIFF (in little endian).
class TiffBytes {
public:
    TiffBytes(int width, int height, int photometric, int bits, int samples, const QByteArray& pixels)
        : m_pixels(pixels) {
        set({256, 4, {quint32(width)}});
        set({257, 4, {quint32(height)}});
        set({258, 3, QList<quint32>(samples, quint32(bits))});
        set({259, 3, {1}});
        set({262, 3, {quint32(photometric)}});
        set({273, 4, {0}});
        set({277, 3, {quint32(samples)}});
        set({278, 4, {quint32(height)}});
        set({279, 4, {quint32(pixels.size())}});
    }
    TiffBytes& set(const TiffTag& tag) {
        m_tags.removeIf([&](const TiffTag& old) { return old.tag == tag.tag; });
        m_tags.append(tag);
        std::sort(m_tags.begin(), m_tags.end(), [](const auto& a, const auto& b) { return a.tag < b.tag; });
        return *this;
    }
    TiffBytes& set(int tag, const QByteArray& bytes) {
        QList<quint32> values;
        for (const char byte : bytes)
            values.append(quint8(byte));
        return set({tag, 7, values});
    }
    TiffBytes& bigEndian() {
        m_isBig = true;
        return *this;
    }
    TiffBytes& bigTiff() {
        m_isLong = true;
        return *this;
    }

    QByteArray bytes() const {
        const int word = m_isLong ? 8 : 4;
        const QByteArray start =
            m_isLong ? QByteArray("II+\0\x08\0\0\0", 8) : QByteArray(m_isBig ? "MM\0*" : "II*\0", 4);
        const quint64 first = quint64(start.size() + word);
        // Where the pixels stand: behind the header, and values that do not fit into their entry behind them.
        QByteArray data = m_pixels + QByteArray(m_pixels.size() % 2, '\0');
        QByteArray entries;
        for (const TiffTag& tag : m_tags) {
            QByteArray values;
            for (const quint32 value : tag.values)
                values += number(tag.tag == 273 ? value + first : value, sizeOf(tag.type));
            if (values.size() > word) {
                const quint64 position = first + quint64(data.size());
                data += values + QByteArray(values.size() % 2, '\0');
                values = number(position, word);
            }
            entries += number(quint64(tag.tag), 2) + number(quint64(tag.type), 2) +
                       number(quint64(tag.values.size()), word) + values.leftJustified(word, '\0');
        }
        return start + number(first + quint64(data.size()), word) + data +
               number(quint64(m_tags.size()), m_isLong ? 8 : 2) + entries + QByteArray(word, '\0');
    }

private:
    static int sizeOf(int type) { return type == 3 ? 2 : type == 4 ? 4 : 1; }
    QByteArray number(quint64 value, int bytes) const {
        return m_isBig ? big(quint32(value), bytes) : little(value, bytes);
    }

    QByteArray m_pixels;
    QList<TiffTag> m_tags;
    bool m_isBig = false;
    bool m_isLong = false;
};

}  // namespace resnet::ui::tests
