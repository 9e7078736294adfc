#include "ui/images/PictureFormat.h"

#include <QtEndian>

namespace resnet::ui {

namespace {

// Picks bytes by position; beyond the end there is nothing.
class Bytes {
public:
    explicit Bytes(const QByteArray& bytes) : m_bytes(bytes) {}

    bool has(qsizetype position, qsizetype count = 1) const {
        return position >= 0 && count <= m_bytes.size() - position;
    }
    int at(qsizetype position) const { return has(position) ? quint8(m_bytes[position]) : -1; }
    // 0 where there is nothing.
    quint32 big16(qsizetype position) const {
        return has(position, 2) ? qFromBigEndian<quint16>(m_bytes.constData() + position) : 0;
    }
    template <typename Number>
    Number little(qsizetype position) const {
        return has(position, sizeof(Number)) ? qFromLittleEndian<Number>(m_bytes.constData() + position) : 0;
    }

private:
    const QByteArray& m_bytes;
};

// ITU T.81, annex B: segments with lengths, and after a start of scan (DA) coded data, in which FF is
// followed by 00 or a restart marker (D0 to D7). Complete once the end marker (D9) comes.
bool isJpegCut(const Bytes& bytes) {
    qsizetype i = 2;
    while (bytes.has(i, 2)) {
        if (bytes.at(i) != 0xFF) {
            ++i;
            continue;
        }
        const int marker = bytes.at(i + 1);
        if (marker == 0xD9)
            return false;
        const bool isBare = marker == 0x00 || marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8);
        if (marker == 0xFF)
            i += 1;
        else
            i += isBare ? 2 : 2 + std::max<qsizetype>(2, bytes.big16(i + 2));
    }
    return true;
}

// Position after a GIF's chain of data blocks, each a length and that many bytes, the last of length 0.
qsizetype afterBlocks(const Bytes& bytes, qsizetype i) {
    while (bytes.at(i) > 0)
        i += 1 + bytes.at(i);
    return i + 1;
}

// GIF89a specification, section 18 on: header, colour table, extensions (21), images (2C), end (3B).
bool isGifCut(const Bytes& bytes) {
    const auto tableSize = [&](qsizetype flags) {
        return bytes.at(flags) & 0x80 ? 3 << ((bytes.at(flags) & 7) + 1) : 0;
    };
    if (!bytes.has(0, 13))
        return true;
    qsizetype i = 13 + tableSize(10);
    while (bytes.at(i) == 0x21)
        i = afterBlocks(bytes, i + 2);
    if (bytes.at(i) != 0x2C || !bytes.has(i, 11))
        return true;
    const qsizetype end = afterBlocks(bytes, i + 11 + tableSize(i + 9));
    return !bytes.has(end - 1);
}

// Rows of an uncompressed bitmap are padded to 4 bytes.
bool isBmpCut(const Bytes& bytes) {
    const auto compression = bytes.little<quint32>(30);
    const bool isCoded = bytes.little<quint32>(14) >= 40 && (compression == 1 || compression == 2);
    if (isCoded || bytes.little<quint32>(14) < 40)
        return false;
    const qint64 width = bytes.little<qint32>(18);
    const qint64 height = std::abs(qint64(bytes.little<qint32>(22)));
    const qint64 rowBytes = (width * bytes.little<quint16>(28) + 31) / 32 * 4;
    return !bytes.has(qsizetype(bytes.little<quint32>(10)), qsizetype(rowBytes * height));
}

}  // namespace

PictureFormat pictureFormatOf(const QByteArray& bytes) {
    if (bytes.startsWith("\x89PNG\r\n\x1a\n"))
        return PictureFormat::Png;
    if (bytes.startsWith("\xFF\xD8\xFF"))
        return PictureFormat::Jpeg;
    if (bytes.startsWith("GIF87a") || bytes.startsWith("GIF89a"))
        return PictureFormat::Gif;
    if (bytes.startsWith("RIFF") && bytes.mid(8, 4) == "WEBP")
        return PictureFormat::WebP;
    if (bytes.startsWith(QByteArray("II*\0", 4)) || bytes.startsWith(QByteArray("MM\0*", 4)))
        return PictureFormat::Tiff;
    if (bytes.startsWith("BM"))
        return PictureFormat::Bmp;
    return PictureFormat::Unknown;
}

const char* name(PictureFormat format) {
    switch (format) {
        case PictureFormat::Png:
            return "PNG";
        case PictureFormat::Jpeg:
            return "JPEG";
        case PictureFormat::Bmp:
            return "BMP";
        case PictureFormat::Gif:
            return "GIF";
        case PictureFormat::WebP:
            return "WebP";
        case PictureFormat::Tiff:
            return "TIFF";
        case PictureFormat::Unknown:
            break;
    }
    return "unknown";
}

bool isCutShort(PictureFormat format, const QByteArray& bytes) {
    switch (format) {
        case PictureFormat::Jpeg:
            return isJpegCut(Bytes(bytes));
        case PictureFormat::Gif:
            return isGifCut(Bytes(bytes));
        case PictureFormat::Bmp:
            return isBmpCut(Bytes(bytes));
        default:
            return false;
    }
}

}  // namespace resnet::ui
