#include "ui/activations/ChannelDetail.h"

#include "core/explain/ClassActivation.h"
#include "core/explain/UnitNorms.h"
#include "ui/activations/EnlargedMap.h"
#include "ui/activations/Readings.h"
#include "ui/activations/UnitLens.h"
#include "ui/activations/VectorBars.h"
#include "ui/activations/Wording.h"

#include <QButtonGroup>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QSlider>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace resnet::ui {
namespace {

constexpr int gap = 2 * Theme::grid;
constexpr int mostContributions = 16;

QToolButton* chip(const QString& text, const QString& tip) {
    auto* button = new QToolButton;
    button->setText(text);
    button->setToolTip(tip);
    button->setAccessibleName(text);
    button->setCheckable(true);
    button->setProperty("role", QStringLiteral("chip"));
    return button;
}

QImage imageOf(const Image& image) {
    return QImage(image.rgb.data(), image.width, image.height, 3 * image.width, QImage::Format_RGB888).copy();
}

double shareBelowZero(const FeatureMaps& maps, int channel) {
    int below = 0;
    for (int y = 0; y < maps.height(); ++y)
        for (int x = 0; x < maps.width(); ++x)
            below += maps.at(channel, y, x) < 0.0f;
    return double(below) / double(maps.shape().pixels());
}

}  // namespace

ChannelDetail::ChannelDetail(Workspace& workspace, ActivationStatistics& statistics, QWidget* parent)
    : Card(tr("Channel"), parent),
      m_workspace(workspace),
      m_statistics(statistics),
      m_unitChip(chip(tr("Unit"), tr("What the residual unit does to this channel"))),
      m_channelChip(chip(tr("Channel"), tr("This channel of the current step, enlarged"))),
      m_stage(new QWidget),
      m_lens(new UnitLens(m_stage)),
      m_map(new EnlargedMap(m_stage)),
      m_contributions(new VectorBars(m_stage)),
      m_readout(new CellReadout(m_stage)),
      m_overlay(new QWidget(m_stage)),
      m_opacity(new QSlider(Qt::Horizontal)) {
    auto* group = new QButtonGroup(this);
    group->addButton(m_unitChip);
    group->addButton(m_channelChip);
    m_unitChip->setChecked(true);
    addControl(m_unitChip);
    addControl(m_channelChip);
    body()->addWidget(m_stage, 1);
    m_stage->installEventFilter(this);
    m_map->setColorBarVisible(true);
    m_map->setAccessibleName(tr("Enlarged channel"));
    m_map->setPlaceholder(tr("not computed"));
    m_contributions->setAccessibleName(tr("Features that add most to the class"));
    m_contributions->setToolTip(
        tr("What a feature adds to the logit: its mean times the class's weight for it. Click "
           "one to see its map."));

    auto* caption = new QLabel(tr("Over image"));
    caption->setProperty("role", QStringLiteral("secondary"));
    m_opacity->setRange(0, 100);
    m_opacity->setValue(100);
    m_opacity->setToolTip(tr("Lays the map over the image: from the image alone to the map alone"));
    m_opacity->setAccessibleName(tr("Opacity of the map over the image"));
    auto* row = new QHBoxLayout(m_overlay);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(caption);
    row->addWidget(m_opacity, 1);
    connectParts();
}

void ChannelDetail::connectParts() {
    connect(m_unitChip, &QToolButton::toggled, this, [this](bool on) {
        m_wantsLens = on;
        refresh();
    });
    connect(m_lens, &UnitLens::cellPicked, &m_workspace, &Workspace::selectCell);
    connect(m_map, &EnlargedMap::cellPicked, &m_workspace, &Workspace::selectCell);
    connect(m_lens, &UnitLens::cellHovered, this, &ChannelDetail::setHovered);
    connect(m_map, &EnlargedMap::cellHovered, this, &ChannelDetail::setHovered);
    connect(m_lens, &UnitLens::stepPicked, &m_workspace, &Workspace::goToStep);
    connect(m_opacity, &QSlider::valueChanged, this,
            [this](int percent) { m_map->setOpacity(percent / 100.0); });
    connect(m_contributions, &VectorBars::channelPicked, this, [this](int feature) {
        m_workspace.goToStep(lastMapStep(m_workspace.model()->graph()));
        m_workspace.selectChannel(feature);
    });
}

void ChannelDetail::setDisplay(std::optional<ColorMap> chosenColors, std::vector<ValueRange> scales) {
    m_chosenColors = chosenColors;
    m_scales = std::move(scales);
}

void ChannelDetail::setTheme(const Theme& theme) {
    m_lens->setTheme(theme);
    m_map->setTheme(theme);
    m_contributions->setTheme(theme);
    m_readout->setTheme(theme);
    refresh();
}

