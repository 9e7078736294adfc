#pragma once

// Batch norm, shortcut and ReLU on a convolution's result while it is in registers.
namespace resnet::kernels::RESNET_KERNELS {

// Calls body(first channel, part) for whole vectors of channels, then for what is left.
template <class Body>
inline void forChannels(int channels, const Body& body) {
    int c = 0;
    for (; c + lanes <= channels; c += lanes)
        body(c, Whole(lanes));
    if (c < channels)
        body(c, First(channels - c));
}

inline void keep(float* to, Vec value, Whole part, bool past) {
    if (past)
        stream(to, value);
    else
        store(to, value, part);
}
inline void keep(float* to, Vec value, First part, bool) {
    store(to, value, part);
}

// gains.mainPath * mainPath() + gains.shortcut * shortcut(), with one rounding of each product but the
// last's. Gains of 1 give the plain sum's bits, and what is off is not asked for: 0 * infinity would be no
// number.
template <class MainPath, class Shortcut>
inline Vec weightedSum(const Gains& gains, const MainPath& mainPath, const Shortcut& shortcut) {
    if (gains.shortcut == 0.0f)
        return gains.mainPath == 0.0f ? all(0.0f) : all(gains.mainPath) * mainPath();
    const Vec second = all(gains.shortcut) * shortcut();
    return gains.mainPath == 0.0f ? second : multiplyAdd(all(gains.mainPath), mainPath(), second);
}

template <class Part>
inline void finishBackward(Vec value, const Epilogue& epilogue, std::size_t at, int channel, Part part) {
    if (epilogue.shortcut)
        value += load(epilogue.shortcut + at, part);
    if (epilogue.summed)
        keep(epilogue.summed + at, value, part, epilogue.stream);
    value = whereAboveZero(load(epilogue.gate + at, part), value);
    if (epilogue.rectified)
        keep(epilogue.rectified + at, value, part, epilogue.stream && epilogue.normalised);
    if (epilogue.normalised)
        store(epilogue.normalised + at, value * load(epilogue.scale + channel, part), part);
}

// `at` is the place of the vector in the maps, `channel` its first channel.
template <class Part>
inline void finish(Vec value, const Epilogue& epilogue, std::size_t at, int channel, Part part) {
    if (epilogue.gate)
        return finishBackward(value, epilogue, at, channel, part);
    if (epilogue.bias)
        value += load(epilogue.bias + channel, part);
    if (epilogue.convolved)
        keep(epilogue.convolved + at, value, part, epilogue.stream);
    if (epilogue.scale)
        value =
            multiplyAdd(value, load(epilogue.scale + channel, part), load(epilogue.shift + channel, part));
    if (epilogue.normalised)
        keep(epilogue.normalised + at, value, part, epilogue.stream);
    if (epilogue.isWeighted)
        value = weightedSum(
            epilogue.gains, [&] { return value; }, [&] { return load(epilogue.shortcut + at, part); });
    else if (epilogue.shortcut)
        value += load(epilogue.shortcut + at, part);
    if (epilogue.summed)
        keep(epilogue.summed + at, value, part, epilogue.stream);
    if (epilogue.rectified)
        store(epilogue.rectified + at, larger(all(0.0f), value), part);
}

inline void finishCells(const float* block, int cells, const OutputTile& tile, const Epilogue& epilogue) {
    forChannels(tile.channels, [&](int c, auto part) {
        for (int cell = 0; cell < cells; ++cell)
            finish(load(block + std::size_t(cell) * panelWidth + c, part), epilogue,
                   tile.offset + std::size_t(cell) * tile.cellStride + c, tile.firstChannel + c, part);
    });
}

}  // namespace resnet::kernels::RESNET_KERNELS
