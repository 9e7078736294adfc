#include "app/cli/AttributionFigures.h"

#include "ui/attribution/SignedScale.h"
#include "ui/painting/ColumnChart.h"
#include "ui/painting/LineChart.h"
#include "ui/painting/MapImage.h"
#include "ui/words/NumberText.h"

#include <QPainter>

#include <array>
#include <cmath>

namespace resnet::app {

namespace {

using ui::ColumnChart;
using ui::LineChart;

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

LineChart::Line lineOf(const QString& name, LineChart::Tone tone, const std::vector<double>& values) {
    LineChart::Line line{name, tone, tone == LineChart::Tone::Quiet, {}};
    for (const double value : values)
        line.values.push_back(std::isfinite(value) ? std::optional(value) : std::nullopt);
    return line;
}

LineChart likeness(const std::vector<RandomisedMap>& maps) {
    std::array<std::vector<double>, 3> values;
    LineChart chart;
    chart.title = QStringLiteral("Like the map of the network as it is");
    chart.low = -0.2;
    chart.firstLabel = QStringLiteral("as it is");
    chart.lastLabel = QStringLiteral("all started anew");
    for (const RandomisedMap& map : maps) {
        chart.places.push_back(double(chart.places.size()));
        values[0].push_back(map.rankCorrelationOfMagnitudes);
        values[1].push_back(map.similarity);
        values[2].push_back(map.rankCorrelation);
        for (const auto& of : values)
            if (std::isfinite(of.back()))
                chart.low = std::min(chart.low, std::max(-1.0, of.back()));
    }
    chart.lines = {lineOf(QStringLiteral("ranks of magnitudes"), LineChart::Tone::Accent, values[0]),
                   lineOf(QStringLiteral("SSIM"), LineChart::Tone::Ink, values[1]),
                   lineOf(QStringLiteral("ranks of values"), LineChart::Tone::Quiet, values[2])};
    return chart;
}

LineChart curve(const QString& title, const Curves& curves, const std::vector<double>& own,
                const std::vector<double>& random, const QString& first, const QString& last) {
    LineChart chart;
    chart.title = title;
    chart.places = curves.share;
    chart.firstLabel = first;
    chart.lastLabel = last;
    const auto named = [&](const char* order, const std::vector<double>& values) {
        return QStringLiteral("%1, area %2")
            .arg(QLatin1String(order), ui::valueText(areaUnder(curves, values)));
    };
    chart.lines = {lineOf(named("in the map's order", own), LineChart::Tone::Accent, own),
                   lineOf(named("in random orders", random), LineChart::Tone::Quiet, random)};
    return chart;
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
    const std::array charts{
        likeness(of.maps),
        curve(QStringLiteral("Deletion: falls fast if the map is good"), of.curves, of.curves.deletion,
              of.curves.randomDeletion, QStringLiteral("the picture"), QStringLiteral("all hidden")),
        curve(QStringLiteral("Insertion: rises fast if the map is good"), of.curves, of.curves.insertion,
              of.curves.randomInsertion, QStringLiteral("blurred"), QStringLiteral("the picture"))};
    const int rows = (int(of.maps.size()) + tilesInRow - 1) / tilesInRow;
    const double tilesHeight = rows * (tileSide + 2 * tileText + tileGap);
    const auto paint = [=, &of, &theme](QPainter& painter) {
        for (int i = 0; i < int(of.maps.size()); ++i)
            paintTile(painter,
                      QRectF((i % tilesInRow) * (tileSide + tileGap),
                             (i / tilesInRow) * (tileSide + 2 * tileText + tileGap), tileSide, 0),
                      of.maps[std::size_t(i)], theme);
        const double width = (tilesWidth - 2 * 2 * tileGap) / 3;
        for (std::size_t i = 0; i < charts.size(); ++i)
            ui::paintLineChart(
                painter, QRectF(double(i) * (width + 2 * tileGap), tilesHeight + tileGap, width, chartHeight),
                charts[i], -1, theme);
    };
    return ui::pageOf(title, QSizeF(tilesWidth, tilesHeight + tileGap + chartHeight), theme, paint);
}

}  // namespace resnet::app
