#include "ui/activations/FeatureMapsPanel.h"

#include "core/explain/ChannelSimilarity.h"
#include "ui/activations/ChannelDetail.h"
#include "ui/activations/ChoiceButton.h"
#include "ui/activations/MapGrid.h"
#include "ui/activations/VectorBars.h"
#include "ui/activations/Wording.h"
#include "ui/painting/NumberText.h"
#include "ui/widgets/Card.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QStackedWidget>

namespace resnet::ui {
namespace {

// A card inside this one: its rows without frame and margins.
void makeColumn(Card* card) {
    card->setProperty("role", QStringLiteral("column"));
    card->layout()->setContentsMargins(0, 0, 0, 0);
}

QString scaleTip() {
    return FeatureMapsPanel::tr(
        "What the colours are scaled to (Alt+A). Beyond one channel the scale ends at three times "
        "the typical value, so that a few extremes do not make all else pale.");
}

}  // namespace

FeatureMapsPanel::FeatureMapsPanel(Workspace& workspace, QWidget* parent)
    : QFrame(parent),
      m_workspace(workspace),
      m_overview(new Card(tr("Feature maps"))),
      m_detail(new ChannelDetail(workspace, m_statistics)),
      m_stack(new QStackedWidget),
      m_grid(new MapGrid),
      m_bars(new VectorBars),
      m_divider(new QFrame) {
    setProperty("role", QStringLiteral("card"));
    setAccessibleName(tr("Feature maps"));
    makeColumn(m_overview);
    makeColumn(m_detail);
    buildControls();
    m_stack->addWidget(m_grid);
    m_stack->addWidget(m_bars);
    m_overview->body()->addWidget(m_stack, 1);

    m_divider->setProperty("role", QStringLiteral("divider"));
    m_divider->setFixedWidth(1);
    auto* columns = new QHBoxLayout(this);
    columns->setContentsMargins(Theme::panelPadding, 10, Theme::panelPadding, Theme::panelPadding);
    columns->setSpacing(Theme::panelPadding);
    columns->addWidget(m_overview, 13);
    columns->addWidget(m_divider);
    columns->addWidget(m_detail, 8);

    connect(m_grid, &MapGrid::channelPicked, &m_workspace, &Workspace::selectChannel);
    connect(m_bars, &VectorBars::channelPicked, &m_workspace, &Workspace::selectChannel);
    connect(m_grid, &MapGrid::cellPicked, this, [this](int channel, Cell cell) {
        m_workspace.selectChannel(channel);
        m_workspace.selectCell(cell);
    });
    connect(m_grid, &MapGrid::cellHovered, this, &FeatureMapsPanel::tellCell);
    connect(m_bars, &VectorBars::channelHovered, this, &FeatureMapsPanel::tellValue);
    connect(m_grid, &MapGrid::hoverLeft, this, &FeatureMapsPanel::refreshTexts);
    connect(m_bars, &VectorBars::hoverLeft, this, &FeatureMapsPanel::refreshTexts);
    connectWorkspace();
    refreshTheme();
}

void FeatureMapsPanel::buildControls() {
    m_filterEdit = new QLineEdit;
    m_filterEdit->setPlaceholderText(tr("Filter"));
    m_filterEdit->setToolTip(tr("Show only these channels: 7, 10-20, dead, live, nan"));
    m_filterEdit->setAccessibleName(tr("Filter channels"));
    m_filterEdit->setProperty("role", QStringLiteral("compact"));
    m_filterEdit->setFixedWidth(84);
    m_filterEdit->setClearButtonEnabled(true);
    m_sortButton = new ChoiceButton(tr("S&ort"), {tr("Index"), tr("Mean"), tr("Maximum"), tr("Deviation"),
                                                  tr("Zeros"), tr("Similarity")});
    m_sortButton->setToolTip(tr("Order of the channels (Alt+O)"));
    m_scaleButton =
        new ChoiceButton(tr("Sc&ale"), {tr("This channel"), tr("This step"), tr("This unit"), tr("Network")});
    m_scaleButton->setChoice(int(m_scope));

    QStringList colors{tr("Automatic")};
    for (ColorMap map : allColorMaps)
        colors << displayName(map);
    m_colorButton = new ChoiceButton(tr("Colo&urs"), colors);
    m_colorButton->setToolTip(tr("How values become colours (Alt+U)"));
    m_overview->addControl(m_filterEdit);
    m_overview->addControl(m_sortButton);
    m_overview->addControl(m_scaleButton);
    m_overview->addControl(m_colorButton);

    connect(m_filterEdit, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_filter = ChannelFilter::parse(text);
        refresh();
    });
    connect(m_sortButton, &ChoiceButton::chosen, this, [this](int choice) { setSortKey(SortKey(choice)); });
    connect(m_scaleButton, &ChoiceButton::chosen, this,
            [this](int choice) { setScaleScope(ScaleScope(choice)); });
    connect(m_colorButton, &ChoiceButton::chosen, this, [this](int choice) {
        setColors(choice == 0 ? std::nullopt : std::optional(allColorMaps[std::size_t(choice) - 1]));
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
    connect(&m_workspace, &Workspace::busyChanged, this, [this](bool busy) {
        if (!busy && m_scope >= ScaleScope::Unit)
            refresh();
    });
    connect(&m_workspace, &Workspace::channelChanged, this, &FeatureMapsPanel::followChannel);
    connect(&m_workspace, &Workspace::cellChanged, m_detail, &ChannelDetail::refreshCell);
    connect(&m_workspace, &Workspace::themeChanged, this, &FeatureMapsPanel::refreshTheme);
}

void FeatureMapsPanel::setSortKey(SortKey key) {
    m_sortKey = key;
    m_similarityAnchor = m_workspace.channel();
    m_sortButton->setChoice(int(key));
    refresh();
}

void FeatureMapsPanel::setScaleScope(ScaleScope scope) {
    m_scope = scope;
    m_scaleButton->setChoice(int(scope));
    refresh();
}

void FeatureMapsPanel::setColors(std::optional<ColorMap> colors) {
    m_colors = colors;
    m_colorButton->setChoice(colors ? int(*colors) + 1 : 0);
    refresh();
}

void FeatureMapsPanel::setFilter(const QString& text) {
    m_filterEdit->setText(text);
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
    if (m_colors || !m_workspace.model())
        return m_colors.value_or(ColorMap::Viridis);
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
    if (!m_filter)
        return tr("This filter cannot be read. Write channels as 7 or 10-20, or dead, live, nan.");
    return tr("No channel passes the filter.");
}

void FeatureMapsPanel::refreshOrder() {
    m_order.clear();
    const ActivationStatistics::Entry* entry =
        currentMaps() ? m_statistics.of(m_workspace.activations(), m_workspace.currentStep()) : nullptr;
    if (!entry || !m_filter)
        return;
    std::vector<double> similarity;
    if (m_sortKey == SortKey::Similarity && !isVector())
        similarity = similarityTo(*entry->maps, entry->channels,
                                  std::min(m_similarityAnchor, entry->maps->channels() - 1));
    m_order = channelOrder(entry->channels, m_sortKey, similarity, *m_filter);
}

void FeatureMapsPanel::refresh() {
    refreshOrder();
    const FeatureMapsPtr maps = currentMaps();
    const StepId step = m_workspace.currentStep();
    std::vector<ValueRange> scales;
    if (maps)
        scales = mapScales(m_scope, currentColors(), m_workspace.model()->graph(), step,
                           m_workspace.activations(), m_statistics);
    const bool bars = maps && isVector() && !m_order.empty();
    if (bars) {
        const Graph& graph = m_workspace.model()->graph();
        QStringList names;
        if (isPerClass(graph, step))
            for (const std::string& name : m_workspace.model()->classNames)
                names << QString::fromStdString(name);
        m_bars->setContent({maps, m_order, names, step == graph.softmaxStep()});
        m_grid->setContent({});
    } else {
        m_grid->setContent({maps, m_order, currentColors(), scales, placeholder()});
        m_bars->setContent({});
    }
    m_stack->setCurrentWidget(bars ? static_cast<QWidget*>(m_bars) : m_grid);
    m_detail->setDisplay(m_colors, std::move(scales));
    followChannel();
}

void FeatureMapsPanel::followChannel() {
    m_grid->setSelectedChannel(m_workspace.channel());
    m_bars->setSelectedChannel(m_workspace.channel());
    m_detail->refresh();
    refreshTexts();
}

void FeatureMapsPanel::followStepComputed(StepId step) {
    const StepId current = m_workspace.currentStep();
    if (!m_workspace.model())
        return;
    if (step == current)
        refresh();
    else if (current != inputStep && m_workspace.model()->graph().unitOf(step) &&
             m_workspace.model()->graph().unitOf(step) == m_workspace.model()->graph().unitOf(current))
        m_detail->refresh();
}

void FeatureMapsPanel::refreshTexts() {
    const FeatureMapsPtr maps = currentMaps();
    m_scaleButton->setEnabled(!isVector());
    m_colorButton->setEnabled(!isVector());
    m_scaleButton->setToolTip(isVector() ? tr("Bars have one scale") : scaleTip());
    m_colorButton->setToolTip(isVector() ? tr("Bars have no colour map")
                                         : tr("How values become colours (Alt+U)"));
    m_sortButton->setChoiceEnabled(int(SortKey::Similarity), !isVector(),
                                   tr("Single values have no likeness"));
    m_sortButton->setShownChoice(
        m_sortKey == SortKey::Similarity && !isVector() ? tr("like %1").arg(m_similarityAnchor) : QString());
    m_colorButton->setShownChoice(displayName(currentColors()));
    m_overview->setTitle(isVector() ? tr("Values") : tr("Feature maps"));
    if (!maps) {
        m_overview->setSubtitle({});
        return;
    }
    const QString shown = int(m_order.size()) == maps->channels()
                              ? QString::number(maps->channels())
                              : tr("%1 of %2 shown").arg(m_order.size()).arg(maps->channels());
    m_overview->setSubtitle(
        isVector() ? shown : tr("%1 of %2").arg(shown, extentText(maps->height(), maps->width())));
}

void FeatureMapsPanel::tellCell(int channel, const Cell& cell) {
    const FeatureMapsPtr maps = currentMaps();
    if (!maps)
        return;
    m_overview->setSubtitle(QStringLiteral("%1, %2: %3")
                                .arg(channelName(*m_workspace.model(), m_workspace.currentStep(), channel),
                                     cellName(cell), signedValueText(maps->at(channel, cell.y, cell.x))));
}

void FeatureMapsPanel::tellValue(int channel) {
    const FeatureMapsPtr maps = currentMaps();
    if (!maps)
        return;
    m_overview->setSubtitle(
        QStringLiteral("%1: %2").arg(channelName(*m_workspace.model(), m_workspace.currentStep(), channel),
                                     signedValueText(maps->data()[channel])));
}

void FeatureMapsPanel::refreshTheme() {
    m_grid->setTheme(m_workspace.theme());
    m_bars->setTheme(m_workspace.theme());
    m_detail->setTheme(m_workspace.theme());
    refresh();
}

}  // namespace resnet::ui
