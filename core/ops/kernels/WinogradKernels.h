#pragma once

// The transforms of Winograd's minimal filtering F(m x m, 3 x 3): Y = A' [ (G g G') . (B' d B) ] A.
// Source: Lavin & Gray, "Fast Algorithms for Convolutional Neural Networks", 2015. The matching G is
// kernelTransform() in ops/PackedWeights.cpp; docs/engine.md derives all three from the points.
// m = 2 takes the points 0, 1, -1. m = 4 takes 0, -1/c, -c, c, 1/c with c = sqrt(2): points of this form
// round less than the usual 0, +-1, +-2 (Alam, Anderson, Barabasz & Gregg, "Winograd Convolution for Deep
// Neural Networks: Efficient Point Selection", 2022).
namespace resnet::kernels::RESNET_KERNELS {

template <int Outputs>
struct Winograd;

template <>
struct Winograd<2> {
    static constexpr int inputs = 4;
    //       1  0 -1  0
    // B' =  0  1  1  0
    //       0 -1  1  0
    //       0  1  0 -1
    static void input(const Vec (&d)[4], Vec (&v)[4]) {
        v[0] = d[0] - d[2];
        v[1] = d[1] + d[2];
        v[2] = d[2] - d[1];
        v[3] = d[1] - d[3];
    }
    // A' =  1  1  1  0
    //       0  1 -1 -1
    static void output(const Vec (&m)[4], Vec (&y)[2]) {
        y[0] = m[0] + m[1] + m[2];
        y[1] = m[1] - m[2] - m[3];
    }
};

template <>
struct Winograd<4> {
    static constexpr int inputs = 6;
    static constexpr float a = 0.70710678118654752f;  // sqrt(1/2), the inner point
    static constexpr float b = 1.41421356237309505f;  // sqrt(2), the outer point
    // With a^2 = 1/2, b^2 = 2 and a b = 1:
    //       1  0 -5/2  0   1  0
    //       0 -b -2    a   1  0
    // B' =  0  b -2   -a   1  0
    //       0 -a -1/2  b   1  0
    //       0  a -1/2 -b   1  0
    //       0  1  0   -5/2 0  1
    static void input(const Vec (&d)[6], Vec (&v)[6]) {
        const Vec even1 = multiplyAdd(all(-2.0f), d[2], d[4]);
        const Vec odd1 = all(a) * multiplyAdd(all(-2.0f), d[1], d[3]);
        const Vec even2 = multiplyAdd(all(-0.5f), d[2], d[4]);
        const Vec odd2 = all(b) * multiplyAdd(all(-0.5f), d[1], d[3]);
        v[0] = multiplyAdd(all(-2.5f), d[2], d[0] + d[4]);
        v[1] = even1 + odd1;
        v[2] = even1 - odd1;
        v[3] = even2 + odd2;
        v[4] = even2 - odd2;
        v[5] = multiplyAdd(all(-2.5f), d[3], d[1] + d[5]);
    }
    //       1  1    1   1   1  0
    // A' =  0  a   -a   b  -b  0
    //       0 1/2  1/2  2   2  0
    //       0 a/2 -a/2 2b -2b  1
    static void output(const Vec (&m)[6], Vec (&y)[4]) {
        const Vec sum1 = m[1] + m[2];
        const Vec sum2 = m[3] + m[4];
        const Vec difference1 = all(a) * (m[1] - m[2]);
        const Vec difference2 = all(b) * (m[3] - m[4]);
        y[0] = m[0] + sum1 + sum2;
        y[1] = difference1 + difference2;
        y[2] = multiplyAdd(all(2.0f), sum2, all(0.5f) * sum1);
        y[3] = multiplyAdd(all(2.0f), difference2, multiplyAdd(all(0.5f), difference1, m[5]));
    }
};

template <int Outputs>
inline void winogradInput(const float* const* cells, int channels, float* result, std::size_t stride) {
    constexpr int n = Winograd<Outputs>::inputs;
    forChannels(channels, [&](int c, auto part) {
        Vec half[n][n];
        for (int x = 0; x < n; ++x) {
            Vec column[n];
            Vec transformed[n];
            for (int y = 0; y < n; ++y)
                column[y] = load(cells[y * n + x] + c, part);
            Winograd<Outputs>::input(column, transformed);
            for (int y = 0; y < n; ++y)
                half[y][x] = transformed[y];
        }
        for (int y = 0; y < n; ++y) {
            Vec transformed[n];
            Winograd<Outputs>::input(half[y], transformed);
            for (int x = 0; x < n; ++x)
                store(result + std::size_t(y * n + x) * stride + c, transformed[x], part);
        }
    });
}

template <int Outputs>
inline void winogradOutput(const float* product, std::size_t stride, const OutputTile& tile,
                           const Epilogue& epilogue) {
    constexpr int n = Winograd<Outputs>::inputs;
    forChannels(tile.channels, [&](int c, auto part) {
        Vec half[Outputs][n];
        for (int x = 0; x < n; ++x) {
            Vec column[n];
            Vec transformed[Outputs];
            for (int y = 0; y < n; ++y)
                column[y] = load(product + std::size_t(y * n + x) * stride + c, part);
            Winograd<Outputs>::output(column, transformed);
            for (int y = 0; y < Outputs; ++y)
                half[y][x] = transformed[y];
        }
        for (int y = 0; y < tile.rows; ++y) {
            Vec cells[Outputs];
            Winograd<Outputs>::output(half[y], cells);
            const std::size_t row = tile.offset + std::size_t(y) * tile.rowStride + c;
            for (int x = 0; x < tile.columns; ++x)
                finish(cells[x], epilogue, row + std::size_t(x) * tile.cellStride, tile.firstChannel + c,
                       part);
        }
    });
}

}  // namespace resnet::kernels::RESNET_KERNELS
