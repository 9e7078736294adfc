#include "ui/painting/DiagramLegend.h"

#include "ui/Words.h"
#include "ui/painting/DiagramText.h"
#include "ui/words/NumberText.h"

#include <QLinearGradient>
#include <QPainter>

#include <algorithm>

namespace resnet::ui {

namespace {

using Kind = LegendItem::Kind;

constexpr double itemGap = 20.0;
constexpr double normGap = 12.0;  // between the norms, which are one thing

double widthOf(const LegendItem& item) {
    const double word = DiagramLegend::wordWidth(item.meaning);
    switch (item.kind) {
        case Kind::Line:
            return DiagramLegend::sampleWidth + DiagramLegend::wordGap + word;
        case Kind::Sum:
            return 2 * DiagramLegend::sumRadius + DiagramLegend::wordGap + word;
        case Kind::Word:
            return word;
        case Kind::Ramp:
            return word + DiagramLegend::rampWidth + 2 * DiagramLegend::wordGap +
                   DiagramLegend::wordWidth(item.high);
    }
    return word;
}

bool isOfLines(const LegendItem& item) {
    return !item.isOfNorms && !item.isHollow && (item.kind == Kind::Line || item.kind == Kind::Sum);
}

}  // namespace

QString mapsCaption(const DiagramLayout& layout, const DiagramContent& content) {
    int selected = 0;
    int strongest = 0;
    for (const DiagramNode& node : layout.nodes)
        if (const StepPictures* pictures = content.picturesOf(node.step);
            pictures && pictures->shown && !node.picture.isNull())
            ++(pictures->shown->isSelected ? selected : strongest);
    if (content.shading || selected + strongest == 0)
        return {};
    return strongest == 0  ? Words::tr("a block: its stage's selected map")
           : selected == 0 ? Words::tr("a block: its stage's strongest map")
                           : Words::tr("a block: the selected or strongest map");
}

double DiagramLegend::wordWidth(const QString& word) {
    return textWidth(word, TextRole::Small);
}

DiagramLegend::DiagramLegend(const DiagramLayout& layout, const DiagramContent& content, const Theme& theme,
                             const DiagramPaintOptions& options)
    : m_theme(theme), m_textAsPaths(options.textAsPaths) {
    const auto has = [&](bool isProjection) {
        return std::ranges::any_of(layout.edges, [&](const DiagramEdge& edge) {
            return edge.way == Way::Shortcut && edge.isProjection == isProjection;
        });
    };
    add({.kind = Kind::Line, .meaning = Words::tr("main path F(x)"), .lineWidth = 1.6});
    if (has(false))
        add({.kind = Kind::Line, .meaning = Words::tr("shortcut x"), .way = Way::Shortcut, .lineWidth = 2.4});
    if (has(true))
        add({.kind = Kind::Line,
             .meaning = layout.changedShortcut,
             .way = Way::Shortcut,
             .isProjection = true,
             .lineWidth = 2.4});
    if (has(false) || has(true))
        add({.kind = Kind::Sum, .meaning = layout.sum});
    addEdits(content.edits);
    if (const double highest = highestNorm(layout, content); highest > 0.0) {
        add({.kind = Kind::Word, .meaning = Words::tr("Thickness: norm of what flows"), .isOfNorms = true});
        for (const double share : {0.04, 0.25, 1.0})
            add({.kind = Kind::Line,
                 .meaning = axisText(share * highest),
                 .lineWidth = normWidth(share),
                 .isOfNorms = true});
    }
    if (content.shading)
        add({.kind = Kind::Ramp,
             .meaning = QStringLiteral("%1: 0").arg(content.shading->title),
             .high = axisText(highestShade(layout, *content.shading)) + QLatin1Char(' ') +
                     content.shading->unit});
}

void DiagramLegend::addEdits(const Edits& edits) {
    const auto has = [&](auto is) {
        return std::ranges::any_of(edits.units(), [&](const auto& each) { return is(each.second); });
    };
    if (has([](const UnitEdit& edit) { return edit.mainPathGain == 0.0f || edit.shortcutGain == 0.0f; }))
        add({.kind = Kind::Line,
             .meaning = Words::tr("switched off"),
             .isHollow = true,
             .lineWidth = 2 * hollowSide + hollowGap});
    if (has([](const UnitEdit& edit) { return edit.weights != UnitWeights(); }))
        add({.kind = Kind::Word, .meaning = Words::tr("W: other weights")});
}

void DiagramLegend::addCaption(const QString& words) {
    if (!words.isEmpty())
        add({.kind = Kind::Word, .meaning = words});
}

void DiagramLegend::add(LegendItem item) {
    item.width = widthOf(item);
    m_items.push_back(std::move(item));
}

void DiagramLegend::leaveOutLines() {
    std::erase_if(m_items, isOfLines);
}

void DiagramLegend::drawWord(QPainter& painter, const QString& word, const QPointF& leftMiddle) const {
    drawText(painter, word, QRectF(leftMiddle - QPointF(0, 8), QSizeF(wordWidth(word), 16)), Qt::AlignLeft,
             {m_theme.secondaryText, TextRole::Small, 1.0, m_textAsPaths});
}

void DiagramLegend::paintItem(QPainter& painter, const LegendItem& item, const QPointF& left) const {
    switch (item.kind) {
        case Kind::Line: {
            QPen pen(item.way == Way::Shortcut ? m_theme.shortcut : m_theme.mainPath, item.lineWidth);
            pen.setCapStyle(Qt::FlatCap);
            if (item.isProjection)
                pen.setDashPattern(projectionDashes);
            painter.setPen(pen);
            painter.drawLine(left, left + QPointF(sampleWidth, 0));
            if (item.isHollow) {
                QPen inner(m_theme.panel, hollowGap);
                inner.setCapStyle(Qt::FlatCap);
                painter.setPen(inner);
                painter.drawLine(left, left + QPointF(sampleWidth, 0));
            }
            return drawWord(painter, item.meaning, left + QPointF(sampleWidth + wordGap, 0));
        }
        case Kind::Sum: {
            constexpr double arm = 3.0;
            const QPointF centre = left + QPointF(sumRadius, 0);
            painter.setPen(QPen(m_theme.ink, 1.2));
            painter.setBrush(m_theme.panel);
            painter.drawEllipse(centre, sumRadius, sumRadius);
            painter.drawLine(centre - QPointF(arm, 0), centre + QPointF(arm, 0));
            painter.drawLine(centre - QPointF(0, arm), centre + QPointF(0, arm));
            return drawWord(painter, item.meaning, left + QPointF(2 * sumRadius + wordGap, 0));
        }
        case Kind::Word:
            return drawWord(painter, item.meaning, left);
        case Kind::Ramp: {
            drawWord(painter, item.meaning, left);
            const QRectF ramp(left + QPointF(wordWidth(item.meaning) + wordGap, -rampHeight / 2),
                              QSizeF(rampWidth, rampHeight));
            QLinearGradient gradient(ramp.topLeft(), ramp.topRight());
            gradient.setColorAt(0, shadeColor(0, m_theme));
            gradient.setColorAt(1, shadeColor(1, m_theme));
            painter.setPen(QPen(m_theme.inactive, 1));
            painter.setBrush(gradient);
            painter.drawRect(ramp);
            return drawWord(painter, item.high, {ramp.right() + wordGap, left.y()});
        }
    }
}

double DiagramLegend::flow(double width,
                           const std::function<void(const LegendItem&, const QPointF&)>& place) const {
    QPointF at(0, rowHeight / 2);
    for (std::size_t i = 0; i < m_items.size(); ++i) {
        const LegendItem& item = m_items[i];
        if (at.x() > 0.0 && at.x() + item.width > width)
            at = QPointF(0, at.y() + rowHeight);
        place(item, at);
        const bool goesOn = item.isOfNorms && i + 1 < m_items.size() && m_items[i + 1].isOfNorms;
        at.rx() += item.width + (goesOn ? normGap : itemGap);
    }
    return m_items.empty() ? 0.0 : at.y() + rowHeight / 2;
}

double DiagramLegend::heightFor(double width) const {
    return flow(width, [](const LegendItem&, const QPointF&) {});
}

void DiagramLegend::paint(QPainter& painter, const QRectF& rect) const {
    painter.setRenderHint(QPainter::Antialiasing);
    flow(rect.width(),
         [&](const LegendItem& item, const QPointF& at) { paintItem(painter, item, rect.topLeft() + at); });
}

}  // namespace resnet::ui
