#include "ui/activations/ChannelDetail.h"

#include "ui/activations/CellReadout.h"
#include "ui/activations/ClassContributions.h"
#include "ui/activations/EnlargedMap.h"
#include "ui/activations/PictureBeside.h"
#include "ui/activations/ScaleStrip.h"
#include "ui/activations/UnitLens.h"
#include "ui/drawing/SectionLayout.h"
#include "ui/images/QtImage.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/TextSize.h"
#include "ui/words/ActivationWords.h"
#include "ui/words/StepWords.h"
#include "ui/words/Wording.h"
#include "ui/workspace/RunStatistics.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QSlider>
#include <QVBoxLayout>

#include <algorithm>

namespace resnet::ui {
namespace {

constexpr int gap = 2 * Theme::grid;

}  // namespace

ChannelDetail::ChannelDetail(Workspace& workspace, About about, QWidget* parent)
    : View(workspace, tr("Channel"), parent),
      m_about(about),
      m_scale(new ScaleStrip),
      m_stage(new QWidget),
      m_lens(new UnitLens(m_stage)),
      m_map(new EnlargedMap(m_stage)),
      m_contributions(new ClassContributions(workspace, m_stage)),
      m_readout(new CellReadout(m_stage)),
      m_opacity(new QSlider(Qt::Horizontal)),
      m_overlay(makeOverlayRow()),
      m_picture(new PictureBeside(m_stage)) {
    addControl(m_scale);
    setFollows(Follows::Maps);
    body()->addWidget(m_stage, 1);
    m_stage->installEventFilter(this);
    m_map->setColorBarVisible(true);
    keepLeastHeight(*m_stage, 120);
    m_map->setAccessibleName(tr("Enlarged channel"));
    m_map->setPlaceholder(tr("not computed"));
    connectParts();
}

QWidget* ChannelDetail::makeOverlayRow() {
    auto* overlay = new QWidget(m_stage);
    auto* caption = new QLabel(tr("Over the picture"));
    caption->setProperty("role", QStringLiteral("secondary"));
    m_opacity->setRange(0, 100);
    m_opacity->setValue(100);
    m_opacity->setToolTip(tr("Lays the map over the picture: from the picture alone to the map alone"));
    m_opacity->setAccessibleName(tr("Opacity of the map over the picture"));
    auto* row = new QHBoxLayout(overlay);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(caption);
    row->addWidget(m_opacity, 1);
    return overlay;
}

void ChannelDetail::connectParts() {
    connect(m_lens, &UnitLens::cellPicked, &workspace(), &Workspace::selectCell);
    connect(m_map, &EnlargedMap::cellPicked, &workspace(), &Workspace::selectCell);
    const auto pointAt = [this](std::optional<Cell> cell) {
        if (const FeatureMapsPtr maps = shownMaps(); cell && maps)
            workspace().pointedCell().pointAt(*cell, maps->shape());
        else
            workspace().pointedCell().leave();
    };
    connect(m_lens, &UnitLens::cellHovered, this, pointAt);
    connect(m_map, &EnlargedMap::cellHovered, this, pointAt);
    connect(m_picture, &PictureBeside::pixelHovered, this, [this](std::optional<Cell> pixel) {
        if (pixel)
            workspace().pointedCell().pointAt(*pixel, workspace().model()->network->spec().inputShape());
        else
            workspace().pointedCell().leave();
    });
    connect(&workspace().pointedCell(), &PointedCell::changed, this, &ChannelDetail::followPointedCell);
    connect(&workspace().highlight(), &Highlight::changed, m_lens,
            [this] { m_lens->setHalo(workspace().highlight().step()); });
    m_lens->setHalo(workspace().highlight().step());
    connect(m_lens, &UnitLens::stepPicked, &workspace(), &Workspace::goToStep);
    connect(m_opacity, &QSlider::valueChanged, this,
            [this](int percent) { m_map->setOpacity(percent / 100.0); });
}

void ChannelDetail::refresh(const Changes& changes) {
    if (changes.have(Changes::Theme))
        setTheme(workspace().theme());
    bool isOther = changes.have(Changes::anySession & ~Changes::Outputs) ||
                   changes.have(Changes::Step | Changes::Channel | Changes::Settings | Changes::Theme |
                                Changes::Statistics);
    if (const ResidualUnit* unit = lensUnit())
        isOther = isOther || changes.concernOutputs(unit->input, unit->last());
    if (workspace().model())
        isOther =
            isOther || changes.concernOutput(shownStep()) || changes.concernOutput(workspace().currentStep());
    if (isOther)
        showChannel();
    else if (changes.have(Changes::Cell))
        refreshCell();
}

void ChannelDetail::setTheme(const Theme& theme) {
    m_scale->setTheme(theme);
    m_lens->setTheme(theme);
    m_map->setTheme(theme);
    m_contributions->setTheme(theme);
    m_readout->setTheme(theme);
    m_picture->setTheme(theme);
    m_scale->setTheme(theme);
}

const ResidualUnit* ChannelDetail::lensUnit() const {
    return workspace().model() ? unitWithSum(workspace().model()->graph(), workspace().currentStep())
                               : nullptr;
}

// The step whose maps stand large: the current one, or the one that pooling has averaged.
StepId ChannelDetail::shownStep() const {
    const Graph& graph = workspace().model()->graph();
    const StepId step = workspace().currentStep();
    const bool isAverage = step != inputStep && graph.step(step).kind == StepKind::GlobalAveragePool;
    return isAverage ? graph.step(step).inputs.front() : step;
}

FeatureMapsPtr ChannelDetail::shownMaps() const {
    return workspace().model() ? workspace().shown().of(shownStep()) : nullptr;
}

ChannelDetail::Shown ChannelDetail::shown() const {
    if (m_about == About::Unit && lensUnit())
        return Shown::Lens;
    const FeatureMapsPtr maps = shownMaps();
    if (!maps || workspace().channel() >= maps->channels())
        return Shown::Nothing;
    return maps->shape().isVector() && isPerClass(workspace().model()->graph(), workspace().currentStep())
               ? Shown::Contributions
               : Shown::Map;
}

void ChannelDetail::showChannel() {
    refreshTitle();
    if (shown() == Shown::Lens)
        refreshLens(*lensUnit());
    else if (shown() == Shown::Map)
        refreshMap();
    refreshCell();
    arrange();
    m_contributions->refresh();
}

void ChannelDetail::refreshTitle() {
    setExplanation(shown() == Shown::Lens            ? unitLensWords()
                   : shown() == Shown::Contributions ? contributionsWords()
                                                     : channelWords());
    if (!workspace().model()) {
        setTitle(tr("Channel"));
        setSubtitle({});
        return;
    }
    const Graph& graph = workspace().model()->graph();
    const StepId step = workspace().currentStep();
    const QString channel = channelName(*workspace().model(), step, workspace().channel());
    setTitle(capitalised(channel));
    if (shown() == Shown::Lens) {
        const Section unit = sectionOf(graph, step);
        setTitle(tr("%1, %2").arg(titleOf(unit), channel));
        setSubtitle(explanationOf(graph, unit));
    } else if (shown() == Shown::Contributions)
        setSubtitle(tr("and what counts most for its score"));
    else if (step != inputStep && graph.step(step).kind == StepKind::GlobalAveragePool)
        setSubtitle(tr("the map that is averaged to one value"));
    else
        setSubtitle(titleOf(graph, step));
}

void ChannelDetail::refreshLens(const ResidualUnit& unit) {
    UnitLensContent content =
        unitLensContent(workspace().session().graph(), unit, workspace().channel(),
                        workspace().settings().colors.value_or(defaultColorMap), workspace().edits(),
                        workspace().shown(), workspace().statistics().values());
    content.currentStep = workspace().currentStep();
    m_lens->setContent(content);
    m_scale->setScale(content.colors, content.scale, emptyRange);
}

void ChannelDetail::refreshMap() {
    const FeatureMapsPtr maps = shownMaps();
    const StepId step = workspace().currentStep();
    const auto channel = std::size_t(workspace().channel());
    const ColorMap colors = workspace().settings().colors.value_or(defaultColorMap);
    ValueRange scale = scaleFor(colors, rangeOf(maps->channel(int(channel))));
    if (maps == workspace().shown().of(step))
        if (const std::vector<ValueRange> scales = scalesOfPanel(colors); !scales.empty())
            scale = scales[scales.size() == 1 ? 0 : channel];
    m_map->setMap(maps, int(channel), colors, scale);
    const QImage picture = toQImage(workspace().croppedImage());
    m_map->setImage(picture);
    m_picture->setPicture(picture);
}

// Those that the view beside it has its maps on.
std::vector<ValueRange> ChannelDetail::scalesOfPanel(ColorMap colors) const {
    const StepId step = workspace().currentStep();
    if (workspace().settings().panelView != ViewSettings::unitMaps)
        return scalesShown(workspace(), colors, {&step, 1});
    const ResidualUnit* unit = lensUnit();
    return unit ? scalesShown(workspace(), colors, stepsOf(unitTerms(workspace().session().graph(), *unit)))
                : std::vector<ValueRange>();
}

std::optional<Cell> ChannelDetail::readCell(const FeatureMapsPtr& maps) const {
    if (!maps)
        return std::nullopt;
    std::optional<Cell> cell = workspace().pointedCell().in(maps->shape());
    if (!cell && !workspace().model()->graph().outputShape(workspace().currentStep()).isVector())
        cell = workspace().cell();
    return cell && cell->y < maps->height() && cell->x < maps->width() ? cell : std::nullopt;
}

Reading ChannelDetail::reading(const FeatureMapsPtr& maps, const std::optional<Cell>& cell) const {
    if (!maps || !workspace().shown().has(workspace().currentStep()) ||
        workspace().channel() >= maps->channels())
        return {tr("This step %1").arg(workspace().shown().whyNot(workspace().currentStep())), {}, {}, {}};
    if (workspace().model()->graph().outputShape(workspace().currentStep()).isVector())
        return vectorReading(workspace(), maps->shape().isVector() ? nullptr : maps);
    if (shown() == Shown::Lens && cell)
        return lensReading(workspace(), *cell, m_lens->content().terms, m_lens->content().shortcutForm,
                           m_lens->valuesAt(*cell));
    Reading whole = mapReading(workspace(), *maps, cell);
    if (shown() == Shown::Lens)  // of which of them it tells
        whole.place =
            tr("%1, whole channel").arg(titleOf(workspace().model()->graph(), workspace().currentStep()));
    return whole;
}

void ChannelDetail::refreshCell() {
    const FeatureMapsPtr maps = shownMaps();
    const bool isVector =
        workspace().model() && workspace().model()->graph().outputShape(workspace().currentStep()).isVector();
    const std::optional<Cell> selected = isVector ? std::nullopt : workspace().cell();
    m_lens->setCell(selected);
    m_map->setCell(selected);
    followPointedCell();
}

void ChannelDetail::followPointedCell() {
    const FeatureMapsPtr maps = shownMaps();
    const std::optional<Cell> pointed = maps ? workspace().pointedCell().in(maps->shape()) : std::nullopt;
    m_lens->setPointedCell(pointed);
    m_map->setPointedCell(pointed);
    const std::optional<Cell> cell = readCell(maps);
    m_readout->setReading(reading(maps, cell));
    // Of an averaged map, what its cells have seen: the step before.
    const StepId step = workspace().currentStep();
    const bool hasSeen = cell && step != inputStep;
    m_picture->setSeen(
        hasSeen ? std::optional(seenBy(workspace().model()->graph(), shownStep(), cell->y, cell->x))
                : std::nullopt);
}

bool ChannelDetail::eventFilter(QObject* object, QEvent* event) {
    if (object == m_stage && event->type() == QEvent::Resize)
        arrange();
    return View::eventFilter(object, event);
}

// The lens stands above the numbers, a single map beside them, contributions below.
void ChannelDetail::arrange() {
    const Shown what = shown();
    m_lens->setVisible(what == Shown::Lens);
    m_scale->setVisible(what == Shown::Lens);
    m_map->setVisible(what == Shown::Map);
    m_overlay->setVisible(what == Shown::Map && workspace().currentStep() != inputStep);
    m_picture->setVisible(false);
    m_contributions->setVisible(what == Shown::Contributions);
    if (what == Shown::Map)
        arrangeMap(m_stage->size());
    else
        arrangeBelow(m_stage->size());
}

namespace {

constexpr int leastLens = 110;
constexpr int leastContributions = 60;

}  // namespace

void ChannelDetail::arrangeBelow(const QSize& room) {
    int readoutHeight = m_readout->heightForWidth(room.width());
    int top = 0;
    // The maps come first: the numbers are in the status line, too.
    const int leastAbove = shown() == Shown::Lens ? scaled(leastLens) : 0;
    m_readout->setVisible(room.height() >= leastAbove + readoutHeight + gap);
    if (m_readout->isHidden())
        readoutHeight = -gap;
    if (shown() == Shown::Lens) {
        const int height =
            std::min(m_lens->heightForWidth(room.width()), room.height() - readoutHeight - gap);
        m_lens->setGeometry(0, 0, room.width(), height);
        top = height + gap;
    }
    m_readout->setGeometry(0, top, room.width(), readoutHeight);
    top += readoutHeight + gap;
    m_contributions->setGeometry(0, top, room.width(), std::max(0, room.height() - top));
    if (m_contributions->height() < scaled(leastContributions))
        m_contributions->hide();
}

void ChannelDetail::arrangeMap(const QSize& room) {
    const int colorBarRoom = scaled(72);
    const int leastReadoutWidth = scaled(170);
    const int overlayHeight = scaled(24);
    constexpr int leastPicture = 88;
    const FeatureMapsPtr maps = shownMaps();
    const double aspect = double(maps->width()) / maps->height();
    const int beside = room.width() - leastReadoutWidth;
    const bool isNarrow = beside < leastReadoutWidth / 2;  // the map alone, then
    const int mapWidth =
        isNarrow ? room.width() : std::min(int(room.height() * aspect) + colorBarRoom, beside);
    m_map->setGeometry(0, 0, mapWidth, room.height());
    const int left = mapWidth + gap;
    const int width = std::min(room.width() - left, scaled(300));
    const int height = std::min(room.height(), m_readout->heightForWidth(width));
    const bool hasReadout =
        !isNarrow && m_readout->heightForWidth(width) <= room.height() && left + width <= room.width();
    m_readout->setVisible(hasReadout);
    m_readout->setGeometry(left, 0, width, height);
    if (!hasReadout || height + gap + overlayHeight > room.height())
        m_overlay->hide();
    m_overlay->setGeometry(left, height + gap, width, overlayHeight);
    const int top = height + gap + (m_overlay->isHidden() ? 0 : overlayHeight + gap);
    m_picture->setVisible(hasReadout && room.height() - top >= leastPicture);
    m_picture->setGeometry(left, top, width, room.height() - top);
}

}  // namespace resnet::ui
