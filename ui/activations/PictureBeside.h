#pragma once

#include "core/network/SeenPixels.h"
#include "ui/painting/Theme.h"
#include "ui/widgets/Canvas.h"
#include "ui/workspace/Focus.h"

#include <QImage>

#include <optional>

namespace resnet::ui {

// The picture beside an enlarged map, with what the cell pointed at (or selected) has seen of it. Pointing
// at a pixel points at the same place of the map.
class PictureBeside : public Canvas {
    Q_OBJECT
public:
    explicit PictureBeside(QWidget* parent = nullptr);

    void setPicture(const QImage& picture);
    void setSeen(const std::optional<SeenRange>& seen);
    void setTheme(const Theme& theme);

Q_SIGNALS:
    void pixelHovered(std::optional<resnet::Cell> pixel);

protected:
    void paint(QPainter& painter) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    QRectF pictureRect() const;

    QImage m_picture;
    std::optional<SeenRange> m_seen;
    const Theme* m_theme = &Theme::light();
};

}  // namespace resnet::ui
