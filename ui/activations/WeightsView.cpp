#include "ui/activations/WeightsView.h"

#include "core/explain/Statistics.h"
#include "ui/activations/ChannelOrder.h"
#include "ui/activations/GridFigures.h"
#include "ui/activations/MapGrid.h"
#include "ui/activations/ScaleStrip.h"
#include "ui/activations/VectorBars.h"
#include "ui/widgets/ColumnChartView.h"
#include "ui/words/ActivationWords.h"
#include "ui/words/NumberText.h"
#include "ui/words/StepWords.h"
#include "ui/words/Wording.h"

#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace resnet::ui {

StepId stepWithWeights(const Graph& graph, StepId step) {
    while (step != inputStep && graph.step(step).totalParameters == 0)
        step = graph.step(step).inputs.front();
    if (step != inputStep)
        return step;
    return std::ranges::find_if(graph.steps(), [](const Step& each) { return each.totalParameters > 0; })->id;
}

MapAtlas colorKernels(const Network& network, StepId convolution, ChannelOrder order) {
    const int count = network.graph().outputShape(convolution).channels;
    const int side = network.graph().step(convolution).window.kernel;
    MapAtlas atlas(count, QSize(side, side));
    for (int k = 0; k < count; ++k) {
        const FeatureMapsPtr kernel = kernelsOf(network, convolution, k);
        const ValueRange range = rangeOf(*kernel);
        const float extent = range.isEmpty() ? 0.0f : std::max(std::abs(range.low), std::abs(range.high));
        QImage picture(side, side, QImage::Format_RGB32);
        for (int y = 0; y < side; ++y)
            for (int x = 0; x < side; ++x) {
                int byte[3];
                for (int c = 0; c < 3; ++c) {
                    const float value = kernel->at(c, y, x);
                    const float share = extent > 0.0f && std::isfinite(value) ? value / extent : 0.0f;
                    byte[c] = int(std::lround(127.5f + 127.5f * share));
                }
                if (order == ChannelOrder::BGR)
                    std::swap(byte[0], byte[2]);
                picture.setPixel(x, y, qRgb(byte[0], byte[1], byte[2]));
            }
        atlas.setPicture(k, picture);
    }
    return atlas;
}

namespace {

std::vector<int> wholeOrder(int count) {
    std::vector<int> order(static_cast<std::size_t>(count));
    std::iota(order.begin(), order.end(), 0);
    return order;
}

std::vector<std::optional<double>> valuesOf(const Tensor& tensor) {
    return {tensor.values.begin(), tensor.values.end()};
}

}  // namespace

WeightsView::WeightsView(Workspace& workspace)
    : View(workspace, tr("Weights")),
      m_stack(new QStackedWidget),
      m_scale(new ScaleStrip),
      m_kernels(new MapGrid),
      m_chart(new ColumnChartView),
      m_bars(new VectorBars) {
    m_kernels->setAccessibleName(tr("Kernels"));
    m_chart->setAccessibleName(tr("Batch norm's four vectors"));
    m_bars->setAccessibleName(tr("Weights of the class"));
    for (QWidget* view : std::initializer_list<QWidget*>{m_kernels, m_chart, m_bars})
        m_stack->addWidget(view);
    body()->setSpacing(Theme::grid);
    body()->addWidget(m_stack, 1);
    addFoot(m_scale);
    setHint(tr("Point at a weight to read it."));
    setExplanation(weightsWords());
    connect(m_kernels, &MapGrid::channelPicked, this, [this](int index) {
        if (!m_kernelMaps)
            this->workspace().selectChannel(index);
    });
    connect(m_chart, &ColumnChartView::columnPicked, &workspace, &Workspace::selectChannel);
    connect(m_kernels, &MapGrid::cellHovered, this, &WeightsView::tellKernel);
    connect(m_chart, &ColumnChartView::columnHovered, this, [this](int column) { tell(figuresOf(column)); });
    connect(m_bars, &VectorBars::channelHovered, this, [this](int feature) {
        const Tensor& weight = this->workspace().activations().editedNetwork()->parameter(m_step, "weight");
        const auto index =
            std::size_t(this->workspace().channel()) * std::size_t(weight.shape[1]) + std::size_t(feature);
        tell(tr("feature %1: %2").arg(feature).arg(signedValueText(weight.values[index])));
    });
    const auto leave = [this] { tell({}); };
    connect(m_kernels, &MapGrid::hoverLeft, this, leave);
    connect(m_chart, &ColumnChartView::hoverLeft, this, leave);
    connect(m_bars, &VectorBars::hoverLeft, this, leave);
}

void WeightsView::refresh(const Changes& changes) {
    if (changes.have(Changes::Theme)) {
        m_kernels->setTheme(workspace().theme());
        m_scale->setTheme(workspace().theme());
        m_chart->setTheme(workspace().theme());
        m_bars->setTheme(workspace().theme());
    }
    if (changes.have(Changes::Model | Changes::Step | Changes::Channel | Changes::Edits))
        showWeights();
}

Figure WeightsView::paintedFigure(const FigureTitle& title) {
    return m_stack->currentWidget() == m_kernels && !m_kernels->content().isEmpty()
               ? gridFigure(title, m_kernels->content(), workspace().theme())
               : View::paintedFigure(title);
}

