#include "ui/images/PictureReader.h"

#include "core/Error.h"
#include "core/files/ByteSource.h"
#include "ui/images/Decoders.h"
#include "ui/images/ForeignKinds.h"
#include "ui/images/ImageBuilder.h"
#include "ui/images/PictureChecks.h"
#include "ui/images/QtDecoder.h"
#include "ui/images/Xmp.h"

#include <QColorSpace>
#include <QFile>
#include <QFileInfo>

namespace resnet::ui {

namespace {

constexpr std::uint64_t largestFile = 512ull << 20;

[[noreturn]] void fail(const QString& name, const QString& problem) {
    throw Error(name.toStdString() + ": " + problem.toStdString());
}

PictureMetadata metadataOf(PictureFormat format, const Bytes& file) {
    switch (format) {
        case PictureFormat::Png:
            return pngMetadata(file);
        case PictureFormat::Jpeg:
            return jpegMetadata(file);
        case PictureFormat::Bmp:
            return bmpMetadata(file);
        case PictureFormat::Gif:
            return gifMetadata(file);
        case PictureFormat::WebP:
            return webpMetadata(file);
        case PictureFormat::Tiff:
        case PictureFormat::Unknown:
            break;
    }
    return {};
}

Image decode(PictureFormat format, const Bytes& file, PictureMetadata& metadata) {
    switch (format) {
        case PictureFormat::Png:
            if (const std::string damage = pngDamage(file); !damage.empty())
                throw Error(damage);
            return decodePng(file, metadata);
        case PictureFormat::Jpeg:
            return decodeJpeg(file, metadata);
        case PictureFormat::Tiff:
            return decodeTiff(file, metadata);
        case PictureFormat::Bmp:
        case PictureFormat::Gif:
        case PictureFormat::WebP:
            return decodeWithQt(format, file, metadata);
        case PictureFormat::Unknown:
            break;
    }
    throw Error(refusalOf(file));
}

void take(const std::vector<std::string>& notes, Picture& picture) {
    for (const std::string& note : notes)
        picture.notes.append(QString::fromStdString(note));
}

// Errors name the picture as it is called.
void read(const Bytes& file, const QString& name, Picture& picture) {
    const PictureFormat format = pictureFormatOf(file);
    try {
        PictureMetadata metadata = metadataOf(format, file);
        if (metadata.isAnimation)
            picture.notes.append(QStringLiteral("an animation; its first frame is used"));
        Image image = decode(format, file, metadata);
        if (metadata.orientation == 0)
            metadata.orientation = xmpOrientation(QByteArray::fromStdString(metadata.xmp));
        picture.image = upright(std::move(image), metadata.orientation);
        take(metadata.notes, picture);
    } catch (const Error& error) {
        fail(name, QString::fromUtf8(error.what()));
    }
}

QString describedPath(const QString& path) {
    // The command line replaces bytes that are not UTF-8.
    return path.contains(QChar::ReplacementCharacter) && !QFileInfo::exists(path)
               ? path + QStringLiteral(" (the name is not UTF-8)")
               : path;
}

}  // namespace

PicturePtr readPicture(const QString& path, const QString& title, const Caption& caption,
                       const std::stop_token& stop) {
    auto picture = std::make_shared<Picture>();
    picture->path = path;
    picture->name = title.isEmpty() ? QFileInfo(path).fileName() : title;
    picture->caption = caption;
    if (path.isEmpty())
        throw Error("the name of the picture is empty");
    const QString described = describedPath(path);
    if (described != path)
        fail(described, QStringLiteral("cannot be opened"));
    const std::vector<std::uint8_t> bytes =
        readFileBytes(QFile::encodeName(path).toStdString(), largestFile, stop);
    read(Bytes(bytes), path, *picture);
    return picture;
}

PicturePtr readPicture(const QByteArray& bytes, const QString& name) {
    auto picture = std::make_shared<Picture>();
    picture->name = name;
    read(Bytes({reinterpret_cast<const std::uint8_t*>(bytes.constData()), std::size_t(bytes.size())}), name,
         *picture);
    return picture;
}

PicturePtr pictureFrom(const QImage& image, const QString& name) {
    if (image.isNull())
        fail(name, QStringLiteral("there is no picture"));
    auto picture = std::make_shared<Picture>();
    picture->name = name;
    PictureMetadata metadata;
    const QByteArray profile = image.colorSpace().iccProfile();
    metadata.profile.assign(profile.begin(), profile.end());
    try {
        picture->image = toImage(image, metadata);
    } catch (const Error& error) {
        fail(name, QString::fromUtf8(error.what()));
    }
    take(metadata.notes, *picture);
    return picture;
}

bool isPictureFile(const QString& path) {
    constexpr qint64 beginningSize = 4096;
    QFile file(path);
    if (!QFileInfo(path).isFile() || !file.open(QIODevice::ReadOnly))
        return false;
    const QByteArray bytes = file.read(beginningSize);
    const Bytes beginning(
        {reinterpret_cast<const std::uint8_t*>(bytes.constData()), std::size_t(bytes.size())});
    if (pictureFormatOf(beginning) != PictureFormat::Unknown)
        return true;
    const ForeignKind kind = foreignKindOf(beginning);
    const QString pattern = QStringLiteral("*.") + QFileInfo(path).suffix().toLower();
    return kind.use == ForeignKind::Use::Picture ||
           (kind.use == ForeignKind::Use::None && pictureNameFilters().contains(pattern));
}

QStringList pictureNameFilters() {
    return {QStringLiteral("*.png"),  QStringLiteral("*.jpg"), QStringLiteral("*.jpeg"),
            QStringLiteral("*.bmp"),  QStringLiteral("*.gif"), QStringLiteral("*.webp"),
            QStringLiteral("*.tiff"), QStringLiteral("*.tif")};
}

}  // namespace resnet::ui
