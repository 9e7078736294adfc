#include "ui/images/QtDecoder.h"

#include "core/Error.h"
#include "ui/images/ImageBuilder.h"
#include "ui/images/PictureChecks.h"

#include <QBuffer>
#include <QImageReader>

#include <cstring>
#include <mutex>

namespace resnet::ui {

namespace {

constexpr int mostMegabytes = 1 << 10;

// Screenshots may say that they have alpha, and leave it empty.
bool isInvisible(const QImage& image) {
    for (int y = 0; y < image.height(); ++y) {
        const auto* row = reinterpret_cast<const QRgb*>(image.constScanLine(y));
        for (int x = 0; x < image.width(); ++x)
            if (qAlpha(row[x]) != 0)
                return false;
    }
    return true;
}

// Refuses what is too large, and scales down by a whole number what is large.
void limitSize(QImageReader& reader, std::vector<std::string>& notes) {
    // The height of a bitmap is negative if its first row comes first.
    const QSize size(reader.size().width(), std::abs(reader.size().height()));
    if (size.isEmpty())
        throw Error("the picture's header is damaged or says that it has no pixels");
    const auto width = std::uint64_t(size.width());
    const auto height = std::uint64_t(size.height());
    requireOpenableSize(width, height, width * height * sizeof(QRgb));
    const int divisor = divisorOf(width, height);
    if (divisor == 1)
        return;
    reader.setScaledSize({std::max(1, size.width() / divisor), std::max(1, size.height() / divisor)});
    notes.push_back(std::to_string(width) + " x " + std::to_string(height) +
                    " pixels are a lot: decoded at 1/" + std::to_string(divisor) + " of the size");
}

}  // namespace

Image decodeWithQt(PictureFormat format, const Bytes& file, PictureMetadata& metadata) {
    static std::once_flag once;
    std::call_once(once, [] { QImageReader::setAllocationLimit(mostMegabytes); });
    const QByteArray formatName = QByteArray(name(format)).toLower();
    if (!QImageReader::supportedImageFormats().contains(formatName))
        throw Error(std::string("this system's Qt cannot read ") + name(format) +
                    " pictures (Debian: qt6-image-formats-plugins)");
    const QByteArray bytes =
        QByteArray::fromRawData(reinterpret_cast<const char*>(file.data()), qsizetype(file.size()));
    QBuffer buffer;
    buffer.setData(bytes);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer, formatName);
    reader.setAutoDetectImageFormat(false);
    limitSize(reader, metadata.notes);
    QImage decoded;
    // A reader that fails may leave half an image behind.
    if (!reader.read(&decoded) || decoded.isNull())
        throw Error(std::string("the ") + name(format) + " picture is damaged or cut short");
    if (isCutShort(format, file))
        metadata.notes.push_back("the file is cut short; what is missing is filled up");
    if (format == PictureFormat::Bmp && decoded.format() == QImage::Format_ARGB32 && isInvisible(decoded))
        decoded.reinterpretAsFormat(QImage::Format_RGB32);
    return toImage(decoded, metadata);
}

Image toImage(const QImage& decoded, PictureMetadata& metadata) {
    RowFormat format{SampleSpace::Rgb, decoded.hasAlphaChannel()};
    if (!format.hasAlpha && decoded.isGrayscale() && decoded.depth() == 8)
        format.space = SampleSpace::Grey;
    const QImage source =
        decoded.convertToFormat(format.hasAlpha                     ? QImage::Format_RGBA8888
                                : format.space == SampleSpace::Grey ? QImage::Format_Grayscale8
                                                                    : QImage::Format_RGB888);
    if (source.isNull())
        throw std::bad_alloc();
    ImageBuilder builder(source.width(), source.height(), format, metadata.profile, metadata.notes);
    for (int y = 0; y < source.height(); ++y)
        std::memcpy(builder.nextRow(), source.constScanLine(y),
                    std::size_t(source.width()) * format.pixelBytes());
    return builder.take();
}

}  // namespace resnet::ui
