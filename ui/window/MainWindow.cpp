#include "ui/window/MainWindow.h"

#include "ui/activations/ActivationViews.h"
#include "ui/activations/FeatureMapsPanel.h"
#include "ui/diagram/DiagramCanvas.h"
#include "ui/diagram/DiagramPanel.h"
#include "ui/diagram/StepSearchBox.h"
#include "ui/explain/ExplanationViews.h"
#include "ui/inspector/InspectorCard.h"
#include "ui/predictions/InputCard.h"
#include "ui/steps/StepActions.h"
#include "ui/steps/StepControls.h"
#include "ui/steps/StepTree.h"
#include "ui/tour/TourStrip.h"
#include "ui/window/ExplainActions.h"
#include "ui/window/ExportActions.h"
#include "ui/window/ExportDialog.h"
#include "ui/window/HistoryActions.h"
#include "ui/window/NoticeStrip.h"
#include "ui/window/OpenActions.h"

#include <QActionGroup>
#include <QDataStream>
#include <QDragEnterEvent>
#include <QHBoxLayout>
#include <QMenu>
#include <QMimeData>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>

namespace resnet::ui {

MainWindow::MainWindow(Workspace& workspace, const WindowResources& resources, QWidget* parent)
    : QMainWindow(parent),
      m_workspace(workspace),
      m_openActions(new OpenActions(workspace, resources, this)),
      m_stepActions(new StepActions(workspace, this)),
      m_explainActions(new ExplainActions(workspace, explanationViews(), this)),
      m_tour(new TourStrip(workspace, this)) {
    setAcceptDrops(true);
    setMinimumSize(960, 600);
    resize(1440, 900);
    addActions(m_stepActions->all());

    QWidget* panels = makePanels();  // before the toolbar, which exports what they show
    auto* ground = new QWidget;
    ground->setProperty("role", QStringLiteral("ground"));
    auto* page = new QVBoxLayout(ground);
    page->setContentsMargins(Theme::panelGap, 0, Theme::panelGap, Theme::panelGap);
    page->setSpacing(Theme::panelGap);
    page->addWidget(new NoticeStrip(m_workspace, m_stepActions->cancel));
    page->addWidget(m_tour);
    page->addWidget(panels, 1);

    auto* all = new QWidget;
    auto* rows = new QVBoxLayout(all);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(Theme::panelGap);
    rows->addWidget(makeToolbar());
    rows->addWidget(ground, 1);
    setCentralWidget(all);
    m_diagram->canvas()->setFocus();  // arrow keys walk the diagram from the start

    connect(&m_workspace, &Workspace::changed, this, [this](const Changes& changes) {
        if (changes.have(Changes::Model | Changes::Picture))
            showTitle();
    });
    showTitle();
}

QWidget* MainWindow::makeToolbar() {
    const auto chooseExport = [this] { ExportDialog(m_workspace, m_diagram->exportOptions(), this).exec(); };
    auto* toolbar = new QWidget;
    toolbar->setProperty("role", QStringLiteral("toolbar"));
    toolbar->setAttribute(Qt::WA_StyledBackground);
    auto* row = new QHBoxLayout(toolbar);
    row->setContentsMargins(Theme::panelGap, 8, Theme::panelGap, 8);
    row->setSpacing(2 * Theme::grid);
    row->addWidget(menuButton(m_openActions->pictureMenu(), tr("Open a picture (Alt+I)")));
    row->addWidget(menuButton(m_openActions->networkMenu(), tr("Open or make a network (Alt+N)")));
    row->addWidget(menuButton((new ExportActions(m_workspace, chooseExport, this))->menu(),
                              tr("Save pictures, tables and numbers (Alt+E)")));
    row->addWidget(menuButton(makeRunMenu(), tr("Step, play, restart (Alt+R)")));
    row->addWidget(menuButton(makeViewMenu(), tr("Undo, explanations, light or dark (Alt+V)")));
    row->addSpacing(2 * Theme::grid);
    row->addWidget(new StepControls(m_workspace, *m_stepActions), 3);
    row->addSpacing(2 * Theme::grid);
    auto* search = new StepSearchBox(m_workspace);
    connect(search, &StepSearchBox::found, m_diagram, &DiagramPanel::showFound);
    row->addWidget(search, 1);
    return toolbar;
}

QToolButton* MainWindow::menuButton(QMenu* menu, const QString& toolTip) {
    auto* button = new QToolButton;
    button->setText(menu->title());
    button->setMenu(menu);
    button->setPopupMode(QToolButton::InstantPopup);
    button->setToolTip(toolTip);
    button->setAccessibleName(menu->title().remove(QLatin1Char('&')));
    addActions(menu->actions());  // their keys work while the menu is closed
    return button;
}

QMenu* MainWindow::makeRunMenu() {
    auto* menu = new QMenu(tr("&Run"), this);
    menu->setToolTipsVisible(true);
    menu->addActions(m_stepActions->all());
    menu->addSeparator();
    menu->addActions(m_stepActions->paces->actions());
    menu->addSeparator();
    menu->addAction(m_stepActions->backward);
    menu->addAction(m_stepActions->loop);
    return menu;
}

QMenu* MainWindow::makeViewMenu() {
    auto* menu = new QMenu(tr("&View"), this);
    menu->setToolTipsVisible(true);
    auto* history = new HistoryActions(m_workspace, this);
    menu->addActions({history->undo, history->redo});
    menu->addSeparator();
    menu->addActions(m_explainActions->all());
    QAction* tour = menu->addAction(tr("Guided &tour"));
    tour->setShortcut(QKeySequence::HelpContents);
    tour->setToolTip(tr("From the picture to the prediction in ten stations (F1)"));
    connect(tour, &QAction::triggered, m_tour, &TourStrip::start);
    menu->addSeparator();
    auto* themes = new QActionGroup(menu);
    const QString look = tr("Colours of the window");
    for (const auto& [kind, text] :
         {std::pair(Theme::Kind::Light, tr("&Light")), std::pair(Theme::Kind::Dark, tr("&Dark"))}) {
        QAction* action = menu->addAction(text);
        action->setCheckable(true);
        action->setActionGroup(themes);
        action->setToolTip(look);
        action->setChecked(m_workspace.theme().kind == kind);
        connect(action, &QAction::triggered, this, [this, kind = kind] { m_workspace.setThemeKind(kind); });
    }
    menu->addSeparator();
    QAction* quit = menu->addAction(tr("&Quit"));
    quit->setShortcut(Qt::CTRL | Qt::Key_Q);
    quit->setToolTip(tr("Close the window (Ctrl+Q)"));
    connect(quit, &QAction::triggered, this, &QWidget::close);
    return menu;
}

QWidget* MainWindow::makePanels() {
    m_columns = new QSplitter(Qt::Horizontal);
    auto* input = new InputCard(m_workspace);
    connect(input, &InputCard::whyAsked, m_explainActions->action(QStringLiteral("class")),
            &QAction::trigger);
    m_columns->addWidget(input);
    m_diagram = new DiagramPanel(m_workspace, m_columns);
    m_diagram->setSideView(new StepTree(m_workspace), tr("Tree of all steps"));
    m_columns->addWidget(m_diagram);
    auto* inspector = new InspectorCard(m_workspace);
    connect(inspector, &InspectorCard::foldingAsked, m_explainActions->action(QStringLiteral("folding")),
            &QAction::trigger);
    m_columns->addWidget(inspector);
    m_columns->setStretchFactor(1, 1);
    m_columns->setSizes({220, 900, 268});

    m_rows = new QSplitter(Qt::Vertical);
    m_rows->addWidget(m_columns);
    m_rows->addWidget(new FeatureMapsPanel(m_workspace, activationViews(), m_rows));
    m_rows->setStretchFactor(0, 5);
    m_rows->setStretchFactor(1, 3);
    m_rows->setSizes({520, 290});
    for (QSplitter* splitter : {m_columns, m_rows}) {
        splitter->setHandleWidth(Theme::panelGap);
        splitter->setChildrenCollapsible(false);
    }
    return m_rows;
}

QByteArray MainWindow::panelState() const {
    QByteArray state;
    QDataStream stream(&state, QIODevice::WriteOnly);
    stream << m_columns->saveState() << m_rows->saveState();
    return state;
}

void MainWindow::restorePanelState(const QByteArray& state) {
    QDataStream stream(state);
    QByteArray columns;
    QByteArray rows;
    stream >> columns >> rows;
    if (stream.status() != QDataStream::Ok)
        return;
    m_columns->restoreState(columns);
    m_rows->restoreState(rows);
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
    if (OpenActions::canOpen(*event->mimeData()))
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
    m_openActions->open(*event->mimeData());
    event->acceptProposedAction();
}

void MainWindow::showTitle() {
    QString title = QStringLiteral("ResNet Explorer");
    if (const ModelPtr& model = m_workspace.model())
        title.prepend(QString::fromStdString(model->title) + QStringLiteral(" – "));
    if (const PicturePtr& picture = m_workspace.picture())
        title.prepend(picture->name + QStringLiteral(" – "));
    setWindowTitle(title);
}

}  // namespace resnet::ui
