#include "ui/window/FindBox.h"

#include "ui/diagram/StepSearch.h"
#include "ui/painting/Theme.h"
#include "ui/widgets/TextSize.h"
#include "ui/words/NumberText.h"
#include "ui/words/StepWords.h"

#include <QAction>
#include <QApplication>
#include <QKeyEvent>
#include <QListWidget>
#include <QMenu>
#include <QMenuBar>
#include <QPainter>
#include <QStyledItemDelegate>

#include <algorithm>

namespace resnet::ui {

namespace {

constexpr std::size_t mostSteps = 40;
constexpr std::size_t mostEntries = 80;
constexpr int rowHeight = 28;
constexpr int mostRows = 12;
constexpr int detailRole = Qt::UserRole;
constexpr int possibleRole = Qt::UserRole + 1;

// The text at the left, its detail at the right, both elided rather than over each other.
class EntryDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        const QPalette& palette = option.palette;
        if (option.state & QStyle::State_Selected)
            painter->fillRect(option.rect, palette.brush(QPalette::AlternateBase));
        const QRect line = option.rect.adjusted(10, 0, -10, 0);
        const bool isPossible = index.data(possibleRole).toBool();
        const QString detail = index.data(detailRole).toString();
        painter->setFont(windowFont(TextRole::Secondary));
        painter->setPen(palette.color(QPalette::PlaceholderText));
        const int detailRoom =
            std::min(line.width() * 3 / 5, painter->fontMetrics().horizontalAdvance(detail) + 4);
        painter->drawText(line, Qt::AlignRight | Qt::AlignVCenter,
                          painter->fontMetrics().elidedText(detail, Qt::ElideRight, detailRoom));
        painter->setFont(windowFont(TextRole::Body));
        painter->setPen(palette.color(isPossible ? QPalette::Text : QPalette::PlaceholderText));
        painter->drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                          painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight,
                                                            line.width() - detailRoom - 12));
    }
    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override {
        return {100, scaled(rowHeight)};
    }
};

bool fits(const QString& text, const QStringList& words) {
    return std::ranges::all_of(words,
                               [&](const QString& word) { return text.contains(word, Qt::CaseInsensitive); });
}

QString plain(QString text) {
    return text.remove(QLatin1Char('&')).remove(QStringLiteral("…")).section(QLatin1Char('\t'), 0, 0);
}

}  // namespace

FindBox::FindBox(Workspace& workspace, const QMenuBar& menuBar, QWidget* parent)
    : QLineEdit(parent),
      m_workspace(workspace),
      m_menuBar(menuBar),
      m_open(new QAction(tr("&Find or do"), this)),
      m_list(new QListWidget(this)) {
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
    m_list->setWindowFlags(Qt::ToolTip);
    m_list->setProperty("role", QStringLiteral("popup"));
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setItemDelegate(new EntryDelegate(m_list));
    m_list->setUniformItemSizes(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setAccessibleName(tr("What was found"));
    m_list->hide();
    connect(m_list, &QListWidget::itemClicked, this, [this] { runMarked(); });
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
    const QListWidgetItem* item = m_list->currentItem();
    return item ? item->text() : QString();
}

int FindBox::count() const {
    return int(m_entries.size());
}

void FindBox::search() {
    m_entries.clear();
    const QString wanted = text().simplified();
    const QStringList words = wanted.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    addSteps(wanted);
    addCommands(words);
    addClasses(words);
    if (m_entries.size() > mostEntries)
        m_entries.resize(mostEntries);
    showEntries();
}

void FindBox::addSteps(const QString& wanted) {
    std::vector<StepId> steps;
    if (m_workspace.model()) {
        const Graph& graph = m_workspace.session().graph();
        steps = findSteps(graph, wanted);
        std::vector<StepId> shown(steps.begin(),
                                  steps.begin() + std::ptrdiff_t(std::min(steps.size(), mostSteps)));
        if (const auto called = stepCalled(graph, wanted)) {  // what is called so comes first
            std::erase(shown, *called);
            shown.insert(shown.begin(), *called);
        }
        for (const StepId step : shown)
            m_entries.push_back({titleOf(graph, step),
                                 step == inputStep ? QString()
                                                   : QStringLiteral("%1  %2").arg(
                                                         QString::fromUtf8(name(graph.step(step).kind)),
                                                         QString::fromStdString(graph.stepName(step))),
                                 true, [this, step] { m_workspace.goToStep(step); }});
    }
    Q_EMIT found(steps);
}

void FindBox::addCommands(const QStringList& words) {
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
            m_entries.push_back({name,
                                 !isPossible     ? action->toolTip()
                                 : key.isEmpty() ? way
                                                 : QStringLiteral("%1   %2").arg(way, key),
                                 isPossible, [action] { action->trigger(); }});
        }
    };
    for (const QAction* menu : m_menuBar.actions())
        if (menu->menu())
            addMenu(menu->menu(), plain(menu->text()));
}

