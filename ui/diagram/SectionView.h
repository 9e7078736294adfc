#pragma once

#include "ui/drawing/DiagramContent.h"
#include "ui/drawing/SectionLayout.h"
#include "ui/drawing/Viewport.h"
#include "ui/painting/Theme.h"
#include "ui/widgets/Canvas.h"

#include <functional>

namespace resnet::ui {

// A unit (or the stem, or the head), open and large.
class SectionView : public Canvas {
    Q_OBJECT
public:
    explicit SectionView(QWidget* parent = nullptr);

    // The graph must outlive its use here.
    void setSection(const Graph* graph, const Section& section);
    void setContent(DiagramContent content);
    void setTheme(const Theme& theme);
    void setDescription(std::function<QString(StepId)> description) {
        m_description = std::move(description);
    }

    const DiagramLayout& drawing() const { return m_layout; }
    QRectF rectOf(const DiagramNode& node) const { return m_viewport.toWidget(node.box); }
    QSize sizeHint() const override { return toScreen(QSizeF(840, 240)); }
    QSize minimumSizeHint() const override { return toScreen(QSizeF(320, 110)); }

Q_SIGNALS:
    void stepClicked(StepId step);

protected:
    bool event(QEvent* event) override;
    void paint(QPainter& painter) override;
    void resizeEvent(QResizeEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;

private:
    void relayout();
    const DiagramNode* nodeAt(const QPointF& position) const;
    QString tipAt(const QPointF& position) const;

    const Graph* m_graph = nullptr;
    Section m_section;
    DiagramLayout m_layout;
    DiagramContent m_content;
    const Theme* m_theme = &Theme::light();
    std::function<QString(StepId)> m_description;
    Viewport m_viewport;
};

}  // namespace resnet::ui
