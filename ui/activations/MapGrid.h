#pragma once

#include "ui/activations/MapGridPainter.h"

#include <QAbstractScrollArea>

#include <optional>
#include <vector>

namespace resnet::ui {

// All channels of a step, painted by one widget from one atlas a tile. A click selects a channel, arrow keys
// move over channels, the mouse tells channel and cell. Keeps its place when the content changes, and goes to
// the first map when the same maps are sorted anew.
class MapGrid : public QAbstractScrollArea {
    Q_OBJECT
public:
    explicit MapGrid(QWidget* parent = nullptr);

    void setContent(MapGridContent content);
    void setSelectedChannel(int channel);
    // Marked in the maps of the channel under the cursor, else of the selected one.
    void setPointedCell(std::optional<Cell> cell);
    void setTheme(const Theme& theme);

    struct Hit {
        int channel = 0;
        int tile = 0;
        Cell cell;
    };
    // At a point of the viewport.
    std::optional<Hit> hitAt(const QPoint& viewportPoint) const;
    const MapGridContent& content() const { return m_content; }
    const MapGridLayout& gridLayout() const { return m_layout; }
    // In coordinates of the viewport.
    QRect channelRect(int channel) const;

Q_SIGNALS:
    void channelPicked(int channel);
    void cellPicked(int channel, resnet::Cell cell);
    void cellHovered(int channel, resnet::Cell cell);
    // The columns have moved: titles above them have to follow.
    void layoutChanged();
    void hoverLeft();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool viewportEvent(QEvent* event) override;

private:
    QSize room() const;
    void updateLayout();
    void paintSelection(QPainter& painter);
    void paintPointedCell(QPainter& painter);
    void reveal(int position);
    void leave();
    int positionOf(int channel) const;

    MapGridContent m_content;
    MapGridLayout m_layout;
    std::vector<MapAtlas> m_atlases;
    bool m_areAtlasesStale = true;
    int m_selected = 0;
    int m_hovered = -1;
    std::optional<Cell> m_pointed;
    const Theme* m_theme = &Theme::light();
};

}  // namespace resnet::ui
