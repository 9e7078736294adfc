#pragma once

#include "core/model/Model.h"
#include "core/network/Graph.h"

#include <QAbstractItemModel>
#include <QTreeView>

#include <vector>

namespace resnet::ui {

class Workspace;

// All steps of a network as a tree: input, stem, stages with their units, head. For keyboards and screen
// readers, beside the diagram. Columns: name, kind, shape.
class StepTreeModel : public QAbstractItemModel {
    Q_OBJECT
public:
    enum Column { NameColumn, KindColumn, ShapeColumn, ColumnCount };
    enum Role { StepRole = Qt::UserRole };  // the step a row stands for; of a group its last

    explicit StepTreeModel(QObject* parent = nullptr) : QAbstractItemModel(parent) {}

    void setModel(ModelPtr model);

    // The row of a step; that of the input for `inputStep`.
    QModelIndex indexOf(StepId step) const;
    StepId stepAt(const QModelIndex& index) const;

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& index) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Item {
        QString name;
        StepId step = inputStep;  // of a group: its last
        bool isGroup = false;
        int parent = -1;  // an index into m_items; -1: top level
        int row = 0;
        std::vector<int> children;
    };

    int add(Item item);
    void addGroup(const QString& name, std::span<const Step> steps, int parent);
    const std::vector<int>& childrenOf(const QModelIndex& parent) const;

    ModelPtr m_model;
    std::vector<Item> m_items;
    std::vector<int> m_topLevel;
};

// The tree of all steps, always at the current one.
class StepTree : public QTreeView {
    Q_OBJECT
public:
    explicit StepTree(Workspace& workspace, QWidget* parent = nullptr);

protected:
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;

private:
    void showStep(StepId step);

    Workspace& m_workspace;
    StepTreeModel* m_tree;
    bool m_isFollowing = false;
};

}  // namespace resnet::ui
