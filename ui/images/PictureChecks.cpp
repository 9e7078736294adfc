#include "ui/images/PictureChecks.h"

#include "core/files/Crc32.h"

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
    quint32 big32(qsizetype position) const {
        return has(position, 4) ? qFromBigEndian<quint32>(m_bytes.constData() + position) : 0;
    }
    quint32 big16(qsizetype position) const {
        return has(position, 2) ? qFromBigEndian<quint16>(m_bytes.constData() + position) : 0;
    }
    template <typename Number>
    Number little(qsizetype position) const {
        return has(position, sizeof(Number)) ? qFromLittleEndian<Number>(m_bytes.constData() + position) : 0;
    }

    const char* data(qsizetype position) const { return m_bytes.constData() + position; }

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

QString pngDamage(const QByteArray& png) {
    const Bytes bytes(png);
    qsizetype i = 8;
    if (bytes.has(i, 16) && (bytes.big32(i + 8) == 0 || bytes.big32(i + 12) == 0))
        return QStringLiteral("the picture's header says that it has no pixels");
    while (bytes.has(i, 12)) {
        const qsizetype length = bytes.big32(i);
        if (!bytes.has(i + 8, length + 4))
            break;
        const QByteArray type(bytes.data(i + 4), 4);
        // Decoders go on without a damaged optional chunk, whose name begins with a small letter.
        if (type[0] < 'a' &&
            crc32(0, bytes.data(i + 4), std::size_t(length) + 4) != bytes.big32(i + 8 + length))
            return QStringLiteral("the PNG picture is damaged: the checksum of its %1 chunk is wrong")
                .arg(QString::fromLatin1(type));
        if (type == "IEND")
            return {};
        i += 12 + length;
    }
    return QStringLiteral("the PNG picture is cut short");
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
