#include "ui/exports/TikzWriter.h"

#include "ui/painting/DiagramPainter.h"
#include "ui/painting/DiagramText.h"
#include "ui/painting/NodeSheets.h"
#include "ui/words/NumberText.h"

#include <algorithm>

namespace resnet::ui {

namespace {

constexpr double pointsPerPixel = 0.75;

QString number(double value) {
    QString text = QString::number(value, 'f', 2);
    return text == QLatin1String("-0.00") ? QStringLiteral("0.00") : text;
}

// pdflatex knows none of the signs beyond ASCII, and reserves some within.
QString escaped(QString text) {
    for (const char sign : {'#', '%', '&', '_', '$', '{', '}'})
        text.replace(QLatin1Char(sign), QLatin1Char('\\') + QString(QLatin1Char(sign)));
    text.replace(QChar(0x00D7), QStringLiteral("$\\times$"));
    text.replace(QChar(0x2212), QStringLiteral("-"));
    text.replace(QChar(0x221E), QStringLiteral("$\\infty$"));
    text.replace(QChar(0x2192), QStringLiteral("$\\to$"));
    text.replace(QChar(0x00B7), QStringLiteral("$\\cdot$"));
    return text;
}

QString definition(const char* name, const QColor& color) {
    return QStringLiteral("\\definecolor{%1}{RGB}{%2,%3,%4}\n")
        .arg(QLatin1String(name))
        .arg(color.red())
        .arg(color.green())
        .arg(color.blue());
}

QString preamble(const QString& title, const Theme& theme) {
    QString text = QStringLiteral("%% %1, drawn by ResNet Explorer\n").arg(escaped(title));
    text += QStringLiteral("\\documentclass{article}\n\\usepackage{tikz}\n");
    text += QStringLiteral("\\pdfinfoomitdate=1 \\pdftrailerid{} \\pdfsuppressptexinfo=-1\n");
    text += definition("ink", theme.ink) + definition("secondary", theme.secondaryText) +
            definition("line", theme.line) + definition("ground", theme.background) +
            definition("panel", theme.panel) + definition("main", theme.mainPath) +
            definition("mainfill", theme.mainPathFill) + definition("shortcut", theme.shortcut) +
            definition("shortcutfill", theme.shortcutFill) + definition("shortcuttext", theme.shortcutText);
    return text;
}

QString rectangle(const QRectF& box) {
    return QStringLiteral("(%1,%2) rectangle (%3,%4)")
        .arg(number(box.left()), number(-box.top()), number(box.right()), number(-box.bottom()));
}

QString pathOf(const QPolygonF& points) {
    QStringList parts;
    for (const QPointF& p : points)
        parts << QStringLiteral("(%1,%2)").arg(number(p.x()), number(-p.y()));
    return parts.join(QStringLiteral(" -- "));
}

// A colour that has no name in the preamble.
QString rgb(const QColor& color) {
    return QStringLiteral("{rgb,255:red,%1;green,%2;blue,%3}")
        .arg(color.red())
        .arg(color.green())
        .arg(color.blue());
}

QString edgeText(const DiagramEdge& edge, const DiagramLayout& layout, double thickness) {
    const bool isShortcut = edge.way == Way::Shortcut;
    double width = (isShortcut ? Theme::shortcutWidth : Theme::mainPathWidth) * layout.lineScale * thickness;
    if (edge.from >= 0 && edge.from == edge.to)
        width = std::min(width, thickestSmallArc);
    return QStringLiteral("\\draw[draw=%1, line width=%2bp, rounded corners=%3bp%4] %5;\n")
        .arg(isShortcut             ? QStringLiteral("shortcut")
             : edge.way == Way::Sum ? QStringLiteral("ink")
                                    : QStringLiteral("main"),
             number(width * pointsPerPixel), number(layout.cornerRadius * pointsPerPixel),
             edge.isProjection
                 ? QStringLiteral(", dash pattern=on %1bp off %2bp")
                       .arg(number(2.4 * width * pointsPerPixel), number(1.4 * width * pointsPerPixel))
                 : QString(),
             pathOf(edge.points));
}

QString sumText(const QPointF& centre, double radius) {
    const QString x = number(centre.x());
    const QString y = number(-centre.y());
    return QStringLiteral("\\draw[draw=ink, fill=panel] (%1,%2) circle[radius=%3]; ")
               .arg(x, y, number(radius)) +
           QStringLiteral("\\draw[draw=ink] (%1,%2) -- (%3,%2) (%4,%5) -- (%4,%6);")
               .arg(number(centre.x() - radius / 2), y, number(centre.x() + radius / 2), x,
                    number(-centre.y() - radius / 2), number(-centre.y() + radius / 2));
}

// `shade`: instead of what the maps would fill; invalid: not shaded.
QString nodeText(const DiagramNode& node, const QColor& shade) {
    const QString name = QStringLiteral(" %% %1\n").arg(node.name);
    if (node.kind == NodeKind::Sum)
        return sumText(node.box.center(), node.box.width() / 2) + name;
    const QString line = node.way == Way::Shortcut ? QStringLiteral("shortcut")
                         : node.way == Way::Sum    ? QStringLiteral("ink")
                                                   : QStringLiteral("main");
    const QString fill = shade.isValid()             ? rgb(shade)
                         : node.way == Way::Shortcut ? QStringLiteral("shortcutfill")
                         : node.way == Way::Sum      ? QStringLiteral("panel")
                                                     : QStringLiteral("mainfill");
    QString text = QStringLiteral("\\draw[draw=%1, fill=%2, rounded corners=3bp] %3;")
                       .arg(line, fill, rectangle(node.box)) +
                   name;
    if (node.kind != NodeKind::Image && !shade.isValid())
        for (const QRectF& sheet : sheetsOf(node))
            text += QStringLiteral("\\draw[draw=%1!75, fill=panel, line width=0.6bp] %2;\n")
                        .arg(line, rectangle(sheet));
    return text;
}

QString labelText(const DiagramLabel& label) {
    QString color = QStringLiteral("secondary");
    QString size = QStringLiteral("\\fontsize{7.5bp}{9bp}\\selectfont");
    QString extra;
    switch (label.role) {
        case LabelRole::Title:
            color = QStringLiteral("ink");
            size = QStringLiteral("\\fontsize{9bp}{11bp}\\selectfont\\bfseries");
            break;
        case LabelRole::Name:
            color = QStringLiteral("ink");
            break;
        case LabelRole::Detail:
            break;
        case LabelRole::MainPath:
            color = QStringLiteral("main");
            size = QStringLiteral("\\fontsize{9bp}{11bp}\\selectfont");
            break;
        case LabelRole::MainPathTag:
            color = QStringLiteral("main");
            break;
        case LabelRole::ShortcutTag:
            extra = QStringLiteral(", draw=shortcut, fill=shortcutfill, rounded corners=4bp, inner sep=2bp");
            [[fallthrough]];
        case LabelRole::Shortcut:
            color = QStringLiteral("shortcuttext");
            break;
    }
    const bool isLeft = label.alignment & Qt::AlignLeft;
    return QStringLiteral("\\node[text=%1, anchor=%2, inner sep=0pt%3] at (%4,%5) {%6\\sffamily %7};\n")
        .arg(color, isLeft ? QStringLiteral("west") : QStringLiteral("center"), extra,
             number(isLeft ? label.room.left() : label.room.center().x()), number(-label.room.center().y()),
             size)
        .arg(escaped(label.text));
}

// What the lines, thicknesses and shades mean, in rows below the drawing.
class KeyWriter {
public:
    KeyWriter(const DiagramLayout& layout, const DiagramContent& content, const Theme& theme)
        : m_layout(layout), m_top(layout.bounds.bottom() + 10.0) {
        const auto has = [&](bool isProjection) {
            return std::ranges::any_of(layout.edges, [&](const DiagramEdge& each) {
                return each.way == Way::Shortcut && each.isProjection == isProjection;
            });
        };
        addLine(Way::MainPath, false, QStringLiteral("main path F(x)"));
        if (has(false))
            addLine(Way::Shortcut, false, QStringLiteral("shortcut x, identity"));
        if (has(true))
            addLine(Way::Shortcut, true, QStringLiteral("shortcut, 1×1 projection"));
        if (has(false) || has(true))
            addSum(QStringLiteral("sum F(x) + x, then ReLU"));
        if (const double highest = highestNorm(layout, content); highest > 0.0)
            addNorms(highest);
        if (content.shading)
            addShading(*content.shading, highestShade(layout, *content.shading), theme);
    }

