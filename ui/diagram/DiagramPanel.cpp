#include "ui/diagram/DiagramPanel.h"

#include "ui/diagram/Breadcrumbs.h"
#include "ui/diagram/DiagramCanvas.h"
#include "ui/diagram/DiagramViewMenu.h"
#include "ui/diagram/OtherRiver.h"
#include "ui/diagram/StepDescription.h"
#include "ui/diagram/UnitSwitches.h"
#include "ui/images/QtImage.h"
#include "ui/painting/DiagramPainter.h"
#include "ui/painting/Thumbnails.h"
#include "ui/widgets/TextSize.h"
#include "ui/words/EditWords.h"
#include "ui/words/ViewWords.h"
#include "ui/workspace/RunDifferences.h"
#include "ui/workspace/Workspace.h"

#include <QAction>
#include <QHBoxLayout>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

namespace resnet::ui {

namespace {

constexpr int staleDelay = 150;  // milliseconds

}  // namespace

DiagramPanel::DiagramPanel(Workspace& workspace, QWidget* parent)
    : View(workspace, tr("Diagram"), parent),
      m_canvas(new DiagramCanvas),
      m_other(new OtherRiver(workspace)),
      m_breadcrumbs(new Breadcrumbs),
      m_columns(new QHBoxLayout),
      m_viewMenu(new DiagramViewMenu(m_canvas, this)),
      m_switches(new UnitSwitches(workspace, this)),
      m_back(new QAction(tr("Back to the step &visited before"), this)),
      m_forward(new QAction(tr("F&orward to the step visited after"), this)),
      m_side(new QAction(this)) {
    m_back->setShortcut(Qt::ALT | Qt::Key_Left);
    m_forward->setShortcut(Qt::ALT | Qt::Key_Right);
    m_side->setCheckable(true);
    m_side->setVisible(false);
    m_columns->setSpacing(2 * Theme::grid);
    m_columns->addWidget(m_canvas, 1);
    body()->addLayout(m_columns, 3);
    body()->addWidget(m_other, 2);
    buildTitleRow();
    setFollows(Follows::Maps, false);  // the switch is in the title row
    connectViews();
    connect(&workspace, &Workspace::busyChanged, this, &DiagramPanel::showBusy);
    connect(&workspace, &Workspace::progressChanged, this, [this](int finished) {
        if (finished == 0)
            showBusy();
    });
}

DiagramPanel::~DiagramPanel() = default;

void DiagramPanel::buildTitleRow() {
    titleRow()->insertWidget(1, m_breadcrumbs, 100);
    const std::pair<QString, QString> levels[] = {{tr("Network"), tr("Stages as blocks (1)")},
                                                  {tr("Units"), tr("Residual units as blocks (2)")},
                                                  {tr("Layers"), tr("Every step (3)")}};
    for (int i = 0; i < 3; ++i) {
        const auto& [name, tip] = levels[i];
        m_levels[i] = makeChip(name, tip, tr("Level of detail: %1").arg(name));
        m_levels[i]->setCheckable(true);
        m_levels[i]->setAutoExclusive(true);
        m_levels[i]->setChecked(Detail(i) == m_canvas->detail());
        connect(m_levels[i], &QToolButton::clicked, this, [this, i] { setDetail(Detail(i)); });
    }
    setExplanation(diagramWords());
}

QToolButton* DiagramPanel::makeChip(const QString& text, const QString& toolTip,
                                    const QString& accessibleName) {
    auto* chip = new QToolButton;
    chip->setText(text);
    chip->setToolTip(toolTip);
    chip->setAccessibleName(accessibleName);
    chip->setProperty("role", QStringLiteral("chip"));
    addControl(chip);
    return chip;
}

void DiagramPanel::addLeadingControl(QWidget* control) {
    titleRow()->insertWidget(titleRow()->indexOf(m_levels[0]), control);
}

void DiagramPanel::setSideView(QWidget* view, const QString& name) {
    constexpr int sideWidth = 250;
    keepWidth(*view, sideWidth);
    view->hide();
    m_columns->insertWidget(0, view);
    m_side->setText(name);
    m_side->setToolTip(tr("Shows it at the left of the diagram"));
    m_side->setVisible(true);
    connect(m_side, &QAction::toggled, view, &QWidget::setVisible);
}

void DiagramPanel::connectViews() {
    const auto describe = [this](StepId step) {
        return m_model ? descriptionOf(m_model->graph(), step, m_live.content()) : QString();
    };
    m_canvas->setContent(&m_live.content());
    m_canvas->setDescription(describe);
    connect(m_canvas, &DiagramCanvas::stepClicked, &workspace(), &Workspace::goToStep);
    connect(m_canvas, &DiagramCanvas::walkRequested, this, &DiagramPanel::walk);
    connect(m_canvas, &DiagramCanvas::toggleRequested, m_switches, &UnitSwitches::toggle);
    connect(m_canvas, &DiagramCanvas::unitMenuRequested, m_switches, &UnitSwitches::showMenu);
    connect(m_canvas, &DiagramCanvas::detailChanged, this, [this] {
        m_levels[int(m_canvas->detail())]->setChecked(true);
        m_other->setDetail(m_canvas->detail());
    });
    connect(m_canvas, &DiagramCanvas::drawingChanged, this, &DiagramPanel::showMaps);
    connect(&workspace().highlight(), &Highlight::changed, m_canvas,
            [this] { m_canvas->setHalo(workspace().highlight().step()); });
    connect(m_breadcrumbs, &Breadcrumbs::groupFollowed, m_canvas,
            [this](const Group& group) { m_canvas->toggle(group); });
    connect(m_breadcrumbs, &Breadcrumbs::stepFollowed, m_canvas, &DiagramCanvas::reveal);
    connect(m_viewMenu, &DiagramViewMenu::shadingChosen, this, &DiagramPanel::setShadedBy);
    connect(m_viewMenu, &DiagramViewMenu::normsToggled, this, &DiagramPanel::setNormsShown);
    addActions({m_back, m_forward});
    connect(m_back, &QAction::triggered, this, [this] { goTo(m_history.back()); });
    connect(m_forward, &QAction::triggered, this, [this] { goTo(m_history.forward()); });
    showHistory();
}

void DiagramPanel::refresh(const Changes& changes) {
    if (changes.have(Changes::Theme)) {
        m_canvas->setTheme(workspace().theme());
        m_live.setOnDark(workspace().theme().isDark());
    }
    m_other->refresh(changes);
    if (changes.have(Changes::Model))
        takeModel();
    if (!m_model)
        return;
    if (changes.have(Changes::Model | Changes::Picture))
        m_live.setInput(toQImage(workspace().croppedImage()));
    m_live.follow(workspace().activations(), changes);
    if (changes.have(Changes::Model | Changes::Step))
        takeStep();
    if (changes.have(Changes::Model | Changes::Step | Changes::Theme))
        m_breadcrumbs->showStep(m_model->graph(), workspace().currentStep(), workspace().theme());
    if (changes.have(Changes::Settings))
        m_viewMenu->showSettings(workspace().settings());
    if (changes.have(Changes::anySession | Changes::Step | Changes::Channel | Changes::Settings |
                     Changes::Statistics | Changes::Edits | Changes::Theme | Changes::Shown))
        showContent();
}

void DiagramPanel::takeModel() {
    m_canvas->setGraph(nullptr);
    m_model = workspace().model();
    const Graph* graph = m_model ? &m_model->graph() : nullptr;
    m_live.setGraph(graph);
    m_history.clear();
    showHistory();
    m_canvas->setGraph(graph);
    setTitle(graph ? QString::fromStdString(displayName(graph->spec())) : tr("Diagram"));
    if (!graph)
        m_breadcrumbs->showNothing();
}

void DiagramPanel::takeStep() {
    const StepId step = workspace().currentStep();
    m_live.select(step);
    m_history.visit(step);
    showHistory();
    m_canvas->reveal(step);
}

bool DiagramPanel::isBeingReplaced() const {
    return workspace().isBusy() && workspace().progress().second > 0 &&
           workspace().activations().isComplete();
}

// While another picture or network is computed, the old results are marked as stale after 150 ms. When only
// missing steps are computed, the one in progress is highlighted.
void DiagramPanel::showBusy() {
    if (!m_model || !isUpToDate())
        return;
    m_live.setRunning(workspace().isBusy() && workspace().progress().second > 0 && !isBeingReplaced());
    if (isBeingReplaced())
        QTimer::singleShot(staleDelay, this, [this] {
            if (!isBeingReplaced() || !isUpToDate())
                return;
            m_live.setStale(true);
            showContent();
        });
    else
        m_live.setStale(false);
    showContent();
}

void DiagramPanel::showContent() {
    const ViewSettings& settings = workspace().settings();
    m_live.setEdits(workspace().edits());
    m_live.setSelected(selectedIn(workspace()));
    m_viewMenu->setComparable(workspace().shown().hasBefore());
    const bool isDifference = settings.shadedBy == ShadedBy::Difference;
    m_live.setShading(shadingOf(m_model->graph(), workspace().activations(), settings.shadedBy,
                                isDifference ? workspace().differences().want() : nullptr));
    m_live.setNorms(settings.areNormsShown ? normsIn(workspace()) : std::vector<double>());
    showMaps();
}

void DiagramPanel::showMaps() {
    if (m_model && isUpToDate())
        m_live.makePictures(m_canvas->drawing(), shownIn(workspace().shown()));
    m_canvas->contentChanged();
}

void DiagramPanel::walk(WalkDirection direction) {
    if (!m_model)
        return;
    if (const auto step = walked(m_model->graph(), m_canvas->drawing(), workspace().currentStep(), direction))
        workspace().goToStep(*step);
}

void DiagramPanel::goTo(std::optional<StepId> visited) {
    if (visited)
        workspace().goToStep(*visited);
    showHistory();
}

void DiagramPanel::showHistory() {
    m_back->setEnabled(m_history.canGoBack());
    m_back->setToolTip(m_history.canGoBack() ? tr("Through the steps as in a browser (Alt+Left)")
                                             : tr("No other step was visited before"));
    m_forward->setEnabled(m_history.canGoForward());
    m_forward->setToolTip(m_history.canGoForward() ? tr("Through the steps as in a browser (Alt+Right)")
                                                   : tr("No step was gone back from"));
}

void DiagramPanel::showFound(const std::vector<StepId>& steps) {
    m_live.setFound({steps.begin(), steps.end()});
    m_canvas->contentChanged();
}

void DiagramPanel::setDetail(Detail detail) {
    m_canvas->setDetail(detail);
}

void DiagramPanel::setShadedBy(ShadedBy by) {
    ViewSettings settings = workspace().settings();
    settings.shadedBy = by;
    workspace().setSettings(settings);
}

void DiagramPanel::setNormsShown(bool shown) {
    ViewSettings settings = workspace().settings();
    settings.areNormsShown = shown;
    workspace().setSettings(settings);
}

Figure DiagramPanel::paintedFigure(const FigureTitle&) {
    return diagramFigure(m_model->graph(), m_live.content(), exportOptions());
}

DiagramExportOptions DiagramPanel::exportOptions() const {
    DiagramExportOptions options;
    options.open = m_canvas->openNodes();
    options.theme = workspace().theme().kind;
    return options;
}

}  // namespace resnet::ui
