#pragma once

#include "ui/activations/EnlargedMap.h"
#include "ui/activations/UnitLensContent.h"

#include <array>

namespace resnet::ui {

// The four maps side by side with their signs between, captions in the colours of the two ways. A caption
// leads to its step.
class UnitLens : public QWidget {
    Q_OBJECT
public:
    explicit UnitLens(QWidget* parent = nullptr);

    void setContent(const UnitLensContent& content);
    void setCell(std::optional<Cell> cell);
    void setPointedCell(std::optional<Cell> cell);
    void setTheme(const Theme& theme);

    std::array<std::optional<float>, unitTermCount> valuesAt(const Cell& cell) const;
    // As high as the maps can use at a width.
    int heightForWidth(int width) const override;
    const EnlargedMap& map(int term) const { return *m_maps[std::size_t(term)]; }

Q_SIGNALS:
    void cellPicked(std::optional<resnet::ui::Cell> cell);
    void cellHovered(std::optional<resnet::ui::Cell> cell);
    void stepPicked(resnet::StepId step);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;

private:
    QString captionOf(int term) const;
    QRectF captionRect(int term) const;
    int captionAt(const QPointF& point) const;

    UnitLensContent m_content;
    std::array<EnlargedMap*, unitTermCount> m_maps{};
    const Theme* m_theme = &Theme::light();
};

}  // namespace resnet::ui
