#include "ui/explain/FeatureList.h"

#include "ui/painting/NumberText.h"

#include <QHeaderView>

namespace resnet::ui {
namespace {

constexpr int itemHeight = 24;

}  // namespace

FeatureList::FeatureList(QWidget* parent) : QTreeWidget(parent) {
    setAccessibleName(tr("Features"));
    setColumnCount(3);
    setHeaderLabels({tr("Channel"), tr("mean × weight"), tr("adds")});
    setRootIsDecorated(false);
    setUniformRowHeights(true);
    setToolTip(
        tr("What each channel of the last unit adds to the score. Click or press Enter to see its map."));
    header()->setStretchLastSection(false);
    header()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    header()->setSectionResizeMode(1, QHeaderView::Stretch);
    header()->setSectionResizeMode(2, QHeaderView::ResizeToContents);
    headerItem()->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
    headerItem()->setTextAlignment(2, Qt::AlignRight | Qt::AlignVCenter);
    const auto choose = [this](QTreeWidgetItem* item) {
        Q_EMIT featureChosen(item->data(0, Qt::UserRole).toInt());
    };
    connect(this, &QTreeWidget::itemClicked, this, choose);
    connect(this, &QTreeWidget::itemActivated, this, choose);
}

void FeatureList::setFeatures(const std::vector<FeatureContribution>& features) {
    QList<QTreeWidgetItem*> items;
    for (const FeatureContribution& each : features) {
        auto* item =
            new QTreeWidgetItem({QString::number(each.feature),
                                 valueText(each.mean) + QStringLiteral(" × ") + valueText(each.weight),
                                 signedValueText(each.contribution())});
        item->setData(0, Qt::UserRole, each.feature);
        item->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
        item->setTextAlignment(2, Qt::AlignRight | Qt::AlignVCenter);
        item->setSizeHint(0, QSize(0, itemHeight));
        items.append(item);
    }
    clear();
    addTopLevelItems(items);
    if (!items.isEmpty())
        setCurrentItem(items.front());
}

}  // namespace resnet::ui
