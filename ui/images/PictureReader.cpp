#include "ui/images/PictureReader.h"

#include "core/Error.h"
#include "core/files/FileBytes.h"
#include "ui/images/PictureChecks.h"

#include <QBuffer>
#include <QFile>
#include <QFileInfo>
#include <QImageReader>

#include <tbb/parallel_for.h>

#include <cmath>
#include <mutex>

namespace resnet::ui {

namespace {

constexpr std::uint64_t largestFile = 512ull << 20;
constexpr qint64 mostPixels = 256ll << 20;
// Scaled decoding is not what Pillow does, so ordinary photographs are decoded whole.
constexpr qint64 mostWholePixels = 64ll << 20;
constexpr qint64 mostDecodedBytes = 1ll << 30;

[[noreturn]] void fail(const QString& name, const QString& problem) {
    throw Error(name.toStdString() + ": " + problem.toStdString());
}

QString sizeText(QSize size) {
    return QStringLiteral("%1 x %2").arg(size.width()).arg(size.height());
}

// Alpha over white, in the 8 bits that were stored.
void compositeRow(const uchar* rgba, std::uint8_t* rgb, int width) {
    for (int x = 0; x < width; ++x, rgba += 4, rgb += 3)
        for (int c = 0; c < 3; ++c)
            rgb[c] = std::uint8_t((rgba[c] * rgba[3] + 255 * (255 - rgba[3]) + 127) / 255);
}

Image toImage(const QImage& decoded) {
    const bool hasAlpha = decoded.hasAlphaChannel();
    const QImage source = decoded.convertToFormat(hasAlpha ? QImage::Format_RGBA8888 : QImage::Format_RGB888);
    if (source.isNull())
        throw std::bad_alloc();
    Image image{source.width(), source.height(), {}};
    const std::size_t rowBytes = std::size_t(image.width) * 3;
    image.rgb.resize(rowBytes * std::size_t(image.height));
    tbb::parallel_for(0, image.height, [&](int y) {
        std::uint8_t* row = image.rgb.data() + std::size_t(y) * rowBytes;
        if (hasAlpha)
            compositeRow(source.constScanLine(y), row, image.width);
        else
            std::copy_n(source.constScanLine(y), rowBytes, row);
    });
    return image;
}

void requireDecoder(PictureFormat format, const QString& name) {
    if (format == PictureFormat::Unknown)
        fail(name,
             QStringLiteral("expected a PNG, JPEG, BMP, GIF, WebP or TIFF picture, found something else"));
    if (!QImageReader::supportedImageFormats().contains(QByteArray(ui::name(format)).toLower()))
        fail(name,
             QStringLiteral("this system's Qt cannot read %1 pictures (Debian: qt6-image-formats-plugins)")
                 .arg(QLatin1String(ui::name(format))));
}

// Refuses what is too large, and scales down by a whole number what is large.
void limitSize(QImageReader& reader, const QString& name, QStringList& notes) {
    const QSize size = reader.size();
    if (size.isEmpty())
        fail(name, QStringLiteral("the picture's header is damaged or says that it has no pixels"));
    const qint64 pixels = qint64(size.width()) * size.height();
    const int depth = std::max(32, int(QImage::toPixelFormat(reader.imageFormat()).bitsPerPixel()));
    if (pixels > mostPixels || pixels * depth / 8 > mostDecodedBytes)
        fail(name, QStringLiteral("%1 pixels are more than the 256 megapixels that can be opened")
                       .arg(sizeText(size)));
    if (pixels <= mostWholePixels)
        return;
    const int divisor = int(std::ceil(std::sqrt(double(pixels) / double(mostWholePixels))));
    reader.setScaledSize({std::max(1, size.width() / divisor), std::max(1, size.height() / divisor)});
    notes.append(
        QStringLiteral("%1 pixels are a lot: decoded at 1/%2 of the size").arg(sizeText(size)).arg(divisor));
}

QImage decode(const QByteArray& bytes, const QString& name, QStringList& notes) {
    static std::once_flag once;
    std::call_once(once, [] { QImageReader::setAllocationLimit(int(mostDecodedBytes >> 20)); });
    const PictureFormat format = pictureFormatOf(bytes);
    requireDecoder(format, name);
    if (const QString damage = format == PictureFormat::Png ? pngDamage(bytes) : QString(); !damage.isEmpty())
        fail(name, damage);
    QBuffer buffer;
    buffer.setData(bytes);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer, QByteArray(ui::name(format)).toLower());
    reader.setAutoDetectImageFormat(false);
    reader.setAutoTransform(true);
    limitSize(reader, name, notes);
    // A page count would make the TIFF decoder lose its place.
    if (format != PictureFormat::Tiff && reader.imageCount() > 1)
        notes.append(QStringLiteral("an animation; its first frame is used"));
    QImage decoded;
    // A reader that fails may leave half an image behind.
    if (!reader.read(&decoded) || decoded.isNull())
        fail(name,
             QStringLiteral("the %1 picture is damaged or cut short").arg(QLatin1String(ui::name(format))));
    if (isCutShort(format, bytes))
        notes.append(QStringLiteral("the file is cut short; what is missing is filled up"));
    return decoded;
}

QString describedPath(const QString& path) {
    // The command line replaces bytes that are not UTF-8.
    return path.contains(QChar::ReplacementCharacter) && !QFileInfo::exists(path)
               ? path + QStringLiteral(" (the name is not UTF-8)")
               : path;
}

}  // namespace

PicturePtr readPicture(const QString& path, const QString& title, const Caption& caption) {
    auto picture = std::make_shared<Picture>();
    picture->path = path;
    picture->name = title.isEmpty() ? QFileInfo(path).fileName() : title;
    picture->caption = caption;
    if (path.isEmpty())
        throw Error("the name of the picture is empty");
    const QString described = describedPath(path);
    if (described != path)
        fail(described, QStringLiteral("cannot be opened"));
    const std::vector<std::uint8_t> bytes = readFileBytes(QFile::encodeName(path).toStdString(), largestFile);
    picture->image = toImage(
        decode(QByteArray::fromRawData(reinterpret_cast<const char*>(bytes.data()), qsizetype(bytes.size())),
               path, picture->notes));
    return picture;
}

PicturePtr readPicture(const QByteArray& bytes, const QString& name) {
    auto picture = std::make_shared<Picture>();
    picture->name = name;
    picture->image = toImage(decode(bytes, name, picture->notes));
    return picture;
}

PicturePtr pictureFrom(const QImage& image, const QString& name) {
    if (image.isNull())
        fail(name, QStringLiteral("there is no picture"));
    if (qint64(image.width()) * image.height() > mostPixels)
        fail(name, QStringLiteral("%1 pixels are more than the 256 megapixels that can be opened")
                       .arg(sizeText(image.size())));
    auto picture = std::make_shared<Picture>();
    picture->name = name;
    picture->image = toImage(image);
    return picture;
}

bool isPictureFile(const QString& path) {
    constexpr qint64 signatureSize = 16;
    QFile file(path);
    return QFileInfo(path).isFile() && file.open(QIODevice::ReadOnly) &&
           pictureFormatOf(file.read(signatureSize)) != PictureFormat::Unknown;
}

QStringList pictureNameFilters() {
    return {QStringLiteral("*.png"),  QStringLiteral("*.jpg"), QStringLiteral("*.jpeg"),
            QStringLiteral("*.bmp"),  QStringLiteral("*.gif"), QStringLiteral("*.webp"),
            QStringLiteral("*.tiff"), QStringLiteral("*.tif")};
}

}  // namespace resnet::ui
