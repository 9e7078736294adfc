#include "ui/window/MainWindow.h"

#include "ui/diagram/DiagramCanvas.h"
#include "ui/diagram/DiagramPanel.h"
#include "ui/experiments/EditsBadge.h"
#include "ui/experiments/ShownSwitch.h"
#include "ui/inspector/InspectorCard.h"
#include "ui/predictions/InputCard.h"
#include "ui/steps/StepActions.h"
#include "ui/steps/StepControls.h"
#include "ui/steps/StepTree.h"
#include "ui/tour/TourCard.h"
#include "ui/training/PlaneWalk.h"
#include "ui/training/WalkBadge.h"
#include "ui/widgets/Explanation.h"
#include "ui/window/Appearance.h"
#include "ui/window/CompareActions.h"
#include "ui/window/ContextMenus.h"
#include "ui/window/ExperimentActions.h"
#include "ui/window/ExportActions.h"
#include "ui/window/ExportDialog.h"
#include "ui/window/FindBox.h"
#include "ui/window/HelpActions.h"
#include "ui/window/HistoryActions.h"
#include "ui/window/Keyboard.h"
#include "ui/window/LastSession.h"
#include "ui/window/MapActions.h"
#include "ui/window/Menus.h"
#include "ui/window/NoticeStrip.h"
#include "ui/window/OpenActions.h"
#include "ui/window/Preferences.h"
#include "ui/window/PreferencesDialog.h"
#include "ui/window/Rails.h"
#include "ui/window/StatusLine.h"
#include "ui/window/ViewActions.h"
#include "ui/window/WelcomeLine.h"
#include "ui/window/WordsShelf.h"
#include "ui/window/WorkbenchTabs.h"
#include "ui/workspace/FileDialogs.h"

#include <QAction>
#include <QDataStream>
#include <QDragEnterEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenuBar>
#include <QMimeData>
#include <QSplitter>
#include <QVBoxLayout>

