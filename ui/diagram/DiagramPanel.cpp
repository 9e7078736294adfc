#include "ui/diagram/DiagramPanel.h"

#include "core/explain/UnitNorms.h"
#include "ui/diagram/DiagramCanvas.h"
#include "ui/diagram/SectionView.h"
#include "ui/diagram/Thumbnails.h"
#include "ui/images/QtImage.h"
#include "ui/workspace/Workspace.h"

#include <QActionGroup>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QShortcut>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

namespace resnet::ui {

namespace {

constexpr int staleDelay = 150;  // milliseconds

QString text(std::string_view view) {
    return QString::fromUtf8(view.data(), qsizetype(view.size()));
}

}  // namespace

DiagramPanel::DiagramPanel(Workspace& workspace, QWidget* parent)
    : Card(tr("Diagram"), parent),
      m_workspace(workspace),
      m_canvas(new DiagramCanvas),
      m_section(new SectionView),
      m_columns(new QHBoxLayout) {
    auto* drawings = new QVBoxLayout;
    drawings->setSpacing(2 * Theme::grid);
    drawings->addWidget(m_canvas, 46);
    drawings->addWidget(m_section, 54);
    m_columns->setSpacing(2 * Theme::grid);
    m_columns->addLayout(drawings, 1);
    body()->addLayout(m_columns, 1);
    buildTitleRow();
    m_canvas->setContent(&m_live.content());
    m_canvas->setDescription([this](StepId step) { return describe(step); });
    m_section->setDescription([this](StepId step) { return describe(step); });
    connect(m_canvas, &DiagramCanvas::stepClicked, &m_workspace, &Workspace::goToStep);
    connect(m_section, &SectionView::stepClicked, &m_workspace, &Workspace::goToStep);
    connect(m_canvas, &DiagramCanvas::walkRequested, this, &DiagramPanel::walk);
    connect(m_canvas, &DiagramCanvas::detailChanged, this, [this] {
        m_levels[int(m_canvas->detail())]->setChecked(true);
        m_section->setVisible(m_canvas->detail() != Detail::Layer);
    });
    connect(m_canvas, &DiagramCanvas::drawingChanged, this, &DiagramPanel::showMaps);
    const auto shortcut = [this](const QKeySequence& keys, void (DiagramPanel::*slot)()) {
        connect(new QShortcut(keys, this), &QShortcut::activated, this, slot);
    };
    shortcut(QKeySequence(Qt::ALT | Qt::Key_Left), &DiagramPanel::goBackInHistory);
    shortcut(QKeySequence(Qt::ALT | Qt::Key_Right), &DiagramPanel::goForwardInHistory);
    connectWorkspace();
    takeModel();
}

DiagramPanel::~DiagramPanel() = default;

void DiagramPanel::buildTitleRow() {
    m_breadcrumbs = new QLabel;
    m_breadcrumbs->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    m_breadcrumbs->setAccessibleName(tr("Where the current step is"));
    m_breadcrumbs->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    connect(m_breadcrumbs, &QLabel::linkActivated, this, &DiagramPanel::followBreadcrumb);
    titleRow()->insertWidget(1, m_breadcrumbs, 100);

    const char* names[] = {QT_TR_NOOP("Network"), QT_TR_NOOP("Units"), QT_TR_NOOP("Layers")};
    const char* tips[] = {QT_TR_NOOP("Stages as blocks (1)"), QT_TR_NOOP("Residual units as blocks (2)"),
                          QT_TR_NOOP("Every step (3)")};
    for (int i = 0; i < 3; ++i) {
        auto* button = new QToolButton;
        button->setText(tr(names[i]));
        button->setToolTip(tr(tips[i]));
        button->setAccessibleName(tr("Level of detail: %1").arg(tr(names[i])));
        button->setProperty("role", QStringLiteral("chip"));
        button->setCheckable(true);
        button->setAutoExclusive(true);
        button->setChecked(i == 1);
        connect(button, &QToolButton::clicked, this, [this, i] { setDetail(Detail(i)); });
        addControl(button);
        m_levels[i] = button;
    }
    auto* view = new QToolButton;
    view->setText(tr("View"));
    view->setToolTip(tr("What the blocks and lines show"));
    view->setAccessibleName(tr("Diagram view options"));
    view->setProperty("role", QStringLiteral("chip"));
    view->setPopupMode(QToolButton::InstantPopup);
    buildViewMenu(view);
    addControl(view);
}

void DiagramPanel::buildViewMenu(QToolButton* button) {
    auto* menu = new QMenu(button);
    menu->addAction(tr("Fit the diagram\tF"), m_canvas, &DiagramCanvas::fit);
    menu->addAction(tr("Zoom in\t+"), m_canvas, [this] { m_canvas->zoomBy(1.25); });
    menu->addAction(tr("Zoom out\t−"), m_canvas, [this] { m_canvas->zoomBy(0.8); });
    menu->addSeparator();
    menu->addAction(tr("Back\tAlt+Left"), this, &DiagramPanel::goBackInHistory);
    menu->addAction(tr("Forward\tAlt+Right"), this, &DiagramPanel::goForwardInHistory);
    menu->addSeparator();
    const auto toggle = [&](const QString& name, bool checked, void (DiagramPanel::*slot)(bool)) {
        QAction* action = menu->addAction(name);
        action->setCheckable(true);
        action->setChecked(checked);
        connect(action, &QAction::toggled, this, slot);
        return action;
    };
    toggle(tr("Overview map when zoomed in"), true, &DiagramPanel::setMinimapShown);
    m_normsAction = toggle(tr("Line thickness shows norms"), false, &DiagramPanel::setNormsShown);
    menu->addSeparator();
    m_shades = new QActionGroup(menu);
    const std::pair<QString, ShadedBy> shades[] = {{tr("Blocks show feature maps"), ShadedBy::Nothing},
                                                   {tr("Shade by time of this run"), ShadedBy::Time},
                                                   {tr("Shade by parameters"), ShadedBy::Parameters},
                                                   {tr("Shade by multiply-adds"), ShadedBy::MultiplyAdds},
                                                   {tr("Shade by memory of the outputs"), ShadedBy::Memory}};
    for (const auto& [name, by] : shades) {
        QAction* action = menu->addAction(name);
        action->setCheckable(true);
        action->setChecked(by == ShadedBy::Nothing);
        m_shades->addAction(action);
        connect(action, &QAction::triggered, this, [this, chosen = by] { setShadedBy(chosen); });
    }
    button->setMenu(menu);
    m_viewMenu = menu;
}

void DiagramPanel::setSideView(QWidget* view, const QString& name) {
    constexpr int sideWidth = 250;
    view->setFixedWidth(sideWidth);
    view->hide();
    m_columns->insertWidget(0, view);
    m_viewMenu->addSeparator();
    QAction* action = m_viewMenu->addAction(name);
    action->setCheckable(true);
    connect(action, &QAction::toggled, view, &QWidget::setVisible);
}

void DiagramPanel::connectWorkspace() {
    connect(&m_workspace, &Workspace::modelChanged, this, &DiagramPanel::takeModel);
    connect(&m_workspace, &Workspace::pictureChanged, this, &DiagramPanel::takePicture);
    connect(&m_workspace, &Workspace::activationsReset, this, &DiagramPanel::takeReset);
    connect(&m_workspace, &Workspace::stepComputed, this, &DiagramPanel::takeStep);
    connect(&m_workspace, &Workspace::currentStepChanged, this, &DiagramPanel::takeSelection);
    connect(&m_workspace, &Workspace::channelChanged, this, &DiagramPanel::refreshSection);
    connect(&m_workspace, &Workspace::themeChanged, this, [this] {
        m_canvas->setTheme(m_workspace.theme());
        m_section->setTheme(m_workspace.theme());
        refreshBreadcrumbs();
    });
    connect(&m_workspace, &Workspace::settingsChanged, this, &DiagramPanel::takeSettings);
    connect(&m_workspace, &Workspace::busyChanged, this, &DiagramPanel::takeBusy);
    connect(&m_workspace, &Workspace::progressChanged, this, [this](int finished) {
        if (finished == 0)
            takeBusy(m_workspace.isBusy());
    });
}

void DiagramPanel::takeModel() {
    m_section->show(nullptr, {});
    m_canvas->setGraph(nullptr);
    m_model = m_workspace.model();
    const Graph* graph = m_model ? &m_model->graph() : nullptr;
    m_live.setGraph(graph);
    m_history.clear();
    m_canvas->setTheme(m_workspace.theme());
    m_section->setTheme(m_workspace.theme());
    m_canvas->setGraph(graph);
    setTitle(graph ? QString::fromStdString(displayName(graph->spec())) : tr("Diagram"));
    if (!graph)
        return;
    takePicture();
    m_live.take(m_workspace.activations());
    takeSelection(m_workspace.currentStep());
}

bool DiagramPanel::isBeingReplaced() const {
    return m_workspace.isBusy() && m_workspace.progress().second > 0 &&
           m_workspace.activations().isComplete();
}

// While another picture or network is computed the old results are shown as stale, unless it is a matter of a
// moment; a run that fills up what is missing lights the step at work.
void DiagramPanel::takeBusy(bool isBusy) {
    if (!m_model || m_model != m_workspace.model())
        return;
    m_live.setRunning(isBusy && m_workspace.progress().second > 0 && !isBeingReplaced());
    if (isBeingReplaced())
        QTimer::singleShot(staleDelay, this, [this] {
            if (!isBeingReplaced())
                return;
            m_live.setStale(true);
            refresh();
        });
    else
        m_live.setStale(false);
    refresh();
}

void DiagramPanel::takePicture() {
    m_live.content().input = toQImage(m_workspace.croppedImage());
    refresh();
}

void DiagramPanel::takeReset() {
    if (!m_model || m_model != m_workspace.model())
        return;
    m_live.take(m_workspace.activations());
    refresh();
}

void DiagramPanel::takeStep(StepId step) {
    if (!m_model || m_model != m_workspace.model())
        return;
    m_live.stepComputed(step, m_workspace.activations());
    refresh();
}

void DiagramPanel::takeSelection(StepId step) {
    if (!m_model || m_model != m_workspace.model())
        return;
    m_live.select(step);
    m_history.visit(step);
    m_section->show(&m_model->graph(), sectionOf(m_model->graph(), step));
    m_canvas->reveal(step);
    refreshBreadcrumbs();
    refresh();
}

void DiagramPanel::refresh() {
    if (!m_model || m_model != m_workspace.model())
        return;
    const Graph& graph = m_model->graph();
    m_live.content().shading = shadingOf(graph, m_workspace.activations(), m_workspace.settings().shadedBy);
    m_live.content().norms.clear();
    if (m_workspace.settings().areNormsShown && m_workspace.activations().isComplete())
        m_live.content().norms = normsOf(graph, m_workspace.activations());
    showMaps();
    refreshSection();
}

void DiagramPanel::showMaps() {
    if (m_model && m_model == m_workspace.model())
        m_live.makePictures(m_canvas->drawing(), m_workspace.activations());
    m_canvas->contentChanged();
}

void DiagramPanel::refreshSection() {
    if (!m_model || m_model != m_workspace.model() || !m_section->isVisibleTo(this))
        return;
    std::vector<StepId> steps;
    for (const DiagramNode& node : m_section->drawing().nodes)
        steps.push_back(node.step);
    const Graph& graph = m_model->graph();
    const Activations& activations = m_workspace.activations();
    m_section->setContent(sectionContent(graph, activations, m_live.content(), steps, m_workspace.channel()));
    QString note;
    if (const ResidualUnit* unit = graph.unitOf(m_workspace.currentStep()))
        if (const auto norms = unitNormsOf(*unit, activations))
            note = QStringLiteral("‖F(x)‖ / ‖x‖ = %1").arg(norms->ratio(), 0, 'f', 2);
    m_section->setNote(note);
}

void DiagramPanel::refreshBreadcrumbs() {
    if (!m_model)
        return m_breadcrumbs->clear();
    const Graph& graph = m_model->graph();
    const StepId step = m_workspace.currentStep();
    const QString color = m_workspace.theme().secondaryText.name();
    QString shown;
    const auto add = [&](const QString& link, const QString& name) {
        shown += QStringLiteral(
                     "<span style='color:%1'> › </span><a href='%2' "
                     "style='color:%1;text-decoration:none'>%3</a>")
                     .arg(color, link, name);
    };
    if (const ResidualUnit* unit = graph.unitOf(step)) {
        add(QStringLiteral("stage"), tr("Stage %1").arg(unit->stage + 1));
        add(QStringLiteral("unit"), tr("Unit %1").arg(unit->unit + 1));
    } else {
        add(QStringLiteral("stage"), titleOf(sectionOf(graph, step)));
    }
    add(QStringLiteral("step"), QString::fromStdString(graph.stepName(step)));
    m_breadcrumbs->setText(shown);
    m_breadcrumbs->setToolTip(tr("Opens or closes the stage or unit in the diagram"));
}

void DiagramPanel::followBreadcrumb(const QString& link) {
    const Graph& graph = m_model->graph();
    const Section section = sectionOf(graph, m_workspace.currentStep());
    if (link == QLatin1String("step"))
        m_canvas->reveal(m_workspace.currentStep());
    else if (section.kind != Group::Kind::Unit)
        m_canvas->toggle({section.kind, -1, -1});
    else if (link == QLatin1String("stage"))
        m_canvas->toggle({Group::Kind::Stage, section.stage, -1});
    else
        m_canvas->toggle({Group::Kind::Unit, section.stage, section.unit});
}

void DiagramPanel::walk(WalkDirection direction) {
    if (!m_model)
        return;
    if (const auto step = walked(m_model->graph(), m_canvas->drawing(), m_workspace.currentStep(), direction))
        m_workspace.goToStep(*step);
}

void DiagramPanel::goBackInHistory() {
    if (const auto step = m_history.back())
        m_workspace.goToStep(*step);
}

void DiagramPanel::goForwardInHistory() {
    if (const auto step = m_history.forward())
        m_workspace.goToStep(*step);
}

void DiagramPanel::showFound(const std::vector<StepId>& steps) {
    m_live.content().found = {steps.begin(), steps.end()};
    m_canvas->contentChanged();
}

void DiagramPanel::setDetail(Detail detail) {
    m_section->setVisible(detail != Detail::Layer);
    body()->activate();
    m_canvas->setDetail(detail);
    refreshSection();
}

void DiagramPanel::setShadedBy(ShadedBy by) {
    ViewSettings settings = m_workspace.settings();
    settings.shadedBy = by;
    m_workspace.setSettings(settings);
}

void DiagramPanel::setNormsShown(bool shown) {
    ViewSettings settings = m_workspace.settings();
    settings.areNormsShown = shown;
    m_workspace.setSettings(settings);
}

void DiagramPanel::takeSettings() {
    const ViewSettings& settings = m_workspace.settings();
    m_normsAction->setChecked(settings.areNormsShown);
    m_shades->actions().at(int(settings.shadedBy))->setChecked(true);
    refresh();
}

void DiagramPanel::setMinimapShown(bool shown) {
    m_canvas->setMinimapShown(shown);
}

DiagramExportOptions DiagramPanel::exportOptions() const {
    DiagramExportOptions options;
    options.open = m_canvas->openNodes();
    options.theme = m_workspace.theme().kind;
    return options;
}

QString DiagramPanel::describe(StepId id) const {
    if (!m_model)
        return {};
    const Graph& graph = m_model->graph();
    if (id == inputStep)
        return tr("input, %1").arg(QString::fromStdString(shapeText(graph.outputShape(id))));
    const Step& step = graph.step(id);
    QString said = tr("%1: %2, %3")
                       .arg(QString::fromStdString(step.name), text(name(step.kind)),
                            QString::fromStdString(shapeText(step.output)));
    if (const ResidualUnit* unit = graph.unitOf(id))
        said += QLatin1Char('\n') + tr("Stage %1, unit %2").arg(unit->stage + 1).arg(unit->unit + 1);
    if (m_live.content().state(id) == StepState::Empty)
        said += QLatin1Char('\n') + tr("Not computed yet");
    return said;
}

}  // namespace resnet::ui
