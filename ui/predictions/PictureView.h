#pragma once

#include "ui/painting/Theme.h"
#include "ui/widgets/Canvas.h"

#include <QImage>

#include <optional>

namespace resnet::ui {

// What the network sees of the picture, as large as fits, with the receptive field of a cell drawn over it.
class PictureView : public Canvas {
    Q_OBJECT
public:
    explicit PictureView(QWidget* parent = nullptr);

    void setImage(const QImage& image);
    // In pixels of the image; it may reach beyond the border, where the network sees padding.
    void setField(const std::optional<QRect>& field);
    const std::optional<QRect>& field() const { return m_field; }
    void setTheme(const Theme& theme);

    // The pixel pointed at, framed.
    void setPointedPixel(const std::optional<QPoint>& pixel);
    QRectF imageRect() const;
    std::optional<QPoint> pixelAt(const QPointF& point) const;

    QSize sizeHint() const override { return toScreen(QSizeF(200, 200)); }
    QSize minimumSizeHint() const override { return toScreen(QSizeF(80, 80)); }

Q_SIGNALS:
    void pixelHovered(const std::optional<QPoint>& pixel);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void paint(QPainter& painter) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    // No taller than the picture is at this width, so that no gap is left below it.
    void limitHeight();
    bool arePixelsSquares(const QRectF& target, const QPainter& painter) const;
    void paintEmpty(QPainter& painter) const;
    void paintField(QPainter& painter) const;
    void paintPointedPixel(QPainter& painter) const;

    QImage m_image;
    std::optional<QRect> m_field;
    std::optional<QPoint> m_pointed;
    Theme m_theme = Theme::light();
};

}  // namespace resnet::ui
