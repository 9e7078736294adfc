#include "ui/exports/TikzWriter.h"

#include "core/Error.h"
#include "ui/drawing/EditedParts.h"
#include "ui/exports/Figure.h"
#include "ui/exports/TikzText.h"
#include "ui/painting/DiagramPainter.h"
#include "ui/painting/DiagramText.h"

#include <algorithm>
#include <cmath>

namespace resnet::ui {

namespace {

constexpr double longestSide = 16'383.0 / 1.00375;  // TeX's longest length, in bp of 1.00375 TeX points
constexpr double fontSize = 10.0 / 1.00375;         // of the texts before they are scaled, in bp
constexpr double halfCapital = 0.35;                // half the height of a capital, of the font's size

QString number(double value) {
    QString text = QString::number(value, 'f', 2);
    return text == QLatin1String("-0.00") ? QStringLiteral("0.00") : text;
}

// A colour that has no name in the picture.
QString rgb(const QColor& color) {
    return QStringLiteral("{rgb,255:red,%1;green,%2;blue,%3}")
        .arg(color.red())
        .arg(color.green())
        .arg(color.blue());
}

QString colorOf(Way way) {
    return way == Way::Shortcut ? QStringLiteral("resnetshortcut")
           : way == Way::Sum    ? QStringLiteral("resnetink")
                                : QStringLiteral("resnetmain");
}

QString colorOf(LabelRole role) {
    switch (role) {
        case LabelRole::Title:
        case LabelRole::Name:
            return QStringLiteral("resnetink");
        case LabelRole::Detail:
            return QStringLiteral("resnetsecondary");
        case LabelRole::MainPath:
        case LabelRole::MainPathTag:
            return QStringLiteral("resnetmain");
        case LabelRole::Shortcut:
        case LabelRole::ShortcutTag:
            return QStringLiteral("resnetshortcuttext");
    }
    return QStringLiteral("resnetink");
}

class TikzText {
public:
    TikzText(const DiagramSheet& sheet, const DiagramContent& content, const TikzOptions& options)
        : m_sheet(sheet),
          m_content(content),
          m_options(options),
          m_unit(pointsPerPixel * options.scale * sheet.fit),
          m_page(pageOf(sheet, options.isFragment)) {
        checkTikzSize(m_page.size() * sheet.fit, options.scale);
    }

    QByteArray write() {
        m_options.isFragment ? beginFragment() : beginDocument();
        m_text += QStringLiteral(
            "\\begin{tikzpicture}[x=1bp, y=1bp,\n"
            "  resnet text/.style={inner sep=0pt, outer sep=0pt, font=\\fontsize{10}{12}\\selectfont\\sffamily},\n"
            "  resnet bold/.style={resnet text, font=\\fontsize{10}{12}\\selectfont\\sffamily\\bfseries}]\n");
        writeColors();
        m_text += QStringLiteral("\\useasboundingbox %1;\n").arg(rectangle(m_page));
        if (!m_options.isTransparent)
            m_text += QStringLiteral("\\fill[resnetpanel] %1;\n").arg(rectangle(m_page));
        writeDrawing();
        writeLegend();
        m_text += QStringLiteral("\\end{tikzpicture}%\n");
        m_text +=
            m_options.isFragment ? QStringLiteral("\\endgroup%\n") : QStringLiteral("\\end{document}\n");
        return m_text.toUtf8();
    }

private:
    // In lengths of the drawing, as everything is until it is written.
    static QRectF pageOf(const DiagramSheet& sheet, bool isFragment) {
        const QRectF page = isFragment ? sheet.drawn() : QRectF(QPointF(), sheet.size);
        return {(page.topLeft() - sheet.origin) / sheet.fit, page.size() / sheet.fit};
    }

    QString length(double value) const { return number(value * m_unit); }
    QString point(const QPointF& p) const {
        return QStringLiteral("(%1,%2)").arg(length(p.x()), length(-p.y()));
    }
    QString rectangle(const QRectF& box) const {
        return point(box.topLeft()) + QStringLiteral(" rectangle ") + point(box.bottomRight());
    }

