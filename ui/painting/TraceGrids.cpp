#include "ui/painting/TraceGrids.h"

#include "ui/Words.h"
#include "ui/painting/MapPainter.h"
#include "ui/words/NumberText.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace resnet::ui {
namespace {

constexpr double gridGap = 22.0;  // between patches; has the plus sign
constexpr double gridRowGap = 10.0;

// How the patches of a convolution are laid out: as large as lets several stand side by side.
struct PatchLayout {
    QSizeF cell;
    QSizeF patch;  // with caption and contribution
    int columns = 1;
    int count = 1;

    PatchLayout(const QSizeF& room, int kernel, std::size_t channels) {
        const QSizeF smallest = kernel == 1 ? QSizeF(92, 48) : kernel <= 3 ? QSizeF(52, 34) : QSizeF(30, 26);
        patch = patchOf(smallest, kernel);
        columns = std::max(1, int((room.width() + gridGap) / (patch.width() + gridGap)));
        int rows = std::max(1, int((room.height() + gridRowGap) / (patch.height() + gridRowGap)));
        columns = std::min(columns, int(channels));
        rows = std::min(rows, (int(channels) + columns - 1) / columns);
        count = std::min(int(channels), rows * columns);
        // What is left over goes to the cells.
        const double width = std::min((room.width() + gridGap) / columns - gridGap, 1.5 * patch.width());
        const double height =
            std::min((room.height() + gridRowGap) / rows - gridRowGap, 1.5 * patch.height());
        cell = {std::floor(width / kernel), std::floor((height - 2 * traceLabelHeight) / kernel)};
        patch = patchOf(cell, kernel);
    }

