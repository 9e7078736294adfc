#include "core/ops/ConvolutionRows.h"

#include <algorithm>

namespace resnet {

namespace {

int tileSizeOf(ConvolutionAlgorithm algorithm) {
    switch (algorithm) {
        case ConvolutionAlgorithm::Direct:
            return 0;
        case ConvolutionAlgorithm::Winograd2:
            return 2;
        case ConvolutionAlgorithm::Winograd4:
            return 4;
    }
    return 0;
}

int tilesAlong(int cells, int tileSize) {
    return (cells + tileSize - 1) / tileSize;
}

}  // namespace

ConvolutionRows::ConvolutionRows(const ConvolutionShape& shape, ConvolutionAlgorithm algorithm,
                                 const kernels::Table& kernels)
    : m_shape(shape),
      m_kernels(&kernels),
      m_tileSize(tileSizeOf(algorithm)),
      m_tilesAcross(m_tileSize ? tilesAlong(shape.output.width, m_tileSize) : shape.output.width),
      m_rowsOfImage(m_tilesAcross *
                    (m_tileSize ? tilesAlong(shape.output.height, m_tileSize) : shape.output.height)),
      m_zeros(std::size_t(shape.input.channels)) {
    std::fill_n(m_zeros.data(), m_zeros.size(), 0.0f);
}

void ConvolutionRows::gather(const MapsView& input, int first, int last, float* left,
                             std::size_t positionStride) const {
    if (m_tileSize == 0)
        gatherCells(input, first, last, left);
    else
        gatherTiles(input, first, last, left, positionStride);
}

void ConvolutionRows::gatherCells(const MapsView& input, int first, int last, float* left) const {
    const std::size_t depth = std::size_t(m_shape.kernel) * m_shape.kernel * m_shape.input.channels;
    kernels::WindowGather window{nullptr, m_shape.input.height, m_shape.input.width, m_shape.input.channels,
                                 m_shape.kernel};
    for (int row = first; row < last; ++row, left += depth) {
        window.image = input.image(row / m_rowsOfImage);
        const int cell = row % m_rowsOfImage;
        m_kernels->gatherWindow(window, cell / m_tilesAcross * m_shape.stride - m_shape.padTop,
                                cell % m_tilesAcross * m_shape.stride - m_shape.padLeft, left);
    }
}

void ConvolutionRows::gatherTiles(const MapsView& input, int first, int last, float* left,
                                  std::size_t positionStride) const {
    const int channels = m_shape.input.channels;
    const int side = m_tileSize + 2;
    const auto transform = m_tileSize == 2 ? m_kernels->winogradInput2 : m_kernels->winogradInput4;
    const float* cells[36];
    for (int row = first; row < last; ++row, left += channels) {
        const float* image = input.image(row / m_rowsOfImage);
        const int tile = row % m_rowsOfImage;
        const int top = tile / m_tilesAcross * m_tileSize - m_shape.padTop;
        const int leftmost = tile % m_tilesAcross * m_tileSize - m_shape.padLeft;
        for (int y = 0; y < side; ++y)
            for (int x = 0; x < side; ++x) {
                const int iy = top + y;
                const int ix = leftmost + x;
                const bool inside =
                    iy >= 0 && iy < m_shape.input.height && ix >= 0 && ix < m_shape.input.width;
                cells[y * side + x] =
                    inside ? image + (std::size_t(iy) * m_shape.input.width + ix) * channels : m_zeros.data();
            }
        transform(cells, channels, left, positionStride);
    }
}

void ConvolutionRows::finish(const float* product, std::size_t positionStride, int first, int last,
                             int firstChannel, int channels, const kernels::Epilogue& epilogue) const {
    const FeatureShape& output = m_shape.output;
    kernels::OutputTile place;
    place.cellStride = std::size_t(output.channels);
    place.rowStride = place.cellStride * output.width;
    place.firstChannel = firstChannel;
    place.channels = channels;
    if (m_tileSize == 0) {
        place.offset = place.cellStride * first + firstChannel;
        m_kernels->finishCells(product, last - first, place, epilogue);
    } else {
        finishTiles(product, positionStride, first, last, place, epilogue);
    }
    if (epilogue.stream)
        m_kernels->endStreaming();
}

void ConvolutionRows::finishTiles(const float* product, std::size_t positionStride, int first, int last,
                                  kernels::OutputTile place, const kernels::Epilogue& epilogue) const {
    const FeatureShape& output = m_shape.output;
    const auto transform = m_tileSize == 2 ? m_kernels->winogradOutput2 : m_kernels->winogradOutput4;
    for (int row = first; row < last; ++row, product += m_kernels->panelWidth) {
        const int tile = row % m_rowsOfImage;
        const int top = tile / m_tilesAcross * m_tileSize;
        const int left = tile % m_tilesAcross * m_tileSize;
        place.rows = std::min(m_tileSize, output.height - top);
        place.columns = std::min(m_tileSize, output.width - left);
        place.offset = output.size() * (row / m_rowsOfImage) + place.rowStride * top +
                       place.cellStride * left + place.firstChannel;
        transform(product, positionStride, place, epilogue);
    }
}

}  // namespace resnet