    void beginDocument() {
        m_text = QStringLiteral("% %1, drawn by ResNet Explorer\n").arg(tikzText(m_sheet.title));
        m_text +=
            QStringLiteral(
                "\\documentclass{article}\n"
                "\\usepackage{tikz}\n"
                "\\usepackage[paperwidth=%1bp, paperheight=%2bp, margin=0pt]{geometry}\n"
                "% The same bytes at any time.\n"
                "\\ifdefined\\pdfinfoomitdate \\pdfinfoomitdate=1 \\pdftrailerid{} \\pdfsuppressptexinfo=-1 \\fi\n"
                "\\ifdefined\\pdfvariable \\pdfvariable suppressoptionalinfo 767 \\fi\n"
                "\\pagestyle{empty}\n"
                "\\begin{document}\\noindent\n")
                .arg(length(m_page.width()), length(m_page.height()));
    }

    void beginFragment() {
        m_text =
            QStringLiteral(
                "% %1, drawn by ResNet Explorer: %2 x %3 bp\n"
                "% In a document that has \\usepackage{tikz}: \\resizebox{\\linewidth}{!}{\\input{this file}}\n"
                "\\begingroup%\n")
                .arg(tikzText(m_sheet.title), length(m_page.width()), length(m_page.height()));
        // Signs that babel makes commands of in some languages.
        for (const char sign : {'!', '"', '\'', ':', ';', '<', '>', '?', '=', '/', '|'})
            m_text += QStringLiteral("\\catcode`\\%1 12 ").arg(QLatin1Char(sign));
        m_text += QStringLiteral("%\n");
    }

    void writeColors() {
        const Theme& theme = m_options.theme;
        for (const auto& [name, color] : {std::pair("ink", theme.ink),
                                          {"secondary", theme.secondaryText},
                                          {"line", theme.line},
                                          {"ground", theme.background},
                                          {"panel", theme.panel},
                                          {"main", theme.mainPath},
                                          {"mainfill", theme.mainPathFill},
                                          {"shortcut", theme.shortcut},
                                          {"shortcutfill", theme.shortcutFill},
                                          {"shortcuttext", theme.shortcutText}})
            m_text += QStringLiteral("\\definecolor{resnet%1}{RGB}{%2,%3,%4}\n")
                          .arg(QLatin1String(name))
                          .arg(color.red())
                          .arg(color.green())
                          .arg(color.blue());
    }

    void writeDrawing() {
        const DiagramLayout& layout = m_sheet.layout;
        for (const DiagramFrame& frame : layout.frames)
            m_text +=
                QStringLiteral(
                    "\\draw[draw=resnetline, fill=resnetground, rounded corners=%1bp, line width=%2bp] %3;\n")
                    .arg(length(8.0), length(1.0), rectangle(frame.box));
        const double highest = highestNorm(layout, m_content);
        for (const DiagramEdge& edge : layout.edges) {
            const double width = edgeWidth(edge, layout, m_content, highest, m_sheet.normZoom());
            writeLine(edge.points, edge.way, edge.isProjection, width, layout.cornerRadius,
                      gainOf(layout, edge, m_content.edits) == 0.0f ? std::optional(1.0) : std::nullopt);
        }
        for (const DiagramNode& node : layout.nodes)
            writeNode(node);
        for (const PlacedLabel& label : placedLabels(layout, m_sheet.textZoom))
            writeLabel(label);
    }

    // What is switched off is two lines with a gap of `unit` times the usual between.
    void writeLine(const QPolygonF& points, Way way, bool isProjection, double width, double corners,
                   std::optional<double> hollow = {}) {
        QStringList path;
        for (const QPointF& each : points)
            path << point(each);
        const QString style = hollow ? QStringLiteral(", double=resnetpanel, double distance=%1bp")
                                           .arg(length(hollowGap * *hollow))
                              : isProjection ? QStringLiteral(", dash pattern=on %1bp off %2bp")
                                                   .arg(length(projectionDashes[0] * width),
                                                        length(projectionDashes[1] * width))
                                             : QString();
        m_text += QStringLiteral("\\draw[draw=%1, line width=%2bp, rounded corners=%3bp%4] %5;\n")
                      .arg(colorOf(way), length(hollow ? hollowSide * *hollow : width), length(corners),
                           style, path.join(QStringLiteral(" -- ")));
    }

