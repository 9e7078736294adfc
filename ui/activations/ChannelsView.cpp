#include "ui/activations/ChannelsView.h"

#include "ui/activations/GridFigures.h"
#include "ui/activations/MapGrid.h"
#include "ui/activations/MapScale.h"
#include "ui/activations/ScaleStrip.h"
#include "ui/activations/UnitGrid.h"
#include "ui/activations/VectorBars.h"
#include "ui/words/ActivationWords.h"
#include "ui/words/NumberText.h"
#include "ui/words/StepWords.h"
#include "ui/words/Wording.h"
#include "ui/workspace/RunStatistics.h"

#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace resnet::ui {

ChannelsView::ChannelsView(Workspace& workspace, const QString& title)
    : View(workspace, title), m_controls(new MapControls), m_scale(new ScaleStrip) {
    addControl(m_controls);
    setFollows(Follows::Maps);
    m_scale->setObjectName(QStringLiteral("mapsScale"));
    connect(m_controls, &MapControls::sortKeyChosen, this, &ChannelsView::anchorSimilarity);
    connect(m_controls, &MapControls::changed, this,
            [this] { this->workspace().setSettings(m_controls->into(this->workspace().settings())); });
    connect(&workspace.pointedCell(), &PointedCell::changed, this, [this] {
        if (isUpToDate())
            followPointedCell();
    });
}

void ChannelsView::refresh(const Changes& changes) {
    if (changes.have(Changes::Theme)) {
        setTheme(workspace().theme());
        m_scale->setTheme(workspace().theme());
    }
    if (changes.have(Changes::Settings))
        m_controls->take(workspace().settings());
    if (changes.have(Changes::Model | Changes::Step))
        anchorSimilarity();
    bool isOther = changes.have(Changes::Model | Changes::Picture | Changes::OtherRun | Changes::Step |
                                Changes::Settings | Changes::Theme);
    // A scale over many steps follows when a run has ended.
    if (changes.have(Changes::RunEnded | Changes::Statistics))
        isOther = isOther || m_controls->display().scope != ScaleScope::Step;
    for (const StepId step : shownSteps())
        isOther = isOther || changes.concernOutput(step);
    if (isOther)
        showChannels();
    if (isOther || changes.have(Changes::Channel))
        followChannel();
}

void ChannelsView::connectGrid(MapGrid* grid) {
    connect(grid, &MapGrid::channelPicked, &workspace(), &Workspace::selectChannel);
    connect(grid, &MapGrid::cellPicked, this,
            [this](int channel, Cell cell) { workspace().goTo(workspace().currentStep(), channel, cell); });
    connect(grid, &MapGrid::cellHovered, this, [this](int channel, Cell cell) {
        workspace().pointedCell().pointAt(cell, shapeOfMaps());
        tell(QStringLiteral("%1, %2: %3")
                 .arg(channelName(*workspace().model(), workspace().currentStep(), channel), cellName(cell),
                      valuesAt(channel, cell)));
    });
    connect(grid, &MapGrid::hoverLeft, this, [this] {
        workspace().pointedCell().leave();
        tell({});
    });
}

ActivationStatistics& ChannelsView::statistics() const {
    return workspace().statistics().values();
}

QWidget* ChannelsView::scaleStrip() const {
    return m_scale;
}

std::vector<int> ChannelsView::orderOf(StepId step) {
    const MapDisplay& display = m_controls->display();
    const ActivationStatistics::Entry* entry =
        workspace().model() ? statistics().of(workspace().shown().of(step)) : nullptr;
    if (!entry || !display.filter)
        return {};
    std::vector<double> similarity;
    if (display.sortKey == SortKey::Similarity && !entry->maps->shape().isVector())
        similarity = similarityTo(*entry->maps, entry->channels,
                                  std::min(m_similarityAnchor, entry->maps->channels() - 1),
                                  workspace().engineOptions());
    return channelOrder(entry->channels, display.sortKey, similarity, *display.filter);
}

std::vector<ValueRange> ChannelsView::scalesFor(ColorMap colors) const {
    return scalesShown(workspace(), colors, shownSteps());
}

void ChannelsView::showScale(ColorMap colors, const std::vector<ValueRange>& scales, bool isShown) {
    ValueRange values = emptyRange;
    for (const StepId step : shownSteps())
        if (const auto* entry = statistics().of(workspace().shown().of(step)))
            values = united(values, rangeOf(entry->total));
    const bool hasOne = isShown && scales.size() == 1 && !values.isEmpty();
    m_scale->setVisible(hasOne);
    if (hasOne)
        m_scale->setScale(colors, scales.front(), values);
}

QString ChannelsView::placeholder() const {
    if (!workspace().model())
        return tr("Open a network to see its feature maps.");
    if (!workspace().picture())
        return tr("Open a picture to see what the network makes of it.");
    if (!workspace().shown().of(workspace().currentStep()))
        return QStringLiteral("%1 %2.").arg(titleOf(workspace().session().graph(), workspace().currentStep()),
                                            workspace().shown().whyNot(workspace().currentStep()));
    if (!m_controls->display().filter)
        return tr("This filter cannot be read. Write channels as 7 or 10-20, or dead, live, nan.");
    return tr("No channel passes the filter.");
}

