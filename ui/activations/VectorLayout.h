#pragma once

#include <QPoint>
#include <QRect>
#include <QSize>

#include <optional>

namespace resnet::ui {

// Where the bars of a vector lie. Few values (classes) are lines with names, in columns if need be; many are
// upright bars in as many rows as keep every bar wide enough to point at.
class VectorLayout {
public:
    VectorLayout() = default;
    VectorLayout(int count, const QSize& view);

    bool hasNames() const { return m_hasNames; }
    int rows() const { return m_rows; }
    int columns() const { return m_columns; }
    // How far the next position down (rows) and right (columns) is.
    int stepDown() const { return m_hasNames ? 1 : m_columns; }
    int stepRight() const { return m_hasNames ? m_rows : 1; }

    // The whole place of a value: a line, or a slot as high as its row.
    QRectF slotOf(int position) const;
    std::optional<int> positionAt(const QPointF& point) const;

    static constexpr int mostNamed = 40;
    static constexpr int lineHeight = 24;

private:
    int m_count = 0;
    bool m_hasNames = false;
    int m_rows = 1;
    int m_columns = 1;
    double m_width = 0.0;
    double m_height = 0.0;
};

}  // namespace resnet::ui