    const QString& text() const { return m_text; }
    double height() const { return m_row * rowHeight + 28.0; }

private:
    static constexpr double sample = 24.0;
    static constexpr double wordGap = 6.0;
    static constexpr double itemGap = 20.0;
    static constexpr double rowHeight = 18.0;
    static constexpr double margin = 16.0;

    static double widthOf(const QString& word) { return textWidth(word, TextRole::Small); }

    // Where something of this width goes: in the next row if this one has no room.
    QPointF place(double width) {
        if (m_x > margin && m_x + width > m_layout.bounds.width() - margin) {
            m_x = margin;
            ++m_row;
        }
        const QPointF at(m_x, m_top + m_row * rowHeight);
        m_x += width + itemGap;
        return at;
    }

    void addWord(const QPointF& left, const QString& word) {
        m_text +=
            QStringLiteral(
                "\\node[text=secondary, anchor=west, inner sep=0pt] at (%1,%2) {\\fontsize{7.5bp}{9bp}\\selectfont\\sffamily ")
                .arg(number(left.x()), number(-left.y())) +
            escaped(word) + QStringLiteral("};\n");
    }

    void addLine(Way way, bool isProjection, const QString& meaning, double thickness = 1.0) {
        const QPointF at = place(sample + wordGap + widthOf(meaning));
        DiagramEdge edge;
        edge.way = way;
        edge.isProjection = isProjection;
        edge.points = QPolygonF{{at, at + QPointF(sample, 0)}};
        m_text += edgeText(edge, m_layout, thickness);
        addWord(at + QPointF(sample + wordGap, 0), meaning);
    }

