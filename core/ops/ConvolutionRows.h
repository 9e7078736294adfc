#pragma once

#include "core/ops/ConvolutionAlgorithm.h"
#include "core/ops/Maps.h"
#include "core/ops/kernels/KernelTable.h"
#include "core/tensor/AlignedBuffer.h"

namespace resnet {

// A convolution seen as a matrix product: what the rows of the left matrix are, and what becomes of a row of
// the product. Direct: a row is an output cell. Winograd: a row is a tile of output cells, once for each
// position. Rows run over all images of a batch.
class ConvolutionRows {
public:
    ConvolutionRows(const ConvolutionShape& shape, ConvolutionAlgorithm algorithm,
                    const kernels::Table& kernels);

    int rowsOfImage() const { return m_rowsOfImage; }

    // Rows [first, last) of the left matrix, `depth` floats each; position k begins k * positionStride later.
    void gather(const MapsView& input, int first, int last, float* left, std::size_t positionStride) const;

    // Turns rows [first, last) of one panel's product into output cells, through the epilogue.
    void finish(const float* product, std::size_t positionStride, int first, int last, int firstChannel,
                int channels, const kernels::Epilogue& epilogue) const;

private:
    void gatherCells(const MapsView& input, int first, int last, float* left) const;
    void gatherTiles(const MapsView& input, int first, int last, float* left,
                     std::size_t positionStride) const;
    // `place` knows the strides and channels; where each tile lies is set here.
    void finishTiles(const float* product, std::size_t positionStride, int first, int last,
                     kernels::OutputTile place, const kernels::Epilogue& epilogue) const;

    ConvolutionShape m_shape;
    const kernels::Table* m_kernels;
    int m_tileSize;  // output cells along a side of a tile; 0: direct
    int m_tilesAcross;
    int m_rowsOfImage;
    AlignedBuffer m_zeros;  // a cell of the padding
};

}  // namespace resnet