const ResidualUnit* ChannelDetail::lensUnit() const {
    if (!m_workspace.model() || m_workspace.currentStep() == inputStep)
        return nullptr;
    const ResidualUnit* unit = m_workspace.model()->graph().unitOf(m_workspace.currentStep());
    return unit && unit->add ? unit : nullptr;
}

// The maps that stand large: the step's own, or those that pooling has averaged.
FeatureMapsPtr ChannelDetail::shownMaps() const {
    const StepId step = m_workspace.currentStep();
    const Activations& activations = m_workspace.activations();
    if (!m_workspace.model() || step >= activations.stepCount())
        return nullptr;
    const Graph& graph = m_workspace.model()->graph();
    if (step != inputStep && graph.step(step).kind == StepKind::GlobalAveragePool)
        return activations.output(graph.step(step).inputs.front());
    return activations.output(step);
}

ChannelDetail::Shown ChannelDetail::shown() const {
    if (m_wantsLens && lensUnit())
        return Shown::Lens;
    const FeatureMapsPtr maps = shownMaps();
    if (!maps || m_workspace.channel() >= maps->channels())
        return Shown::Nothing;
    return maps->shape().isVector() && isPerClass(m_workspace.model()->graph(), m_workspace.currentStep())
               ? Shown::Contributions
               : Shown::Map;
}

void ChannelDetail::refresh() {
    const ResidualUnit* unit = lensUnit();
    m_unitChip->setVisible(unit);
    m_channelChip->setVisible(unit);
    m_hovered.reset();
    refreshTitle();
    if (shown() == Shown::Lens)
        refreshLens(*unit);
    else if (shown() == Shown::Map)
        refreshMap();
    refreshCell();
    if (shown() == Shown::Contributions)
        refreshContributions();
    arrange();
}

void ChannelDetail::refreshTitle() {
    if (!m_workspace.model()) {
        setTitle(tr("Channel"));
        setSubtitle({});
        return;
    }
    const Graph& graph = m_workspace.model()->graph();
    const StepId step = m_workspace.currentStep();
    setTitle(capitalised(channelName(*m_workspace.model(), step, m_workspace.channel())));
    if (shown() == Shown::Lens)
        setSubtitle(lensUnit()->hasProjection() ? tr("projected x, F(x), sum and ReLU on one scale")
                                                : tr("x, F(x), sum and ReLU on one scale"));
    else if (shown() == Shown::Contributions)
        setSubtitle(tr("and what adds most to its logit"));
    else if (step != inputStep && graph.step(step).kind == StepKind::GlobalAveragePool)
        setSubtitle(tr("the map that is averaged to one value"));
    else
        setSubtitle(QString::fromStdString(graph.stepName(step)));
}

void ChannelDetail::refreshLens(const ResidualUnit& unit) {
    UnitLensContent content;
    content.channel = m_workspace.channel();
    content.hasProjection = unit.hasProjection();
    content.colors = m_chosenColors.value_or(ColorMap::Diverging);
    content.currentStep = m_workspace.currentStep();
    const StepId steps[] = {shortcutStep(unit), unit.bn2, *unit.add, unit.relu2};
    ValueRange range = emptyRange;
    for (std::size_t i = 0; i < content.terms.size(); ++i) {
        content.terms[i].step = steps[i];
        const ActivationStatistics::Entry* entry = m_statistics.of(m_workspace.activations(), steps[i]);
        if (!entry || content.channel >= entry->maps->channels())
            continue;
        content.terms[i].maps = entry->maps;
        range = united(range, rangeOf(entry->channels[std::size_t(content.channel)]));
    }
    content.scale = scaleFor(content.colors, range);
    if (const FeatureMapsPtr& sum = content.terms[2].maps)
        content.cut = shareBelowZero(*sum, content.channel);
    m_lens->setContent(content);
}

void ChannelDetail::refreshMap() {
    const FeatureMapsPtr maps = shownMaps();
    const StepId step = m_workspace.currentStep();
    const auto channel = std::size_t(m_workspace.channel());
    const ColorMap colors = m_chosenColors.value_or(defaultColorMap(m_workspace.model()->graph(), step));
    ValueRange scale = scaleFor(colors, rangeOf(maps->channel(int(channel))));
    if (maps == m_workspace.activations().output(step) && !m_scales.empty())
        scale = m_scales[m_scales.size() == 1 ? 0 : channel];
    m_map->setMap(maps, int(channel), colors, scale);
    m_map->setImage(imageOf(m_workspace.croppedImage()));
}

