#include "ui/window/Workbench.h"

#include "ui/activations/MapControls.h"
#include "ui/painting/Theme.h"
#include "ui/window/MissingLine.h"
#include "ui/window/ScrolledPage.h"

#include <QAction>
#include <QDialog>
#include <QHBoxLayout>
#include <QMenu>
#include <QScreen>
#include <QStackedWidget>
#include <QStyle>
#include <QTabBar>
#include <QVBoxLayout>

#include <algorithm>

namespace resnet::ui {

namespace {

QStringList namesOf(const ViewEntries& entries) {
    QStringList names;
    for (const ViewEntry& entry : entries)
        names << QString(entry.name).remove(QLatin1Char('&'));
    return names;
}

QWidget* sideBySide(const QList<View*>& views) {
    auto* page = new QWidget;
    auto* row = new QHBoxLayout(page);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(Theme::panelPadding);
    for (View* each : views) {
        if (row->count() > 0) {
            auto* line = new QFrame;
            line->setProperty("role", QStringLiteral("divider"));
            line->setFixedWidth(1);
            row->addWidget(line);
        }
        row->addWidget(each, row->count() == 0 ? 13 : 8);
    }
    return page;
}

}  // namespace

Workbench::Workbench(Workspace& workspace, std::vector<WorkbenchTab> tabs, QWidget* parent)
    : QFrame(parent),
      m_workspace(workspace),
      m_tabs(std::move(tabs)),
      m_head(new QHBoxLayout),
      m_bar(new QTabBar),
      m_choices(new QWidget),
      m_tearOff(new QAction(tr("Open this tab in its own &window"), this)),
      m_missing(new MissingLine(workspace)),
      m_stack(new QStackedWidget) {
    setProperty("role", QStringLiteral("card"));
    setAccessibleName(tr("Workbench"));
    m_bar->setAccessibleName(tr("What the workbench shows"));
    m_bar->setToolTip(tr("A double click gives the workbench the whole window, and back"));
    m_bar->setDrawBase(false);
    m_bar->setExpanding(false);
    m_bar->setUsesScrollButtons(false);
    m_bar->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_bar->addAction(m_tearOff);
    m_bar->installEventFilter(this);
    auto* choices = new QHBoxLayout(m_choices);
    choices->setContentsMargins(0, 0, 0, 0);
    for (const WorkbenchTab& tab : m_tabs) {
        const int index = m_bar->addTab(tab.name);
        m_bar->setTabToolTip(index, tab.tip);
        m_latest.push_back(tab.views.front().key);
        auto* choice = new ChoiceButton(tr("Show"), namesOf(tab.views));
        choice->setToolTip(tr("What this tab shows"));
        choices->addWidget(choice);
        connect(choice, &ChoiceButton::chosen, this,
                [this, index](int view) { choose(m_tabs[std::size_t(index)].views[std::size_t(view)].key); });
        m_choiceOfTab.push_back(choice);
    }
    choices->addStretch(1);  // where they stand below the tabs, they begin where those do
    m_head->setContentsMargins(6, 4, Theme::panelPadding, 0);
    m_head->addWidget(m_bar, 1);
    m_head->addWidget(m_choices);
    m_bar->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    auto* line = new QFrame;
    line->setProperty("role", QStringLiteral("divider"));
    line->setFixedHeight(1);
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(1, 0, 1, 0);
    rows->setSpacing(0);
    rows->addLayout(m_head);
    rows->addWidget(line);
    rows->addWidget(m_missing);
    rows->addWidget(m_stack, 1);
    makeActions();

    connect(m_bar, &QTabBar::currentChanged, this, &Workbench::chooseTab);
    connect(m_tearOff, &QAction::triggered, this, &Workbench::tearOff);
    connect(&m_workspace, &Workspace::changed, this, [this](const Changes& changes) {
        if (changes.have(Changes::Settings))
            showChosen();
        if (changes.have(Changes::Model))
            updateActions();
    });
    showChosen();
}

void Workbench::makeActions() {
    for (int tab = 0; tab < tabCount(); ++tab)
        for (const ViewEntry& entry : m_tabs[std::size_t(tab)].views) {
            auto* action = new QAction(entry.name, this);
            const bool isFirst = &entry == &m_tabs[std::size_t(tab)].views.front();
            action->setShortcuts(
                isFirst
                    ? QList<QKeySequence>{QKeySequence(Qt::CTRL | Qt::Key(Qt::Key_1 + tab)), entry.shortcut}
                    : QList<QKeySequence>{entry.shortcut});
            connect(action, &QAction::triggered, this, [this, key = entry.key] { choose(key); });
            m_actions[entry.key] = action;
        }
    m_tearOff->setToolTip(tr("A window beside this one, for a second screen; closing it puts the tab back"));
    updateActions();
}

void Workbench::updateActions() {
    const bool isOpen = m_workspace.model() != nullptr;
    for (const WorkbenchTab& tab : m_tabs)
        for (const ViewEntry& entry : tab.views) {
            QAction* action = m_actions.at(entry.key);
            const QString keys = QKeySequence::listToString(action->shortcuts(), QKeySequence::NativeText);
            action->setEnabled(isOpen);
            action->setToolTip(!isOpen          ? tr("No network is open")
                               : keys.isEmpty() ? entry.tip
                                                : QStringLiteral("%1 (%2)").arg(entry.tip, keys));
        }
}

QList<QAction*> Workbench::actions(int tab) const {
    QList<QAction*> actions;
    for (const ViewEntry& entry : m_tabs[std::size_t(tab)].views)
        actions << action(entry.key);
    return actions;
}

std::optional<Workbench::Place> Workbench::placeOf(const QString& key) const {
    for (int tab = 0; tab < tabCount(); ++tab) {
        const ViewEntries& views = m_tabs[std::size_t(tab)].views;
        const auto found = std::ranges::find(views, key, &ViewEntry::key);
        if (found != views.end())
            return Place{tab, int(found - views.begin())};
    }
    return std::nullopt;
}

const ViewEntry& Workbench::entryAt(const Place& place) const {
    return m_tabs[std::size_t(place.tab)].views[std::size_t(place.view)];
}

bool Workbench::choose(const QString& key) {
    if (!placeOf(key))
        return false;
    ViewSettings settings = m_workspace.settings();
    settings.panelView = key;
    m_workspace.setSettings(settings);
    return true;
}

void Workbench::chooseTab(int tab) {
    choose(m_latest[std::size_t(tab)]);
}

Workbench::Page Workbench::makePage(const ViewEntry& entry, int margin) const {
    const QList<View*> views = entry.make(m_workspace);
    for (View* each : views) {
        each->setProperty("role", QStringLiteral("column"));
        each->layout()->setContentsMargins(0, 0, 0, 0);
    }
    QWidget* page = entry.arrange ? entry.arrange(views) : sideBySide(views);
    page->layout()->setContentsMargins(margin, 10, margin, 12);
    return {page, views.front()};
}

void Workbench::showChosen() {
    const Place place = placeOf(m_workspace.settings().panelView).value_or(Place{});
    const ViewEntry& entry = entryAt(place);
    Page& page = m_pages[entry.key];
    if (!page.widget) {
        page = makePage(entry, Theme::panelPadding);
        page.widget = new ScrolledPage(page.widget);
        m_stack->addWidget(page.widget);
    }
    m_latest[std::size_t(place.tab)] = entry.key;
    if (std::exchange(m_shown, page.main) == page.main)
        return;
    const QSignalBlocker quiet(m_bar);
    m_bar->setCurrentIndex(place.tab);
    m_missing->setOfRun(m_tabs[std::size_t(place.tab)].isOfRun);
    moveChoiceTo(place);
    m_stack->setCurrentWidget(page.widget);
}

void Workbench::moveChoiceTo(const Place& place) {
    for (int tab = 0; tab < tabCount(); ++tab)
        m_choiceOfTab[std::size_t(tab)]->setVisible(tab == place.tab &&
                                                    m_tabs[std::size_t(tab)].views.size() > 1);
    m_choiceOfTab[std::size_t(place.tab)]->setChoice(place.view);
    arrangeHead();
}

// The choice goes below the tabs where it does not fit beside them; where even those do not fit, they move
// together, and at last they scroll.
void Workbench::arrangeHead() {
    const QMargins margins = m_head->contentsMargins();
    const int room = width() - 2 - margins.left() - margins.right();
    const auto repolish = [this](const char* role) {
        m_bar->setProperty("role", QString::fromLatin1(role));
        m_bar->style()->unpolish(m_bar);
        m_bar->style()->polish(m_bar);
    };
    // Polishing tabs lays them out anew, which is only to be done where their room or their font is another.
    if (const auto fitted = std::pair(room, m_bar->font()); m_fitted != fitted) {
        repolish("tabs");
        if (m_bar->sizeHint().width() > room)
            repolish("narrowTabs");
        m_bar->setUsesScrollButtons(m_bar->sizeHint().width() > room);  // very large text in a small window
        m_fitted = std::pair(room, m_bar->font());
    }
    int beside = 0;
    for (ChoiceButton* each : m_choiceOfTab)
        if (!each->isHidden()) {
            each->ensurePolished();  // it may be shown for the first time
            beside = each->sizeHint().width() + m_head->spacing();
        }
    m_head->setDirection(m_bar->sizeHint().width() + beside <= room ? QBoxLayout::LeftToRight
                                                                    : QBoxLayout::TopToBottom);
}

void Workbench::resizeEvent(QResizeEvent* event) {
    QFrame::resizeEvent(event);
    arrangeHead();
}

// The same view once more: both follow what is selected.
void Workbench::tearOff() {
    const Place place = placeOf(m_workspace.settings().panelView).value_or(Place{});
    const ViewEntry& entry = entryAt(place);
    QPointer<QDialog>& dialog = m_dialogs[entry.key];
    if (!dialog) {
        dialog = new QDialog(window());
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setWindowTitle(QString(entry.name).remove(QLatin1Char('&')));
        dialog->setProperty("role", QStringLiteral("paper"));
        auto* rows = new QVBoxLayout(dialog);
        rows->setContentsMargins(0, 0, 0, 0);
        rows->setSpacing(0);
        auto* missing = new MissingLine(m_workspace);
        missing->setOfRun(m_tabs[std::size_t(place.tab)].isOfRun);
        rows->addWidget(missing);
        rows->addWidget(makePage(entry, Theme::panelPadding).widget, 1);
        if (entry.sharesKeys)
            dialog->addActions(window()->actions());
        // Qt would give it two thirds of the screen at most.
        dialog->resize(size().expandedTo({760, 460}).boundedTo(screen()->availableSize() * 0.9));
    }
    dialog->show();
    dialog->raise();
    dialog->activateWindow();
}

void Workbench::putTabsBack() {
    for (const auto& [key, dialog] : m_dialogs)
        if (dialog)
            dialog->close();
}

bool Workbench::eventFilter(QObject* object, QEvent* event) {
    if (object == m_bar && event->type() == QEvent::MouseButtonDblClick)
        Q_EMIT roomRequested();
    return QFrame::eventFilter(object, event);
}

}  // namespace resnet::ui
