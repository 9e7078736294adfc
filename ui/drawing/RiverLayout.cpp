#include "ui/Words.h"
#include "ui/drawing/RiverPiece.h"

#include <algorithm>

namespace resnet::ui {

namespace {

constexpr double margin = 12.0;
constexpr double titleBand = 26.0;
constexpr double foldedTitleBand = 38.0;  // folded drawings are seen small
constexpr double stageGap = 12.0;
constexpr double rowGap = 30.0;

using Pieces = std::vector<RiverPiece>;

struct Row {
    std::size_t first = 0;
    std::size_t end = 0;
    double top = 0.0;     // above the centre line, negative
    double bottom = 0.0;  // below it
};

double gapBefore(const Pieces& pieces, std::size_t index) {
    return pieces[index].stage != pieces[index - 1].stage || pieces[index].stage < 0 ? stageGap : 0.0;
}

// Where the pieces from `first` to `end` of one stage would end.
double widthOfStage(const Pieces& pieces, std::size_t first) {
    double width = 0.0;
    for (std::size_t i = first; i < pieces.size() && pieces[i].stage == pieces[first].stage; ++i)
        width += pieces[i].width;
    return width;
}

// How many pieces of the stage that begins at `first` go into a row, so that all its rows are about as long.
std::size_t piecesPerRow(const Pieces& pieces, std::size_t first, double rowWidth) {
    std::size_t count = 0;
    std::size_t rows = 1;
    double x = 0.0;
    for (; first + count < pieces.size() && pieces[first + count].stage == pieces[first].stage; ++count) {
        const double width = pieces[first + count].width;
        rows += x > 0.0 && x + width > rowWidth + 1.0 ? 1 : 0;
        x = x > 0.0 && x + width > rowWidth + 1.0 ? width : x + width;
    }
    return (count + rows - 1) / rows;
}

// Breaks before a piece that no longer fits, and before a stage that fits a row but not this one's rest; a
// stage that needs several rows is shared out between them.
std::vector<Row> breakRows(const Pieces& pieces, double rowWidth) {
    std::vector<Row> rows{{0, 0}};
    double x = 0.0;
    std::size_t perRow = pieces.size();
    std::size_t inRow = 0;  // pieces of the present stage
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        const bool startsStage = i > 0 && pieces[i].stage != pieces[i - 1].stage;
        if (startsStage) {
            perRow = pieces[i].stage < 0 ? 1 : piecesPerRow(pieces, i, rowWidth);
            inRow = 0;
        }
        const double wanted = startsStage ? std::min(widthOfStage(pieces, i), rowWidth) : pieces[i].width;
        if (rowWidth > 0.0 && x > 0.0 && (x + wanted > rowWidth + 1.0 || inRow == perRow)) {
            rows.push_back({i, i});
            x = 0.0;
            inRow = 0;
        } else if (i > rows.back().first) {
            x += gapBefore(pieces, i);
        }
        ++inRow;
        Row& row = rows.back();
        row.end = i + 1;
        row.top = std::min(row.top, pieces[i].part.bounds.top());
        const double shape = pieces[i].shape.isEmpty() ? 0.0 : 24.0;  // below the block, see placeRow
        row.bottom = std::max(row.bottom, pieces[i].part.bounds.bottom() + shape);
        x += pieces[i].width;
    }
    return rows;
}

class RiverJoiner {
public:
    explicit RiverJoiner(const Pieces& pieces) : m_pieces(pieces) {}

    DiagramLayout join(const std::vector<Row>& rows) {
        m_isFolded = rows.size() > 1;
        m_titleBand = m_isFolded ? foldedTitleBand : titleBand;
        double top = margin;
        for (const Row& row : rows) {
            placeRow(row, top + m_titleBand - row.top);
            top += m_titleBand - row.top + row.bottom + rowGap;
        }
        m_layout.bounds =
            QRectF(0, 0, m_rightmost + (m_isFolded ? 16.0 : 0.0) + margin, top - rowGap + margin);
        return std::move(m_layout);
    }

private:
    void placeRow(const Row& row, double centre) {
        double x = margin + (row.first > 0 ? 16.0 : 0.0);
        double titleLeft = x;
        double shapeLeft = x;
        for (std::size_t i = row.first; i < row.end; ++i) {
            const RiverPiece& piece = m_pieces[i];
            if (i > row.first) {
                const double gap = gapBefore(m_pieces, i);
                x += gap;
                if (gap > 0.0)
                    titleLeft = shapeLeft = x;
            }
            const int base = m_layout.append(piece.part, {x, centre});
            joinEdges(piece, base, {x, centre}, i == row.first && i > 0,
                      centre + row.top - m_titleBand - rowGap / 2);
            m_exit = base + piece.exit;
            x += piece.width;
            const bool endsTitle = i + 1 == row.end || gapBefore(m_pieces, i + 1) > 0.0;
            if (endsTitle)
                addTitle(piece,
                         QRectF(titleLeft, centre + row.top - m_titleBand, x - titleLeft, m_titleBand - 4.0));
            // Units that leave their shape to their stage tell it once for all that stand side by side.
            if (!piece.shape.isEmpty() && (endsTitle || m_pieces[i + 1].shape.isEmpty()))
                m_layout.labels.push_back(
                    {piece.shape,
                     QRectF(shapeLeft, centre + piece.part.bounds.bottom() + 5.0, x - shapeLeft, 20.0),
                     LabelRole::Detail, Qt::AlignCenter, -1});
            if (endsTitle || piece.shape.isEmpty())
                shapeLeft = x;
        }
        m_rightmost = std::max(m_rightmost, x);
    }