void WeightsView::showWeights() {
    if (!workspace().model()) {
        setSubtitle({});
        m_scale->setVisible(false);
        m_kernels->setContent(
            {{}, {}, ColorMap::Diverging, {}, tr("Open a network to see its weights."), {}});
        m_stack->setCurrentWidget(m_kernels);
        return;
    }
    const Graph& graph = workspace().model()->graph();
    m_step = stepWithWeights(graph, workspace().currentStep());
    const StepKind kind = graph.step(m_step).kind;
    m_scale->setVisible(false);
    if (kind == StepKind::BatchNorm)
        showBatchNorm(m_step);
    else if (kind == StepKind::Dense)
        showDense(m_step);
    else
        showKernels(m_step);
}

void WeightsView::showKernels(StepId convolution) {
    m_stack->setCurrentWidget(m_kernels);
    const Network& network = *workspace().activations().editedNetwork();
    const QString name = titleOf(network.graph(), convolution);
    const int channels = network.graph().outputShape(convolution).channels;
    const int channel = std::min(workspace().channel(), channels - 1);
    const FeatureMapsPtr kernels = kernelsOf(network, convolution, channel);
    if (network.spec().inputChannels == 3 && kernels->channels() == 3) {
        // The grid takes its layout from maps of the pictures' size.
        const auto extent =
            std::make_shared<FeatureMaps>(FeatureShape{channels, kernels->height(), kernels->width()});
        std::fill_n(extent->data(), extent->size(), 0.0f);
        m_kernelMaps = nullptr;
        m_kernels->setContent(
            {{extent},
             wholeOrder(channels),
             ColorMap::Grey,
             {},
             {},
             colorKernels(network, convolution, workspace().model()->preprocessing.channelOrder)});
        m_kernels->setSelectedChannel(channel);
        setSubtitle(tr("kernels of %1 in colour, each on its own scale; grey is a weight of zero").arg(name));
        return;
    }
    m_kernelMaps = kernels;
    const std::vector<Statistics> statistics = channelStatistics(*kernels);
    std::vector<double> norms;
    for (const Statistics& each : statistics)
        norms.push_back(each.norm);
    const ValueRange scale = scaleFor(ColorMap::Diverging, rangeOf(*kernels));
    m_kernels->setSelectedChannel(-1);
    m_kernels->setContent({{kernels},
                           channelOrder(statistics, SortKey::Similarity, norms),
                           ColorMap::Diverging,
                           {scale},
                           {},
                           {}});
    m_scale->setScale(ColorMap::Diverging, scale, rangeOf(*kernels));
    m_scale->setVisible(true);
    setSubtitle(
        tr("kernels of %1 for channel %2, one per input channel, the heaviest first").arg(name).arg(channel));
}

void WeightsView::showBatchNorm(StepId batchNorm) {
    m_stack->setCurrentWidget(m_chart);
    const Network& network = *workspace().activations().editedNetwork();
    ColumnChart chart;
    const auto row = [&](const QString& title, std::string_view suffix) {
        chart.rows.push_back(
            {title, {{std::nullopt, valuesOf(network.parameter(batchNorm, suffix))}}, nullptr});
    };
    row(tr("Gamma"), "weight");
    row(tr("Beta"), "bias");
    row(tr("Mean"), "running_mean");
    row(tr("Variance"), "running_var");
    chart.columns = network.graph().outputShape(batchNorm).channels;
    chart.tones.assign(std::size_t(chart.columns), ColumnChart::Tone::Neutral);
    m_chart->setChart(std::move(chart));
    m_chart->setCurrent(workspace().channel());
    m_chart->setAccessibleDescription(
        figuresOf(std::min(workspace().channel(), m_chart->chart().columns - 1)));
    setSubtitle(tr("four vectors of %1, one value per channel").arg(titleOf(network.graph(), batchNorm)));
}

void WeightsView::showDense(StepId dense) {
    m_stack->setCurrentWidget(m_bars);
    const Model& model = *workspace().model();
    const Tensor& weight =
        workspace().activations().editedNetwork()->parameter(dense, "weight");  // classes x features
    const int features = int(weight.shape[1]);
    const int channel = std::min(workspace().channel(), int(weight.shape[0]) - 1);
    auto values = std::make_shared<FeatureMaps>(FeatureShape{features, 1, 1});
    std::copy_n(weight.values.data() + std::size_t(channel) * std::size_t(features), features,
                values->data());
    m_bars->setContent({values, wholeOrder(features), {}, false});
    m_bars->setSelectedChannel(-1);
    setSubtitle(tr("weights of %1, one per feature").arg(channelName(model, dense, channel)));
}

void WeightsView::tellKernel(int index, const Cell& cell) {
    if (m_kernelMaps) {
        tell(tr("input channel %1, %2: %3")
                 .arg(index)
                 .arg(cellName(cell), signedValueText(m_kernelMaps->at(index, cell.y, cell.x))));
        return;
    }
    const FeatureMapsPtr kernel = kernelsOf(*workspace().activations().editedNetwork(), m_step, index);
    const bool reversed = workspace().model()->preprocessing.channelOrder == ChannelOrder::BGR;
    const auto weight = [&](int color) {
        return signedValueText(kernel->at(reversed ? 2 - color : color, cell.y, cell.x));
    };
    tell(tr("channel %1, %2: red %3, green %4, blue %5")
             .arg(index)
             .arg(cellName(cell), weight(0), weight(1), weight(2)));
}

QString WeightsView::figuresOf(int column) const {
    const Network& network = *workspace().activations().editedNetwork();
    const auto index = std::size_t(column);
    const auto text = [&](std::string_view suffix) {
        return valueText(network.parameter(m_step, suffix).values[index]);
    };
    return tr("channel %1: gamma %2, beta %3, mean %4, variance %5")
        .arg(column)
        .arg(text("weight"), text("bias"), text("running_mean"), text("running_var"));
}

}  // namespace resnet::ui
