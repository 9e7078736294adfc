#pragma once

#include "core/image/SeenPart.h"
#include "ui/painting/Theme.h"
#include "ui/widgets/Canvas.h"

#include <QImage>

namespace resnet::ui {

// The whole picture, small, with what the network does not see of it dimmed. There only while there is such a
// part.
class CropStrip : public Canvas {
    Q_OBJECT
public:
    explicit CropStrip(QWidget* parent = nullptr);

    // An empty picture: none.
    void setPicture(const Image& picture, const SeenPart& seen);
    void setTheme(const Theme& theme);
    // Of the picture as it is drawn; what is seen of it.
    QRectF pictureRect() const;
    QRectF seenRect() const;

    QString spoken() const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paint(QPainter& painter) override;

private:
    QSizeF m_size;  // of the picture in pixels
    QRectF m_seen;
    QImage m_small;
    Theme m_theme = Theme::light();
};

}  // namespace resnet::ui
