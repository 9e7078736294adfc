#include "ui/painting/MapPainter.h"
#include "ui/painting/TraceParts.h"
#include "ui/words/NumberText.h"

#include <QCoreApplication>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace resnet::ui {
namespace {

constexpr double gap = 22.0;  // between patches; has the plus sign
constexpr double rowGap = 10.0;

QString words(const char* text) {
    return QCoreApplication::translate("TracePainter", text);
}

// How the patches of a convolution are laid out: as large as lets several stand side by side.
struct PatchLayout {
    QSizeF cell;
    QSizeF patch;  // with caption and contribution
    int columns = 1;
    int count = 1;

    PatchLayout(const QSizeF& room, int kernel, std::size_t channels) {
        const QSizeF smallest = kernel == 1 ? QSizeF(92, 48) : kernel <= 3 ? QSizeF(52, 34) : QSizeF(30, 26);
        patch = patchOf(smallest, kernel);
        columns = std::max(1, int((room.width() + gap) / (patch.width() + gap)));
        int rows = std::max(1, int((room.height() + rowGap) / (patch.height() + rowGap)));
        columns = std::min(columns, int(channels));
        rows = std::min(rows, (int(channels) + columns - 1) / columns);
        count = std::min(int(channels), rows * columns);
        // What is left over goes to the cells.
        const double width = std::min((room.width() + gap) / columns - gap, 1.5 * patch.width());
        const double height = std::min((room.height() + rowGap) / rows - rowGap, 1.5 * patch.height());
        cell = {std::floor(width / kernel), std::floor((height - 2 * traceLabelHeight) / kernel)};
        patch = patchOf(cell, kernel);
    }

    static QSizeF patchOf(const QSizeF& cellSize, int kernel) {
        return {cellSize.width() * kernel, cellSize.height() * kernel + 2 * traceLabelHeight};
    }
    QRectF patchRect(const QPointF& origin, int index) const {
        return {QPointF(origin.x() + index % columns * (patch.width() + gap),
                        origin.y() + index / columns * (patch.height() + rowGap)),
                patch};
    }
};

struct Ranges {
    double value = 0.0;
    double weight = 0.0;
};

// Value above, weight below, each on its colour.
void paintWeightedCell(QPainter& painter, const QRectF& rect, const WeightedCell& cell, const Ranges& ranges,
                       const Theme& theme) {
    const QRectF upper(rect.left(), rect.top(), rect.width(), rect.height() / 2);
    const QRectF lower = upper.translated(0, rect.height() / 2);
    if (cell.isPadding)
        paintPadding(painter, upper, theme);
    else
        paintNumber(painter, upper, {}, cell.value, divergingColor(cell.value, ranges.value), theme);
    paintNumber(painter, lower, QStringLiteral("×"), cell.weight, divergingColor(cell.weight, ranges.weight),
                theme);
}

void paintPatch(QPainter& painter, const QRectF& rect, const ChannelTerm& term, const PatchLayout& layout,
                const Ranges& ranges, const TracePicture& picture, const Theme& theme) {
    const int kernel = std::get<ConvolutionTrace>(picture.trace.how).kernel;
    paintCaption(painter, {rect.left(), rect.top(), rect.width(), traceLabelHeight},
                 inputChannelLabel(picture, term.channel), theme);
    const QRectF grid(rect.left(), rect.top() + traceLabelHeight, rect.width(),
                      rect.height() - 2 * traceLabelHeight);
    for (std::size_t i = 0; i < term.cells.size(); ++i)
        paintWeightedCell(painter,
                          {QPointF(grid.left() + double(i % std::size_t(kernel)) * layout.cell.width(),
                                   grid.top() + double(i / std::size_t(kernel)) * layout.cell.height()),
                           layout.cell},
                          term.cells[i], ranges, theme);
    paintGridLines(painter, grid, kernel, kernel, theme);
    painter.setFont(font(TextRole::BodyBold));
    painter.setPen(theme.ink);
    painter.drawText(QRectF(rect.left(), grid.bottom(), rect.width(), traceLabelHeight),
                     Qt::AlignLeft | Qt::AlignVCenter, QStringLiteral("= ") + valueText(term.sum));
}

void paintPlus(QPainter& painter, const QRectF& after, const QString& text, const Theme& theme) {
    painter.setFont(font(TextRole::Title));
    painter.setPen(theme.secondaryText);
    painter.drawText(QRectF(after.right(), after.top(), gap, after.height()), Qt::AlignCenter, text);
}

// A grid of numbers with square-ish cells, centred at the left.
QRectF gridRect(const QRectF& rect, int rows, int columns, const QSizeF& largestCell) {
    const double width = std::min(largestCell.width(), std::floor(rect.width() / columns));
    const double height = std::min(largestCell.height(), std::floor(rect.height() / rows));
    return {rect.left(), rect.top(), width * columns, height * rows};
}

QRectF gridRect(const QRectF& rect, const MaxPoolTrace& how) {
    return gridRect(rect.adjusted(2, 2, 0, -traceLabelHeight), how.kernel, how.kernel, {128, 84});
}

QRectF gridRect(const QRectF& rect, const MeanTrace& how) {
    return gridRect(rect, how.height, how.width, {96, 40});
}

// The index of the cell of a grid at a point.
std::optional<int> indexAt(const QRectF& grid, int rows, int columns, const QPointF& point) {
    const std::optional<QPoint> cell = cellAt(grid, rows, columns, point);
    return cell ? std::optional(cell->y() * columns + cell->x()) : std::nullopt;
}

StepId inputOf(const TracePicture& picture) {
    return picture.graph.step(picture.trace.step).inputs.front();
}

}  // namespace

