#include "ui/explain/PlaceView.h"

#include "ui/explain/TraceView.h"
#include "ui/images/QtImage.h"
#include "ui/painting/SeenRangePainter.h"
#include "ui/widgets/Explanation.h"
#include "ui/widgets/TextSize.h"
#include "ui/words/ViewWords.h"

#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>

namespace resnet::ui {
namespace {

constexpr double titleHeight = 28.0;
constexpr double textHeight = 62.0;  // four lines
constexpr double margin = 24.0;      // of padding around the picture

}  // namespace

PlaceView::PlaceView(Workspace& workspace, QWidget* parent)
    : View(workspace, tr("What has it seen?"), parent) {
    followTextSize(*this, [this] {
        setMinimumSize(scaled(150), scaled(60 + titleHeight + textHeight));
        update();
    });
    setExplanation(seenWords());
    body()->addStretch(1);  // the picture is painted below the title
    connect(&workspace.pointedCell(), &PointedCell::changed, this, &PlaceView::showPlace);
}

void PlaceView::refresh(const Changes& changes) {
    if (changes.have(Changes::Picture))
        m_picture = toQImage(workspace().croppedImage());
    if (changes.have(Changes::anySession | Changes::Step | Changes::Channel | Changes::Cell | Changes::Theme))
        showPlace();
}

void PlaceView::showPlace() {
    setAccessibleDescription(text());
    update();
}

std::optional<Cell> PlaceView::shownCell() const {
    if (!workspace().model() || m_picture.isNull())
        return std::nullopt;
    const FeatureShape& shape = workspace().model()->graph().outputShape(workspace().currentStep());
    if (const std::optional<Cell> pointed = workspace().pointedCell().in(shape))
        return pointed;
    return workspace().currentStep() == inputStep ? workspace().cell() : tracedCell(workspace());
}

QString PlaceView::text() const {
    const std::optional<Cell> cell = shownCell();
    if (!cell)
        return tr("Point at a cell of a map to see what it has seen of the picture.");
    if (workspace().currentStep() == inputStep)
        return tr("A place of the input is one pixel of the picture.");
    return seenRangeText(seenBy(workspace().model()->graph(), workspace().currentStep(), cell->y, cell->x),
                         m_picture.size());
}

// It counts pixels of text of normal size, as a canvas does.
QRectF PlaceView::area() const {
    return {QPointF(), QSizeF(size()) / textScale()};
}

// All lines of the sentence; never less than two, so that the picture does not jump from cell to cell.
double PlaceView::textRoom(double width) const {
    const QFontMetricsF metrics(ui::font(TextRole::Secondary));
    const QRectF lines = metrics.boundingRect(QRectF(0, 0, width - 2 * margin, 1000.0),
                                              Qt::AlignHCenter | Qt::TextWordWrap, text());
    return std::max(textHeight, lines.height() + 8);
}

QRectF PlaceView::pictureRect() const {
    return pictureRectIn(area().adjusted(0, titleHeight, 0, 0));
}

QRectF PlaceView::pictureRectIn(const QRectF& all) const {
    const QRectF room = all.adjusted(margin, margin, -margin, -margin - textRoom(all.width()));
    if (m_picture.isNull())
        return room;
    QRectF target(QPointF(), QSizeF(m_picture.size()).scaled(room.size(), Qt::KeepAspectRatio));
    target.moveCenter(room.center());
    return target;
}

void PlaceView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.scale(textScale(), textScale());
    paintIn(painter, area().adjusted(0, titleHeight, 0, 0));
}

void PlaceView::paintIn(QPainter& painter, const QRectF& room) const {
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    const QRectF target = pictureRectIn(room);
    painter.drawImage(target, m_picture);
    if (const std::optional<Cell> cell = shownCell())
        paintSeenRange(painter, target, m_picture.size(),
                       seenBy(workspace().model()->graph(), workspace().currentStep(), cell->y, cell->x),
                       workspace().theme(), margin - 2.0);
    const double height = textRoom(room.width());
    painter.setFont(ui::font(TextRole::Secondary));
    painter.setPen(workspace().theme().secondaryText);
    painter.drawText(
        QRectF(room.left() + margin, room.bottom() - height, room.width() - 2 * margin, height - 4),
        Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap, text());
}

Figure PlaceView::paintedFigure(const FigureTitle& title) {
    const QSizeF room(area().width(), area().height() - titleHeight);
    return recordedFigure(title, room, workspace().theme(),
                          [&](QPainter& painter) { paintIn(painter, QRectF(QPointF(), room)); });
}

}  // namespace resnet::ui
