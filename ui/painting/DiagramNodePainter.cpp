#include "ui/Words.h"
#include "ui/drawing/EditedParts.h"
#include "ui/painting/ClassScope.h"
#include "ui/painting/DiagramPainter.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace resnet::ui {

namespace {

struct NodeColors {
    QColor line;
    QColor fill;
};

NodeColors colorsOf(const DiagramNode& node, const Theme& theme) {
    if (node.way == Way::Shortcut)
        return {theme.shortcut, theme.shortcutFill};
    if (node.way == Way::Sum)
        return {theme.ink, theme.panel};
    return {theme.mainPath, theme.mainPathFill};
}

QColor withAlpha(QColor color, double alpha) {
    color.setAlphaF(float(alpha));
    return color;
}

QString titleOf(const DiagramNode& node) {
    switch (node.kind) {
        case NodeKind::Unit:
            return Words::tr("Stage %1, unit %2 (%3)").arg(node.stage + 1).arg(node.unit + 1).arg(node.name);
        case NodeKind::Stage:
            return Words::tr("Stage %1").arg(node.stage + 1);
        default:
            return node.name;
    }
}

void paintShape(QPainter& painter, const DiagramNode& node, double grow) {
    const QRectF box = node.box.adjusted(-grow, -grow, grow, grow);
    if (node.kind == NodeKind::Sum)
        painter.drawEllipse(box);
    else
        painter.drawRoundedRect(box, 4 + grow, 4 + grow);
}

// The horizontal bars of a short vector, one per class.
void paintBars(QPainter& painter, const QRectF& rect, const std::vector<float>& bars, const Theme& theme) {
    const double pitch = rect.height() / double(bars.size());
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.mainPath);
    for (std::size_t i = 0; i < bars.size(); ++i)
        painter.drawRect(QRectF(rect.left(), rect.top() + pitch * (double(i) + 0.15),
                                std::max(0.6, rect.width() * double(bars[i])), pitch * 0.7));
}

void paintImage(QPainter& painter, const QRectF& rect, const QImage& image) {
    // Shrinking without a filter drops cells; enlarging with one blurs them.
    const double scale = painter.worldTransform().m11() * painter.device()->devicePixelRatioF();
    painter.setRenderHint(QPainter::SmoothPixmapTransform, rect.width() * scale < image.width());
    painter.drawImage(rect, image);
}

class NodePainter {
public:
    NodePainter(QPainter& painter, const DiagramLayout& layout, const DiagramContent& content,
                const Theme& theme, const DiagramPaintOptions& options)
        : m_painter(painter),
          m_content(content),
          m_theme(theme),
          m_zoom(options.zoom),
          m_line(std::max(1.2, 1.0 / options.zoom)),
          m_highest(content.shading ? highestShade(layout, *content.shading) : 0.0),
          m_current(content.current ? layout.nodeOf(*content.current) : nullptr) {}

    void paint(const DiagramNode& node) {
        const GroupScope group(m_painter, node.name, titleOf(node));
        const StepState state = node.kind == NodeKind::Image ? StepState::Done : m_content.state(node.step);
        const NodeColors colors = colorsOf(node, m_theme);
        const bool isEmpty = state == StepState::Empty;
        const bool isHollow = isOff(node, m_content.edits);
        paintMarks(node);
        QPen pen(isEmpty ? withAlpha(colors.line, 0.6) : colors.line, m_line);
        if (isHollow)
            pen.setDashPattern(hollowDashes);
        m_painter.setPen(pen);
        m_painter.setBrush(isEmpty || isHollow ? m_theme.panel : colors.fill);
        if (m_content.shading && node.kind != NodeKind::Image)
            m_painter.setBrush(shadeColor(
                m_highest > 0.0 ? shadedValue(node, *m_content.shading) / m_highest : 0.0, m_theme));
        paintShape(m_painter, node, 0.0);
        if (node.kind == NodeKind::Sum)
            paintPlus(node, isEmpty);
        else if ((!m_content.shading && !(isHollow && node.group())) || node.kind == NodeKind::Image)
            paintPictures(node, state, isHollow);
        paintSelection(node);
    }

private:
    // Behind the node: found by search, and the step being computed.
    void paintMarks(const DiagramNode& node) {
        m_painter.setPen(Qt::NoPen);
        const bool isFound = std::ranges::any_of(m_content.found, [&](StepId id) { return node.covers(id); });
        if (isFound) {
            m_painter.setBrush(withAlpha(m_theme.mainPath, 0.6));
            paintShape(m_painter, node, std::max(5.0, 4.0 / m_zoom));
        }
        if (m_content.running && node.covers(*m_content.running)) {
            m_painter.setBrush(withAlpha(m_theme.shortcut, 0.45));
            paintShape(m_painter, node, std::max(5.0, 4.0 / m_zoom));
        }
    }