    void writeSum(const QPointF& centre, double radius, const QString& comment) {
        const double arm = radius / 2;
        m_text += QStringLiteral(
                      "\\draw[draw=resnetink, fill=resnetpanel, line width=%1bp] %2 circle[radius=%3];%4\n")
                      .arg(length(1.2), point(centre), length(radius), comment);
        m_text += QStringLiteral("\\draw[draw=resnetink, line width=%1bp] %2 -- %3 %4 -- %5;\n")
                      .arg(length(1.2), point(centre - QPointF(arm, 0)), point(centre + QPointF(arm, 0)),
                           point(centre - QPointF(0, arm)), point(centre + QPointF(0, arm)));
    }

    // The colour of a node's shade; not valid: its block is not shaded.
    QColor shadeOf(const DiagramNode& node) const {
        if (!m_content.shading || node.kind == NodeKind::Image)
            return {};
        const double darkest = highestShade(m_sheet.layout, *m_content.shading);
        return shadeColor(darkest > 0.0 ? shadedValue(node, *m_content.shading) / darkest : 0.0,
                          m_options.theme);
    }

    void writeNode(const DiagramNode& node) {
        const QString comment = QStringLiteral(" % ") + node.name;
        if (node.kind == NodeKind::Sum)
            return writeSum(node.box.center(), node.box.width() / 2, comment);
        const QColor shade = shadeOf(node);
        const QString fill = shade.isValid()             ? rgb(shade)
                             : node.way == Way::Shortcut ? QStringLiteral("resnetshortcutfill")
                             : node.way == Way::Sum      ? QStringLiteral("resnetpanel")
                                                         : QStringLiteral("resnetmainfill");
        const bool isHollow = isOff(node, m_content.edits);
        m_text += QStringLiteral("\\draw[draw=%1, fill=%2, rounded corners=%3bp, line width=%4bp%5] %6;%7\n")
                      .arg(colorOf(node.way), isHollow ? QStringLiteral("resnetpanel") : fill, length(4.0),
                           length(1.2), isHollow ? QStringLiteral(", dashed") : QString(),
                           rectangle(node.box), comment);
        if (node.kind != NodeKind::Image && !shade.isValid() && !isHollow)
            for (const QRectF& sheet : sheetsOf(node))
                m_text += QStringLiteral("\\draw[draw=%1!75, fill=resnetpanel, line width=%2bp] %3;\n")
                              .arg(colorOf(node.way), length(0.8), rectangle(sheet));
    }

    // `size` of the font; the middle of its capitals is at `at`, and that of the text or its left end.
    void writeText(const QString& text, const QPointF& at, bool isLeft, double size, bool isBold,
                   const QString& color) {
        m_text += QStringLiteral("\\node[resnet %1, text=%2, anchor=%3, scale=%4] at %5 {%6};\n")
                      .arg(isBold ? QStringLiteral("bold") : QStringLiteral("text"), color,
                           isLeft ? QStringLiteral("base west") : QStringLiteral("base"),
                           QString::number(size * m_unit / fontSize, 'f', 4),
                           point(at + QPointF(0, halfCapital * size)), tikzText(text));
    }

