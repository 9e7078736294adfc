#include "ui/activations/FeatureMapsPanel.h"

#include "ui/activations/ChannelDetail.h"
#include "ui/activations/ChannelsView.h"
#include "ui/activations/ChartsView.h"
#include "ui/activations/MapControls.h"
#include "ui/activations/ScaleStrip.h"
#include "ui/activations/WeightsView.h"
#include "ui/widgets/Card.h"
#include "ui/widgets/Labels.h"
#include "ui/words/ActivationWords.h"

#include <QHBoxLayout>
#include <QStackedWidget>

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
      m_statistics(workspace.engineOptions()),
      m_overview(new Card(tr("Feature maps"))),
      m_detail(new ChannelDetail(workspace, m_statistics)),
      m_controls(new MapControls),
      m_viewButton(new ChoiceButton(
          tr("S&how"), {tr("Maps"), tr("Unit"), tr("All steps"), tr("All units"), tr("Weights")})),
      m_stack(new QStackedWidget),
      m_channels(new ChannelsView(workspace, m_statistics, *m_controls)),
      m_charts(new ChartsView(workspace, m_statistics)),
      m_weights(new WeightsView(workspace)),
      m_reading(new ElidedLabel),
      m_scale(new ScaleStrip) {
    setProperty("role", QStringLiteral("card"));
    setAccessibleName(tr("Feature maps"));
    makeColumn(m_overview);
    makeColumn(m_detail);
    m_viewButton->setToolTip(tr(
        "The maps of this step, what its residual unit does to each channel, figures of all steps or of all units, or the weights (Alt+H)"));
    m_overview->addControl(m_controls);
    m_overview->addControl(m_viewButton);
    for (QWidget* view : std::initializer_list<QWidget*>{m_channels, m_charts, m_weights})
        m_stack->addWidget(view);
    m_reading->setProperty("role", QStringLiteral("secondary"));
    m_reading->setAccessibleName(tr("Under the cursor"));
    m_overview->body()->setSpacing(Theme::grid);
    m_overview->body()->addWidget(m_stack, 1);
    m_scale->setObjectName(QStringLiteral("mapsScale"));
    auto* line = new QHBoxLayout;
    line->addWidget(m_reading, 1);
    line->addWidget(m_scale);
    m_overview->body()->addLayout(line);

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

MapGrid* FeatureMapsPanel::grid() const {
    return m_channels->grid();
}

UnitGrid* FeatureMapsPanel::unitGrid() const {
    return m_channels->unitGrid();
}

VectorBars* FeatureMapsPanel::bars() const {
    return m_channels->bars();
}

ColumnChartView* FeatureMapsPanel::chart() const {
    return m_charts->chart();
}

void FeatureMapsPanel::connectViews() {
    connect(m_viewButton, &ChoiceButton::chosen, this, [this](int choice) { setView(View(choice)); });
    connect(m_controls, &MapControls::sortKeyChosen, m_channels, &ChannelsView::anchorSimilarity);
    connect(m_controls, &MapControls::changed, this,
            [this] { m_workspace.setSettings(m_controls->into(m_workspace.settings())); });
    connect(m_channels, &ChannelsView::told, this, &FeatureMapsPanel::tell);
    connect(m_charts, &ChartsView::told, this, &FeatureMapsPanel::tell);
    connect(m_weights, &WeightsView::told, this, &FeatureMapsPanel::tell);
}

void FeatureMapsPanel::connectWorkspace() {
    connect(&m_workspace, &Workspace::modelChanged, this, &FeatureMapsPanel::refresh);
    connect(&m_workspace, &Workspace::pictureChanged, this, &FeatureMapsPanel::refresh);
    connect(&m_workspace, &Workspace::activationsReset, this, [this] {
        m_statistics.clear();
        refresh();
    });
    connect(&m_workspace, &Workspace::currentStepChanged, this, [this] {
        m_channels->anchorSimilarity();
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
    settings.panelView = view;
    m_workspace.setSettings(settings);
}

void FeatureMapsPanel::takeSettings() {
    m_view = m_workspace.settings().panelView;
    m_viewButton->setChoice(int(m_view));
    m_controls->take(m_workspace.settings());
    refresh();
}

void FeatureMapsPanel::refresh() {
    m_channels->refresh(m_view == View::Unit ? ChannelsView::Content::Unit : ChannelsView::Content::Step);
    m_detail->setDisplay(m_controls->display().colors, m_channels->scales());
    m_controls->setVisible(m_view == View::Maps || m_view == View::Unit);
    if (m_view == View::Weights) {
        m_stack->setCurrentWidget(m_weights);
    } else if (m_view == View::Steps || m_view == View::Units) {
        m_charts->refresh(m_view == View::Steps ? ChartsView::Content::Steps : ChartsView::Content::Units);
        m_stack->setCurrentWidget(m_charts);
    } else {
        m_stack->setCurrentWidget(m_channels);
    }
    m_overview->setExplanation(explanation());
    followChannel();
}

void FeatureMapsPanel::followChannel() {
    if (m_view == View::Weights)
        m_weights->refresh();
    m_channels->followChannel();
    m_detail->refresh();
    refreshTexts();
}

void FeatureMapsPanel::followStepComputed(StepId step) {
    const StepId current = m_workspace.currentStep();
    if (!m_workspace.model())
        return;
    const Graph& graph = m_workspace.model()->graph();
    const bool isOfUnit =
        current != inputStep && graph.unitOf(step) && graph.unitOf(step) == graph.unitOf(current);
    if (step == current || (isOfUnit && m_view == View::Unit))
        refresh();
    else if (isOfUnit)
        m_detail->refresh();
}

QString FeatureMapsPanel::title() const {
    switch (m_view) {
        case View::Maps:
            return m_channels->isVector() ? tr("Values") : tr("Feature maps");
        case View::Unit:
            return tr("Unit by channel");
        case View::Steps:
            return tr("All steps");
        case View::Units:
            return tr("All residual units");
        case View::Weights:
            return tr("Weights");
    }
    return {};
}

QString FeatureMapsPanel::caption() const {
    if (m_view == View::Weights)
        return m_weights->caption();
    return m_view == View::Steps || m_view == View::Units ? m_charts->caption() : m_channels->caption();
}

Explanation FeatureMapsPanel::explanation() const {
    switch (m_view) {
        case View::Maps:
            return mapsWords();
        case View::Unit:
            return unitByChannelWords();
        case View::Steps:
            return allStepsWords();
        case View::Units:
            return allUnitsWords();
        case View::Weights:
            return weightsWords();
    }
    return {};
}

void FeatureMapsPanel::refreshTexts() {
    m_overview->setTitle(title());
    m_overview->setSubtitle(caption());
    refreshScale();
    tell({});
}

void FeatureMapsPanel::refreshScale() {
    const bool isShown = (m_view == View::Maps || m_view == View::Unit) && m_channels->hasOneScale() &&
                         !m_channels->values().isEmpty();
    m_scale->setVisible(isShown);
    if (isShown)
        m_scale->setScale(m_channels->colors(), m_channels->scales().front(), m_channels->values());
}

QString FeatureMapsPanel::hint() const {
    const bool isOfChannels = m_view == View::Maps || m_view == View::Unit;
    const bool isOfCharts = m_view == View::Steps || m_view == View::Units;
    if ((isOfChannels && m_channels->isEmpty()) || (isOfCharts && m_charts->isEmpty()))
        return {};  // what stands in the view's place says why
    switch (m_view) {
        case View::Maps:
            return m_channels->isVector()
                       ? tr("Point at a bar to read it; click to select it.")
                       : tr("Point to read; click selects the channel, double-click the cell.");
        case View::Unit:
            return tr(
                "x, F(x), their sum and ReLU of every channel, on one scale. A click selects the channel, a title goes to its step.");
        case View::Steps:
        case View::Units:
            return tr("Point at a column to read it; click to go there.");
        case View::Weights:
            return tr("Point at a weight to read it.");
    }
    return {};
}

void FeatureMapsPanel::tell(const QString& text) {
    const bool isOfMaps = m_view == View::Maps;
    m_reading->setText(!text.isEmpty() ? text : (isOfMaps ? m_channels->warning() : QString()) + hint());
}

void FeatureMapsPanel::refreshTheme() {
    const Theme& theme = m_workspace.theme();
    m_channels->setTheme(theme);
    m_scale->setTheme(theme);
    m_charts->setTheme(theme);
    m_weights->setTheme(theme);
    m_detail->setTheme(theme);
    refresh();
}

}  // namespace resnet::ui
