#pragma once

#include <QString>
#include <QWidget>

#include <utility>
#include <vector>

class QGridLayout;

namespace resnet::ui {

// Rows of a name at the left and its value at the right, a fine line under each.
class FactList : public QWidget {
    Q_OBJECT
public:
    using Facts = std::vector<std::pair<QString, QString>>;

    explicit FactList(QWidget* parent = nullptr);
    void setFacts(const Facts& facts);

private:
    void build(const Facts& facts);

    QGridLayout* m_grid;
    Facts m_facts;
};

}  // namespace resnet::ui
