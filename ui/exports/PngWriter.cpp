#include "ui/exports/PngWriter.h"

#include "core/Error.h"

#include <QBuffer>
#include <QPainter>

#include <cmath>

namespace resnet::ui {

namespace {

constexpr int tile = 2048;  // pixels

std::string text(double value) {
    return QByteArray::number(value, 'g', 6).toStdString();
}

}  // namespace

QSize pixelSizeOf(const Figure& figure, double scale) {
    const double width = std::ceil(figure.size.width() * scale - 1e-6);
    const double height = std::ceil(figure.size.height() * scale - 1e-6);
    if (!(width >= 1.0) || !(height >= 1.0))
        throw Error("a PNG at scale " + text(scale) + " would be empty");
    if (width > widestPng || height > widestPng || width * height > largestPng)
        throw Error("a PNG of " + text(width) + " x " + text(height) + " pixels is too large: at most " +
                    std::to_string(widestPng) + " a side and 200 million in all");
    return {int(width), int(height)};
}

QImage imageOf(const Figure& figure, double scale) {
    const QSize size = pixelSizeOf(figure, scale);
    const bool isOpaque = figure.background.isValid();
    QImage image(size, isOpaque ? QImage::Format_RGB32 : QImage::Format_ARGB32_Premultiplied);
    if (image.isNull())
        throw Error("not enough memory for a PNG of " + std::to_string(size.width()) + " x " +
                    std::to_string(size.height()) + " pixels");
    image.fill(isOpaque ? figure.background : QColor(Qt::transparent));
    for (int top = 0; top < size.height(); top += tile)
        for (int left = 0; left < size.width(); left += tile) {
            const QRect part(left, top, std::min(tile, size.width() - left),
                             std::min(tile, size.height() - top));
            QImage window(image.scanLine(top) + std::ptrdiff_t(left) * 4, part.width(), part.height(),
                          image.bytesPerLine(), image.format());
            QPainter painter(&window);
            painter.translate(-left, -top);
            painter.scale(scale, scale);
            figure.paint(painter,
                         QRectF(left / scale, top / scale, part.width() / scale, part.height() / scale));
        }
    return image;
}

QByteArray pngBytes(const QImage& image) {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    if (!image.save(&buffer, "PNG"))
        throw Error("the picture could not be encoded as PNG");
    return bytes;
}

QByteArray pngOf(const Figure& figure, double scale) {
    return pngBytes(imageOf(figure, scale));
}

}  // namespace resnet::ui
