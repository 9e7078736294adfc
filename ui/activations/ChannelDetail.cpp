#include "ui/activations/ChannelDetail.h"

#include "core/explain/UnitNorms.h"
#include "ui/activations/CellReadout.h"
#include "ui/activations/EnlargedMap.h"
#include "ui/activations/UnitLens.h"
#include "ui/activations/Wording.h"
#include "ui/painting/NumberText.h"

#include <QButtonGroup>
#include <QEvent>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace resnet::ui {
namespace {

QToolButton* chip(const QString& text, const QString& tip) {
    auto* button = new QToolButton;
    button->setText(text);
    button->setToolTip(tip);
    button->setAccessibleName(QString(text).remove(QLatin1Char('&')));
    button->setCheckable(true);
    button->setProperty("role", QStringLiteral("chip"));
    return button;
}

// Place of a value among the others, the largest first.
int rankOf(const FeatureMaps& values, int channel) {
    const float value = values.data()[channel];
    return 1 + int(std::count_if(values.data(), values.data() + values.size(),
                                 [&](float v) { return v > value; }));
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
      m_readout(new CellReadout(m_stage)) {
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

    connect(m_unitChip, &QToolButton::toggled, this, [this](bool on) {
        m_wantsLens = on;
        refresh();
    });
    connect(m_lens, &UnitLens::cellPicked, &m_workspace, &Workspace::selectCell);
    connect(m_map, &EnlargedMap::cellPicked, &m_workspace, &Workspace::selectCell);
    connect(m_lens, &UnitLens::cellHovered, this, &ChannelDetail::setHovered);
    connect(m_map, &EnlargedMap::cellHovered, this, &ChannelDetail::setHovered);
    connect(m_lens, &UnitLens::stepPicked, &m_workspace, &Workspace::goToStep);
}

void ChannelDetail::setDisplay(std::optional<ColorMap> chosenColors, std::vector<ValueRange> scales) {
    m_chosenColors = chosenColors;
    m_scales = std::move(scales);
}

void ChannelDetail::setTheme(const Theme& theme) {
    m_lens->setTheme(theme);
    m_map->setTheme(theme);
    m_readout->setTheme(theme);
    refresh();
}

const ResidualUnit* ChannelDetail::lensUnit() const {
    if (!m_workspace.model() || m_workspace.currentStep() == inputStep)
        return nullptr;
    const ResidualUnit* unit = m_workspace.model()->graph().unitOf(m_workspace.currentStep());
    return unit && unit->add ? unit : nullptr;
}

bool ChannelDetail::isLensShown() const {
    return m_wantsLens && lensUnit();
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

void ChannelDetail::refresh() {
    const ResidualUnit* unit = lensUnit();
    m_unitChip->setVisible(unit);
    m_channelChip->setVisible(unit);
    m_hovered.reset();
    refreshTitle();
    if (isLensShown())
        refreshLens(*unit);
    else
        refreshMap();
    refreshCell();
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
    if (isLensShown())
        setSubtitle(lensUnit()->hasProjection() ? tr("projected x, F(x), sum and ReLU on one scale")
                                                : tr("x, F(x), sum and ReLU on one scale"));
    else if (step != inputStep && graph.step(step).kind == StepKind::GlobalAveragePool)
        setSubtitle(tr("the map that is averaged to one value"));
    else
        setSubtitle(QString::fromStdString(graph.stepName(step)));
}

void ChannelDetail::refreshLens(const ResidualUnit& unit) {
    const Activations& activations = m_workspace.activations();
    UnitLensContent content;
    const StepId steps[] = {shortcutStep(unit), unit.bn2, *unit.add, unit.relu2};
    ValueRange range = emptyRange;
    for (std::size_t i = 0; i < content.terms.size(); ++i) {
        content.terms[i].step = steps[i];
        const ActivationStatistics::Entry* entry = m_statistics.of(activations, steps[i]);
        if (!entry || m_workspace.channel() >= entry->maps->channels())
            continue;
        content.terms[i].maps = entry->maps;
        range = united(range, rangeOf(entry->channels[std::size_t(m_workspace.channel())]));
    }
    content.channel = m_workspace.channel();
    content.hasProjection = unit.hasProjection();
    content.colors = m_chosenColors.value_or(ColorMap::Diverging);
    content.scale = scaleFor(content.colors, range);
    content.currentStep = m_workspace.currentStep();
    if (const FeatureMapsPtr& sum = content.terms[2].maps) {
        int below = 0;
        for (int y = 0; y < sum->height(); ++y)
            for (int x = 0; x < sum->width(); ++x)
                below += sum->at(content.channel, y, x) < 0.0f;
        content.cut = double(below) / double(sum->shape().pixels());
    }
    m_lens->setContent(content);
}

void ChannelDetail::refreshMap() {
    const FeatureMapsPtr maps = shownMaps();
    const StepId step = m_workspace.currentStep();
    const auto channel = std::size_t(m_workspace.channel());
    if (!maps || maps->shape().isVector() || int(channel) >= maps->channels()) {
        m_map->setMap(nullptr, 0, ColorMap::Viridis, {0.0f, 1.0f});
        return;
    }
    const ColorMap colors = m_chosenColors.value_or(defaultColorMap(m_workspace.model()->graph(), step));
    ValueRange scale = scaleFor(colors, rangeOf(maps->channel(int(channel))));
    if (maps == m_workspace.activations().output(step) && !m_scales.empty())
        scale = m_scales[m_scales.size() == 1 ? 0 : channel];
    m_map->setMap(maps, int(channel), colors, scale);
}

void ChannelDetail::setHovered(std::optional<Cell> cell) {
    m_hovered = cell;
    if (!isLensShown())
        m_map->setHoveredCell(cell);
    refreshCell();
}

void ChannelDetail::refreshCell() {
    m_lens->setCell(m_workspace.cell());
    m_map->setCell(m_workspace.cell());
    const FeatureMapsPtr maps = shownMaps();
    std::optional<Cell> cell = m_hovered ? m_hovered : m_workspace.cell();
    if (cell && maps && (cell->y >= maps->height() || cell->x >= maps->width()))
        cell.reset();
    if (!maps || m_workspace.channel() >= maps->channels())
        m_readout->setReading({tr("Not computed yet"), {}, {}});
    else if (m_workspace.model()->graph().outputShape(m_workspace.currentStep()).isVector())
        m_readout->setReading(vectorReading());
    else if (isLensShown() && cell)
        m_readout->setReading(lensReading(*cell));
    else
        m_readout->setReading(mapReading(cell));
}

Reading ChannelDetail::lensReading(const Cell& cell) const {
    Reading reading{capitalised(cellName(cell)),
                    seenText(m_workspace.model()->graph(), m_workspace.currentStep(), cell),
                    {}};
    const auto values = m_lens->valuesAt(cell);
    for (int term = 0; term < 4; ++term) {
        const std::optional<float> value = values[std::size_t(term)];
        reading.numbers.push_back({value ? signedValueText(*value) : QStringLiteral("–"),
                                   UnitLens::termName(term), UnitLens::termColor(term, m_workspace.theme())});
    }
    return reading;
}

Reading ChannelDetail::mapReading(std::optional<Cell> cell) const {
    const FeatureMapsPtr maps = shownMaps();
    const Statistics statistics = statisticsOf(*maps, m_workspace.channel());
    const QColor ink = m_workspace.theme().ink;
    Reading reading;
    if (cell) {
        reading.place = capitalised(cellName(*cell));
        reading.note = seenText(m_workspace.model()->graph(), m_workspace.currentStep(), *cell);
        reading.numbers.push_back({signedValueText(maps->at(m_workspace.channel(), cell->y, cell->x)),
                                   tr("value"), m_workspace.theme().mainPath});
    } else {
        reading.place = tr("Whole channel");
        reading.note = tr("click a cell to see its values");
        reading.numbers.push_back({percentText(statistics.shareOfZeros()), tr("zeros"), ink});
    }
    reading.numbers.push_back({signedValueText(statistics.mean), tr("mean"), ink});
    reading.numbers.push_back({signedValueText(statistics.minimum), tr("minimum"), ink});
    reading.numbers.push_back({signedValueText(statistics.maximum), tr("maximum"), ink});
    if (statistics.notFinite() > 0)
        reading.note = tr("%1 cells are NaN or infinite").arg(statistics.notFinite());
    return reading;
}

Reading ChannelDetail::vectorReading() const {
    const Model& model = *m_workspace.model();
    const Graph& graph = model.graph();
    const Activations& activations = m_workspace.activations();
    const StepId step = m_workspace.currentStep();
    const int channel = m_workspace.channel();
    const QColor ink = m_workspace.theme().ink;
    const FeatureMapsPtr& values = activations.output(step);
    Reading reading;
    if (!values)
        return {tr("Not computed yet"), {}, {}};
    reading.place = tr("Rank %1 of %2").arg(rankOf(*values, channel)).arg(values->channels());
    if (!isPerClass(graph, step)) {
        reading.note = tr("the mean of this map");
        reading.numbers.push_back(
            {signedValueText(values->data()[channel]), tr("value"), m_workspace.theme().mainPath});
        if (const FeatureMapsPtr maps = shownMaps()) {
            reading.numbers.push_back(
                {signedValueText(statisticsOf(*maps, channel).maximum), tr("maximum"), ink});
        }
        return reading;
    }
    reading.note = tr("class %1").arg(channel);
    if (const FeatureMapsPtr& logits = activations.output(graph.logitsStep()))
        reading.numbers.push_back({signedValueText(logits->data()[channel]), tr("logit"), ink});
    if (const FeatureMapsPtr& shares = activations.output(graph.softmaxStep())) {
        const float share = shares->data()[channel];
        reading.numbers.push_back({percentText(share), tr("probability"), m_workspace.theme().mainPath});
    }
    return reading;
}

bool ChannelDetail::eventFilter(QObject* object, QEvent* event) {
    if (object == m_stage && event->type() == QEvent::Resize)
        arrange();
    return Card::eventFilter(object, event);
}

// The lens stands above the numbers; a single map beside them.
void ChannelDetail::arrange() {
    constexpr int gap = 2 * Theme::grid;
    const QSize room = m_stage->size();
    const FeatureMapsPtr maps = shownMaps();
    const bool lens = isLensShown();
    const bool map = !lens && maps && !maps->shape().isVector();
    m_lens->setVisible(lens);
    m_map->setVisible(map);
    if (map) {
        const double aspect = double(maps->width()) / maps->height();
        constexpr int barRoom = 72;
        const int mapWidth = std::min(int(room.height() * aspect) + barRoom, room.width() - 170);
        m_map->setGeometry(0, 0, mapWidth, room.height());
        const int width = std::min(room.width() - mapWidth - gap, 300);
        m_readout->setGeometry(mapWidth + gap, 0, width,
                               std::min(room.height(), m_readout->heightForWidth(width)));
        return;
    }
    const int readoutHeight = m_readout->heightForWidth(room.width());
    const int lensHeight =
        lens ? std::min(m_lens->heightForWidth(room.width()), room.height() - readoutHeight - gap) : 0;
    m_lens->setGeometry(0, 0, room.width(), lensHeight);
    m_readout->setGeometry(0, lens ? lensHeight + gap : 0, room.width(), readoutHeight);
}

}  // namespace resnet::ui
