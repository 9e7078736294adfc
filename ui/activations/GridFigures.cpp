#include "ui/activations/GridFigures.h"

#include "ui/painting/ColorBar.h"

#include <QPainter>

#include <algorithm>
#include <optional>

namespace resnet::ui {
namespace {

constexpr QSize gridSize(1200, 640);  // of all channels, if they go into it
constexpr double colorBarWidth = 240.0;
constexpr double colorBarHeight = 10.0;
constexpr double colorBarRoom = 40.0;

Figure figureOf(const FigureTitle& title, const MapGridContent& content,
                const std::optional<UnitTitles>& titles, const Theme& theme) {
    const int above = titles ? UnitTitles::height : 0;
    const MapGridLayout layout = content.layoutIn(gridSize - QSize(0, above));
    const std::vector<MapAtlas> atlases = content.atlases(layout.mapSize(), theme);
    const int height = above + layout.contentHeight();
    const bool hasBar = content.scales.size() == 1 && content.pictures.isEmpty();
    const QSizeF size(gridSize.width(), height + (hasBar ? colorBarRoom : 0.0));
    return pageOf(title, size, theme, [=, &theme](QPainter& painter) {
        if (titles)
            paintUnitTitles(painter, *titles, layout, theme);
        painter.save();
        painter.translate(0, above);
        painter.setRenderHint(QPainter::Antialiasing, false);
        for (int position = 0; position < layout.count(); ++position)
            paintMapGridPlace(painter, content, layout, atlases, {position}, theme);
        painter.restore();
        if (hasBar)
            paintColorBar(painter, QRectF(0, height + 12, colorBarWidth, colorBarHeight), content.colors,
                          content.scales.front(), theme);
    });
}

}  // namespace

Figure gridFigure(const FigureTitle& title, const MapGridContent& content, const Theme& theme) {
    return figureOf(title, content, std::nullopt, theme);
}

Figure gridFigure(const FigureTitle& title, const MapGridContent& content, const UnitTitles& titles,
                  const Theme& theme) {
    return figureOf(title, content, titles, theme);
}

}  // namespace resnet::ui
