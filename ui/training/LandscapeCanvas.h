#pragma once

#include "ui/painting/LandscapePainter.h"
#include "ui/widgets/Canvas.h"

#include <QPoint>

#include <optional>

namespace resnet::ui {

// Planes through networks, as large as there is room. A point of the grid is read under the cursor or with
// the arrow keys; Tab goes on, and so do the keys from one plane to the next.
class LandscapeCanvas : public Canvas {
    Q_OBJECT
public:
    explicit LandscapeCanvas(QWidget* parent = nullptr);

    struct Place {
        int panel = 0;
        int row = 0;
        int column = 0;
        bool operator==(const Place&) const = default;
    };
    void setPicture(LandscapePicture picture);
    const LandscapePicture& picture() const { return m_picture; }
    void setTheme(const Theme& theme);
    // What is said while there is nothing to see.
    void setPlaceholder(const QString& text);

    // As hills that a drag turns, and the arrow keys with Shift; else from above.
    void setRelief(bool isRelief);
    const std::optional<ReliefAngle>& relief() const { return m_picture.relief; }

    // Where one has walked to.
    void setStand(const std::optional<Place>& stand);
    const std::optional<Place>& stand() const { return m_stand; }

    // The middle of a place, in pixels.
    QPointF pointOf(const Place& place) const;

    QSize sizeHint() const override { return toScreen(QSizeF(800, 400)); }
    QSize minimumSizeHint() const override { return toScreen(QSizeF(320, 180)); }

Q_SIGNALS:
    void pointed(const std::optional<resnet::ui::LandscapeCanvas::Place>& place);
    // By a click, or Return after the arrow keys.
    void chosen(const resnet::ui::LandscapeCanvas::Place& place);

protected:
    void paint(QPainter& painter) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void fit();
    void point(const std::optional<Place>& place);
    std::optional<Place> placeAt(const QPointF& at) const;
    void turn(double by, double tilt);
    QPointF origin() const;
    int lastIndex() const { return int(m_picture.axis.size()) - 1; }

    LandscapePicture m_picture;
    QString m_placeholder;
    std::optional<Place> m_place;
    std::optional<Place> m_stand;
    std::vector<std::vector<std::vector<double>>> m_heights;  // by panel; of the relief
    std::optional<QPointF> m_pressed;                         // where the button went down
    bool m_isDragged = false;
    const Theme* m_theme = &Theme::light();
};

}  // namespace resnet::ui
