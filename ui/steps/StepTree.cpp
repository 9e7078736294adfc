#include "ui/steps/StepTree.h"

#include "ui/workspace/Workspace.h"

#include <QHeaderView>
#include <QScopedValueRollback>

namespace resnet::ui {

int StepTreeModel::add(Item item) {
    const int index = int(m_items.size());
    std::vector<int>& siblings = item.parent < 0 ? m_topLevel : m_items[std::size_t(item.parent)].children;
    item.row = int(siblings.size());
    siblings.push_back(index);
    m_items.push_back(std::move(item));
    return index;
}

void StepTreeModel::addGroup(const QString& name, std::span<const Step> steps, int parent) {
    const int group = add({name, steps.back().id, true, parent, 0, {}});
    for (const Step& step : steps)
        add({QString::fromStdString(step.name), step.id, false, group, 0, {}});
}

void StepTreeModel::setModel(ModelPtr model) {
    beginResetModel();
    m_model = std::move(model);
    m_items.clear();
    m_topLevel.clear();
    if (m_model) {
        const Graph& graph = m_model->graph();
        add({tr("input"), inputStep, false, -1, 0, {}});
        addGroup(tr("Stem"), graph.stem(), -1);
        for (int number = 0; number < graph.stageCount(); ++number) {
            const int stage =
                add({tr("Stage %1").arg(number + 1), graph.stepsOfStage(number).back().id, true, -1, 0, {}});
            for (const ResidualUnit& unit : graph.stage(number))
                addGroup(tr("Unit %1 (%2)").arg(unit.unit + 1).arg(QString::fromStdString(unit.name)),
                         graph.stepsOf(unit), stage);
        }
        addGroup(tr("Head"), graph.head(), -1);
    }
    endResetModel();
}

const std::vector<int>& StepTreeModel::childrenOf(const QModelIndex& parent) const {
    return parent.isValid() ? m_items[parent.internalId()].children : m_topLevel;
}

QModelIndex StepTreeModel::indexOf(StepId step) const {
    for (std::size_t i = 0; i < m_items.size(); ++i)
        if (!m_items[i].isGroup && m_items[i].step == step)
            return createIndex(m_items[i].row, NameColumn, i);
    return {};
}

StepId StepTreeModel::stepAt(const QModelIndex& index) const {
    return index.isValid() ? m_items[index.internalId()].step : inputStep;
}

QModelIndex StepTreeModel::index(int row, int column, const QModelIndex& parent) const {
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, quintptr(childrenOf(parent)[std::size_t(row)]));
}

QModelIndex StepTreeModel::parent(const QModelIndex& index) const {
    if (!index.isValid())
        return {};
    const int parent = m_items[index.internalId()].parent;
    return parent < 0 ? QModelIndex()
                      : createIndex(m_items[std::size_t(parent)].row, NameColumn, quintptr(parent));
}

int StepTreeModel::rowCount(const QModelIndex& parent) const {
    return parent.column() > 0 ? 0 : int(childrenOf(parent).size());
}

int StepTreeModel::columnCount(const QModelIndex&) const {
    return ColumnCount;
}

QVariant StepTreeModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid())
        return {};
    const Item& item = m_items[index.internalId()];
    if (role == StepRole)
        return item.step;
    const Graph& graph = m_model->graph();
    const QString shape = QString::fromStdString(shapeText(graph.outputShape(item.step)));
    const auto kind = [&] {
        if (item.isGroup || item.step == inputStep)
            return QString();
        const std::string_view text = resnet::name(graph.step(item.step).kind);
        return QString::fromUtf8(text.data(), qsizetype(text.size()));
    };
    if (role == Qt::AccessibleTextRole || role == Qt::ToolTipRole) {
        QStringList words{item.name, kind(), shape};
        words.removeAll(QString());
        return words.join(QStringLiteral(", "));
    }
    if (role != Qt::DisplayRole)
        return {};
    return index.column() == NameColumn ? item.name : index.column() == KindColumn ? kind() : shape;
}

QVariant StepTreeModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (role != Qt::DisplayRole || orientation != Qt::Horizontal)
        return {};
    return section == NameColumn ? tr("Step") : section == KindColumn ? tr("Kind") : tr("Shape");
}

StepTree::StepTree(Workspace& workspace, QWidget* parent)
    : QTreeView(parent), m_workspace(workspace), m_tree(new StepTreeModel(this)) {
    setModel(m_tree);
    setUniformRowHeights(true);
    setAccessibleName(tr("All steps"));
    setToolTip(tr("All steps of the network"));
    header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    header()->setStretchLastSection(true);
    const auto takeModel = [this] {
        {
            const QScopedValueRollback following(m_isFollowing, true);
            m_tree->setModel(m_workspace.model());
        }
        showStep(m_workspace.currentStep());
    };
    connect(&workspace, &Workspace::changed, this, [this, takeModel](const Changes& changes) {
        if (changes.have(Changes::Model))
            takeModel();
        else if (changes.have(Changes::Step))
            showStep(m_workspace.currentStep());
    });
    takeModel();
}

void StepTree::showStep(StepId step) {
    const QModelIndex index = m_tree->indexOf(step);
    if (!index.isValid() || m_tree->stepAt(currentIndex()) == step)
        return;
    const QScopedValueRollback following(m_isFollowing, true);
    setCurrentIndex(index);
    scrollTo(index);
}

// The cursor keys walk the tree, and the diagram follows.
void StepTree::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
    QTreeView::currentChanged(current, previous);
    if (!m_isFollowing && current.isValid())
        m_workspace.goToStep(m_tree->stepAt(current));
}

}  // namespace resnet::ui
