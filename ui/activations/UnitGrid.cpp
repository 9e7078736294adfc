#include "ui/activations/UnitGrid.h"

#include <QMouseEvent>
#include <QPainter>
#include <QVBoxLayout>

namespace resnet::ui {
namespace {

constexpr int titleHeight = 18;

// Short enough to stand above a small map.
QString titleOf(int term, bool hasProjection) {
    if (term == 0 && hasProjection)
        return QStringLiteral("P(x)");
    return term == 2 ? UnitGrid::tr("sum") : unitTermName(term);
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
    m_grid->setContent({{content.maps.begin(), content.maps.end()},
                        content.order,
                        content.colors,
                        content.scales,
                        content.placeholder,
                        {}});
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

int UnitGrid::termAt(const QPointF& point) const {
    if (m_grid->gridLayout().count() > 0)
        for (int column = 0; column < m_grid->gridLayout().columns(); ++column)
            for (int term = 0; term < unitTermCount; ++term)
                if (titleRect(column, term).contains(point))
                    return term;
    return -1;
}

void UnitGrid::paintEvent(QPaintEvent*) {
    if (m_grid->gridLayout().count() == 0)
        return;
    QPainter painter(this);
    for (int column = 0; column < m_grid->gridLayout().columns(); ++column)
        for (int term = 0; term < unitTermCount; ++term) {
            const QRectF room = titleRect(column, term);
            painter.setFont(ui::font(TextRole::SmallBold));
            painter.setPen(unitTermColor(term, *m_theme));
            painter.drawText(room, Qt::AlignHCenter | Qt::AlignVCenter,
                             titleOf(term, m_content.hasProjection));
            if (m_content.steps[std::size_t(term)] == m_content.currentStep)
                painter.fillRect(QRectF(room.left(), room.bottom() - 2, room.width(), 2), m_theme->selection);
        }
}

void UnitGrid::mousePressEvent(QMouseEvent* event) {
    if (const int term = termAt(event->position()); term >= 0 && event->button() == Qt::LeftButton)
        Q_EMIT stepPicked(m_content.steps[std::size_t(term)]);
}

void UnitGrid::mouseMoveEvent(QMouseEvent* event) {
    const int term = termAt(event->position());
    setCursor(term >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
    setToolTip(
        term < 0
            ? QString()
            : tr("%1: go to the step that made these maps").arg(unitTermName(term, m_content.hasProjection)));
}

}  // namespace resnet::ui
