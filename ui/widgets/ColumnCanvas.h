#pragma once

#include "ui/painting/Theme.h"
#include "ui/widgets/Canvas.h"

#include <optional>

namespace resnet::ui {

// Columns to look at and to go by: the one under the cursor can be read, a click picks it. The left and right
// arrow keys pick the next one, or point at it and Return picks.
class ColumnCanvas : public Canvas {
    Q_OBJECT
public:
    enum class ArrowKeys { Pick, Point };
    explicit ColumnCanvas(ArrowKeys keys, QWidget* parent = nullptr);

    QAccessible::Role role() const override { return QAccessible::Chart; }

    // -1: none.
    void setCurrent(int column);
    int current() const { return m_current; }
    // Shown while there are no columns.
    void setPlaceholder(const QString& text);
    void setTheme(const Theme& theme);
    virtual QRectF columnRect(int column) const = 0;

Q_SIGNALS:
    void columnPicked(int column);
    void columnHovered(int column);
    void hoverLeft();

protected:
    virtual int columns() const = 0;
    virtual std::optional<int> columnAt(const QPointF& point) const = 0;
    // `current` and `hovered` are columns or -1.
    virtual void paintColumns(QPainter& painter, int current, int hovered, const Theme& theme) = 0;
    // Others are shown: what was pointed at may be gone.
    void columnsChanged();

    void paint(QPainter& painter) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    void setHovered(int column);
    void goBy(int step);

    ArrowKeys m_keys;
    QString m_placeholder;
    int m_current = -1;
    int m_hovered = -1;
    const Theme* m_theme = &Theme::light();
};

}  // namespace resnet::ui
