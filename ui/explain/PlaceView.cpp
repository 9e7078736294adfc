#include "ui/explain/PlaceView.h"

#include "ui/images/QtImage.h"
#include "ui/painting/SeenRangePainter.h"

#include <QPainter>

namespace resnet::ui {
namespace {

constexpr double textHeight = 48.0;
constexpr double margin = 24.0;  // of padding around the picture

}  // namespace

PlaceView::PlaceView(Workspace& workspace, QWidget* parent) : QWidget(parent), m_workspace(workspace) {
    setAccessibleName(tr("What has it seen?"));
    setMinimumSize(200, 200 + int(textHeight));
    for (const auto signal : {&Workspace::modelChanged, &Workspace::pictureChanged, &Workspace::cellChanged,
                              &Workspace::themeChanged})
        connect(&m_workspace, signal, this, &PlaceView::refresh);
    connect(&m_workspace, &Workspace::currentStepChanged, this, &PlaceView::refresh);
    refresh();
}

void PlaceView::refresh() {
    m_picture = toQImage(m_workspace.croppedImage());
    setAccessibleDescription(text());
    update();
}

bool PlaceView::hasCell() const {
    if (!m_workspace.model() || !m_workspace.cell())
        return false;
    const FeatureShape& shape = m_workspace.model()->graph().outputShape(m_workspace.currentStep());
    return m_workspace.cell()->y < shape.height && m_workspace.cell()->x < shape.width;
}

QString PlaceView::text() const {
    if (!hasCell())
        return tr("Point at a cell of a map to see what it has seen of the picture.");
    return seenRangeText(seenBy(m_workspace.model()->graph(), m_workspace.currentStep(),
                                m_workspace.cell()->y, m_workspace.cell()->x));
}

QRectF PlaceView::pictureRect() const {
    const QRectF room = QRectF(rect()).adjusted(margin, margin, -margin, -margin - textHeight);
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
    if (hasCell() && !m_picture.isNull())
        paintSeenRange(painter, target, m_picture.size(),
                       seenBy(m_workspace.model()->graph(), m_workspace.currentStep(), m_workspace.cell()->y,
                              m_workspace.cell()->x),
                       m_workspace.theme(), margin - 2.0);
    painter.setFont(ui::font(TextRole::Secondary));
    painter.setPen(m_workspace.theme().secondaryText);
    painter.drawText(QRectF(margin, height() - textHeight, width() - 2 * margin, textHeight - 4),
                     Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap, text());
}

}  // namespace resnet::ui
