#include "app/cli/FieldFigure.h"

#include "ui/attribution/SignedScale.h"
#include "ui/exports/WidgetFigure.h"
#include "ui/painting/FieldFrames.h"
#include "ui/painting/MapImage.h"
#include "ui/words/NumberText.h"

#include <QPainter>

namespace resnet::app {

namespace {

constexpr double side = 280.0;
constexpr double gap = 16.0;
constexpr double textHeight = 18.0;
constexpr double beyondScale = 0.002;

struct Tile {
    QString title;
    QString note;
    QImage image;
    std::vector<ui::MapFrame> frames;
};

Tile tileOf(const QString& title, const EffectiveField& field, const SeenRange& seen, const QRect& part) {
    const ui::ValueRange scale = ui::scaleWithout(field.influence, beyondScale);
    return {title,
            field.isNothing() ? QStringLiteral("nothing can change the cell")
                              : QStringLiteral("%1 × %2 pixels, %3 of the influence; 0 to %4")
                                    .arg(qRound(field.height()))
                                    .arg(qRound(field.width()))
                                    .arg(ui::percentText(field.shareInside()), ui::valueText(scale.high)),
            ui::mapImage(field.influence.channel(0), ui::ColorMap::Diverging, scale).copy(part),
            ui::framesOf(seen, &field)};
}

void paintTile(QPainter& painter, const Tile& tile, double left, const QRect& part, const ui::Theme& theme) {
    painter.setFont(ui::font(ui::TextRole::BodyBold));
    painter.setPen(theme.ink);
    painter.drawText(QRectF(left, 0, side, textHeight), Qt::AlignLeft | Qt::AlignVCenter, tile.title);
    const QSizeF size = QSizeF(part.size()).scaled(side, side, Qt::KeepAspectRatio);
    const QRectF target(QPointF(left, textHeight), size);
    painter.drawImage(target, tile.image);
    ui::paintFrames(painter, target, part, tile.frames, theme);
    painter.setFont(ui::font(ui::TextRole::Secondary));
    painter.setPen(theme.secondaryText);
    painter.drawText(QRectF(left, textHeight + side, side, textHeight), Qt::AlignLeft | Qt::AlignVCenter,
                     tile.note);
}

}  // namespace

ui::Figure figureOf(const FieldFindings& found, const QString& title, const ui::Theme& theme) {
    const QSize map(found.trained.influence.width(), found.trained.influence.height());
    const QRect part = ui::partAround(found.seen, map);
    std::vector<Tile> tiles;
    if (!found.picture.isNull())
        tiles.push_back({QStringLiteral("Picture"), {}, found.picture.copy(part), ui::framesOf(found.seen)});
    tiles.push_back(tileOf(found.trained.pictures > 1
                               ? QStringLiteral("As it is, mean of %1 pictures").arg(found.trained.pictures)
                               : QStringLiteral("As it is"),
                           found.trained, found.seen, part));
    tiles.push_back(tileOf(
        QStringLiteral("Started anew, seed %1, channel %2").arg(found.seed).arg(found.untrainedChannel),
        found.untrained, found.seen, part));
    const auto extent = [](const SeenPixels& seen) {
        return ui::extentText(seen.rows.size(), seen.columns.size());
    };
    const ui::FigureTitle head{
        title, QStringLiteral("Blue: the longest way, %1 pixels. Orange: the shortest, %2. Dashed: two "
                              "standard deviations of the influence.")
                   .arg(extent(found.seen.longest), extent(found.seen.shortest))};
    const QSizeF size(double(tiles.size()) * (side + gap) - gap, side + 2 * textHeight);
    return ui::pageOf(head, size, theme, [tiles, part, theme](QPainter& painter) {
        for (std::size_t i = 0; i < tiles.size(); ++i)
            paintTile(painter, tiles[i], double(i) * (side + gap), part, theme);
    });
}

}  // namespace resnet::app
