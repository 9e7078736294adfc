#include "ui/explain/PlaceView.h"

#include "ui/explain/TraceView.h"
#include "ui/images/QtImage.h"
#include "ui/painting/SeenRangePainter.h"
#include "ui/widgets/Explanation.h"
#include "ui/words/ViewWords.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

namespace resnet::ui {
namespace {

constexpr double titleHeight = 28.0;
constexpr double textHeight = 48.0;
constexpr double margin = 24.0;  // of padding around the picture

}  // namespace

PlaceView::PlaceView(Workspace& workspace, QWidget* parent) : QWidget(parent), m_workspace(workspace) {
    setAccessibleName(tr("What has it seen?"));
    setMinimumSize(220, 220 + int(titleHeight + textHeight));
    auto* title = new QLabel(tr("What has it seen?"));
    title->setProperty("role", QStringLiteral("title"));
    auto* help = new ExplanationButton;
    help->setExplanation(seenWords());
    auto* top = new QHBoxLayout;
    top->addWidget(title, 1);
    top->addWidget(help);
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(int(margin), 10, Theme::panelPadding, 0);
    rows->addLayout(top);
    rows->addStretch(1);

    m_refresh.setSingleShot(true);
    connect(&m_refresh, &QTimer::timeout, this, &PlaceView::refresh);
    for (const auto signal : {&Workspace::modelChanged, &Workspace::pictureChanged, &Workspace::cellChanged,
                              &Workspace::activationsReset, &Workspace::themeChanged})
        connect(&m_workspace, signal, this, &PlaceView::refreshSoon);
    connect(&m_workspace, &Workspace::currentStepChanged, this, &PlaceView::refreshSoon);
    connect(&m_workspace, &Workspace::channelChanged, this, &PlaceView::refreshSoon);
    connect(&m_workspace.pointedCell(), &PointedCell::changed, this, &PlaceView::refreshSoon);
    refresh();
}

void PlaceView::refresh() {
    m_picture = toQImage(m_workspace.croppedImage());
    setAccessibleDescription(text());
    update();
}

std::optional<Cell> PlaceView::shownCell() const {
    if (!m_workspace.model() || m_picture.isNull())
        return std::nullopt;
    const FeatureShape& shape = m_workspace.model()->graph().outputShape(m_workspace.currentStep());
    if (const std::optional<Cell> pointed = m_workspace.pointedCell().in(shape))
        return pointed;
    return m_workspace.currentStep() == inputStep ? m_workspace.cell() : tracedCell(m_workspace);
}

QString PlaceView::text() const {
    const std::optional<Cell> cell = shownCell();
    if (!cell)
        return tr("Point at a cell of a map to see what it has seen of the picture.");
    return seenRangeText(seenBy(m_workspace.model()->graph(), m_workspace.currentStep(), cell->y, cell->x));
}

QRectF PlaceView::pictureRect() const {
    const QRectF room = QRectF(rect()).adjusted(margin, titleHeight + margin, -margin, -margin - textHeight);
    if (m_picture.isNull())
        return room;
    QRectF target(QPointF(), QSizeF(m_picture.size()).scaled(room.size(), Qt::KeepAspectRatio));
    target.moveCenter(room.center());
    return target;
}

void PlaceView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    const QRectF target = pictureRect();
    painter.drawImage(target, m_picture);
    if (const std::optional<Cell> cell = shownCell())
        paintSeenRange(painter, target, m_picture.size(),
                       seenBy(m_workspace.model()->graph(), m_workspace.currentStep(), cell->y, cell->x),
                       m_workspace.theme(), margin - 2.0);
    painter.setFont(ui::font(TextRole::Secondary));
    painter.setPen(m_workspace.theme().secondaryText);
    painter.drawText(QRectF(margin, height() - textHeight, width() - 2 * margin, textHeight - 4),
                     Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap, text());
}

}  // namespace resnet::ui
