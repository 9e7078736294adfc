#pragma once

#include <QAbstractListModel>
#include <QString>

#include <functional>
#include <vector>

class QListView;

namespace resnet::ui {

// One thing that can be found or done.
struct FindEntry {
    QString text;
    QString detail;  // the key, or why not, or what kind of thing it is
    bool isPossible = true;
    std::function<void()> run;
};

// What was found, as a list that makes nothing for rows that are not seen. Where there is nothing it says so
// in one row that cannot be marked.
class FindList : public QAbstractListModel {
    Q_OBJECT
public:
    using QAbstractListModel::QAbstractListModel;

    void setEntries(std::vector<FindEntry> entries);
    const std::vector<FindEntry>& entries() const { return m_entries; }

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

private:
    std::vector<FindEntry> m_entries;
};

// Rows of it: the text at the left, its detail at the right. It never takes the keyboard.
QListView* makeFindView(FindList& list, QWidget* parent);
// Of the rows that are shown at once.
int findViewHeight(const FindList& list);

}  // namespace resnet::ui
