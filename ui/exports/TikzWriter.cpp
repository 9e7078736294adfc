#include "ui/exports/TikzWriter.h"

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

QString preamble(const DiagramLayout& layout, const QString& title, const Theme& theme, double scale) {
    const QString width = number(layout.bounds.width() * pointsPerPixel * scale);
    const QString height = number(layout.bounds.height() * pointsPerPixel * scale);
    QString text = QStringLiteral("%% %1, drawn by ResNet Explorer\n").arg(escaped(title));
    text += QStringLiteral(
                "\\documentclass{article}\n\\usepackage{tikz}\n"
                "\\pdfpagewidth=%1bp \\pdfpageheight=%2bp \\hoffset=-1in \\voffset=-1in\n"
                "\\oddsidemargin=0pt \\topmargin=0pt \\headheight=0pt \\headsep=0pt \\topskip=0pt\n"
                "\\textwidth=%1bp \\textheight=%2bp \\parindent=0pt \\pagestyle{empty}\n")
                .arg(width, height);
    text += QStringLiteral("\\pdfinfoomitdate=1 \\pdftrailerid{} \\pdfsuppressptexinfo=-1\n");
    text += definition("ink", theme.ink) + definition("secondary", theme.secondaryText) +
            definition("line", theme.line) + definition("ground", theme.background) +
            definition("panel", theme.panel) + definition("main", theme.mainPath) +
            definition("mainfill", theme.mainPathFill) + definition("shortcut", theme.shortcut) +
            definition("shortcutfill", theme.shortcutFill) + definition("shortcuttext", theme.shortcutText);
    return text;
}

QString pathOf(const QPolygonF& points) {
    QStringList parts;
    for (const QPointF& p : points)
        parts << QStringLiteral("(%1,%2)").arg(number(p.x()), number(-p.y()));
    return parts.join(QStringLiteral(" -- "));
}

QString edgeText(const DiagramEdge& edge, const DiagramLayout& layout) {
    const bool isShortcut = edge.way == Way::Shortcut;
    const double width = (isShortcut ? Theme::shortcutWidth : Theme::mainPathWidth) * layout.lineScale;
    return QStringLiteral("\\draw[draw=%1, line width=%2bp, rounded corners=%3bp%4] %5;\n")
        .arg(isShortcut             ? QStringLiteral("shortcut")
             : edge.way == Way::Sum ? QStringLiteral("ink")
                                    : QStringLiteral("main"),
             number(width * pointsPerPixel), number(layout.cornerRadius * pointsPerPixel),
             edge.isProjection ? QStringLiteral(", dashed") : QString(), pathOf(edge.points));
}

QString nodeText(const DiagramNode& node) {
    const bool isShortcut = node.way == Way::Shortcut;
    const QRectF& box = node.box;
    if (node.kind == NodeKind::Sum)
        return QStringLiteral(
                   "\\draw[draw=ink, fill=panel] (%1,%2) circle[radius=%3]; "
                   "\\draw[draw=ink] (%4,%2) -- (%5,%2) (%1,%6) -- (%1,%7); %% %8\n")
            .arg(number(box.center().x()), number(-box.center().y()), number(box.width() / 2),
                 number(box.center().x() - box.width() / 4), number(box.center().x() + box.width() / 4),
                 number(-box.center().y() - box.width() / 4), number(-box.center().y() + box.width() / 4))
            .arg(node.name);
    QString text =
        QStringLiteral("\\draw[draw=%1, fill=%2, rounded corners=3bp] (%3,%4) rectangle (%5,%6); %% %7\n")
            .arg(isShortcut ? QStringLiteral("shortcut") : QStringLiteral("main"),
                 isShortcut ? QStringLiteral("shortcutfill") : QStringLiteral("mainfill"), number(box.left()),
                 number(-box.top()), number(box.right()), number(-box.bottom()), node.name);
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

}  // namespace

QByteArray tikzOf(const DiagramLayout& layout, const QString& title, const Theme& theme, double scale) {
    QString text = preamble(layout, title, theme, scale);
    text += QStringLiteral(
                "\\begin{document}\n\\begin{tikzpicture}[x=%1bp, y=%1bp, scale=%2, every node/.style={"
                "transform shape}]\n")
                .arg(number(pointsPerPixel), QString::number(scale, 'g', 8));
    text += QStringLiteral("\\fill[panel] (0,0) rectangle (%1,%2);\n")
                .arg(number(layout.bounds.width()), number(-layout.bounds.height()));
    for (const DiagramFrame& frame : layout.frames)
        text +=
            QStringLiteral("\\draw[draw=line, fill=ground, rounded corners=5bp] (%1,%2) rectangle (%3,%4);\n")
                .arg(number(frame.box.left()), number(-frame.box.top()), number(frame.box.right()),
                     number(-frame.box.bottom()));
    for (const DiagramEdge& edge : layout.edges)
        text += edgeText(edge, layout);
    for (const DiagramNode& node : layout.nodes)
        text += nodeText(node);
    for (const DiagramLabel& label : layout.labels)
        text += labelText(label);
    return (text + QStringLiteral("\\end{tikzpicture}\n\\end{document}\n")).toUtf8();
}

}  // namespace resnet::ui