    // Leads edges that come from the piece before to that piece's exit, around the row's ends if need be.
    void joinEdges(const RiverPiece& piece, int base, const QPointF& origin, bool wraps, double gutter) {
        for (std::size_t i = m_layout.edges.size() - piece.part.edges.size(); i < m_layout.edges.size();
             ++i) {
            DiagramEdge& edge = m_layout.edges[i];
            if (edge.from >= 0)
                continue;
            if (m_exit < 0)
                continue;
            edge.from = m_exit;
            if (edge.to != base + piece.entry || edge.way != Way::MainPath)
                continue;
            const QRectF& exit = m_layout.nodes[std::size_t(m_exit)].box;
            const QPointF start(exit.right(), exit.center().y());
            if (!wraps) {
                edge.points.front() = start;
                continue;
            }
            const double right = m_rightOfRow + 8.0;
            edge.points = QPolygonF{{start, QPointF(right, start.y()), QPointF(right, gutter),
                                     QPointF(origin.x() - 10.0, gutter),
                                     QPointF(origin.x() - 10.0, origin.y()), edge.points.back()}};
        }
        m_rightOfRow = origin.x() + piece.width;
    }

    void addTitle(const RiverPiece& piece, const QRectF& room) {
        QString text = piece.stage < 0 ? piece.title : Words::tr("Stage %1").arg(piece.stage + 1);
        const bool goesOn = piece.stage >= 0 && piece.stage == m_titledStage;
        m_titledStage = piece.stage;
        if (goesOn)
            text += Words::tr(", continued");
        // In a column of rows the eye looks for titles at the left.
        const Qt::Alignment alignment = m_isFolded ? Qt::AlignLeft | Qt::AlignVCenter : Qt::AlignCenter;
        m_layout.labels.push_back({text, room.adjusted(m_isFolded ? 10.0 : 0.0, 0, 0, 0),
                                   piece.stage < 0 || goesOn ? LabelRole::Detail : LabelRole::Title,
                                   alignment, -1});
    }

    const Pieces& m_pieces;
    DiagramLayout m_layout;
    bool m_isFolded = false;
    double m_titleBand = titleBand;
    int m_exit = -1;
    int m_titledStage = -1;
    double m_rightOfRow = 0.0;
    double m_rightmost = 0.0;
};

// The room for the shape below the narrowest unit that is drawn as a block.
double narrowestUnit(const Pieces& pieces) {
    constexpr double besideShape = 4.0;
    double narrowest = 100.0;
    for (const RiverPiece& piece : pieces)
        if (piece.part.nodes.front().kind == NodeKind::Unit)
            narrowest = std::min(narrowest, piece.width - besideShape);
    return narrowest;
}

}  // namespace

DiagramLayout layoutDiagram(const Graph& graph, const OpenNodes& open, const LayoutOptions& options) {
    const Pieces pieces = riverPieces(graph, open, options);
    DiagramLayout layout = RiverJoiner(pieces).join(breakRows(pieces, options.rowWidth));
    nameWays(layout, graph);
    return layout;
}

LayoutOptions riverFor(const Graph& graph, const OpenNodes& open, const QSizeF& place) {
    constexpr double readableUnit = 30.0;  // pixels that "56×56" takes at the smallest size of text
    constexpr double highest = 1.8;
    LayoutOptions options;
    const QRectF plain = layoutDiagram(graph, open, options).bounds;
    const double zoom = std::min(place.width() / plain.width(), place.height() / plain.height());
    options.areShapesPerStage = zoom * narrowestUnit(riverPieces(graph, open, options)) < readableUnit;
    options.heightScale = highest;
    const QRectF high = layoutDiagram(graph, open, options).bounds;
    const double wanted = plain.width() * place.height() / place.width();
    const double share = (wanted - plain.height()) / std::max(1.0, high.height() - plain.height());
    options.heightScale = 1.0 + (highest - 1.0) * std::clamp(share, 0.0, 1.0);
    return options;
}

LayoutOptions foldedFor(const Graph& graph, const OpenNodes& open, double aspect, std::optional<int> stage) {
    const Pieces pieces = riverPieces(graph, open, {0.0, stage});
    double total = 0.0;
    double widest = 0.0;
    for (const RiverPiece& piece : pieces) {
        total += piece.width + stageGap;
        widest = std::max(widest, piece.width);
    }
    constexpr double worthOfARow = 1.03;  // fewer rows read better than a few percent of size
    // A sheet of width `aspect` and height 1 holds the drawing at this scale.
    LayoutOptions best{0.0, stage};
    double bestScale = 0.0;
    for (int halves = 2; halves <= 96; halves += halves < 16 ? 1 : 4) {
        const double rows = halves / 2.0;
        const double rowWidth = std::max(total / rows, widest);
        const std::vector<Row> broken = breakRows(pieces, rowWidth);
        double height = 2 * margin - rowGap;
        double width = 0.0;
        for (const Row& row : broken) {
            height += (broken.size() > 1 ? foldedTitleBand : titleBand) - row.top + row.bottom + rowGap;
            double x = 0.0;
            for (std::size_t i = row.first; i < row.end; ++i)
                x += pieces[i].width + (i > row.first ? gapBefore(pieces, i) : 0.0);
            width = std::max(width, x);
        }
        const double scale = std::min(aspect / (width + 2 * margin + 32.0), 1.0 / height);
        if (scale > bestScale * worthOfARow) {
            bestScale = scale;
            best.rowWidth = rows == 1.0 ? 0.0 : rowWidth;
        }
    }
    return best;
}

}  // namespace resnet::ui