QString ChannelsView::countText(int shown, int channels) {
    return shown == channels ? QString::number(channels) : tr("%1 of %2 shown").arg(shown).arg(channels);
}

FeatureMapsView::FeatureMapsView(Workspace& workspace)
    : ChannelsView(workspace, tr("Feature maps")),
      m_stack(new QStackedWidget),
      m_grid(new MapGrid),
      m_bars(new VectorBars) {
    m_stack->addWidget(m_grid);
    m_stack->addWidget(m_bars);
    body()->setSpacing(Theme::grid);
    body()->addWidget(m_stack, 1);
    addFoot(scaleStrip());
    setExplanation(mapsWords());
    connectGrid(m_grid);
    connect(m_bars, &VectorBars::channelPicked, &workspace, &Workspace::selectChannel);
    connect(m_bars, &VectorBars::channelHovered, this, [this](int channel) {
        tell(QStringLiteral("%1: %2").arg(
            channelName(*this->workspace().model(), this->workspace().currentStep(), channel),
            valuesAt(channel, {})));
    });
    connect(m_bars, &VectorBars::hoverLeft, this, [this] { tell({}); });
}

void FeatureMapsView::setTheme(const Theme& theme) {
    m_grid->setTheme(theme);
    m_bars->setTheme(theme);
}

bool FeatureMapsView::isVector() const {
    return workspace().model() && shapeOfMaps().isVector();
}

FeatureShape FeatureMapsView::shapeOfMaps() const {
    return workspace().session().graph().outputShape(workspace().currentStep());
}

std::vector<StepId> FeatureMapsView::shownSteps() const {
    return {workspace().currentStep()};
}

void FeatureMapsView::showChannels() {
    std::vector<int> order = orderOf(workspace().currentStep());
    const ColorMap colors = colorsOr(defaultColorMap);
    const FeatureMapsPtr values =
        workspace().model() ? workspace().shown().of(workspace().currentStep()) : nullptr;
    // Too many to look through: of those one wants to see the best.
    const bool areRanked = values && isVector() && int(order.size()) > VectorLayout::mostNamed &&
                           isPerClass(workspace().session().graph(), workspace().currentStep());
    if (areRanked && controls()->display().sortKey == SortKey::Index)
        rank(order, *values);
    if (isVector() && !order.empty())
        showBars(order, areRanked);
    else
        showGrid(order, colors);
    controls()->tellShown(similarityAnchor(), colors, isVector(), areRanked);
    setTitle(isVector() ? tr("Values") : tr("Feature maps"));
    setSubtitle(captionOf(int(order.size())));
    const auto* entry = values ? statistics().of(values) : nullptr;
    const QString warning = entry ? notFiniteText(entry->total) : QString();
    // What stands in the view's place says why there is nothing.
    setHint(order.empty()
                ? warning
                : warning + (isVector()
                                 ? tr("Point at a bar to read it; click to select it.")
                                 : tr("Point to read; click selects the channel, double-click the cell.")));
}

void FeatureMapsView::showGrid(const std::vector<int>& order, ColorMap colors) {
    const FeatureMapsPtr maps = workspace().shown().of(workspace().currentStep());
    const std::vector<ValueRange> scales = maps ? scalesFor(colors) : std::vector<ValueRange>();
    m_bars->setContent({});
    QStringList names;  // of colours, at the input
    if (maps && workspace().currentStep() == inputStep)
        for (int channel = 0; channel < maps->channels(); ++channel)
            names << channelName(*workspace().model(), inputStep, channel);
    m_grid->setContent({{maps}, order, colors, scales, placeholder(), {}, names});
    m_stack->setCurrentWidget(m_grid);
    showScale(colors, scales, !order.empty());
}

void FeatureMapsView::showBars(const std::vector<int>& order, bool areRanked) {
    const Graph& graph = workspace().session().graph();
    const StepId step = workspace().currentStep();
    QStringList names;
    if (isPerClass(graph, step))
        for (const std::string& name : workspace().model()->classNames)
            names << QString::fromStdString(name);
    m_bars->setContent({workspace().shown().of(step), order, names, step == graph.softmaxStep(), areRanked});
    m_grid->setContent({});
    m_stack->setCurrentWidget(m_bars);
    showScale({}, {}, false);
}

QString FeatureMapsView::captionOf(int shown) const {
    const FeatureMapsPtr maps = workspace().shown().of(workspace().currentStep());
    if (!maps)
        return {};
    const QString count = countText(shown, maps->channels());
    if (isVector())
        return count;
    QString text = (shown == maps->channels() ? tr("%1 of %2") : tr("%1, %2"))
                       .arg(count, extentText(maps->height(), maps->width()));
    const auto* entry = statistics().of(maps);
    if (const int dead = deadChannels(entry->channels); dead > 0)
        text += tr(", %1 dead").arg(dead);
    return text;
}

