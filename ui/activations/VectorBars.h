#pragma once

#include "core/tensor/FeatureMaps.h"
#include "ui/painting/Theme.h"
#include "ui/widgets/Canvas.h"

#include <QPoint>
#include <QRect>
#include <QSize>
#include <QStringList>

#include <optional>
#include <vector>

namespace resnet::ui {

// Where the bars of a vector lie. Few values (classes) are lines with names, in columns if need be, and so
// are `areLines`; many others are upright bars in as many rows as keep every bar wide enough to point at.
class VectorLayout {
public:
    VectorLayout() = default;
    VectorLayout(int count, const QSize& view, bool areLines = false);
    // How many lines such a view has room for.
    static int linesIn(const QSize& view);

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

struct VectorContent {
    FeatureMapsPtr values;  // N x 1 x 1; null: nothing is shown
    std::vector<int> order;
    QStringList names;  // one per value, or none
    bool isProbability = false;
    bool areLines = false;  // however many: as many as there is room for, and the wheel shows the others
};

// The values of a vector (pooled features, logits, probabilities) as bars. Selects and tells like the grid of
// maps.
class VectorBars : public Canvas {
    Q_OBJECT
public:
    explicit VectorBars(QWidget* parent = nullptr);

    QAccessible::Role role() const override { return QAccessible::Chart; }

    void setContent(VectorContent content);
    void setSelectedChannel(int channel);
    void setTheme(const Theme& theme);
    QRectF slotOf(int channel) const;

Q_SIGNALS:
    void channelPicked(int channel);
    void channelHovered(int channel);
    void hoverLeft();

protected:
    void paint(QPainter& painter) override;
    void wheelEvent(QWheelEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    struct Axis {
        double low = 0.0;
        double high = 1.0;
        double share(double value) const { return (value - low) / (high - low); }
    };

    void updateLayout();
    int count() const { return int(m_content.order.size()); }
    void showFrom(int position);
    std::optional<int> channelAt(const QPointF& point) const;
    void setHovered(int channel);
    int positionOf(int channel) const;
    float valueOf(int channel) const { return m_content.values->data()[channel]; }
    QString textOf(int channel) const;
    void paintLine(QPainter& painter, int channel, const QRectF& line) const;
    void paintBar(QPainter& painter, int channel, const QRectF& slot) const;

    VectorContent m_content;
    VectorLayout m_layout;  // of those shown
    int m_first = 0;        // the positions shown
    int m_shown = 0;
    Axis m_axis;
    int m_selected = 0;
    int m_hovered = -1;
    const Theme* m_theme = &Theme::light();
};

}  // namespace resnet::ui
