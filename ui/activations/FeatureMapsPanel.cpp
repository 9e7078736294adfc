#include "ui/activations/FeatureMapsPanel.h"

#include "core/explain/ChannelSimilarity.h"
#include "ui/activations/ActivationCharts.h"
#include "ui/activations/ChannelDetail.h"
#include "ui/activations/ChoiceButton.h"
#include "ui/activations/ColumnChartView.h"
#include "ui/activations/MapGrid.h"
#include "ui/activations/VectorBars.h"
#include "ui/activations/WeightsView.h"
#include "ui/activations/Wording.h"
#include "ui/painting/NumberText.h"
#include "ui/widgets/Card.h"

#include <QHBoxLayout>
#include <QStackedWidget>

#include <algorithm>

namespace resnet::ui {
namespace {

// A card inside this one: its rows without frame and margins.
void makeColumn(Card* card) {
    card->setProperty("role", QStringLiteral("column"));
    card->layout()->setContentsMargins(0, 0, 0, 0);
}

QFrame* divider() {
    auto* line = new QFrame;
    line->setProperty("role", QStringLiteral("divider"));
    line->setFixedWidth(1);
    return line;
}

}  // namespace

FeatureMapsPanel::FeatureMapsPanel(Workspace& workspace, QWidget* parent)
    : QFrame(parent),
      m_workspace(workspace),
      m_overview(new Card(tr("Feature maps"))),
      m_detail(new ChannelDetail(workspace, m_statistics)),
      m_controls(new MapControls),
      m_viewButton(
          new ChoiceButton(tr("S&how"), {tr("Maps"), tr("All steps"), tr("All units"), tr("Weights")})),
      m_stack(new QStackedWidget),
      m_grid(new MapGrid),
      m_bars(new VectorBars),
      m_chart(new ColumnChartView),
      m_weights(new WeightsView(workspace)) {
    setProperty("role", QStringLiteral("card"));
    setAccessibleName(tr("Feature maps"));
    makeColumn(m_overview);
    makeColumn(m_detail);
    m_viewButton->setToolTip(
        tr("The maps of this step, figures of all steps or of all residual units, or the weights "
           "(Alt+H)"));
    m_overview->addControl(m_controls);
    m_overview->addControl(m_viewButton);
    for (QWidget* view : std::initializer_list<QWidget*>{m_grid, m_bars, m_chart, m_weights})
        m_stack->addWidget(view);
    m_overview->body()->addWidget(m_stack, 1);

    auto* columns = new QHBoxLayout(this);
    columns->setContentsMargins(Theme::panelPadding, 10, Theme::panelPadding, Theme::panelPadding);
    columns->setSpacing(Theme::panelPadding);
    columns->addWidget(m_overview, 13);
    columns->addWidget(divider());
    columns->addWidget(m_detail, 8);

    connectViews();
    connectWorkspace();
    refreshTheme();
}

void FeatureMapsPanel::connectViews() {
    connect(m_viewButton, &ChoiceButton::chosen, this, [this](int choice) { setView(View(choice)); });
    connect(m_controls, &MapControls::sortKeyChosen, this,
            [this] { m_similarityAnchor = m_workspace.channel(); });
    connect(m_controls, &MapControls::changed, this,
            [this] { m_workspace.setSettings(m_controls->into(m_workspace.settings())); });

    connect(m_grid, &MapGrid::channelPicked, &m_workspace, &Workspace::selectChannel);
    connect(m_bars, &VectorBars::channelPicked, &m_workspace, &Workspace::selectChannel);
    connect(m_grid, &MapGrid::cellPicked, this, [this](int channel, Cell cell) {
        m_workspace.selectChannel(channel);
        m_workspace.selectCell(cell);
    });
    connect(m_chart, &ColumnChartView::columnPicked, this, &FeatureMapsPanel::pickColumn);

    connect(m_grid, &MapGrid::cellHovered, this, &FeatureMapsPanel::tellCell);
    connect(m_bars, &VectorBars::channelHovered, this, &FeatureMapsPanel::tellValue);
    connect(m_chart, &ColumnChartView::columnHovered, this, &FeatureMapsPanel::tellColumn);
    connect(m_grid, &MapGrid::hoverLeft, this, &FeatureMapsPanel::refreshTexts);
    connect(m_bars, &VectorBars::hoverLeft, this, &FeatureMapsPanel::refreshTexts);
    connect(m_chart, &ColumnChartView::hoverLeft, this, &FeatureMapsPanel::refreshTexts);
    connect(m_weights, &WeightsView::told, this, [this](const QString& text) {
        m_overview->setSubtitle(text.isEmpty() ? m_weights->caption() : text);
    });
}

void FeatureMapsPanel::connectWorkspace() {
    connect(&m_workspace, &Workspace::modelChanged, this, &FeatureMapsPanel::refresh);
    connect(&m_workspace, &Workspace::pictureChanged, this, &FeatureMapsPanel::refresh);
    connect(&m_workspace, &Workspace::activationsReset, this, [this] {
        m_statistics.clear();
        refresh();
    });
    connect(&m_workspace, &Workspace::currentStepChanged, this, [this] {
        m_similarityAnchor = m_workspace.channel();
        refresh();
    });
    connect(&m_workspace, &Workspace::stepComputed, this, &FeatureMapsPanel::followStepComputed);
    // Scales and charts over many steps follow when a run has ended.
    connect(&m_workspace, &Workspace::busyChanged, this, [this](bool busy) {
        if (!busy)
            refresh();
    });
    connect(&m_workspace, &Workspace::settingsChanged, this, &FeatureMapsPanel::takeSettings);
    connect(&m_workspace, &Workspace::channelChanged, this, &FeatureMapsPanel::followChannel);
    connect(&m_workspace, &Workspace::cellChanged, m_detail, &ChannelDetail::refreshCell);
    connect(&m_workspace, &Workspace::themeChanged, this, &FeatureMapsPanel::refreshTheme);
}

void FeatureMapsPanel::setView(View view) {
    ViewSettings settings = m_workspace.settings();
    settings.mapsView = view;
    m_workspace.setSettings(settings);
}

void FeatureMapsPanel::takeSettings() {
    m_view = m_workspace.settings().mapsView;
    m_viewButton->setChoice(int(m_view));
    m_controls->take(m_workspace.settings());
    refresh();
}

FeatureMapsPtr FeatureMapsPanel::currentMaps() const {
    const StepId step = m_workspace.currentStep();
    if (!m_workspace.model() || step >= m_workspace.activations().stepCount())
        return nullptr;
    return m_workspace.activations().output(step);
}

bool FeatureMapsPanel::isVector() const {
    return m_workspace.model() &&
           m_workspace.model()->graph().outputShape(m_workspace.currentStep()).isVector();
}

ColorMap FeatureMapsPanel::currentColors() const {
    const std::optional<ColorMap>& chosen = m_controls->display().colors;
    if (chosen || !m_workspace.model())
        return chosen.value_or(ColorMap::Viridis);
    return defaultColorMap(m_workspace.model()->graph(), m_workspace.currentStep());
}

QString FeatureMapsPanel::placeholder() const {
    if (!m_workspace.model())
        return tr("Open a network to see its feature maps.");
    if (!m_workspace.picture())
        return tr("Open an image to see what the network makes of it.");
    if (!currentMaps())
        return tr("%1 is not computed yet.")
            .arg(QString::fromStdString(m_workspace.model()->graph().stepName(m_workspace.currentStep())));
    if (!m_controls->display().filter)
        return tr("This filter cannot be read. Write channels as 7 or 10-20, or dead, live, nan.");
    return tr("No channel passes the filter.");
}

std::vector<int> FeatureMapsPanel::currentOrder() {
    const MapDisplay& display = m_controls->display();
    const ActivationStatistics::Entry* entry =
        currentMaps() ? m_statistics.of(m_workspace.activations(), m_workspace.currentStep()) : nullptr;
    if (!entry || !display.filter)
        return {};
    std::vector<double> similarity;
    if (display.sortKey == SortKey::Similarity && !isVector())
        similarity = similarityTo(*entry->maps, entry->channels,
                                  std::min(m_similarityAnchor, entry->maps->channels() - 1));
    return channelOrder(entry->channels, display.sortKey, similarity, *display.filter);
}

void FeatureMapsPanel::refresh() {
    refreshMaps();
    if (m_view == View::Weights)
        m_stack->setCurrentWidget(m_weights);
    else if (m_view != View::Maps)
        refreshChart();
    followChannel();
}

void FeatureMapsPanel::refreshMaps() {
    const FeatureMapsPtr maps = currentMaps();
    const StepId step = m_workspace.currentStep();
    const std::vector<int> order = currentOrder();
    m_shownCount = int(order.size());
    std::vector<ValueRange> scales;
    if (maps)
        scales = mapScales(m_controls->display().scope, currentColors(), m_workspace.model()->graph(), step,
                           m_workspace.activations(), m_statistics);
    const bool bars = maps && isVector() && !order.empty();
    if (bars) {
        const Graph& graph = m_workspace.model()->graph();
        QStringList names;
        if (isPerClass(graph, step))
            for (const std::string& name : m_workspace.model()->classNames)
                names << QString::fromStdString(name);
        m_bars->setContent({maps, order, names, step == graph.softmaxStep()});
        m_grid->setContent({});
    } else {
        m_grid->setContent({maps, order, currentColors(), scales, placeholder(), {}});
        m_bars->setContent({});
    }
    if (m_view == View::Maps)
        m_stack->setCurrentWidget(bars ? static_cast<QWidget*>(m_bars) : m_grid);
    m_detail->setDisplay(m_controls->display().colors, std::move(scales));
}

void FeatureMapsPanel::refreshChart() {
    m_stack->setCurrentWidget(m_chart);
    m_chart->setPlaceholder(placeholder());
    if (!m_workspace.model() || !m_workspace.activations().input()) {
        m_chart->setChart({});
        return;
    }
    const Graph& graph = m_workspace.model()->graph();
    const StepId step = m_workspace.currentStep();
    if (m_view == View::Steps) {
        m_chart->setAccessibleName(tr("Figures of all steps"));
        m_chart->setChart(stepsChart(graph, m_workspace.activations(), m_statistics));
        m_chart->setCurrent(step);
        return;
    }
    m_chart->setAccessibleName(tr("Figures of all residual units"));
    const ResidualUnit* unit = step == inputStep ? nullptr : graph.unitOf(step);
    m_chart->setChart(graph.spec().shortcuts ? unitsChart(graph, m_workspace.activations()) : ColumnChart());
    m_chart->setPlaceholder(tr("This network has no shortcuts to compare with."));
    m_chart->setCurrent(unit ? int(unit - graph.units().data()) : -1);
}

void FeatureMapsPanel::followChannel() {
    if (m_view == View::Weights)
        m_weights->refresh();
    m_grid->setSelectedChannel(m_workspace.channel());
    m_bars->setSelectedChannel(m_workspace.channel());
    m_detail->refresh();
    refreshTexts();
}

void FeatureMapsPanel::followStepComputed(StepId step) {
    const StepId current = m_workspace.currentStep();
    if (!m_workspace.model())
        return;
    const Graph& graph = m_workspace.model()->graph();
    if (step == current)
        refresh();
    else if (current != inputStep && graph.unitOf(step) && graph.unitOf(step) == graph.unitOf(current))
        m_detail->refresh();
}

void FeatureMapsPanel::pickColumn(int column) {
    if (m_view == View::Steps)
        m_workspace.goToStep(column);
    else
        m_workspace.goToStep(m_workspace.model()->graph().units()[std::size_t(column)].bn2);
}

void FeatureMapsPanel::refreshTexts() {
    const FeatureMapsPtr maps = currentMaps();
    m_controls->setVisible(m_view == View::Maps);
    m_controls->tellShown(m_similarityAnchor, currentColors(), isVector());
    const QString titles[] = {isVector() ? tr("Values") : tr("Feature maps"), tr("All steps"),
                              tr("All residual units"), tr("Weights")};
    m_overview->setTitle(titles[int(m_view)]);
    if (m_view == View::Steps || m_view == View::Units) {
        m_overview->setSubtitle(
            m_view == View::Steps ? tr("blue: main path, orange: shortcut; click to go to a step")
                                  : tr("what the main path F adds to the shortcut x; click to go to a unit"));
        return;
    }
    if (m_view == View::Weights) {
        m_overview->setSubtitle(m_weights->caption());
        return;
    }
    if (!maps) {
        m_overview->setSubtitle({});
        return;
    }
    const QString shown = m_shownCount == maps->channels()
                              ? QString::number(maps->channels())
                              : tr("%1 of %2 shown").arg(m_shownCount).arg(maps->channels());
    const QString extent = extentText(maps->height(), maps->width());
    const bool isWhole = m_shownCount == maps->channels();
    QString text = isVector() ? shown : (isWhole ? tr("%1 of %2") : tr("%1, %2")).arg(shown, extent);
    const auto* entry = m_statistics.of(m_workspace.activations(), m_workspace.currentStep());
    if (const int dead = deadChannels(entry->channels); dead > 0 && !isVector())
        text += tr(", %1 dead").arg(dead);
    if (entry->total.notFinite() > 0)
        text += tr(", %1 values are NaN or infinite").arg(entry->total.notFinite());
    m_overview->setSubtitle(text);
}

void FeatureMapsPanel::tellCell(int channel, const Cell& cell) {
    if (const FeatureMapsPtr maps = currentMaps())
        m_overview->setSubtitle(
            QStringLiteral("%1, %2: %3")
                .arg(channelName(*m_workspace.model(), m_workspace.currentStep(), channel), cellName(cell),
                     signedValueText(maps->at(channel, cell.y, cell.x))));
}

void FeatureMapsPanel::tellValue(int channel) {
    if (const FeatureMapsPtr maps = currentMaps())
        m_overview->setSubtitle(QStringLiteral("%1: %2").arg(
            channelName(*m_workspace.model(), m_workspace.currentStep(), channel),
            signedValueText(maps->data()[channel])));
}

void FeatureMapsPanel::tellColumn(int column) {
    const Graph& graph = m_workspace.model()->graph();
    m_overview->setSubtitle(m_view == View::Steps
                                ? stepFigures(graph, m_workspace.activations(), m_statistics, column)
                                : unitFigures(graph.units()[std::size_t(column)], m_workspace.activations()));
}

void FeatureMapsPanel::refreshTheme() {
    const Theme& theme = m_workspace.theme();
    m_grid->setTheme(theme);
    m_bars->setTheme(theme);
    m_chart->setTheme(theme);
    m_weights->setTheme(theme);
    m_detail->setTheme(theme);
    refresh();
}

}  // namespace resnet::ui
