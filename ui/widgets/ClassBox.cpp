#include "ui/widgets/ClassBox.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QFocusEvent>
#include <QLineEdit>
#include <QListView>
#include <QSignalBlocker>

#include <algorithm>
#include <numeric>

namespace resnet::ui {

namespace {

constexpr int mostRows = 12;

}  // namespace

ClassBox::ClassBox(const QString& none, QWidget* parent) : ChoiceBox(parent), m_none(none) {
    auto* list = new QListView(this);
    list->setUniformItemSizes(true);  // a thousand rows open at once
    setView(list);
    setMaxVisibleItems(mostRows);
    setEditable(true);
    lineEdit()->setAccessibleName(tr("Class, by its name"));
    setInsertPolicy(QComboBox::NoInsert);
    setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    completer()->setCompletionMode(QCompleter::PopupCompletion);
    completer()->setFilterMode(Qt::MatchContains);
    completer()->setCaseSensitivity(Qt::CaseInsensitive);
    completer()->setMaxVisibleItems(mostRows);
    connect(this, &QComboBox::activated, this, &ClassBox::classChosen);
}

void ClassBox::setClasses(const QStringList& names, const std::vector<float>& scores) {
    std::vector<int> order(std::size_t(names.size()));
    std::iota(order.begin(), order.end(), 0);
    if (scores.size() == order.size())
        std::ranges::stable_sort(order, std::greater<>(), [&](int index) {
            const float score = scores[std::size_t(index)];
            return score == score ? score : -1.0f;  // NaN has no place in an order
        });
    if (names == m_names && order == m_order && count() > 0)
        return;
    const std::optional<int> chosen = currentClass();
    const QSignalBlocker quiet(this);
    m_names = names;
    m_order = std::move(order);
    clear();
    if (!m_none.isEmpty())
        addItem(m_none, -1);
    for (const int index : m_order)
        addItem(m_names[index], index);
    setCurrentClass(chosen);
}

std::optional<int> ClassBox::currentClass() const {
    const QVariant index = currentData();
    return index.isValid() && index.toInt() >= 0 ? std::optional(index.toInt()) : std::nullopt;
}

void ClassBox::setCurrentClass(std::optional<int> index) {
    const QSignalBlocker quiet(this);
    setCurrentIndex(std::max(0, findData(index.value_or(-1))));
    lineEdit()->setCursorPosition(0);
}

// What is written over the name begins a search.
void ClassBox::focusInEvent(QFocusEvent* event) {
    ChoiceBox::focusInEvent(event);
    if (event->reason() != Qt::PopupFocusReason)
        lineEdit()->selectAll();
}

// A search that found nothing leaves what was chosen.
void ClassBox::focusOutEvent(QFocusEvent* event) {
    ChoiceBox::focusOutEvent(event);
    if (event->reason() != Qt::PopupFocusReason) {
        const QSignalBlocker quiet(this);
        setEditText(currentText().isEmpty() ? QString() : itemText(currentIndex()));
        lineEdit()->setCursorPosition(0);
    }
}

}  // namespace resnet::ui
