#include "ui/window/FindBox.h"

#include "ui/diagram/StepSearch.h"
#include "ui/widgets/TextSize.h"
#include "ui/words/NumberText.h"
#include "ui/words/StepWords.h"

#include <QAction>
#include <QApplication>
#include <QKeyEvent>
#include <QListView>
#include <QMenu>
#include <QMenuBar>

#include <algorithm>
#include <functional>
#include <utility>

namespace resnet::ui {

namespace {

constexpr std::size_t mostSteps = 40;
constexpr int markDelay = 120;  // milliseconds: the diagram follows when the letters have come
constexpr std::size_t mostEntries = 80;

bool fits(const QString& text, const QStringList& words) {
    return std::ranges::all_of(words,
                               [&](const QString& word) { return text.contains(word, Qt::CaseInsensitive); });
}

QString plain(QString text) {
    return text.remove(QLatin1Char('&')).remove(QStringLiteral("…")).section(QLatin1Char('\t'), 0, 0);
}

// "batch norm  layer1.0.bn1"; of a projection's steps, which of them and of how many: each is two steps.
QString detailOf(const Graph& graph, StepId step) {
    if (step == inputStep)
        return {};
    const QString said = QStringLiteral("%1  %2").arg(QString::fromUtf8(name(graph.step(step).kind)),
                                                      QString::fromStdString(graph.stepName(step)));
    const ResidualUnit* unit = graph.step(step).way == Way::Shortcut ? graph.unitOf(step) : nullptr;
    if (!unit || !unit->hasProjection())
        return said;
    const auto count = std::ranges::count_if(graph.units(), &ResidualUnit::hasProjection);
    const auto before = std::count_if(graph.units().data(), unit, std::mem_fn(&ResidualUnit::hasProjection));
    return FindBox::tr("projection %1 of %2: %3").arg(before + 1).arg(count).arg(said);
}

}  // namespace

FindBox::FindBox(Workspace& workspace, const QMenuBar& menuBar, QWidget* parent)
    : QLineEdit(parent),
      m_workspace(workspace),
      m_menuBar(menuBar),
      m_open(new QAction(tr("&Find or do"), this)),
      m_list(new FindList(this)),
      m_view(makeFindView(*m_list, this)) {
    setPlaceholderText(tr("Find or do…  Ctrl+K"));
    setToolTip(tr(
        "Steps by name, kind or shape (conv1, batch norm, projection, 14x14, 256), views, commands and classes. Return does what is marked, Escape goes back. (Ctrl+K)"));
    setAccessibleName(tr("Find or do"));
    keepLeastWidth(*this, 170);
    m_open->setShortcuts({QKeySequence(Qt::CTRL | Qt::Key_K), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_P),
                          QKeySequence(QKeySequence::Find)});
    m_open->setToolTip(tr("Steps, views, commands and classes in one list (Ctrl+K)"));
    connect(m_open, &QAction::triggered, this, [this] {
        setFocus(Qt::ShortcutFocusReason);
        selectAll();
    });
    connect(m_view, &QListView::clicked, this, [this] { runMarked(); });
    m_marking.setSingleShot(true);
    m_marking.setInterval(markDelay);
    connect(&m_marking, &QTimer::timeout, this, [this] { Q_EMIT found(m_foundSteps); });
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget* before, QWidget* now) {
        if (now == this && before)
            m_hadFocus = before;
    });
    connect(this, &QLineEdit::textChanged, this, &FindBox::search);
    connect(&m_workspace, &Workspace::changed, this, [this](const Changes& changes) {
        if (changes.have(Changes::Model) && hasFocus())
            search();
    });
}

QString FindBox::marked() const {
    const QModelIndex index = m_view->currentIndex();
    return index.isValid() ? index.data().toString() : QString();
}

int FindBox::count() const {
    return int(m_list->entries().size());
}

void FindBox::search() {
    const QString wanted = text().simplified();
    const QStringList words = wanted.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    std::vector<FindEntry> entries;
    addSteps(entries, wanted);
    addCommands(entries, words);
    addClasses(entries, words);
    if (entries.size() > mostEntries)
        entries.resize(mostEntries);
    m_list->setEntries(std::move(entries));
    if (count() > 0)
        m_view->setCurrentIndex(m_list->index(0));
    place();
    m_marking.start();
}

void FindBox::addSteps(std::vector<FindEntry>& entries, const QString& wanted) {
    m_foundSteps.clear();
    if (m_workspace.model()) {
        const Graph& graph = m_workspace.session().graph();
        m_foundSteps = findSteps(graph, wanted);
        std::vector<StepId> shown(
            m_foundSteps.begin(),
            m_foundSteps.begin() + std::ptrdiff_t(std::min(m_foundSteps.size(), mostSteps)));
        if (const auto called = stepCalled(graph, wanted)) {  // what is called so comes first
            std::erase(shown, *called);
            shown.insert(shown.begin(), *called);
        }
        for (const StepId step : shown)
            entries.push_back({titleOf(graph, step), detailOf(graph, step), true,
                               [this, step] { m_workspace.goToStep(step); }});
    }
}

