#pragma once

#include "ui/drawing/DiagramContent.h"
#include "ui/drawing/SectionLayout.h"
#include "ui/drawing/Viewport.h"
#include "ui/painting/Theme.h"

#include <QFrame>

#include <functional>

namespace resnet::ui {

// The unit (or stem, or head) of the current step, open and large, with a line that says what is to be seen.
class SectionView : public QFrame {
    Q_OBJECT
public:
    explicit SectionView(QWidget* parent = nullptr);

    // The graph must outlive its use here. `note` stands at the right of the title.
    void setSection(const Graph* graph, const Section& section);
    void setContent(DiagramContent content);
    void setNote(const QString& note);
    void setTheme(const Theme& theme);
    void setDescription(std::function<QString(StepId)> description) {
        m_description = std::move(description);
    }

    const DiagramLayout& drawing() const { return m_layout; }
    QRectF rectOf(const DiagramNode& node) const { return m_viewport.toWidget(node.box); }
    QSize sizeHint() const override { return {840, 260}; }
    QSize minimumSizeHint() const override { return {320, 150}; }

Q_SIGNALS:
    void stepClicked(StepId step);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;

private:
    void relayout();
    void paintHeader(QPainter& painter);
    const DiagramNode* nodeAt(const QPointF& position) const;
    QString tipAt(const QPointF& position) const;

    const Graph* m_graph = nullptr;
    Section m_section;
    DiagramLayout m_layout;
    DiagramContent m_content;
    QString m_note;
    const Theme* m_theme = &Theme::light();
    std::function<QString(StepId)> m_description;
    Viewport m_viewport;
};

}  // namespace resnet::ui
