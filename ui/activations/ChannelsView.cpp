#include "ui/activations/ChannelsView.h"

#include "core/explain/Statistics.h"
#include "ui/activations/MapControls.h"
#include "ui/activations/MapGrid.h"
#include "ui/activations/UnitGrid.h"
#include "ui/activations/VectorBars.h"
#include "ui/words/NumberText.h"
#include "ui/words/Wording.h"

#include <algorithm>

namespace resnet::ui {

ChannelsView::ChannelsView(Workspace& workspace, ActivationStatistics& statistics, MapControls& controls,
                           QWidget* parent)
    : QStackedWidget(parent),
      m_workspace(workspace),
      m_statistics(statistics),
      m_controls(controls),
      m_grid(new MapGrid),
      m_unitGrid(new UnitGrid),
      m_bars(new VectorBars) {
    for (QWidget* view : std::initializer_list<QWidget*>{m_grid, m_unitGrid, m_bars})
        addWidget(view);
    connectGrid(m_grid);
    connectGrid(m_unitGrid->grid());
    connect(m_unitGrid, &UnitGrid::stepPicked, &m_workspace, &Workspace::goToStep);
    connect(m_bars, &VectorBars::channelPicked, &m_workspace, &Workspace::selectChannel);
    connect(m_bars, &VectorBars::channelHovered, this, &ChannelsView::tellValue);
    connect(m_bars, &VectorBars::hoverLeft, this, [this] { Q_EMIT told({}); });
    connect(&m_workspace.pointedCell(), &PointedCell::changed, this, &ChannelsView::followPointedCell);
}

void ChannelsView::connectGrid(MapGrid* grid) {
    connect(grid, &MapGrid::channelPicked, &m_workspace, &Workspace::selectChannel);
    connect(grid, &MapGrid::cellPicked, this, [this](int channel, Cell cell) {
        m_workspace.selectChannel(channel);
        m_workspace.selectCell(cell);
    });
    connect(grid, &MapGrid::cellHovered, this, &ChannelsView::tellCell);
    connect(grid, &MapGrid::hoverLeft, this, [this] {
        m_workspace.pointedCell().leave();
        Q_EMIT told({});
    });
}

void ChannelsView::setTheme(const Theme& theme) {
    m_grid->setTheme(theme);
    m_unitGrid->setTheme(theme);
    m_bars->setTheme(theme);
}

FeatureMapsPtr ChannelsView::currentMaps() const {
    const StepId step = m_workspace.currentStep();
    if (!m_workspace.model() || step >= m_workspace.activations().stepCount())
        return nullptr;
    return m_workspace.activations().output(step);
}

const ResidualUnit* ChannelsView::currentUnit() const {
    return m_workspace.model() ? unitWithSum(m_workspace.model()->graph(), m_workspace.currentStep())
                               : nullptr;
}

bool ChannelsView::isVector() const {
    return m_workspace.model() &&
           m_workspace.model()->graph().outputShape(m_workspace.currentStep()).isVector();
}

ColorMap ChannelsView::currentColors() const {
    const std::optional<ColorMap>& chosen = m_controls.display().colors;
    if (chosen || !m_workspace.model())
        return chosen.value_or(ColorMap::Viridis);
    return m_content == Content::Unit
               ? ColorMap::Diverging
               : defaultColorMap(m_workspace.model()->graph(), m_workspace.currentStep());
}

QString ChannelsView::placeholder() const {
    if (!m_workspace.model())
        return tr("Open a network to see its feature maps.");
    if (!m_workspace.picture())
        return tr("Open an image to see what the network makes of it.");
    if (!currentMaps())
        return tr("%1 is not computed yet.")
            .arg(QString::fromStdString(m_workspace.model()->graph().stepName(m_workspace.currentStep())));
    if (!m_controls.display().filter)
        return tr("This filter cannot be read. Write channels as 7 or 10-20, or dead, live, nan.");
    return tr("No channel passes the filter.");
}

QString ChannelsView::unitPlaceholder() const {
    if (currentUnit() || !m_workspace.model())
        return placeholder();
    if (std::ranges::none_of(m_workspace.model()->graph().units(), &ResidualUnit::hasAddition))
        return tr("This network has no shortcuts, so its units add nothing to x.");
    return tr("%1 is in no residual unit. Choose one in the diagram, or go forward to layer1.0.")
        .arg(QString::fromStdString(m_workspace.model()->graph().stepName(m_workspace.currentStep())));
}

std::vector<int> ChannelsView::orderOf(StepId step) {
    const MapDisplay& display = m_controls.display();
    const ActivationStatistics::Entry* entry = step < m_workspace.activations().stepCount()
                                                   ? m_statistics.of(m_workspace.activations(), step)
                                                   : nullptr;
    if (!entry || !display.filter)
        return {};
    std::vector<double> similarity;
    if (display.sortKey == SortKey::Similarity && !entry->maps->shape().isVector())
        similarity = similarityTo(*entry->maps, entry->channels,
                                  std::min(m_similarityAnchor, entry->maps->channels() - 1));
    return channelOrder(entry->channels, display.sortKey, similarity, *display.filter);
}

void ChannelsView::refresh(Content content) {
    m_content = content;
    if (content == Content::Unit)
        showUnit();
    else
        showStep();
    m_controls.tellShown(m_similarityAnchor, currentColors(), content == Content::Step && isVector());
    followChannel();
}

void ChannelsView::showStep() {
    const FeatureMapsPtr maps = currentMaps();
    const StepId step = m_workspace.currentStep();
    const std::vector<int> order = orderOf(step);
    m_shownCount = int(order.size());
    m_scales.clear();
    if (maps)
        m_scales = mapScales(m_controls.display().scope, currentColors(), m_workspace.model()->graph(),
                             {&step, 1}, m_workspace.activations(), m_statistics);
    m_unitGrid->setContent({});
    if (maps && isVector() && !order.empty())
        return showBars(maps, order);
    m_bars->setContent({});
    m_grid->setContent({{maps}, order, currentColors(), m_scales, placeholder(), {}});
    setCurrentWidget(m_grid);
}

void ChannelsView::showBars(const FeatureMapsPtr& values, const std::vector<int>& order) {
    const Graph& graph = m_workspace.model()->graph();
    const StepId step = m_workspace.currentStep();
    QStringList names;
    if (isPerClass(graph, step))
        for (const std::string& name : m_workspace.model()->classNames)
            names << QString::fromStdString(name);
    m_bars->setContent({values, order, names, step == graph.softmaxStep()});
    m_grid->setContent({});
    setCurrentWidget(m_bars);
}

void ChannelsView::showUnit() {
    UnitGridContent content;
    content.colors = currentColors();
    content.currentStep = m_workspace.currentStep();
    content.placeholder = unitPlaceholder();
    m_scales.clear();
    m_shownCount = 0;
    if (const ResidualUnit* unit = currentUnit()) {
        content.terms = unitTerms(m_workspace.model()->graph(), *unit);
        const std::vector<StepId> steps = stepsOf(content.terms);
        content.shortcutForm = unit->shortcutForm;
        // In the order of the current step if it is one of them, else of F(x): what the unit is about.
        const bool isTerm = std::ranges::count(steps, content.currentStep) > 0;
        content.order = orderOf(isTerm ? content.currentStep : unit->branchOutput());
        m_shownCount = int(content.order.size());
        for (const StepId step : steps)
            content.maps.push_back(m_workspace.activations().output(step));
        m_scales = mapScales(m_controls.display().scope, content.colors, m_workspace.model()->graph(), steps,
                             m_workspace.activations(), m_statistics);
    }
    content.scales = m_scales;
    m_grid->setContent({});
    m_bars->setContent({});
    m_unitGrid->setContent(content);
    setCurrentWidget(m_unitGrid);
}

void ChannelsView::followChannel() {
    m_grid->setSelectedChannel(m_workspace.channel());
    m_unitGrid->grid()->setSelectedChannel(m_workspace.channel());
    m_bars->setSelectedChannel(m_workspace.channel());
}

void ChannelsView::followPointedCell() {
    if (!m_workspace.model())
        return;
    const Graph& graph = m_workspace.model()->graph();
    const std::optional<Cell> cell =
        m_workspace.pointedCell().in(graph.outputShape(m_workspace.currentStep()));
    m_grid->setPointedCell(cell);
    if (const ResidualUnit* unit = currentUnit())
        m_unitGrid->grid()->setPointedCell(m_workspace.pointedCell().in(graph.outputShape(*unit->add)));
}

QString ChannelsView::channelCount(int channels) const {
    return m_shownCount == channels ? QString::number(channels)
                                    : tr("%1 of %2 shown").arg(m_shownCount).arg(channels);
}

QString ChannelsView::caption() {
    if (m_content == Content::Unit) {
        const ResidualUnit* unit = currentUnit();
        if (!unit)
            return {};
        const int channels = m_workspace.model()->graph().outputShape(*unit->add).channels;
        return (m_shownCount == channels ? tr("%1, %2 channels") : QStringLiteral("%1, %2"))
            .arg(QString::fromStdString(unit->name), channelCount(channels));
    }
    const FeatureMapsPtr maps = currentMaps();
    if (!maps)
        return {};
    const QString count = channelCount(maps->channels());
    const bool isWhole = m_shownCount == maps->channels();
    QString text =
        isVector()
            ? count
            : (isWhole ? tr("%1 of %2") : tr("%1, %2")).arg(count, extentText(maps->height(), maps->width()));
    const auto* entry = m_statistics.of(m_workspace.activations(), m_workspace.currentStep());
    if (const int dead = deadChannels(entry->channels); dead > 0 && !isVector())
        text += tr(", %1 dead").arg(dead);
    return text;
}

QString ChannelsView::warning() {
    if (m_content == Content::Unit || !currentMaps())
        return {};
    return notFiniteText(m_statistics.of(m_workspace.activations(), m_workspace.currentStep())->total);
}

ValueRange ChannelsView::values() {
    const StepId step = m_workspace.currentStep();
    ValueRange all = emptyRange;
    const auto widen = [&](StepId each) {
        if (const auto* entry = m_statistics.of(m_workspace.activations(), each);
            entry && entry->total.count > 0)
            all = united(all, {float(entry->total.minimum), float(entry->total.maximum)});
    };
    if (m_content == Content::Unit && currentUnit())
        std::ranges::for_each(unitTerms(m_workspace.model()->graph(), *currentUnit()), widen,
                              &UnitTerm::step);
    else
        widen(step);
    return all;
}

void ChannelsView::tellCell(int channel, const Cell& cell) {
    const Model& model = *m_workspace.model();
    const QString place = QStringLiteral("%1, %2: ")
                              .arg(channelName(model, m_workspace.currentStep(), channel), cellName(cell));
    const Run& activations = m_workspace.activations();
    if (m_content == Content::Step) {
        const FeatureMapsPtr maps = currentMaps();
        m_workspace.pointedCell().pointAt(cell, maps->shape());
        Q_EMIT told(place + signedValueText(maps->at(channel, cell.y, cell.x)));
        return;
    }
    const ResidualUnit& unit = *currentUnit();
    m_workspace.pointedCell().pointAt(cell, model.graph().outputShape(*unit.add));
    QStringList values;
    for (const UnitTerm& term : unitTerms(model.graph(), unit))
        if (const FeatureMapsPtr& maps = activations.output(term.step))
            values << QStringLiteral("%1 %2").arg(unitTermName(term, unit.shortcutForm),
                                                  signedValueText(maps->at(channel, cell.y, cell.x)));
    Q_EMIT told(place + values.join(QStringLiteral(", ")));
}

void ChannelsView::tellValue(int channel) {
    if (const FeatureMapsPtr maps = currentMaps())
        Q_EMIT told(QStringLiteral("%1: %2").arg(
            channelName(*m_workspace.model(), m_workspace.currentStep(), channel),
            signedValueText(maps->data()[channel])));
}

}  // namespace resnet::ui
