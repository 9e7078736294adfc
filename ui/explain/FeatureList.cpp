#include "ui/explain/FeatureList.h"

#include "ui/painting/Theme.h"
#include "ui/words/NumberText.h"

#include <QHeaderView>
#include <QPainter>
#include <QStyledItemDelegate>

#include <algorithm>
#include <cmath>

namespace resnet::ui {
namespace {

constexpr int itemHeight = 24;
constexpr int smallestBar = 40;
enum Column { Channel, Product, Adds, BarColumn };

}  // namespace

// What a feature adds as a bar from the middle: to the right for the class, to the left against it.
class FeatureList::Bar : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    double largest = 0.0;
    const Theme* theme = &Theme::light();

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        QStyledItemDelegate::paint(painter, option, index);
        const double value = index.data(Qt::UserRole).toDouble();
        const QRectF room = QRectF(option.rect).adjusted(6, 8, -6, -8);
        const double length =
            std::isfinite(value) && largest > 0.0 ? value / largest * room.width() / 2 : 0.0;
        const double middle = room.center().x();
        painter->fillRect(QRectF(middle, room.top() - 4, 1, room.height() + 8), theme->line);
        painter->fillRect(
            QRectF(std::min(middle, middle + length), room.top(), std::abs(length), room.height()),
            signColor(value < 0.0, *theme));
    }
};

FeatureList::FeatureList(QWidget* parent) : QTreeWidget(parent), m_bar(new Bar(this)) {
    setAccessibleName(tr("Features"));
    setColumnCount(4);
    setHeaderLabels({tr("Channel"), tr("mean × weight"), tr("adds"), {}});
    headerItem()->setData(BarColumn, Qt::AccessibleTextRole, tr("adds, as a bar"));
    setItemDelegateForColumn(BarColumn, m_bar);
    setRootIsDecorated(false);
    setUniformRowHeights(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setToolTip(
        tr("What each channel of the last unit adds to the score. Click or press Enter to see its map."));
    header()->setStretchLastSection(false);
    header()->setSectionResizeMode(Channel, QHeaderView::ResizeToContents);
    header()->setMinimumSectionSize(smallestBar);
    header()->setSectionResizeMode(Product, QHeaderView::ResizeToContents);
    header()->setSectionResizeMode(Adds, QHeaderView::ResizeToContents);
    header()->setSectionResizeMode(BarColumn, QHeaderView::Stretch);
    for (const Column column : {Product, Adds})
        headerItem()->setTextAlignment(column, Qt::AlignRight | Qt::AlignVCenter);
    const auto choose = [this](QTreeWidgetItem* item) {
        Q_EMIT featureChosen(item->data(0, Qt::UserRole).toInt());
    };
    connect(this, &QTreeWidget::itemClicked, this, choose);
    connect(this, &QTreeWidget::itemActivated, this, choose);
}

void FeatureList::setTheme(const Theme& theme) {
    m_bar->theme = &theme;
    viewport()->update();
}

void FeatureList::setFeatures(const std::vector<FeatureContribution>& features) {
    QList<QTreeWidgetItem*> items;
    m_bar->largest = 0.0;
    for (const FeatureContribution& each : features) {
        auto* item =
            new QTreeWidgetItem({QString::number(each.feature),
                                 valueText(each.mean) + QStringLiteral(" × ") + valueText(each.weight),
                                 signedValueText(each.contribution())});
        item->setData(0, Qt::UserRole, each.feature);
        item->setData(BarColumn, Qt::UserRole, each.contribution());
        item->setData(BarColumn, Qt::AccessibleTextRole, signedValueText(each.contribution()));
        if (std::isfinite(each.contribution()))
            m_bar->largest = std::max(m_bar->largest, std::abs(each.contribution()));
        for (const Column column : {Product, Adds})
            item->setTextAlignment(column, Qt::AlignRight | Qt::AlignVCenter);
        item->setSizeHint(0, QSize(0, scaled(itemHeight)));
        items.append(item);
    }
    clear();
    addTopLevelItems(items);
    if (!items.isEmpty())
        setCurrentItem(items.front());
}

}  // namespace resnet::ui
