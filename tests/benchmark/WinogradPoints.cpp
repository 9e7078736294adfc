// Prints how much F(4x4, 3x3) errs in float32 with different points, against the plain sum in float64: 64
// channels of random values after a ReLU, 400 tiles. docs/engine.md tells how the matrices follow from the
// points.

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <random>
#include <vector>

namespace {

constexpr int outputs = 4;
constexpr int inputs = outputs + 2;
constexpr int channels = 64;
constexpr int tiles = 400;

template <class T, int Rows, int Columns>
using Matrix = std::array<std::array<T, Columns>, Rows>;

struct Transforms {
    Matrix<float, outputs, inputs> a{};  // A'
    Matrix<double, inputs, 3> g{};
    Matrix<float, inputs, inputs> b{};  // B'
};

// The product of (x - q) over all points but one (-1: all of them), constant first.
std::array<double, inputs> productOfDifferences(const std::array<double, 5>& points, int without) {
    std::array<double, inputs> product{1.0};
    for (int k = 0; k < 5; ++k) {
        if (k == without)
            continue;
        for (int i = inputs - 1; i >= 0; --i)
            product[i] = (i > 0 ? product[i - 1] : 0.0) - points[k] * product[i];
    }
    return product;
}

Transforms transformsFor(const std::array<double, 5>& points) {
    Transforms made;
    for (int j = 0; j < inputs; ++j) {
        const bool isInfinity = j == 5;
        const auto polynomial = productOfDifferences(points, isInfinity ? -1 : j);
        double scale = 1.0;
        for (int k = 0; k < 5; ++k)
            scale *= !isInfinity && k != j ? points[j] - points[k] : 1.0;
        for (int i = 0; i < inputs; ++i)
            made.b[j][i] = float(polynomial[i]);
        for (int i = 0; i < 3; ++i)
            made.g[j][i] = isInfinity ? (i == 2 ? 1.0 : 0.0) : std::pow(points[j], i) / scale;
        for (int i = 0; i < outputs; ++i)
            made.a[i][j] = float(isInfinity ? (i == outputs - 1 ? 1.0 : 0.0) : std::pow(points[j], i));
    }
    return made;
}

// left m left', every number a T.
template <class T, int Rows, int Inner, class L, class M>
Matrix<T, Rows, Rows> bothSides(const L& left, const M& m) {
    Matrix<T, Rows, Inner> half{};
    Matrix<T, Rows, Rows> result{};
    for (int i = 0; i < Rows; ++i)
        for (int j = 0; j < Inner; ++j)
            for (int k = 0; k < Inner; ++k)
                half[i][j] += T(left[i][k]) * T(m[k][j]);
    for (int i = 0; i < Rows; ++i)
        for (int j = 0; j < Rows; ++j)
            for (int k = 0; k < Inner; ++k)
                result[i][j] += half[i][k] * T(left[j][k]);
    return result;
}

void measure(const char* name, const std::array<double, 5>& points) {
    const Transforms with = transformsFor(points);
    std::mt19937 random(1);
    std::normal_distribution<double> normal;
    double squares = 0.0, directSquares = 0.0, worst = 0.0;
    for (int tile = 0; tile < tiles; ++tile) {
        Matrix<double, outputs, outputs> exact{};
        Matrix<float, outputs, outputs> direct{};
        Matrix<float, inputs, inputs> products{};
        for (int channel = 0; channel < channels; ++channel) {
            Matrix<float, inputs, inputs> d;
            Matrix<float, 3, 3> g;
            for (auto& row : d)
                for (float& value : row)
                    value = float(std::max(0.0, normal(random)));
            for (auto& row : g)
                for (float& value : row)
                    value = float(normal(random) / std::sqrt(9.0 * channels));
            for (int y = 0; y < outputs; ++y)
                for (int x = 0; x < outputs; ++x)
                    for (int tap = 0; tap < 9; ++tap) {
                        const float value = d[y + tap / 3][x + tap % 3];
                        exact[y][x] += double(value) * g[tap / 3][tap % 3];
                        direct[y][x] = std::fma(value, g[tap / 3][tap % 3], direct[y][x]);
                    }
            const auto v = bothSides<float, inputs, inputs>(with.b, d);
            const auto u = bothSides<double, inputs, 3>(with.g, g);
            for (int i = 0; i < inputs; ++i)
                for (int j = 0; j < inputs; ++j)
                    products[i][j] = std::fma(float(u[i][j]), v[i][j], products[i][j]);
        }
        const auto result = bothSides<float, outputs, inputs>(with.a, products);
        for (int y = 0; y < outputs; ++y)
            for (int x = 0; x < outputs; ++x) {
                const double error = std::abs(result[y][x] - exact[y][x]);
                squares += error * error;
                directSquares += std::pow(direct[y][x] - exact[y][x], 2);
                worst = std::max(worst, error);
            }
    }
    constexpr double count = double(tiles) * outputs * outputs;
    std::printf("%-26s root mean square %.1e   worst %.1e   (plain sum in float32: %.1e)\n", name,
                std::sqrt(squares / count), worst, std::sqrt(directSquares / count));
}

}  // namespace

int main() {
    const double half = std::sqrt(0.5);
    const double two = std::sqrt(2.0);
    measure("0, +-1, +-2", {0, 1, -1, 2, -2});
    measure("0, +-1, +-1/2", {0, 1, -1, 0.5, -0.5});
    measure("0, +-1/2, +-2", {0, 0.5, -0.5, 2, -2});
    measure("0, +-3/4, +-4/3", {0, 0.75, -0.75, 4.0 / 3, -4.0 / 3});
    measure("0, +-sqrt(1/2), +-sqrt(2)", {0, half, -half, two, -two});
    return 0;
}
