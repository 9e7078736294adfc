#include "ui/explain/FeatureList.h"

#include "ui/painting/Theme.h"
#include "ui/words/NumberText.h"

#include <QHeaderView>
#include <QPainter>
#include <QStyledItemDelegate>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace resnet::ui {
namespace {

constexpr int itemHeight = 24;
constexpr int smallestBar = 40;
constexpr int mostPatches = 20;
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
    setItemDelegateForColumn(BarColumn, m_bar);
    setRootIsDecorated(false);
    setUniformRowHeights(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    header()->setStretchLastSection(false);
    header()->setSectionResizeMode(Channel, QHeaderView::ResizeToContents);
    header()->setMinimumSectionSize(smallestBar);
    header()->setSectionResizeMode(Product, QHeaderView::ResizeToContents);
    header()->setSectionResizeMode(Adds, QHeaderView::ResizeToContents);
    header()->setSectionResizeMode(BarColumn, QHeaderView::Stretch);
    for (const Column column : {Product, Adds})
        headerItem()->setTextAlignment(column, Qt::AlignRight | Qt::AlignVCenter);
    const auto choose = [this](QTreeWidgetItem* item) {
        if (m_arePatches)
            Q_EMIT patchChosen(item->data(0, Qt::UserRole).toInt());
        else
            Q_EMIT featureChosen(item->data(0, Qt::UserRole).toInt());
    };
    connect(this, &QTreeWidget::itemClicked, this, choose);
    connect(this, &QTreeWidget::itemActivated, this, choose);
    setFeatures({});
}

void FeatureList::setTheme(const Theme& theme) {
    m_bar->theme = &theme;
    viewport()->update();
}

void FeatureList::setFeatures(const std::vector<FeatureContribution>& features, bool areCompared) {
    m_arePatches = false;
    setAccessibleName(tr("Features"));
    setToolTip(
        tr("What each channel of the last unit adds to the score. Click or press Enter to see its map."));
    std::vector<Row> rows;
    for (const FeatureContribution& each : features)
        rows.push_back({each.feature, QString::number(each.feature),
                        valueText(each.mean) + QStringLiteral(" × ") + valueText(each.weight),
                        signedValueText(each.contribution()), each.contribution()});
    setRows({tr("Channel"), areCompared ? tr("mean × weight difference") : tr("mean × weight"), tr("adds")},
            rows);
}

void FeatureList::setPatches(const FeatureMaps& drops, int known, double unhidden) {
    m_arePatches = true;
    setAccessibleName(tr("Patches"));
    setToolTip(tr("Where hiding a patch lowers the probability most. Click or press Enter to mark it."));
    std::vector<int> order(std::size_t(std::clamp(known, 0, int(drops.size()))));
    std::iota(order.begin(), order.end(), 0);
    std::erase_if(order, [&](int cell) { return !(drops.data()[cell] > 0.0f); });
    std::ranges::stable_sort(order, std::ranges::greater{}, [&](int cell) { return drops.data()[cell]; });
    if (int(order.size()) > mostPatches)
        order.resize(mostPatches);
    std::vector<Row> rows;
    for (const int cell : order) {
        const double drop = drops.data()[cell];
        rows.push_back({cell, tr("%1, %2").arg(cell / drops.width()).arg(cell % drops.width()),
                        percentText(unhidden - drop), tr("−%1").arg(percentText(drop)), drop});
    }
    setRows({tr("Row, column"), tr("when hidden"), tr("change")}, rows);
}

void FeatureList::setRows(const QStringList& titles, const std::vector<Row>& rows) {
    setHeaderLabels(titles + QStringList{QString()});
    headerItem()->setData(BarColumn, Qt::AccessibleTextRole, tr("%1, as a bar").arg(titles.back()));
    QList<QTreeWidgetItem*> items;
    m_bar->largest = 0.0;
    for (const Row& each : rows) {
        auto* item = new QTreeWidgetItem({each.name, each.means, each.adds});
        item->setData(0, Qt::UserRole, each.index);
        item->setData(BarColumn, Qt::UserRole, each.value);
        item->setData(BarColumn, Qt::AccessibleTextRole, each.adds);
        if (std::isfinite(each.value))
            m_bar->largest = std::max(m_bar->largest, std::abs(each.value));
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
