#pragma once

#include "ui/painting/MapImage.h"

#include <QImage>
#include <QRect>

#include <span>

namespace resnet::ui {

// The maps of all channels of one output in one image, converted in parallel: what the grid paints from.
class MapAtlas {
public:
    MapAtlas() = default;
    // `scales` holds one scale for all channels, or one per channel. Maps larger than `cell` pixels are
    // averaged down to it (a cell with NaN or infinity in it stays marked); smaller ones keep one pixel per
    // cell. An empty `cell` averages nothing.
    MapAtlas(const FeatureMaps& maps, ColorMap colors, std::span<const ValueRange> scales,
             const QSize& cell = {});

    // Room for pictures of one size made elsewhere.
    MapAtlas(int count, const QSize& cell);
    void setPicture(int index, const QImage& picture);

    bool isEmpty() const { return m_image.isNull(); }
    const QImage& image() const { return m_image; }
    QRect cell(int channel) const {
        return {QPoint(channel % m_columns * m_cell.width(), channel / m_columns * m_cell.height()), m_cell};
    }

private:
    void allocate(int count);

    QImage m_image;
    QSize m_cell;
    int m_columns = 1;
};

}  // namespace resnet::ui
