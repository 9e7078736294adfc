#include "ui/painting/MapAtlas.h"

#include <QPainter>

#include <tbb/parallel_for.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace resnet::ui {
namespace {

// Sums the rows and columns of one row of cells, channels innermost, and divides. NaN and infinity carry
// through.
void averageRow(const FeatureMaps& maps, int row, const QSize& cell, std::vector<float>& out) {
    const auto channels = std::size_t(maps.channels());
    const int top = row * maps.height() / cell.height();
    const int bottom = (row + 1) * maps.height() / cell.height();
    std::ranges::fill(out, 0.0f);
    for (int column = 0; column < cell.width(); ++column) {
        const int left = column * maps.width() / cell.width();
        const int right = (column + 1) * maps.width() / cell.width();
        float* const sums = out.data() + std::size_t(column) * channels;
        for (int y = top; y < bottom; ++y)
            for (int x = left; x < right; ++x) {
                const float* const values = maps.data() + (std::size_t(y) * maps.width() + x) * channels;
                for (std::size_t c = 0; c < channels; ++c)
                    sums[c] += values[c];
            }
        const float share = 1.0f / float((bottom - top) * (right - left));
        for (std::size_t c = 0; c < channels; ++c)
            sums[c] *= share;
    }
}

}  // namespace

MapAtlas::MapAtlas(int count, const QSize& cell) : m_cell(cell) {
    allocate(count);
}

void MapAtlas::allocate(int count) {
    m_columns = std::max(1, int(std::ceil(std::sqrt(double(count)))));
    m_image = QImage(m_columns * m_cell.width(), (count + m_columns - 1) / m_columns * m_cell.height(),
                     QImage::Format_RGB32);
    m_image.fill(Qt::black);
}

void MapAtlas::setPicture(int index, const QImage& picture) {
    QPainter(&m_image).drawImage(cell(index), picture);
}

MapAtlas::MapAtlas(const FeatureMaps& maps, ColorMap colors, std::span<const ValueRange> scales,
                   const QSize& cell)
    : m_cell(cell.isEmpty()
                 ? QSize(maps.width(), maps.height())
                 : QSize(std::min(cell.width(), maps.width()), std::min(cell.height(), maps.height()))) {
    const int channels = maps.channels();
    if (channels == 0 || m_cell.isEmpty())
        return;
    allocate(channels);
    const ColorTable& table = colorTable(colors);
    const bool averaged = m_cell.width() < maps.width() || m_cell.height() < maps.height();
    uchar* const bits = m_image.bits();
    const auto bytesPerLine = std::size_t(m_image.bytesPerLine());

    tbb::parallel_for(0, m_cell.height(), [&](int y) {
        std::vector<float> averages;
        const float* row = maps.data() + std::size_t(y) * maps.width() * channels;
        if (averaged) {
            averages.resize(std::size_t(m_cell.width()) * channels);
            averageRow(maps, y, m_cell, averages);
            row = averages.data();
        }
        for (int c = 0; c < channels; ++c) {
            const ValueRange scale = scales[scales.size() == 1 ? 0 : std::size_t(c)];
            const float perUnit = 255.0f / (scale.high - scale.low);
            const QPoint origin = this->cell(c).topLeft();
            auto* out =
                reinterpret_cast<QRgb*>(bits + std::size_t(origin.y() + y) * bytesPerLine) + origin.x();
            for (int x = 0; x < m_cell.width(); ++x) {
                const float value = row[std::size_t(x) * channels + c];
                const float index = std::clamp((value - scale.low) * perUnit + 0.5f, 0.0f, 255.0f);
                out[x] = std::isfinite(value) ? table[std::size_t(index)] : notFiniteColorAt(x, y);
            }
        }
    });
}

}  // namespace resnet::ui
