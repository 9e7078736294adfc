#pragma once

#include "ui/painting/ColumnChart.h"
#include "ui/painting/ExitStrip.h"
#include "ui/widgets/Canvas.h"

#include <optional>
#include <variant>

namespace resnet::ui {

// A chart or a strip of columns to point at and click; left and right go from one to the next.
class ScoreCanvas : public Canvas {
    Q_OBJECT
public:
    explicit ScoreCanvas(QWidget* parent = nullptr);

    QAccessible::Role role() const override { return QAccessible::Chart; }

    using Content = std::variant<ColumnChart, ExitStrip>;
    // `current` is a column or -1; `placeholder` stands where there are none.
    void setContent(Content content, int current, const QString& placeholder);
    const Content& content() const { return m_content; }
    void setTheme(const Theme& theme);
    QRectF columnRect(int column) const;

    QSize sizeHint() const override { return toScreen(QSizeF(700, 220)); }
    QSize minimumSizeHint() const override { return toScreen(QSizeF(300, 120)); }

Q_SIGNALS:
    void picked(int column);
    void hovered(int column);
    void hoverLeft();

protected:
    void paint(QPainter& painter) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    int columns() const;
    std::optional<int> columnAt(const QPointF& point) const;
    void setHovered(int column);

    Content m_content;
    int m_current = -1;
    int m_hovered = -1;
    QString m_placeholder;
    const Theme* m_theme = &Theme::light();
};

}  // namespace resnet::ui