namespace resnet::ui {

namespace {

const QString numberView = QStringLiteral("number");
const QString classView = QStringLiteral("class");
const QString foldingView = QStringLiteral("folding");

}  // namespace

MainWindow::MainWindow(Workspace& workspace, const WindowResources& resources, QWidget* parent)
    : QMainWindow(parent),
      m_workspace(workspace),
      m_preferences(new Preferences(resources.settings, this)),
      m_appearance(new Appearance(workspace, *m_preferences, this)),
      m_openActions(new OpenActions(workspace, resources, this)),
      m_stepActions(new StepActions(workspace, this)),
      m_network(new QLabel(this)) {
    setAcceptDrops(true);
    m_workspace.files().keepIn(resources.settings);
    m_network->setProperty("role", QStringLiteral("menuTitle"));
    m_network->setAccessibleName(tr("Network"));
    setMinimumSize(1024, 680);
    resize(1440, 900);
    makePanels(resources.training);
    QWidget* toolBar = makeToolBar();
    place(toolBar);
    auto* find = toolBar->findChild<FindBox*>();
    auto* keyboard = new Keyboard(
        {m_diagram, m_workbench, m_right->widget(0), m_words, m_status, toolBar, m_rails->widget(0)}, this);
    auto* view = new ViewActions(*m_appearance, *m_preferences, *m_diagram, *m_rails,
                                 {menuBar(), toolBar, m_status}, this);
    m_session = new LastSession(m_workspace, resources.settings, this);
    auto* shown = new ShownSwitch(m_workspace);
    m_diagram->addLeadingControl(shown);
    const auto chooseExport = [this] { ExportDialog(m_workspace, m_diagram->exportOptions(), this).exec(); };
    auto* preferences = new QAction(tr("&Preferences…"), this);
    preferences->setShortcut(Qt::CTRL | Qt::Key_Comma);
    preferences->setToolTip(tr("Theme, text size, what is opened at the start (Ctrl+,)"));
    connect(preferences, &QAction::triggered, this,
            [this] { PreferencesDialog(*m_preferences, this).exec(); });
    fillMenuBar(*menuBar(),
                {m_openActions, m_session, new ExportActions(m_workspace, chooseExport, this),
                 new HistoryActions(m_workspace, this), view, keyboard, m_diagram, m_stepActions, m_workbench,
                 new ExperimentActions(m_workspace, *m_diagram->switches(), this),
                 new CompareActions(m_workspace, resources, this), shown,
                 new HelpActions(*m_tour, *m_workbench, *m_preferences, *menuBar(), resources.guide, this),
                 find, preferences, new MapActions(m_workspace, this), m_status->showSavedAction()});
    connect(m_workbench, &Workbench::roomRequested, view, &ViewActions::toggleWorkbenchAlone);
    connect(view, &ViewActions::panelsReset, this, &MainWindow::setUsualSizes);
    connect(view, &ViewActions::panelsReset, m_workbench, &Workbench::putTabsBack);
    connect(find, &FindBox::found, m_diagram, &DiagramPanel::showFound);
    new ContextMenus(m_workspace, *m_workbench, this);
    connectPanels();
    if (!m_preferences->complaint().isEmpty())
        m_workspace.post({Notice::Kind::Warning, m_preferences->complaint(), {}});
    m_diagram->canvas()->setFocus();  // arrow keys walk the diagram from the start
}

void MainWindow::makePanels(const TrainingResources& training) {
    auto* input = new InputCard(m_workspace);
    m_centre = new QSplitter(Qt::Vertical);
    m_diagram = new DiagramPanel(m_workspace, m_centre);
    m_diagram->setSideView(new StepTree(m_workspace), tr("&Tree of all steps"));
    m_walk = new PlaneWalk(m_workspace, this);
    TrainingResources resources = training;
    resources.walk = m_walk;
    m_workbench = new Workbench(m_workspace, workbenchTabs(resources));
    m_centre->addWidget(m_diagram);
    m_centre->addWidget(m_workbench);
    m_centre->setStretchFactor(0, 1);
    m_centre->setStretchFactor(1, 3);

    auto* inspector = new InspectorCard(m_workspace);
    m_tour = new TourCard(m_workspace, {{tr("Switch a part off and look"), QStringLiteral("whatif")},
                                        {tr("Ask why it is this class"), classView},
                                        {tr("Follow a number to its pixels"), numberView}});
    m_tour->addTwins(training.residualTwin, training.plainTwin,
                     {{tr("Each claim beside its figure"), QStringLiteral("shortcuts")},
                      {tr("Switch a shortcut off and look"), QStringLiteral("whatif")}});
    m_words = new WordsShelf(new ExplanationPane, m_tour);
    m_right = new QSplitter(Qt::Vertical);
    m_right->addWidget(inspector);
    m_right->addWidget(m_words);
    for (QSplitter* splitter : {m_centre, m_right}) {
        splitter->setHandleWidth(Theme::panelGap);
        splitter->setChildrenCollapsible(false);
    }
    setUsualSizes();
    m_rails = new Rails(input, m_centre, m_right);
    connect(input, &InputCard::whyRequested, m_workbench, [this] { m_workbench->choose(classView); });
    connect(inspector, &InspectorCard::foldingRequested, m_workbench,
            [this] { m_workbench->choose(foldingView); });
}

void MainWindow::setUsualSizes() {
    m_centre->setSizes({214, 520});
    m_right->setSizes({400, 330});
}

QWidget* MainWindow::makeToolBar() {
    auto* toolBar = new QWidget;
    toolBar->setProperty("role", QStringLiteral("toolbar"));
    toolBar->setAttribute(Qt::WA_StyledBackground);
    auto* row = new QHBoxLayout(toolBar);
    row->setContentsMargins(Theme::panelGap, 6, Theme::panelGap, 6);
    row->setSpacing(4 * Theme::grid);
    row->addWidget(new StepControls(m_workspace, *m_stepActions), 3);
    row->addWidget(new FindBox(m_workspace, *menuBar()), 1);
    return toolBar;
}

void MainWindow::place(QWidget* toolBar) {
    auto* ground = new QWidget;
    ground->setProperty("role", QStringLiteral("ground"));
    auto* page = new QVBoxLayout(ground);
    page->setContentsMargins(Theme::panelGap, Theme::panelGap, Theme::panelGap, Theme::panelGap);
    auto* welcome = new WelcomeLine(*m_preferences);
    connect(welcome, &WelcomeLine::tourRequested, m_tour, &TourCard::start);
    page->addWidget(welcome);
    page->addWidget(m_rails, 1);
    m_status = new StatusLine(m_workspace, m_stepActions->cancel);
    m_status->addBadge(new EditsBadge(m_workspace));
    m_status->addBadge(new WalkBadge(m_workspace, *m_walk));
    auto* all = new QWidget;
    auto* rows = new QVBoxLayout(all);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    rows->addWidget(toolBar);
    rows->addWidget(ground, 1);
    rows->addWidget(m_status);
    setCentralWidget(all);
    new NoticeStrip(m_workspace, ground, {m_rails->widget(0), m_right});
}

void MainWindow::connectPanels() {
    connect(m_words, &WordsShelf::opened, m_rails, &Rails::showWords);
    connect(m_tour, &TourCard::started, m_workbench, [this] { m_workbench->choose(ViewSettings::unit); });
    connect(m_tour, &TourCard::started, m_preferences, &Preferences::closeWelcome);
    connect(m_tour, &TourCard::viewWanted, m_workbench, &Workbench::choose);
    connect(m_tour, &TourCard::continued, m_workbench, &Workbench::choose);
    connect(&m_workspace, &Workspace::changed, this, [this](const Changes& changes) {
        if (changes.have(Changes::Model | Changes::Picture))
            showTitle();
    });
    showTitle();
}

bool MainWindow::reopenSession() {
    m_session->reopenAction()->trigger();
    return m_session->reopenAction()->isEnabled();
}

QByteArray MainWindow::panelState() const {
    QByteArray state;
    QDataStream stream(&state, QIODevice::WriteOnly);
    stream << m_rails->kept() << m_centre->saveState() << m_right->saveState();
    return state;
}

void MainWindow::restorePanelState(const QByteArray& state) {
    QDataStream stream(state);
    QByteArray rails;
    QByteArray centre;
    QByteArray right;
    stream >> rails >> centre >> right;
    if (stream.status() != QDataStream::Ok)
        return;
    m_rails->restore(rails);
    m_centre->restoreState(centre);
    m_right->restoreState(right);
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
    // A map that is dragged about in the window is no picture for it.
    if (!event->source() && OpenActions::canOpen(*event->mimeData()))
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
    m_openActions->open(*event->mimeData(), tr("Dropped picture"));
    event->acceptProposedAction();
}

void MainWindow::resizeEvent(QResizeEvent* event) {
    QMainWindow::resizeEvent(event);
    showNetworkIfItFits();
}

// Menus come first.
void MainWindow::showNetworkIfItFits() {
    QAction* last = menuBar()->actions().last();
    m_network->setVisible(menuBar()->actionGeometry(last).right() + m_network->sizeHint().width() < width());
}

void MainWindow::showTitle() {
    QString title = QStringLiteral("ResNet Explorer");
    if (const ModelPtr& model = m_workspace.model()) {
        m_network->setText(QString::fromStdString(model->title));
        m_network->adjustSize();
        menuBar()->setCornerWidget(m_network);  // anew: the bar keeps the room it had first
        showNetworkIfItFits();
        title.prepend(m_network->text() + QStringLiteral(" – "));
    }
    if (const PicturePtr& picture = m_workspace.picture())
        title.prepend(picture->name + QStringLiteral(" – "));
    setWindowTitle(title);
}

}  // namespace resnet::ui
