#pragma once

// Batch norm, ReLU and addition on their own, with the arithmetic of the epilogue; pooling; copying windows.
namespace resnet::kernels::RESNET_KERNELS {

inline void affine(const float* in, const float* scale, const float* shift, float* out, std::size_t cells,
                   int channels) {
    forChannels(channels, [&](int c, auto part) {
        const Vec by = load(scale + c, part);
        const Vec plus = load(shift + c, part);
        for (std::size_t cell = 0; cell < cells; ++cell)
            store(out + cell * channels + c, multiplyAdd(load(in + cell * channels + c, part), by, plus),
                  part);
    });
}

template <class Body>
inline void forVectors(std::size_t count, const Body& body) {
    std::size_t i = 0;
    for (; i + lanes <= count; i += lanes)
        body(i, Whole(lanes));
    if (i < count)
        body(i, First(int(count - i)));
}

inline void rectify(const float* in, float* out, std::size_t count) {
    forVectors(count, [&](std::size_t i, auto part) {
        store(out + i, larger(all(0.0f), load(in + i, part)), part);
    });
}

inline void add(const float* left, const float* right, float* out, std::size_t count) {
    forVectors(count, [&](std::size_t i, auto part) {
        store(out + i, load(left + i, part) + load(right + i, part), part);
    });
}

// Goes over the result once, a step at a time: a store is not read again by the next window.
inline void addWindows(const float* windows, int count, int width, float* to, std::size_t step) {
    const int size = int(step);
    const int covered = (width + size - 1) / size;  // steps that a window reaches over
    for (int place = 0; place < count + covered - 1; ++place, to += step) {
        const int nearest = place < count ? place : count - 1;
        const int farthest = place - covered + 1 > 0 ? place - covered + 1 : 0;
        const int reached = width - (place - nearest) * size;  // of the nearest, which reaches farthest here
        forChannels(reached < size ? reached : size, [&](int c, auto part) {
            Vec sum = load(to + c, part);
            for (int i = nearest; i >= farthest; --i) {
                const int begins = (place - i) * size + c;
                const float* const from = windows + std::size_t(i) * panelWidth + begins;
                if (begins + lanes <= width)
                    sum += load(from, part);
                else if (begins < width)
                    sum += load(from, First(width - begins < size - c ? width - begins : size - c));
            }
            store(to + c, sum, part);
        });
    }
}

inline void weightedAdd(const float* left, const float* right, const Gains& gains, float* out,
                        std::size_t count) {
    forVectors(count, [&](std::size_t i, auto part) {
        store(out + i,
              weightedSum(
                  gains, [&] { return load(left + i, part); }, [&] { return load(right + i, part); }),
              part);
    });
}

inline void maximum(const float* const* cells, int count, int channels, float* out) {
    forChannels(channels, [&](int c, auto part) {
        Vec value = load(cells[0] + c, part);
        for (int i = 1; i < count; ++i)
            value = largest(value, load(cells[i] + c, part));
        store(out + c, value, part);
    });
}

// What one cell has taken, the next ones do not get: it is taken off the gradient.
inline void maximumBackward(const float* const* cells, int count, int channels, const float* gradient,
                            float* const* results) {
    forChannels(channels, [&](int c, auto part) {
        Vec value = load(cells[0] + c, part);
        for (int i = 1; i < count; ++i)
            value = largest(value, load(cells[i] + c, part));
        Vec left = load(gradient + c, part);
        for (int i = 0; i < count; ++i) {
            const Vec taken = whereEqual(load(cells[i] + c, part), value, left);
            store(results[i] + c, load(results[i] + c, part) + taken, part);
            left -= taken;
        }
    });
}

inline void gate(const float* gradient, const float* values, float* out, std::size_t count) {
    forVectors(count, [&](std::size_t i, auto part) {
        store(out + i, whereAboveZero(load(values + i, part), load(gradient + i, part)), part);
    });
}

inline void scale(const float* in, const float* by, float* out, std::size_t cells, int channels) {
    forChannels(channels, [&](int c, auto part) {
        const Vec factor = load(by + c, part);
        for (std::size_t cell = 0; cell < cells; ++cell)
            store(out + cell * channels + c, load(in + cell * channels + c, part) * factor, part);
    });
}

inline void copy(const float* from, float* to, std::size_t count) {
    forVectors(count, [&](std::size_t i, auto part) { store(to + i, load(from + i, part), part); });
}

inline void clear(float* to, std::size_t count) {
    forVectors(count, [&](std::size_t i, auto part) { store(to + i, all(0.0f), part); });
}

inline void gatherWindow(const WindowGather& of, int top, int left, float* row) {
    const int leftOut = left < 0 ? (-left < of.kernel ? -left : of.kernel) : 0;
    const int over = left + of.kernel - of.width;
    const int rightOut = over > 0 ? (over < of.kernel ? over : of.kernel) : 0;
    const std::size_t before = std::size_t(leftOut) * of.channels;
    const std::size_t after = std::size_t(rightOut) * of.channels;
    const std::size_t whole = std::size_t(of.kernel) * of.channels;
    const bool outside = leftOut + rightOut >= of.kernel;
    for (int y = top; y < top + of.kernel; ++y, row += whole) {
        if (outside || y < 0 || y >= of.height) {
            clear(row, whole);
            continue;
        }
        const float* from = of.image + (std::size_t(y) * of.width + (left + leftOut)) * of.channels;
        if (before != 0)
            clear(row, before);
        copy(from, row + before, whole - before - after);
        if (after != 0)
            clear(row + whole - after, after);
    }
}

}  // namespace resnet::kernels::RESNET_KERNELS
