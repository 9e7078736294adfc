#include "ui/activations/UnitGrid.h"

#include "ui/widgets/TextSize.h"

#include <QMouseEvent>
#include <QPainter>
#include <QVBoxLayout>

namespace resnet::ui {
UnitGrid::UnitGrid(QWidget* parent) : Canvas(parent), m_grid(new MapGrid) {
    setMouseTracking(true);
    setAccessibleName(tr("Every channel through the unit"));
    m_grid->setAccessibleName(tr("What the residual unit does to each channel"));
    auto* rows = new QVBoxLayout(this);
    followTextSize(*this, [rows] { rows->setContentsMargins(0, scaled(UnitTitles::height), 0, 0); });
    rows->addWidget(m_grid);
    connect(m_grid, &MapGrid::layoutChanged, this, [this] { update(); });
}

void UnitGrid::setContent(const UnitGridContent& content) {
    m_content = content;
    m_grid->setContent(content.maps);
    update();
}

void UnitGrid::setTheme(const Theme& theme) {
    m_theme = &theme;
    m_grid->setTheme(theme);
    update();
}

const UnitTerm* UnitGrid::termAt(const QPointF& point) const {
    const std::vector<UnitTerm>& terms = m_content.titles.terms;
    if (m_grid->gridLayout().count() > 0)
        for (int column = 0; column < m_grid->gridLayout().columns(); ++column)
            for (std::size_t term = 0; term < terms.size(); ++term)
                if (UnitTitles::rect(m_grid->gridLayout(), column, int(term)).contains(point))
                    return &terms[term];
    return nullptr;
}

void UnitGrid::paint(QPainter& painter) {
    paintUnitTitles(painter, m_content.titles, m_grid->gridLayout(), *m_theme);
}

void UnitGrid::mousePressEvent(QMouseEvent* event) {
    if (const UnitTerm* term = termAt(event->position()); term && event->button() == Qt::LeftButton)
        Q_EMIT stepPicked(term->step);
}

void UnitGrid::mouseMoveEvent(QMouseEvent* event) {
    const UnitTerm* term = termAt(event->position());
    setCursor(term ? Qt::PointingHandCursor : Qt::ArrowCursor);
    setToolTip(term ? tr("%1: go to the step that made these maps")
                          .arg(unitTermName(*term, m_content.titles.shortcutForm))
                    : QString());
}

}  // namespace resnet::ui
