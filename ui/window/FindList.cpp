#include "ui/window/FindList.h"

#include "ui/painting/Theme.h"
#include "ui/widgets/TextSize.h"

#include <QListView>
#include <QPainter>
#include <QStyledItemDelegate>

#include <algorithm>

namespace resnet::ui {

namespace {

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
                          painter->fontMetrics().elidedText(index.data(Qt::DisplayRole).toString(),
                                                            Qt::ElideRight, line.width() - detailRoom - 12));
    }
    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override {
        return {100, scaled(rowHeight)};
    }
};

}  // namespace

void FindList::setEntries(std::vector<FindEntry> entries) {
    beginResetModel();
    m_entries = std::move(entries);
    endResetModel();
}

int FindList::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : std::max(1, int(m_entries.size()));
}

QVariant FindList::data(const QModelIndex& index, int role) const {
    if (m_entries.empty())
        return role == Qt::DisplayRole ? QVariant(tr("Nothing is called so"))
               : role == possibleRole  ? QVariant(false)
                                       : QVariant();
    const FindEntry& entry = m_entries[std::size_t(index.row())];
    switch (role) {
        case Qt::DisplayRole:
            return entry.text;
        case Qt::AccessibleDescriptionRole:
        case detailRole:
            return entry.detail;
        case possibleRole:
            return entry.isPossible;
        default:
            return {};
    }
}

Qt::ItemFlags FindList::flags(const QModelIndex& index) const {
    return m_entries.empty() ? Qt::NoItemFlags : QAbstractListModel::flags(index);
}

QListView* makeFindView(FindList& list, QWidget* parent) {
    auto* view = new QListView(parent);
    view->setProperty("role", QStringLiteral("popup"));
    view->setFocusPolicy(Qt::NoFocus);
    view->setItemDelegate(new EntryDelegate(view));
    view->setUniformItemSizes(true);
    view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    view->setModel(&list);
    view->setAccessibleName(FindList::tr("What was found"));
    view->hide();
    return view;
}

int findViewHeight(const FindList& list) {
    return std::clamp(list.rowCount(), 1, mostRows) * scaled(rowHeight) + 10;
}

}  // namespace resnet::ui