void FeatureMapsView::followChannel() {
    m_grid->setSelectedChannel(workspace().channel());
    m_bars->setSelectedChannel(workspace().channel());
}

void FeatureMapsView::followPointedCell() {
    if (workspace().model())
        m_grid->setPointedCell(workspace().pointedCell().in(shapeOfMaps()));
}

QString FeatureMapsView::valuesAt(int channel, const Cell& cell) const {
    return signedValueText(workspace().shown().of(workspace().currentStep())->at(channel, cell.y, cell.x));
}

Figure FeatureMapsView::paintedFigure(const FigureTitle& title) {
    return m_stack->currentWidget() == m_grid && !m_grid->content().isEmpty()
               ? gridFigure(title, m_grid->content(), workspace().theme())
               : View::paintedFigure(title);
}

UnitMapsView::UnitMapsView(Workspace& workspace)
    : ChannelsView(workspace, tr("Unit by channel")), m_grid(new UnitGrid) {
    body()->setSpacing(Theme::grid);
    body()->addWidget(m_grid, 1);
    addFoot(scaleStrip());
    setExplanation(unitByChannelWords());
    connectGrid(m_grid->grid());
    connect(m_grid, &UnitGrid::stepPicked, &workspace, &Workspace::goToStep);
}

void UnitMapsView::setTheme(const Theme& theme) {
    m_grid->setTheme(theme);
}

const ResidualUnit* UnitMapsView::unit() const {
    return workspace().model() ? unitWithSum(workspace().session().graph(), workspace().currentStep())
                               : nullptr;
}

FeatureShape UnitMapsView::shapeOfMaps() const {
    return workspace().session().graph().outputShape(*unit()->add);
}

std::vector<StepId> UnitMapsView::shownSteps() const {
    if (!unit())
        return {};
    return stepsOf(unitTerms(workspace().session().graph(), *unit()));
}

QString UnitMapsView::unitPlaceholder() const {
    if (unit() || !workspace().model())
        return placeholder();
    if (std::ranges::none_of(workspace().session().graph().units(), &ResidualUnit::hasAddition))
        return tr("This network has no shortcuts, so its units add nothing to x.");
    return tr("%1 is in no residual unit. Choose one in the diagram.")
        .arg(titleOf(workspace().session().graph(), workspace().currentStep()));
}

void UnitMapsView::showChannels() {
    const ColorMap colors = colorsOr(defaultColorMap);
    UnitGridContent content;
    content.maps.colors = colors;
    content.maps.placeholder = unitPlaceholder();
    content.titles.currentStep = workspace().currentStep();
    QString caption;
    if (const ResidualUnit* unit = this->unit()) {
        const std::vector<StepId> steps = shownSteps();
        content.titles.terms = unitTerms(workspace().session().graph(), *unit, workspace().edits());
        content.titles.shortcutForm = unit->shortcutForm;
        // In the order of the current step if it is one of them, else of F(x): what the unit is about.
        const bool isTerm = std::ranges::count(steps, workspace().currentStep()) > 0;
        content.maps.order = orderOf(isTerm ? workspace().currentStep() : unit->branchOutput());
        for (const StepId step : steps)
            content.maps.maps.push_back(workspace().shown().of(step));
        content.maps.scales = scalesFor(colors);
        const int shown = int(content.maps.order.size());
        const int channels = shapeOfMaps().channels;
        caption = (shown == channels ? tr("%1, %2 channels") : QStringLiteral("%1, %2"))
                      .arg(titleOf(*unit), countText(shown, channels));
    }
    m_grid->setContent(content);
    controls()->tellShown(similarityAnchor(), colors, false);
    setSubtitle(caption);
    setHint(
        content.maps.order.empty()
            ? QString()
            : tr("x, F(x), their sum and ReLU of every channel, on one scale. A click selects the channel, a title goes to its step."));
    showScale(colors, content.maps.scales, !content.maps.order.empty());
}

void UnitMapsView::followChannel() {
    m_grid->grid()->setSelectedChannel(workspace().channel());
}

void UnitMapsView::followPointedCell() {
    if (unit())
        m_grid->grid()->setPointedCell(workspace().pointedCell().in(shapeOfMaps()));
}

QString UnitMapsView::valuesAt(int channel, const Cell& cell) const {
    QStringList values;
    for (const UnitTerm& term : unitTerms(workspace().session().graph(), *unit(), workspace().edits()))
        if (const FeatureMapsPtr maps = workspace().shown().of(term.step))
            values << QStringLiteral("%1 %2").arg(unitTermName(term, unit()->shortcutForm),
                                                  signedValueText(maps->at(channel, cell.y, cell.x)));
    return values.join(QStringLiteral(", "));
}

Figure UnitMapsView::paintedFigure(const FigureTitle& title) {
    const UnitGridContent& content = m_grid->content();
    return content.maps.isEmpty() ? View::paintedFigure(title)
                                  : gridFigure(title, content.maps, content.titles, workspace().theme());
}

}  // namespace resnet::ui