    void paintPlus(const DiagramNode& node, bool isEmpty) {
        const QPointF centre = node.box.center();
        const double arm = node.box.width() * 0.26;
        m_painter.setPen(
            QPen(isEmpty ? m_theme.inactive : m_theme.ink, std::max(1.4, node.box.width() / 13)));
        m_painter.drawLine(centre - QPointF(arm, 0), centre + QPointF(arm, 0));
        m_painter.drawLine(centre - QPointF(0, arm), centre + QPointF(0, arm));
    }

    // Of a way that is off they are what it would add.
    void paintPictures(const DiagramNode& node, StepState state, bool isHollow) {
        if (node.kind == NodeKind::Image) {
            if (!m_content.input.isNull())
                paintImage(m_painter, node.picture, m_content.input);
            return;
        }
        const StepPictures* pictures = m_content.picturesOf(node.step);
        if (!pictures || state == StepState::Empty) {
            paintOutlines(node, state);
            return;
        }
        m_painter.setOpacity(state == StepState::Stale || isHollow ? 0.35 : 1.0);
        if (!pictures->bars.empty()) {
            paintBars(m_painter, node.picture, pictures->bars, m_theme);
        } else {
            paintImage(m_painter, node.picture, pictures->map);
        }
        m_painter.setOpacity(1.0);
    }

    // Where maps will be.
    void paintOutlines(const DiagramNode& node, StepState state) {
        if (state == StepState::Unknown)
            return paintStack(node);
        m_painter.setPen(QPen(withAlpha(colorsOf(node, m_theme).line, 0.35), std::max(0.8, 0.8 / m_zoom)));
        m_painter.setBrush(Qt::NoBrush);
        if (!node.picture.isNull())
            m_painter.drawRect(node.picture);
    }

    void paintStack(const DiagramNode& node) {
        m_painter.setPen(QPen(withAlpha(colorsOf(node, m_theme).line, 0.75), 0.8));
        m_painter.setBrush(m_theme.panel);
        for (const QRectF& sheet : sheetsOf(node))
            m_painter.drawRect(sheet);
    }

    void paintSelection(const DiagramNode& node) {
        m_painter.setBrush(Qt::NoBrush);
        const bool isTwin = std::ranges::any_of(m_content.twins, [&](StepId id) { return node.covers(id); });
        if (isTwin && &node != m_current && node.kind != NodeKind::Stage) {
            QPen pen(m_theme.selection, std::max(1.2, 1.2 / m_zoom));
            pen.setDashPattern({2, 2});
            m_painter.setPen(pen);
            paintShape(m_painter, node, std::max(3.0, 2.0 / m_zoom));
        }
        if (&node == m_current) {
            m_painter.setPen(
                QPen(m_theme.selection, std::max(Theme::selectionWidth, Theme::selectionWidth / m_zoom)));
            paintShape(m_painter, node, 0.5);
        }
    }

    QPainter& m_painter;
    const DiagramContent& m_content;
    const Theme& m_theme;
    double m_zoom;
    double m_line;
    double m_highest;
    const DiagramNode* m_current;
};

}  // namespace

void paintNodes(QPainter& painter, const DiagramLayout& layout, const DiagramContent& content,
                const Theme& theme, const DiagramPaintOptions& options) {
    NodePainter nodePainter(painter, layout, content, theme, options);
    for (const DiagramNode& node : layout.nodes)
        if (isVisible(node.box, options))
            nodePainter.paint(node);
}

}  // namespace resnet::ui
