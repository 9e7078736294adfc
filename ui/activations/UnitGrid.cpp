#include "ui/activations/UnitGrid.h"

#include <QMouseEvent>
#include <QPainter>
#include <QVBoxLayout>

namespace resnet::ui {
namespace {

constexpr int titleHeight = 18;

// Short enough to stand above a small map.
QString titleOf(const UnitTerm& term, ShortcutForm form) {
    if (term.role == UnitTerm::Role::Shortcut && form != ShortcutForm::Identity)
        return QStringLiteral("P(x)");
    return term.role == UnitTerm::Role::Sum ? UnitGrid::tr("sum") : unitTermName(term);
}

}  // namespace

UnitGrid::UnitGrid(QWidget* parent) : QWidget(parent), m_grid(new MapGrid) {
    setMouseTracking(true);
    m_grid->setAccessibleName(tr("What the residual unit does to each channel"));
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, titleHeight, 0, 0);
    rows->addWidget(m_grid);
    connect(m_grid, &MapGrid::layoutChanged, this, [this] { update(); });
}

void UnitGrid::setContent(const UnitGridContent& content) {
    m_content = content;
    m_grid->setContent(
        {content.maps, content.order, content.colors, content.scales, content.placeholder, {}});
    update();
}

void UnitGrid::setTheme(const Theme& theme) {
    m_theme = &theme;
    m_grid->setTheme(theme);
    update();
}

QRectF UnitGrid::titleRect(int column, int term) const {
    const QRect tile = m_grid->gridLayout().tileRect(column, term);
    return {double(tile.left()), 0.0, double(tile.width()), double(titleHeight)};
}

const UnitTerm* UnitGrid::termAt(const QPointF& point) const {
    if (m_grid->gridLayout().count() > 0)
        for (int column = 0; column < m_grid->gridLayout().columns(); ++column)
            for (std::size_t term = 0; term < m_content.terms.size(); ++term)
                if (titleRect(column, int(term)).contains(point))
                    return &m_content.terms[term];
    return nullptr;
}

void UnitGrid::paintEvent(QPaintEvent*) {
    if (m_grid->gridLayout().count() == 0)
        return;
    QPainter painter(this);
    for (int column = 0; column < m_grid->gridLayout().columns(); ++column)
        for (std::size_t i = 0; i < m_content.terms.size(); ++i) {
            const UnitTerm& term = m_content.terms[i];
            const QRectF room = titleRect(column, int(i));
            painter.setFont(ui::font(TextRole::SmallBold));
            painter.setPen(unitTermColor(term, *m_theme));
            painter.drawText(room, Qt::AlignHCenter | Qt::AlignVCenter,
                             titleOf(term, m_content.shortcutForm));
            if (term.step == m_content.currentStep)
                painter.fillRect(QRectF(room.left(), room.bottom() - 2, room.width(), 2), m_theme->selection);
        }
}

void UnitGrid::mousePressEvent(QMouseEvent* event) {
    if (const UnitTerm* term = termAt(event->position()); term && event->button() == Qt::LeftButton)
        Q_EMIT stepPicked(term->step);
}

void UnitGrid::mouseMoveEvent(QMouseEvent* event) {
    const UnitTerm* term = termAt(event->position());
    setCursor(term ? Qt::PointingHandCursor : Qt::ArrowCursor);
    setToolTip(
        term ? tr("%1: go to the step that made these maps").arg(unitTermName(*term, m_content.shortcutForm))
             : QString());
}

}  // namespace resnet::ui
