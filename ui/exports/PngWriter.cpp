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

void throwIfStopped(const std::stop_token& stop) {
    if (stop.stop_requested())
        throw Error("writing the picture was stopped");
}

// Takes no more once it is stopped: there the encoder gives up.
class StoppableBuffer final : public QBuffer {
public:
    StoppableBuffer(QByteArray* bytes, const std::stop_token& stop) : QBuffer(bytes), m_stop(stop) {}

protected:
    qint64 writeData(const char* bytes, qint64 count) override {
        return m_stop.stop_requested() ? -1 : QBuffer::writeData(bytes, count);
    }

private:
    const std::stop_token& m_stop;
};

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

QImage imageOf(const Figure& figure, double scale, const std::stop_token& stop) {
    const QSize size = pixelSizeOf(figure, scale);
    const bool isOpaque = figure.background.isValid();
    QImage image(size, isOpaque ? QImage::Format_RGB32 : QImage::Format_ARGB32_Premultiplied);
    if (image.isNull())
        throw Error("not enough memory for a PNG of " + std::to_string(size.width()) + " x " +
                    std::to_string(size.height()) + " pixels");
    image.fill(isOpaque ? figure.background : QColor(Qt::transparent));
    for (int top = 0; top < size.height(); top += tile)
        for (int left = 0; left < size.width(); left += tile) {
            throwIfStopped(stop);
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

QByteArray pngBytes(const QImage& image, const std::stop_token& stop) {
    QByteArray bytes;
    StoppableBuffer buffer(&bytes, stop);
    buffer.open(QIODevice::WriteOnly);
    const bool isSaved = image.save(&buffer, "PNG");
    throwIfStopped(stop);
    if (!isSaved)
        throw Error("the picture could not be encoded as PNG");
    return bytes;
}

QByteArray pngOf(const Figure& figure, double scale, const std::stop_token& stop) {
    return pngBytes(imageOf(figure, scale, stop), stop);
}

}  // namespace resnet::ui
