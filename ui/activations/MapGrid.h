#pragma once

#include "ui/activations/MapGridLayout.h"
#include "ui/painting/MapAtlas.h"
#include "ui/painting/Theme.h"
#include "ui/workspace/Workspace.h"

#include <QAbstractScrollArea>

#include <optional>
#include <vector>

namespace resnet::ui {

// What a grid shows: the maps of one output in an order, on one scale or one a channel.
struct MapGridContent {
    FeatureMapsPtr maps;  // null: the placeholder is shown
    std::vector<int> order;
    ColorMap colors = ColorMap::Viridis;
    std::vector<ValueRange> scales;
    QString placeholder;
    MapAtlas pictures;  // shown in place of the maps' own, if not empty
};

// All channels of a step, painted by one widget from one atlas. A click selects a channel, arrow keys move
// over channels, the mouse tells channel and cell. Keeps its place when the content changes.
class MapGrid : public QAbstractScrollArea {
    Q_OBJECT
public:
    explicit MapGrid(QWidget* parent = nullptr);

    void setContent(MapGridContent content);
    void setSelectedChannel(int channel);
    void setTheme(const Theme& theme);

    const MapGridContent& content() const { return m_content; }
    const MapGridLayout& gridLayout() const { return m_layout; }
    // In coordinates of the viewport.
    QRect channelRect(int channel) const;

Q_SIGNALS:
    void channelPicked(int channel);
    void cellPicked(int channel, resnet::ui::Cell cell);
    void cellHovered(int channel, resnet::ui::Cell cell);
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
    struct Hit {
        int channel = 0;
        Cell cell;
    };

    void updateLayout();
    void updateAtlas();
    void reveal(int position);
    void leave();
    int positionOf(int channel) const;
    std::optional<Hit> hitAt(const QPoint& viewportPoint) const;

    MapGridContent m_content;
    MapGridLayout m_layout;
    MapAtlas m_atlas;
    bool m_atlasIsStale = true;
    int m_selected = 0;
    int m_hovered = -1;
    const Theme* m_theme = &Theme::light();
};

}  // namespace resnet::ui