    void addSum(const QString& meaning) {
        constexpr double radius = 5.5;
        const QPointF at = place(2 * radius + wordGap + widthOf(meaning));
        m_text += sumText(at + QPointF(radius, 0), radius) + QLatin1Char('\n');
        addWord(at + QPointF(2 * radius + wordGap, 0), meaning);
    }

    void addNorms(double highest) {
        const QString name = QStringLiteral("thickness: norm of what flows");
        addWord(place(widthOf(name)), name);
        for (const double share : {0.04, 0.25, 1.0})
            addLine(Way::MainPath, false, axisText(share * highest), normThickness(share));
    }

    void addShading(const NodeShading& shading, double highest, const Theme& theme) {
        constexpr double ramp = 90.0;
        const QString low = QStringLiteral("%1: 0").arg(shading.title);
        const QString high = axisText(highest) + QLatin1Char(' ') + shading.unit;
        const QPointF at = place(widthOf(low) + ramp + 2 * wordGap + widthOf(high));
        const QRectF box(at + QPointF(widthOf(low) + wordGap, -4.0), QSizeF(ramp, 8.0));
        addWord(at, low);
        m_text += QStringLiteral("\\shade[draw=line, left color=%1, right color=%2] %3;\n")
                      .arg(rgb(shadeColor(0.0, theme)), rgb(shadeColor(1.0, theme)), rectangle(box));
        addWord({box.right() + wordGap, at.y()}, high);
    }

    const DiagramLayout& m_layout;
    double m_top;
    double m_x = margin;
    int m_row = 0;
    QString m_text;
};

}  // namespace

QByteArray tikzOf(const DiagramLayout& layout, const DiagramContent& content, const QString& title,
                  const Theme& theme, bool isTransparent, double scale) {
    const KeyWriter key(layout, content, theme);
    const QRectF page = layout.bounds.adjusted(0, 0, 0, key.height());
    QString text = preamble(title, theme);
    // The picture is put out as a page of its own size: LaTeX's page has a margin and another format.
    text += QStringLiteral(
                "\\begin{document}\n\\setbox0=\\hbox{%%\n"
                "\\begin{tikzpicture}[x=%1bp, y=%1bp, scale=%2, every node/.style={transform shape}]\n")
                .arg(number(pointsPerPixel), QString::number(scale, 'g', 8));
    text += QStringLiteral("\\useasboundingbox %1;\n").arg(rectangle(page));
    if (!isTransparent)
        text += QStringLiteral("\\fill[panel] %1;\n").arg(rectangle(page));
    for (const DiagramFrame& frame : layout.frames)
        text += QStringLiteral("\\draw[draw=line, fill=ground, rounded corners=5bp] %1;\n")
                    .arg(rectangle(frame.box));
    const double highest = highestNorm(layout, content);
    const double darkest = content.shading ? highestShade(layout, *content.shading) : 0.0;
    const auto shadeOf = [&](const DiagramNode& node) {
        if (!content.shading || node.kind == NodeKind::Image)
            return QColor();
        return shadeColor(darkest > 0.0 ? shadedValue(node, *content.shading) / darkest : 0.0, theme);
    };
    for (const DiagramEdge& edge : layout.edges)
        text += edgeText(edge, layout, thicknessOf(edge, content, highest));
    for (const DiagramNode& node : layout.nodes)
        text += nodeText(node, shadeOf(node));
    for (const DiagramLabel& label : layout.labels)
        text += labelText(label);
    text += key.text();
    text += QStringLiteral(
        "\n\\end{tikzpicture}}\n"
        "\\pdfhorigin=0pt \\pdfvorigin=0pt \\hoffset=0pt \\voffset=0pt\n"
        "\\pdfpagewidth=\\wd0 \\pdfpageheight=\\ht0\n"
        "\\shipout\\box0\n\\end{document}\n");
    return text.toUtf8();
}

}  // namespace resnet::ui