void paintParts(QPainter& painter, const QRectF& rect, const ConvolutionTrace& how,
                const TracePicture& picture, const Theme& theme) {
    const PatchLayout layout(rect.size(), how.kernel, how.channels.size());
    Ranges ranges;
    for (int i = 0; i < layout.count; ++i)
        for (const WeightedCell& cell : how.channels[std::size_t(i)].cells) {
            ranges.value = std::max(ranges.value, double(std::abs(cell.value)));
            ranges.weight = std::max(ranges.weight, double(std::abs(cell.weight)));
        }
    for (int i = 0; i < layout.count; ++i) {
        const QRectF patch = layout.patchRect(rect.topLeft(), i);
        paintPatch(painter, patch, how.channels[std::size_t(i)], layout, ranges, picture, theme);
        if (i + 1 < int(how.channels.size()))
            paintPlus(painter, patch, i + 1 < layout.count ? QStringLiteral("+") : QStringLiteral("…"),
                      theme);
    }
}

void paintParts(QPainter& painter, const QRectF& rect, const MaxPoolTrace& how, const TracePicture&,
                const Theme& theme) {
    const QRectF grid = gridRect(rect, how);
    double range = 0.0;
    for (const WindowCell& cell : how.cells)
        range = std::max(range, double(std::abs(cell.value)));
    for (int i = 0; i < int(how.cells.size()); ++i) {
        const WindowCell& cell = how.cells[std::size_t(i)];
        const QRectF at = cellRect(grid, how.kernel, how.kernel, i / how.kernel, i % how.kernel);
        if (cell.isPadding)
            paintPadding(painter, at, theme);
        else
            paintNumber(painter, at, {}, cell.value, divergingColor(cell.value, range), theme);
    }
    paintGridLines(painter, grid, how.kernel, how.kernel, theme);
    const QRectF winner =
        cellRect(grid, how.kernel, how.kernel, how.winner / how.kernel, how.winner % how.kernel);
    painter.setPen(QPen(theme.mainPath, 3));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(winner);
    paintCaption(painter, {grid.left(), grid.bottom() + 2, rect.width(), traceLabelHeight},
                 words("rows %1 to %2, columns %3 to %4 of the map before; the largest is framed")
                     .arg(how.cells.front().y)
                     .arg(how.cells.back().y)
                     .arg(how.cells.front().x)
                     .arg(how.cells.back().x),
                 theme);
}

void paintParts(QPainter& painter, const QRectF& rect, const MeanTrace& how, const TracePicture&,
                const Theme& theme) {
    const QRectF grid = gridRect(rect, how);
    double range = 0.0;
    for (const float value : how.cells)
        range = std::max(range, double(std::abs(value)));
    const bool hasRoom = grid.width() >= 28.0 * how.width && grid.height() >= 14.0 * how.height;
    for (int y = 0; y < how.height; ++y)
        for (int x = 0; x < how.width; ++x) {
            const double value = how.cells[std::size_t(y) * how.width + x];
            const QRectF at = cellRect(grid, how.height, how.width, y, x);
            if (hasRoom)
                paintNumber(painter, at, {}, value, divergingColor(value, range), theme);
            else
                painter.fillRect(at, divergingColor(value, range));
        }
    if (hasRoom)
        paintGridLines(painter, grid, how.height, how.width, theme);
}

std::optional<TraceSource> sourceAt(const QRectF& rect, const ConvolutionTrace& how,
                                    const TracePicture& picture, const QPointF& point) {
    const PatchLayout layout(rect.size(), how.kernel, how.channels.size());
    for (int i = 0; i < layout.count; ++i) {
        const QRectF patch = layout.patchRect(rect.topLeft(), i);
        const QRectF grid = patch.adjusted(0, traceLabelHeight, 0, -traceLabelHeight);
        if (const std::optional<int> index = indexAt(grid, how.kernel, how.kernel, point)) {
            const ChannelTerm& term = how.channels[std::size_t(i)];
            const WeightedCell& cell = term.cells[std::size_t(*index)];
            if (cell.isPadding)
                return std::nullopt;
            return TraceSource{inputOf(picture), term.channel, cell.y, cell.x};
        }
    }
    return std::nullopt;
}

std::optional<TraceSource> sourceAt(const QRectF& rect, const MaxPoolTrace& how, const TracePicture& picture,
                                    const QPointF& point) {
    const std::optional<int> index = indexAt(gridRect(rect, how), how.kernel, how.kernel, point);
    if (!index || how.cells[std::size_t(*index)].isPadding)
        return std::nullopt;
    const WindowCell& cell = how.cells[std::size_t(*index)];
    return TraceSource{inputOf(picture), picture.trace.channel, cell.y, cell.x};
}

std::optional<TraceSource> sourceAt(const QRectF& rect, const MeanTrace& how, const TracePicture& picture,
                                    const QPointF& point) {
    const std::optional<int> index = indexAt(gridRect(rect, how), how.height, how.width, point);
    if (!index)
        return std::nullopt;
    return TraceSource{inputOf(picture), picture.trace.channel, *index / how.width, *index % how.width};
}

}  // namespace resnet::ui