    static QSizeF patchOf(const QSizeF& cellSize, int kernel) {
        return {cellSize.width() * kernel, cellSize.height() * kernel + 2 * traceLabelHeight};
    }
    QRectF patchRect(const QPointF& origin, int index) const {
        const int row = index / columns;
        const int column = index % columns;
        return {QPointF(origin.x() + column * (patch.width() + gridGap),
                        origin.y() + row * (patch.height() + gridRowGap)),
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
        paintNumber(painter, upper, {}, cell.value, divergingColor(cell.value, ranges.value, theme), theme);
    paintNumber(painter, lower, QStringLiteral("×"), cell.weight,
                divergingColor(cell.weight, ranges.weight, theme), theme);
}

void paintPatch(QPainter& painter, const QRectF& rect, const ChannelTerm& term, const PatchLayout& layout,
                const Ranges& ranges, const TracePicture& picture, const Theme& theme) {
    const int kernel = std::get<ConvolutionTrace>(picture.trace.how).kernel;
    paintCaption(painter, {rect.left(), rect.top(), rect.width(), traceLabelHeight},
                 inputChannelLabel(picture, term.channel), theme);
    const QRectF grid(rect.left(), rect.top() + traceLabelHeight, rect.width(),
                      rect.height() - 2 * traceLabelHeight);
    for (int i = 0; i < int(term.cells.size()); ++i) {
        const int row = i / kernel;
        const int column = i % kernel;
        const QPointF corner(grid.left() + column * layout.cell.width(),
                             grid.top() + row * layout.cell.height());
        paintWeightedCell(painter, {corner, layout.cell}, term.cells[std::size_t(i)], ranges, theme);
    }
    paintGridLines(painter, grid, kernel, kernel, theme);
    painter.setFont(font(TextRole::BodyBold));
    painter.setPen(theme.ink);
    painter.drawText(QRectF(rect.left(), grid.bottom(), rect.width(), traceLabelHeight),
                     Qt::AlignLeft | Qt::AlignVCenter, QStringLiteral("= ") + valueText(term.sum));
}

void paintPlus(QPainter& painter, const QRectF& after, const QString& text, const Theme& theme) {
    painter.setFont(font(TextRole::Title));
    painter.setPen(theme.secondaryText);
    painter.drawText(QRectF(after.right(), after.top(), gridGap, after.height()), Qt::AlignCenter, text);
}

// A grid of numbers with square-ish cells, centred at the left.
QRectF gridRect(const QRectF& rect, int rows, int columns, const QSizeF& largestCell) {
    const double width = std::min(largestCell.width(), std::floor(rect.width() / columns));
    const double height = std::min(largestCell.height(), std::floor(rect.height() / rows));
    return {rect.left(), rect.top(), width * columns, height * rows};
}

QRectF gridRect(const QRectF& rect, const MaxPoolTrace& how) {
    return gridRect(rect.adjusted(2, 2, 0, -traceLabelHeight), how.rows, how.columns, {128, 84});
}

QRectF gridRect(const QRectF& rect, const MeanTrace& how) {
    return gridRect(rect, how.height, how.width, {96, 40});
}

// The index of the cell of a grid at a point.
std::optional<int> indexAt(const QRectF& grid, int rows, int columns, const QPointF& point) {
    const std::optional<QPoint> cell = cellAt(grid, rows, columns, point);
    return cell ? std::optional(cell->y() * columns + cell->x()) : std::nullopt;
}

class ConvolutionForm : public TraceFormOf<ConvolutionTrace> {
public:
    using TraceFormOf::TraceFormOf;

    QString sentence() const override {
        const QString cells =
            m_how.kernel == 1 ? Words::tr("one cell") : Words::tr("%1 × %1 cells").arg(m_how.kernel);
        return Words::tr("Each of %1 input channels: the values of %2 times their weights, added up. %3")
            .arg(m_how.channels.size())
            .arg(cells)
            .arg(m_picture.isOrderKept ? Words::tr("In the order in which the scan began.")
                                       : Words::tr("Strongest first."));
    }

    std::vector<EquationTerm> terms(const Theme& theme, std::size_t shown) const override {
        std::vector<EquationTerm> terms;
        shown = std::min(shown, m_how.channels.size());
        for (std::size_t i = 0; i < shown; ++i) {
            const ChannelTerm& term = m_how.channels[i];
            terms.push_back({i == 0 ? QString() : QStringLiteral("+"),
                             inputChannelLabel(m_picture, term.channel), term.sum,
                             termColor(term.sum, theme)});
        }
        if (const std::size_t rest = m_how.channels.size() - shown)
            terms.push_back({terms.empty() ? QString() : QStringLiteral("+"),
                             rest == 1 ? Words::tr("one more") : Words::tr("%1 others").arg(rest),
                             m_how.rest(shown),
                             {}});
        if (m_how.bias)
            terms.push_back({QStringLiteral("+"), Words::tr("bias"), *m_how.bias, {}});
        return terms;
    }

    void paint(QPainter& painter, const QRectF& rect, const Theme& theme) const override {
        const PatchLayout layout(rect.size(), m_how.kernel, m_how.channels.size());
        Ranges ranges;
        for (int i = 0; i < layout.count; ++i)
            for (const WeightedCell& cell : m_how.channels[std::size_t(i)].cells) {
                ranges.value = std::max(ranges.value, double(std::abs(cell.value)));
                ranges.weight = std::max(ranges.weight, double(std::abs(cell.weight)));
            }
        for (int i = 0; i < layout.count; ++i) {
            const QRectF patch = layout.patchRect(rect.topLeft(), i);
            paintPatch(painter, patch, m_how.channels[std::size_t(i)], layout, ranges, m_picture, theme);
            if (i + 1 < int(m_how.channels.size()))
                paintPlus(painter, patch, i + 1 < layout.count ? QStringLiteral("+") : QStringLiteral("…"),
                          theme);
        }
    }

    std::optional<TraceSource> sourceAt(const QRectF& rect, const QPointF& point) const override {
        const PatchLayout layout(rect.size(), m_how.kernel, m_how.channels.size());
        for (int i = 0; i < layout.count; ++i) {
            const QRectF patch = layout.patchRect(rect.topLeft(), i);
            const QRectF grid = patch.adjusted(0, traceLabelHeight, 0, -traceLabelHeight);
            if (const std::optional<int> index = indexAt(grid, m_how.kernel, m_how.kernel, point)) {
                const ChannelTerm& term = m_how.channels[std::size_t(i)];
                const WeightedCell& cell = term.cells[std::size_t(*index)];
                if (cell.isPadding)
                    return std::nullopt;
                return TraceSource{input(), term.channel, cell.y, cell.x};
            }
        }
        return std::nullopt;
    }
};

class MaxPoolForm : public TraceFormOf<MaxPoolTrace> {
public:
    using TraceFormOf::TraceFormOf;

    QString sentence() const override {
        return Words::tr("The largest of %1 × %2 cells wins; the others are forgotten.")
            .arg(m_how.rows)
            .arg(m_how.columns);
    }

    std::vector<EquationTerm> terms(const Theme&, std::size_t) const override {
        const WindowCell& winner = m_how.cells[std::size_t(m_how.winner)];
        return {{Words::tr("the largest"),
                 Words::tr("row %1, column %2").arg(winner.y).arg(winner.x),
                 winner.value,
                 {}}};
    }

    void paint(QPainter& painter, const QRectF& rect, const Theme& theme) const override {
        const QRectF grid = gridRect(rect, m_how);
        double range = 0.0;
        for (const WindowCell& cell : m_how.cells)
            range = std::max(range, double(std::abs(cell.value)));
        for (int i = 0; i < int(m_how.cells.size()); ++i) {
            const WindowCell& cell = m_how.cells[std::size_t(i)];
            const QRectF at = cellRect(grid, m_how.rows, m_how.columns, i / m_how.columns, i % m_how.columns);
            if (cell.isPadding)
                paintPadding(painter, at, theme);
            else
                paintNumber(painter, at, {}, cell.value, divergingColor(cell.value, range, theme), theme);
        }
        paintGridLines(painter, grid, m_how.rows, m_how.columns, theme);
        const QRectF winner = cellRect(grid, m_how.rows, m_how.columns, m_how.winner / m_how.columns,
                                       m_how.winner % m_how.columns);
        painter.setPen(QPen(theme.mainPath, 3));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(winner);
        paintCaption(painter, {grid.left(), grid.bottom() + 2, rect.width(), traceLabelHeight},
                     Words::tr("rows %1 to %2, columns %3 to %4 of the map before; the largest is framed")
                         .arg(m_how.cells.front().y)
                         .arg(m_how.cells.back().y)
                         .arg(m_how.cells.front().x)
                         .arg(m_how.cells.back().x),
                     theme);
    }

    std::optional<TraceSource> sourceAt(const QRectF& rect, const QPointF& point) const override {
        const std::optional<int> index = indexAt(gridRect(rect, m_how), m_how.rows, m_how.columns, point);
        if (!index || m_how.cells[std::size_t(*index)].isPadding)
            return std::nullopt;
        const WindowCell& cell = m_how.cells[std::size_t(*index)];
        return TraceSource{input(), m_picture.trace.channel, cell.y, cell.x};
    }
};

class MeanForm : public TraceFormOf<MeanTrace> {
public:
    using TraceFormOf::TraceFormOf;

    QString sentence() const override {
        return Words::tr("The mean of %1 × %2 cells.").arg(m_how.height).arg(m_how.width);
    }

    std::vector<EquationTerm> terms(const Theme&, std::size_t) const override {
        const double count = m_how.count;
        return {{{}, Words::tr("all cells added up"), m_how.total, {}, 1.0 / count},
                {QStringLiteral("÷"), Words::tr("cells"), count, {}, 0.0, 0}};
    }

    void paint(QPainter& painter, const QRectF& rect, const Theme& theme) const override {
        const QRectF grid = gridRect(rect, m_how);
        double range = 0.0;
        for (const float value : m_how.cells)
            range = std::max(range, double(std::abs(value)));
        const bool hasRoom = grid.width() >= 28.0 * m_how.width && grid.height() >= 14.0 * m_how.height;
        for (int y = 0; y < m_how.height; ++y)
            for (int x = 0; x < m_how.width; ++x) {
                const double value = m_how.cells[std::size_t(y) * m_how.width + x];
                const QRectF at = cellRect(grid, m_how.height, m_how.width, y, x);
                if (hasRoom)
                    paintNumber(painter, at, {}, value, divergingColor(value, range, theme), theme);
                else
                    painter.fillRect(at, divergingColor(value, range, theme));
            }
        if (hasRoom)
            paintGridLines(painter, grid, m_how.height, m_how.width, theme);
    }

    std::optional<TraceSource> sourceAt(const QRectF& rect, const QPointF& point) const override {
        const std::optional<int> index = indexAt(gridRect(rect, m_how), m_how.height, m_how.width, point);
        if (!index)
            return std::nullopt;
        return TraceSource{input(), m_picture.trace.channel, m_how.top + *index / m_how.width,
                           m_how.left + *index % m_how.width};
    }
};

}  // namespace

std::unique_ptr<TraceForm> formOf(const ConvolutionTrace& how, const TracePicture& picture) {
    return std::make_unique<ConvolutionForm>(how, picture);
}

std::unique_ptr<TraceForm> formOf(const MaxPoolTrace& how, const TracePicture& picture) {
    return std::make_unique<MaxPoolForm>(how, picture);
}

std::unique_ptr<TraceForm> formOf(const MeanTrace& how, const TracePicture& picture) {
    return std::make_unique<MeanForm>(how, picture);
}

}  // namespace resnet::ui
