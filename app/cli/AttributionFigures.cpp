#include "app/cli/AttributionFigures.h"

#include "ui/attribution/SignedScale.h"
#include "ui/attribution/TrustCharts.h"
#include "ui/painting/ColumnChart.h"
#include "ui/painting/MapImage.h"
#include "ui/words/NumberText.h"

#include <QPainter>

#include <array>

namespace resnet::app {

namespace {

using ui::ColumnChart;

constexpr double beyondScale = 0.02;  // share of a map's values, as in the window

constexpr int tilesInRow = 6;
constexpr double tileSide = 118.0;
constexpr double tileGap = 12.0;
constexpr double tileText = 16.0;  // above a tile and below it
constexpr double chartHeight = 250.0;
constexpr double tilesWidth = tilesInRow * (tileSide + tileGap) - tileGap;

ColumnChart::Row rowOf(const QString& title, const std::vector<double>& values, ColumnChart::Tone tone) {
    return {title, {{tone, {values.begin(), values.end()}}}};
}

std::vector<std::array<double, 3>> likenessOf(const std::vector<RandomisedMap>& maps) {
    std::vector<std::array<double, 3>> likeness;
    for (const RandomisedMap& map : maps)
        likeness.push_back({map.rankCorrelationOfMagnitudes, map.similarity, map.rankCorrelation});
    return likeness;
}

void paintTile(QPainter& painter, const QRectF& room, const RandomisedMap& map, const ui::Theme& theme) {
    const QString name = map.unit.empty() ? QStringLiteral("as it is")
                                          : QStringLiteral("%1 on").arg(QString::fromStdString(map.unit));
    painter.setFont(ui::font(ui::TextRole::Secondary));
    painter.setPen(theme.ink);
    painter.drawText(QRectF(room.left(), room.top(), tileSide, tileText), Qt::AlignLeft | Qt::AlignVCenter,
                     name);
    const QRectF picture(room.left(), room.top() + tileText, tileSide, tileSide);
    const ui::ValueRange scale = ui::scaleWithout(map.map, beyondScale);
    const QImage image = ui::mapImage(map.map.channel(0), ui::ColorMap::Diverging, scale);
    const QSizeF size = QSizeF(image.size()).scaled(picture.size(), Qt::KeepAspectRatio);
    painter.drawImage(QRectF(picture.topLeft(), size), image);
    painter.setFont(ui::font(ui::TextRole::Small));
    painter.setPen(theme.secondaryText);
    painter.drawText(QRectF(room.left(), picture.bottom(), tileSide, tileText),
                     Qt::AlignLeft | Qt::AlignVCenter, QStringLiteral("± %1").arg(ui::valueText(scale.high)));
}

}  // namespace

ui::Figure figureOf(const PathLengths& of, const ui::FigureTitle& title, const ui::Theme& theme) {
    ColumnChart chart;
    chart.columns = int(of.norms.size());
    chart.tones.assign(of.norms.size(), ColumnChart::Tone::MainPath);
    chart.rows = {rowOf(QStringLiteral("Gradient"), of.norms, ColumnChart::Tone::MainPath),
                  rowOf(QStringLiteral("Ways"), of.ways, ColumnChart::Tone::Neutral)};
    for (int units = 0; units < chart.columns; ++units)
        chart.groups.push_back({QString::number(units), units});
    const QSizeF size(720, 300);
    return ui::pageOf(title, size, theme, [chart, size, theme](QPainter& painter) {
        ui::paintColumnChart(painter, QRectF(QPointF(), size - QSizeF(0, 18)), chart, -1, -1, theme);
        painter.setFont(ui::font(ui::TextRole::Small));
        painter.setPen(theme.secondaryText);
        painter.drawText(QRectF(84, size.height() - 18, size.width() - 88, 16), Qt::AlignCenter,
                         QStringLiteral("units whose F(x) is passed"));
    });
}

ui::Figure figureOf(const TrustFindings& of, const ui::FigureTitle& title, const ui::Theme& theme) {
    const std::array charts{ui::likenessChart(likenessOf(of.maps), of.maps.size()),
                            ui::deletionChart(of.curves), ui::insertionChart(of.curves)};
    const int rows = (int(of.maps.size()) + tilesInRow - 1) / tilesInRow;
    const double tilesHeight = rows * (tileSide + 2 * tileText + tileGap);
    const auto paint = [=, &of, &theme](QPainter& painter) {
        for (int i = 0; i < int(of.maps.size()); ++i) {
            const int row = i / tilesInRow;
            const int column = i % tilesInRow;
            const QPointF corner(column * (tileSide + tileGap), row * (tileSide + 2 * tileText + tileGap));
            paintTile(painter, QRectF(corner, QSizeF(tileSide, 0)), of.maps[std::size_t(i)], theme);
        }
        const double width = (tilesWidth - 2 * 2 * tileGap) / 3;
        for (std::size_t i = 0; i < charts.size(); ++i)
            ui::paintLineChart(
                painter, QRectF(double(i) * (width + 2 * tileGap), tilesHeight + tileGap, width, chartHeight),
                charts[i], -1, theme);
    };
    return ui::pageOf(title, QSizeF(tilesWidth, tilesHeight + tileGap + chartHeight), theme, paint);
}

}  // namespace resnet::app
