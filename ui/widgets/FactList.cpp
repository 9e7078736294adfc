#include "ui/widgets/FactList.h"

#include <QGridLayout>
#include <QLabel>

#include <algorithm>

namespace resnet::ui {

FactList::FactList(QWidget* parent) : QWidget(parent), m_grid(new QGridLayout(this)) {
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setVerticalSpacing(0);
    m_grid->setHorizontalSpacing(0);
    m_grid->setColumnStretch(1, 1);
}

void FactList::setFacts(const Facts& facts) {
    if (facts == m_facts)
        return;
    const bool sameNames =
        std::ranges::equal(facts, m_facts, {}, &Facts::value_type::first, &Facts::value_type::first);
    if (!sameNames)
        build(facts);
    for (int row = 0; row < int(facts.size()); ++row)
        static_cast<QLabel*>(m_grid->itemAtPosition(row, 1)->widget())
            ->setText(facts[std::size_t(row)].second);
    m_facts = facts;
}

void FactList::build(const Facts& facts) {
    while (QLayoutItem* item = m_grid->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (int row = 0; row < int(facts.size()); ++row) {
        auto* name = new QLabel(facts[std::size_t(row)].first);
        auto* value = new QLabel;
        name->setProperty("role", QStringLiteral("factName"));
        value->setProperty("role", QStringLiteral("factValue"));
        name->setIndent(0);
        value->setIndent(0);
        value->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        value->setTextInteractionFlags(Qt::TextSelectableByMouse);
        value->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
        value->setAccessibleName(facts[std::size_t(row)].first);
        if (const auto meaning = m_meanings.find(facts[std::size_t(row)].first); meaning != m_meanings.end())
            for (QLabel* each : {name, value})
                each->setToolTip(meaning->second);
        m_grid->addWidget(name, row, 0);
        m_grid->addWidget(value, row, 1);
    }
}

}  // namespace resnet::ui
