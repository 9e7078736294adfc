#pragma once

#include <QString>
#include <QWidget>

#include <map>
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
    // What a name means, shown over it and its value; for those that come from now on.
    void setMeanings(std::map<QString, QString> meanings) { m_meanings = std::move(meanings); }

private:
    void build(const Facts& facts);

    QGridLayout* m_grid;
    Facts m_facts;
    std::map<QString, QString> m_meanings;
};

}  // namespace resnet::ui