    void writeLabel(const PlacedLabel& placed) {
        const DiagramLabel& label = *placed.label;
        const double size = pixelSize(placed.role) * placed.scale;
        if (label.role == LabelRole::ShortcutTag) {
            QRectF pill(QPointF(), QSizeF(textWidth(placed.text, placed.role) * placed.scale + 1.2 * size,
                                          std::min(label.room.height(), 1.6 * size)));
            pill.moveCenter(label.room.center());
            m_text +=
                QStringLiteral(
                    "\\draw[draw=resnetshortcut, fill=resnetshortcutfill, rounded corners=%1bp, line width=%2bp] %3;\n")
                    .arg(length(0.49 * pill.height()), length(1.0), rectangle(pill));
        }
        const bool isLeft = label.alignment & Qt::AlignLeft;
        writeText(placed.text,
                  {isLeft ? label.room.left() : label.room.center().x(), label.room.center().y()}, isLeft,
                  size, font(placed.role).weight() >= QFont::DemiBold, colorOf(label.role));
    }

    void writeLegend() {
        using Kind = LegendItem::Kind;
        const double unit = m_sheet.legendScale / m_sheet.fit;
        const QPointF corner = (m_sheet.legendRect.topLeft() - m_sheet.origin) / m_sheet.fit;
        const auto word = [&](const QString& text, const QPointF& left, double before) {
            writeText(text, left + QPointF(before * unit, 0), true, pixelSize(TextRole::Small) * unit, false,
                      QStringLiteral("resnetsecondary"));
        };
        m_sheet.legend.flow(m_sheet.legendRect.width() / m_sheet.legendScale, [&](const LegendItem& item,
                                                                                  const QPointF& at) {
            const QPointF left = corner + at * unit;
            switch (item.kind) {
                case Kind::Line:
                    writeLine({{left, left + QPointF(DiagramLegend::sampleWidth * unit, 0)}}, item.way,
                              item.isProjection, item.lineWidth * unit, 0.0,
                              item.isHollow ? std::optional(unit) : std::nullopt);
                    return word(item.meaning, left, DiagramLegend::sampleWidth + DiagramLegend::wordGap);
                case Kind::Sum:
                    writeSum(left + QPointF(DiagramLegend::sumRadius * unit, 0),
                             DiagramLegend::sumRadius * unit, {});
                    return word(item.meaning, left, 2 * DiagramLegend::sumRadius + DiagramLegend::wordGap);
                case Kind::Word:
                    return word(item.meaning, left, 0.0);
                case Kind::Ramp: {
                    const double before = DiagramLegend::wordWidth(item.meaning) + DiagramLegend::wordGap;
                    word(item.meaning, left, 0.0);
                    const QRectF ramp(left + QPointF(before, -DiagramLegend::rampHeight / 2) * unit,
                                      QSizeF(DiagramLegend::rampWidth, DiagramLegend::rampHeight) * unit);
                    m_text += QStringLiteral("\\shade[draw=resnetline, left color=%1, right color=%2] %3;\n")
                                  .arg(rgb(shadeColor(0.0, m_options.theme)),
                                       rgb(shadeColor(1.0, m_options.theme)), rectangle(ramp));
                    return word(item.high, left, before + DiagramLegend::rampWidth + DiagramLegend::wordGap);
                }
            }
        });
    }

    const DiagramSheet& m_sheet;
    const DiagramContent& m_content;
    const TikzOptions& m_options;
    double m_unit;  // bp that a length of 1 in the drawing takes
    QRectF m_page;
    QString m_text;
};

}  // namespace

QByteArray tikzOf(const DiagramSheet& sheet, const DiagramContent& content, const TikzOptions& options) {
    return TikzText(sheet, content, options).write();
}

void checkTikzSize(const QSizeF& pixels, double scale) {
    const double side = std::max(pixels.width(), pixels.height()) * pointsPerPixel * scale;
    if (side > longestSide)
        throw Error("a TikZ picture of " + std::to_string(std::lround(side)) +
                    " bp is too large: TeX takes " + std::to_string(int(longestSide)) +
                    " a side, at a scale of at most " +
                    QByteArray::number(std::floor(100.0 * scale * longestSide / side) / 100.0).toStdString());
}

int tikzStrokes(const QByteArray& tikz) {
    return int(tikz.count("\n\\draw") + tikz.count("\n\\node") + tikz.count("\n\\fill") +
               tikz.count("\n\\shade"));
}

}  // namespace resnet::ui