// A class is selected where classes are channels.
void FindBox::addClasses(const QStringList& words) {
    if (words.isEmpty() || !m_workspace.model())
        return;
    const Model& model = *m_workspace.model();
    const StepId softmax = model.graph().softmaxStep();
    const FeatureMapsPtr shares = m_workspace.session().output(softmax);
    std::vector<int> found;
    for (int index = 0; index < int(model.classNames.size()); ++index)
        if (fits(QString::fromStdString(model.classNames[std::size_t(index)]), words))
            found.push_back(index);
    if (shares)  // the best first; NaN has no place in an order
        std::ranges::stable_sort(found, std::greater<>(), [&](int index) {
            const float share = shares->at(index, 0, 0);
            return share == share ? share : -1.0f;
        });
    for (const int index : found) {
        const QString name = QString::fromStdString(model.classNames[std::size_t(index)]);
        m_entries.push_back({name,
                             shares ? tr("class, %1").arg(percentText(shares->at(index, 0, 0))) : tr("class"),
                             true, [this, softmax, index] { m_workspace.goTo(softmax, index); }});
    }
}

void FindBox::showEntries() {
    m_list->clear();
    for (const Entry& entry : m_entries) {
        auto* item = new QListWidgetItem(entry.text, m_list);
        item->setData(detailRole, entry.detail);
        item->setData(possibleRole, entry.isPossible);
    }
    if (m_entries.empty()) {
        auto* item = new QListWidgetItem(tr("Nothing is called so"), m_list);
        item->setData(possibleRole, false);
        item->setFlags(Qt::NoItemFlags);
    } else {
        m_list->setCurrentRow(0);
    }
    place();
}

void FindBox::place() {
    m_list->setVisible(hasFocus() && isVisible());
    if (!m_list->isVisible())
        return;
    const int least = scaled(460);
    const int width = std::max(least, this->width());
    const int rows = std::clamp(m_list->count(), 1, mostRows);
    const QPoint corner = mapToGlobal(QPoint(this->width() - width, height() + 8));
    m_list->setGeometry(QRect(corner, QSize(width, rows * scaled(rowHeight) + 10)));
}

void FindBox::mark(int offset) {
    const int count = int(m_entries.size());
    if (count > 0)
        m_list->setCurrentRow((m_list->currentRow() + offset + count) % count);
}

void FindBox::runMarked() {
    const int row = m_list->currentRow();
    if (row < 0 || row >= int(m_entries.size()) || !m_entries[std::size_t(row)].isPossible)
        return;
    const auto run = m_entries[std::size_t(row)].run;  // leaving forgets the entries
    leave();
    run();
}

void FindBox::leave() {
    clear();
    if (m_hadFocus && m_hadFocus->isVisible() && m_hadFocus->isEnabled())
        m_hadFocus->setFocus(Qt::OtherFocusReason);
    else
        clearFocus();
    m_list->hide();
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
    m_list->hide();
}

void FindBox::resizeEvent(QResizeEvent* event) {
    QLineEdit::resizeEvent(event);
    place();
}

}  // namespace resnet::ui