void ChannelDetail::refreshContributions() {
    const Model& model = *m_workspace.model();
    if (!m_workspace.activations().has(lastMapStep(model.graph()))) {
        m_contributions->setContent({});
        return;
    }
    std::vector<FeatureContribution> all =
        featureContributions(*model.network, m_workspace.activations(), m_workspace.channel());
    std::ranges::stable_sort(all, std::ranges::greater{},
                             [](const FeatureContribution& each) { return std::abs(each.contribution()); });
    const int count =
        std::clamp(contributionsRect().height() / VectorLayout::lineHeight, 1, mostContributions);
    auto values = std::make_shared<FeatureMaps>(FeatureShape{int(all.size()), 1, 1});
    QStringList names;
    for (int feature = 0; feature < int(all.size()); ++feature)
        names << tr("channel %1").arg(feature);
    VectorContent content{nullptr, {}, names, false};
    for (const FeatureContribution& each : all) {
        values->at(each.feature, 0, 0) = float(each.contribution());
        if (int(content.order.size()) < count)
            content.order.push_back(each.feature);
    }
    content.values = values;
    m_contributions->setContent(content);
    m_contributions->setSelectedChannel(-1);
}

void ChannelDetail::setHovered(std::optional<Cell> cell) {
    m_hovered = cell;
    if (shown() == Shown::Map)
        m_map->setHoveredCell(cell);
    refreshCell();
}

void ChannelDetail::refreshCell() {
    const FeatureMapsPtr maps = shownMaps();
    const bool isVector =
        m_workspace.model() && m_workspace.model()->graph().outputShape(m_workspace.currentStep()).isVector();
    const std::optional<Cell> selected = isVector ? std::nullopt : m_workspace.cell();
    m_lens->setCell(selected);
    m_map->setCell(selected);
    std::optional<Cell> cell = m_hovered ? m_hovered : selected;
    if (cell && maps && (cell->y >= maps->height() || cell->x >= maps->width()))
        cell.reset();
    if (!maps || !m_workspace.activations().has(m_workspace.currentStep()) ||
        m_workspace.channel() >= maps->channels())
        m_readout->setReading({tr("Not computed yet"), {}, {}, {}});
    else if (isVector)
        m_readout->setReading(vectorReading(m_workspace, maps->shape().isVector() ? nullptr : maps));
    else if (shown() == Shown::Lens && cell)
        m_readout->setReading(lensReading(m_workspace, *cell, m_lens->valuesAt(*cell)));
    else
        m_readout->setReading(mapReading(m_workspace, *maps, cell));
}

bool ChannelDetail::eventFilter(QObject* object, QEvent* event) {
    if (object == m_stage && event->type() == QEvent::Resize) {
        arrange();
        // As many lines as there is room for.
        if (shown() == Shown::Contributions)
            refreshContributions();
    }
    return Card::eventFilter(object, event);
}

// The lens stands above the numbers, a single map beside them, contributions below.
void ChannelDetail::arrange() {
    const QSize room = m_stage->size();
    const Shown what = shown();
    m_lens->setVisible(what == Shown::Lens);
    m_map->setVisible(what == Shown::Map);
    m_overlay->setVisible(what == Shown::Map && m_workspace.currentStep() != inputStep);
    m_contributions->setVisible(what == Shown::Contributions);
    if (what == Shown::Map) {
        arrangeMap(room);
        return;
    }
    const int readoutHeight = m_readout->heightForWidth(room.width());
    int top = 0;
    if (what == Shown::Lens) {
        const int height =
            std::min(m_lens->heightForWidth(room.width()), room.height() - readoutHeight - gap);
        m_lens->setGeometry(0, 0, room.width(), height);
        top = height + gap;
    }
    m_readout->setGeometry(0, top, room.width(), readoutHeight);
    m_contributions->setGeometry(contributionsRect());
}

QRect ChannelDetail::contributionsRect() const {
    const QSize room = m_stage->size();
    const int top = m_readout->heightForWidth(room.width()) + gap;
    return {0, top, room.width(), std::max(0, room.height() - top)};
}

void ChannelDetail::arrangeMap(const QSize& room) {
    constexpr int colorBarRoom = 72;
    constexpr int leastReadoutWidth = 170;
    const FeatureMapsPtr maps = shownMaps();
    const double aspect = double(maps->width()) / maps->height();
    const int mapWidth =
        std::min(int(room.height() * aspect) + colorBarRoom, room.width() - leastReadoutWidth);
    m_map->setGeometry(0, 0, mapWidth, room.height());
    const int left = mapWidth + gap;
    const int width = std::min(room.width() - left, 300);
    const int height = std::min(room.height(), m_readout->heightForWidth(width));
    m_readout->setGeometry(left, 0, width, height);
    m_overlay->setGeometry(left, height + gap, width, 24);
}

}  // namespace resnet::ui