void FindBox::addCommands(std::vector<FindEntry>& entries, const QStringList& words) {
    const std::function<void(const QMenu*, const QString&)> addMenu = [&](const QMenu* menu,
                                                                          const QString& way) {
        for (QAction* action : menu->actions()) {
            const QString name = plain(action->text());
            if (action->menu()) {
                addMenu(action->menu(), QStringLiteral("%1 › %2").arg(way, name));
                continue;
            }
            if (name.isEmpty() || action->isSeparator() || !fits(way + QLatin1Char(' ') + name, words))
                continue;
            const bool isPossible = action->isEnabled();
            const QString key = action->shortcut().toString(QKeySequence::NativeText);
            entries.push_back({name,
                               !isPossible     ? action->toolTip()
                               : key.isEmpty() ? way
                                               : QStringLiteral("%1   %2").arg(way, key),
                               isPossible, [action = QPointer<QAction>(action)] {
                                   if (action)  // recent files come and go
                                       action->trigger();
                               }});
        }
    };
    for (const QAction* menu : m_menuBar.actions())
        if (menu->menu())
            addMenu(menu->menu(), plain(menu->text()));
}

// A class is selected where classes are channels.
void FindBox::addClasses(std::vector<FindEntry>& entries, const QStringList& words) {
    if (words.isEmpty() || !m_workspace.model() || entries.size() >= mostEntries)
        return;
    const Model& model = *m_workspace.model();
    const StepId softmax = model.graph().softmaxStep();
    const FeatureMapsPtr shares = m_workspace.session().output(softmax);
    std::vector<int> found;
    for (int index = 0; index < int(model.classNames.size()); ++index)
        if (fits(QString::fromStdString(model.classNames[std::size_t(index)]), words))
            found.push_back(index);
    const auto shown = found.begin() + std::ptrdiff_t(std::min(found.size(), mostEntries - entries.size()));
    if (shares)  // the best first, and of equals the first; NaN has no place in an order
        std::ranges::partial_sort(found, shown, {}, [&](int index) {
            const float share = shares->at(index, 0, 0);
            return std::pair(share == share ? -share : 1.0f, index);
        });
    found.erase(shown, found.end());
    for (const int index : found) {
        const QString name = QString::fromStdString(model.classNames[std::size_t(index)]);
        entries.push_back({name,
                           shares ? tr("class, %1").arg(percentText(shares->at(index, 0, 0))) : tr("class"),
                           true, [this, softmax, index] { m_workspace.goTo(softmax, index); }});
    }
}

// The list is a part of the window rather than a window: under Wayland nobody but the compositor places
// those.
void FindBox::place() {
    if (m_view->parentWidget() != window())
        m_view->setParent(window());
    m_view->setVisible(hasFocus() && isVisible());
    if (!m_view->isVisible())
        return;
    const int width = std::max(scaled(460), this->width());
    const QPoint corner = mapTo(window(), QPoint(this->width() - width, height() + 8));
    const int room = window()->height() - corner.y() - 8;
    m_view->setGeometry(QRect(corner, QSize(width, std::min(room, findViewHeight(*m_list)))));
    m_view->raise();
}

void FindBox::mark(int offset) {
    if (count() > 0)
        m_view->setCurrentIndex(m_list->index((m_view->currentIndex().row() + offset + count()) % count()));
}

void FindBox::runMarked() {
    const int row = m_view->currentIndex().row();
    if (row < 0 || row >= count() || !m_list->entries()[std::size_t(row)].isPossible)
        return;
    const auto run = m_list->entries()[std::size_t(row)].run;  // leaving forgets the entries
    leave();
    run();
}

void FindBox::leave() {
    clear();
    if (m_hadFocus && m_hadFocus->isVisible() && m_hadFocus->isEnabled())
        m_hadFocus->setFocus(Qt::OtherFocusReason);
    else
        clearFocus();
    m_view->hide();
}

void FindBox::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
        case Qt::Key_Down:
            return mark(1);
        case Qt::Key_Up:
            return mark(-1);
        case Qt::Key_Return:
        case Qt::Key_Enter:
            return runMarked();
        case Qt::Key_Escape:
            return leave();
        default:
            QLineEdit::keyPressEvent(event);
    }
}

void FindBox::focusInEvent(QFocusEvent* event) {
    QLineEdit::focusInEvent(event);
    search();
}

void FindBox::focusOutEvent(QFocusEvent* event) {
    QLineEdit::focusOutEvent(event);
    m_view->hide();
}

void FindBox::resizeEvent(QResizeEvent* event) {
    QLineEdit::resizeEvent(event);
    place();
}

}  // namespace resnet::ui
