#include "ui/images/PictureFormat.h"

namespace resnet::ui {

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

}  // namespace resnet::ui
