#pragma once

#include <QAccessible>
#include <QFrame>

namespace resnet::ui {

// A widget that paints itself. Whatever it paints, measures and is told of the mouse counts pixels of text of
// normal size: where the text is larger, all of it is larger alike, and there is less room in it.
class Canvas : public QFrame {
    Q_OBJECT
public:
    explicit Canvas(QWidget* parent = nullptr);

    // All of it.
    QRectF area() const { return QRectF(QPointF(), toArea(QSizeF(size()))); }
    QPointF toArea(const QPointF& onScreen) const { return onScreen / m_scale; }
    QSizeF toArea(const QSizeF& onScreen) const { return onScreen / m_scale; }
    QRectF toArea(const QRectF& onScreen) const;
    QSize toScreen(const QSizeF& size) const { return (size * m_scale).toSize(); }
    QPointF toScreen(const QPointF& point) const { return point * m_scale; }
    QRectF toScreen(const QRectF& rect) const;
    // What it is and what it shows now, for who does not see it.
    virtual QAccessible::Role role() const { return QAccessible::Graphic; }
    virtual QString spoken() const { return accessibleDescription(); }
    // Pixels of the screen for one of it, along a side.
    double pixelRatio() const { return m_scale * devicePixelRatioF(); }

protected:
    virtual void paint(QPainter& painter) = 0;
    // What spoken() says is another thing now.
    void tellSpoken();
    // The keyboard has come to it: it has to show that, and this does, unless it does so itself.
    virtual bool showsFocusItself() const { return false; }
    // Not smaller than this.
    void setLeastSize(int width, int height);

    void paintEvent(QPaintEvent* event) final;
    bool event(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    bool m_isFocusShown = false;
    double m_scale;
    QSize m_least;  // empty: as the layout likes
};

}  // namespace resnet::ui
