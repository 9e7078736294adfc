#include "core/network/Layers.h"

namespace resnet {

namespace {

class Family {
public:
    explicit Family(const NetworkSpec& spec) : m_spec(spec) {}

    std::vector<Layer> expand() {
        stem();
        for (int stage = 0; stage < m_spec.stageCount(); ++stage)
            for (int unit = 0; unit < m_spec.unitsPerStage[std::size_t(stage)]; ++unit)
                if (m_spec.unit == UnitKind::PreActivation)
                    preActivationUnit(stage, unit);
                else
                    postActivationUnit(stage, unit);
        head();
        return std::move(m_layers);
    }

private:
    void stem() {
        const bool isLarge = m_spec.stem == StemKind::Large;
        m_channels = m_spec.channelsOfStem();
        m_last = convolution(inputStep, m_channels, isLarge ? 7 : 3, isLarge ? 2 : 1);
        if (m_spec.unit != UnitKind::PreActivation)
            m_last = relu(norm(m_last));
        if (isLarge)
            m_last = put(StepKind::MaxPool, {m_last}, 0, {.kernel = 3, .stride = 2});
    }

    int strideOf(int stage, int unit) const { return stage > 0 && unit == 0 ? 2 : 1; }

    void postActivationUnit(int stage, int unit) {
        const int stride = strideOf(stage, unit);
        const int width = m_spec.channelsPerStage[std::size_t(stage)];
        const int channels = m_spec.outputChannels(stage);
        int main = m_last;
        if (m_spec.unit == UnitKind::Bottleneck) {
            const bool isFirst = m_spec.strideIn == StrideIn::Conv1;
            main = relu(norm(convolution(main, width, 1, isFirst ? stride : 1)));
            main = relu(norm(convolution(main, width, 3, isFirst ? 1 : stride)));
            main = norm(convolution(main, channels, 1, 1));
        } else {
            main = relu(norm(convolution(main, width, 3, stride)));
            main = norm(convolution(main, channels, 3, 1));
        }
        if (m_spec.hasShortcuts())
            main = put(StepKind::Add, {main, shortcut(m_last, channels, stride)});
        m_last = relu(main);
        m_channels = channels;
    }

    // The projection reads what the first batch norm and ReLU give; without one, x itself is added.
    void preActivationUnit(int stage, int unit) {
        const int stride = strideOf(stage, unit);
        const int channels = m_spec.outputChannels(stage);
        const int first = relu(norm(m_last));
        int main = convolution(first, channels, 3, stride);
        main = convolution(relu(norm(main)), channels, 3, 1);
        const int source = hasProjection(channels, stride) ? first : m_last;
        m_last = put(StepKind::Add, {main, shortcut(source, channels, stride)});
        m_channels = channels;
    }

    bool changesShape(int channels, int stride) const { return stride != 1 || channels != m_channels; }

    bool hasProjection(int channels, int stride) const {
        return m_spec.shortcut == ShortcutKind::ProjectionAlways ||
               (m_spec.shortcut == ShortcutKind::Projection && changesShape(channels, stride));
    }

    int shortcut(int from, int channels, int stride) {
        if (hasProjection(channels, stride)) {
            const int projection = convolution(from, channels, 1, stride);
            return m_spec.unit == UnitKind::PreActivation ? projection : norm(projection);
        }
        if (!changesShape(channels, stride))
            return from;
        const int before = m_spec.shortcut == ShortcutKind::Padding ? (channels - m_channels) / 2 : 0;
        StepSettings settings;
        settings.channelsBefore = before;
        return put(StepKind::Padding, {from}, channels, {.stride = stride, .isStated = true}, settings);
    }

    void head() {
        if (m_spec.unit == UnitKind::PreActivation)
            m_last = relu(norm(m_last));
        const int pooled = put(StepKind::GlobalAveragePool, {m_last});
        StepSettings dense;
        dense.hasBias = true;
        const int logits = put(StepKind::Dense, {pooled}, m_spec.classes, {}, dense);
        put(StepKind::Softmax, {logits});
    }

    int convolution(int from, int channels, int kernel, int stride) {
        return put(StepKind::Convolution, {from}, channels, {.kernel = kernel, .stride = stride});
    }
    int norm(int from) { return put(StepKind::BatchNorm, {from}); }
    int relu(int from) { return put(StepKind::ReLU, {from}); }

    int put(StepKind kind, std::vector<int> inputs, int channels = 0, WindowRule window = {},
            StepSettings settings = {}) {
        m_layers.push_back({{}, kind, std::move(inputs), channels, window, settings});
        return int(m_layers.size()) - 1;
    }

    const NetworkSpec& m_spec;
    std::vector<Layer> m_layers;
    int m_last = inputStep;
    int m_channels = 0;
};

}  // namespace

std::vector<Layer> layersOf(const NetworkSpec& spec) {
    return Family(spec).expand();
}

}  // namespace resnet
