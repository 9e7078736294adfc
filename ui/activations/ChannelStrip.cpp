#include "ui/activations/ChannelStrip.h"

#include "ui/activations/GridFigures.h"
#include "ui/activations/MapGrid.h"
#include "ui/activations/UnitLens.h"
#include "ui/widgets/TextSize.h"
#include "ui/words/ActivationWords.h"
#include "ui/words/NumberText.h"

#include <QHBoxLayout>
#include <QToolButton>
#include <QVBoxLayout>
#include <QWheelEvent>

#include <algorithm>

namespace resnet::ui {

namespace {

constexpr int mapSide = 46;

}  // namespace

ChannelStrip::ChannelStrip(Workspace& workspace)
    : ChannelsView(workspace, tr("Channels")),
      m_grid(new MapGrid),
      m_back(makeArrow(QStringLiteral("‹"), tr("The channels before"), -1)),
      m_forward(makeArrow(QStringLiteral("›"), tr("The channels after"), 1)) {
    keepHeight(*m_grid, mapSide + 2 * MapGridLayout::inset + 2);
    m_grid->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* row = new QHBoxLayout;
    row->setSpacing(Theme::grid);
    row->addWidget(m_back);
    row->addWidget(m_grid, 1);
    row->addWidget(m_forward);
    body()->addLayout(row);
    scaleStrip()->setParent(this);  // the scale stands in the view beside it
    scaleStrip()->hide();
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    connectGrid(m_grid);
}

QToolButton* ChannelStrip::makeArrow(const QString& text, const QString& toolTip, int pages) {
    auto* arrow = new QToolButton;
    arrow->setText(text);
    arrow->setToolTip(toolTip);
    arrow->setAccessibleName(toolTip);
    arrow->setProperty("role", QStringLiteral("flat"));
    connect(arrow, &QToolButton::clicked, this, [this, pages] { turn(pages); });
    return arrow;
}

std::vector<StepId> ChannelStrip::shownSteps() const {
    return {workspace().currentStep()};
}

FeatureShape ChannelStrip::shapeOfMaps() const {
    return workspace().session().graph().outputShape(workspace().currentStep());
}

// As many as stand in one row at the strip's height.
int ChannelStrip::pageSize() const {
    if (!workspace().model())
        return 1;
    const FeatureShape shape = shapeOfMaps();
    const double aspect = shape.height > 0 ? double(shape.width) / shape.height : 1.0;
    const int side = std::max(MapGridLayout::smallest, int(mapSide * aspect));
    return std::max(
        1, (int(m_grid->width() / textScale()) - 2 * MapGridLayout::inset) / (side + MapGridLayout::gap));
}

void ChannelStrip::turn(int pages) {
    m_first = std::clamp(m_first + pages * pageSize(), 0, lastFirst());
    showPage();
}

// The last page is as full as the others.
int ChannelStrip::lastFirst() const {
    return std::max(0, int(m_order.size()) - pageSize());
}

// Of a step that the unit beside it shows, unless another scale is wanted.
bool ChannelStrip::isOnLensScale() const {
    const StepId step = workspace().currentStep();
    const Graph& graph = workspace().session().graph();
    const ResidualUnit* unit = unitWithSum(graph, step);
    return unit && workspace().settings().scope == ScaleScope::Step &&
           std::ranges::count(stepsOf(unitTerms(graph, *unit)), step) > 0;
}

std::vector<ValueRange> ChannelStrip::scales(ColorMap colors) const {
    if (!isOnLensScale())
        return scalesFor(colors);
    const Graph& graph = workspace().session().graph();
    return {unitLensContent(graph, *unitWithSum(graph, workspace().currentStep()), workspace().channel(),
                            colors, workspace().edits(), workspace().shown(), statistics())
                .scale};
}

void ChannelStrip::showChannels() {
    m_order = orderOf(workspace().currentStep());
    const auto selected = std::ranges::find(m_order, workspace().channel());
    m_first = selected == m_order.end() ? 0 : int(selected - m_order.begin()) / pageSize() * pageSize();
    showPage();
}

void ChannelStrip::showPage() {
    const StepId step = workspace().currentStep();
    const FeatureMapsPtr maps = workspace().shown().of(step);
    const bool areMaps = maps && !maps->shape().isVector();
    const ColorMap colors = colorsOr(defaultColorMap);
    const int count = int(m_order.size());
    m_first = std::min(m_first, lastFirst());
    const int after = std::min(count, m_first + pageSize());
    MapGridContent content;
    content.maps = {areMaps ? maps : nullptr};
    if (areMaps)
        content.order.assign(m_order.begin() + m_first, m_order.begin() + after);
    content.colors = colors;
    content.scales = areMaps ? scales(colors) : std::vector<ValueRange>();
    content.placeholder = areMaps || !maps ? placeholder() : tr("Values, not maps: see the tab Maps.");
    m_grid->setContent(content);
    m_grid->setSelectedChannel(workspace().channel());
    controls()->tellShown(similarityAnchor(), colors, !areMaps);
    controls()->tellScale(areMaps && isOnLensScale() ? tr("as in the unit") : QString());
    m_back->setEnabled(areMaps && m_first > 0);
    m_forward->setEnabled(areMaps && after < count);
    setSubtitle(
        !areMaps || count == 0 ? QString()
        : after - m_first == count
            ? countText(count, maps->channels())
            : tr("%1 to %2 of %3").arg(m_first + 1).arg(after).arg(countText(count, maps->channels())));
}

// The page with the selected channel comes into sight.
void ChannelStrip::followChannel() {
    const auto selected = std::ranges::find(m_order, workspace().channel());
    const int position = int(selected - m_order.begin());
    const bool isOutside =
        selected != m_order.end() && (position < m_first || position >= m_first + pageSize());
    if (isOutside)
        m_first = position / pageSize() * pageSize();
    if (isOutside || (workspace().model() && isOnLensScale()))  // which is that of the channel
        showPage();
    m_grid->setSelectedChannel(workspace().channel());
}

void ChannelStrip::followPointedCell() {
    if (workspace().model())
        m_grid->setPointedCell(workspace().pointedCell().in(shapeOfMaps()));
}

void ChannelStrip::setTheme(const Theme& theme) {
    m_grid->setTheme(theme);
}

QString ChannelStrip::valuesAt(int channel, const Cell& cell) const {
    return signedValueText(workspace().shown().of(workspace().currentStep())->at(channel, cell.y, cell.x));
}

Figure ChannelStrip::paintedFigure(const FigureTitle& title) {
    return m_grid->content().isEmpty() ? View::paintedFigure(title)
                                       : gridFigure(title, m_grid->content(), workspace().theme());
}

void ChannelStrip::resizeEvent(QResizeEvent* event) {
    ChannelsView::resizeEvent(event);
    if (isUpToDate())
        showChannels();
}

void ChannelStrip::wheelEvent(QWheelEvent* event) {
    turn(event->angleDelta().y() > 0 || event->angleDelta().x() > 0 ? -1 : 1);
    event->accept();
}

}  // namespace resnet::ui
