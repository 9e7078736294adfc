#pragma once

#include <QByteArray>
#include <QColor>
#include <QImage>

#include <vector>

namespace resnet::ui {

// An animated GIF (GIF89a, CompuServe 1990) that plays for ever. All pictures share one palette; of each only
// what differs from the one before is stored. The same pictures give the same bytes.
class GifWriter {
public:
    static constexpr int mostColors = 255;  // one index is kept for what stays

    // At most 65,535 x 65,535 pixels.
    GifWriter(const QSize& size, std::vector<QRgb> palette);

    // A picture of the given size, shown for a time; GIF counts hundredths of a second.
    void add(const QImage& picture, int milliseconds);
    QByteArray finished() const;

private:
    QSize m_size;
    std::vector<QRgb> m_palette;
    QImage m_before;  // in indices; null before the first
    QByteArray m_bytes;
};

}  // namespace resnet::ui
