#include "ui/painting/TracePainter.h"

#include "ui/Words.h"
#include "ui/painting/TraceForms.h"
#include "ui/words/NumberText.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace resnet::ui {
namespace {

constexpr double equationHeight = 58.0;
constexpr double gap = 12.0;
constexpr double chipPadding = 6.0;

double textWidth(TextRole role, const QString& text) {
    return QFontMetricsF(font(role)).horizontalAdvance(text);
}

double signWidth(const EquationTerm& term) {
    return term.sign.isEmpty() ? 0.0 : textWidth(TextRole::Body, term.sign) + 2 * chipPadding;
}

double chipWidth(const EquationTerm& term) {
    return std::max(textWidth(TextRole::Small, term.label), textWidth(TextRole::Title, term.text())) +
           2 * chipPadding;
}

double widthOf(const std::vector<EquationTerm>& terms) {
    double width = 0.0;
    for (const EquationTerm& term : terms)
        width += signWidth(term) + chipWidth(term);
    return width;
}

// As many terms by name as fit.
std::vector<EquationTerm> fittingEquation(const TracePicture& picture, const Theme& theme, double width) {
    std::size_t shown = 8;
    std::vector<EquationTerm> terms = equationOf(picture, theme, shown);
    while (shown > 0 && widthOf(terms) > width)
        terms = equationOf(picture, theme, --shown);
    return terms;
}

void paintEquation(QPainter& painter, const QRectF& rect, const TracePicture& picture, const Theme& theme) {
    painter.setPen(QPen(theme.line, 1));
    painter.drawLine(QPointF(rect.left(), rect.top() + 0.5), QPointF(rect.right(), rect.top() + 0.5));
    double x = rect.left();
    for (const EquationTerm& term : fittingEquation(picture, theme, rect.width())) {
        const QRectF sign(x, rect.top() + 22, signWidth(term), 20);
        painter.setFont(font(TextRole::Body));
        painter.setPen(theme.secondaryText);
        painter.drawText(sign, Qt::AlignCenter, term.sign);
        x += sign.width();
        const QRectF chip(x, rect.top() + 8, chipWidth(term), equationHeight - 8);
        paintCaption(painter, QRectF(chip.left(), chip.top(), chip.width(), 14), term.label, theme,
                     Qt::AlignCenter);
        painter.setFont(font(TextRole::Title));
        painter.setPen(theme.ink);
        painter.drawText(QRectF(chip.left(), chip.top() + 14, chip.width(), 20), Qt::AlignCenter,
                         term.text());
        if (term.color.isValid())
            painter.fillRect(
                QRectF(chip.left() + chipPadding, chip.top() + 36, chip.width() - 2 * chipPadding, 4),
                term.color);
        x += chip.width();
    }
}

}  // namespace

QString tracePlace(const TracePicture& picture) {
    const Trace& trace = picture.trace;
    if (isPerClass(picture.graph, trace.step))
        return QString::fromStdString(picture.classNames.at(std::size_t(trace.channel)));
    const QString channel = Words::tr("Channel %1").arg(trace.channel);
    return picture.graph.step(trace.step).output.isVector()
               ? channel
               : Words::tr("%1, row %2, column %3").arg(channel).arg(trace.y).arg(trace.x);
}

QString traceSentence(const TracePicture& picture) {
    QString text = formOf(picture)->sentence();
    if (!picture.trace.agrees())
        text += Words::tr(" The map holds %1: a faster algorithm computed it.")
                    .arg(valueText(picture.trace.value));
    return text;
}

QString traceEquation(const TracePicture& picture) {
    QStringList parts;
    for (const EquationTerm& term : equationOf(picture, Theme::light(), 4)) {
        if (!term.sign.isEmpty())
            parts.append(term.sign);
        parts.append(term.label + QLatin1Char(' ') + term.text());
    }
    return parts.join(QLatin1Char(' '));
}

namespace {

QRectF partsRect(const QRectF& rect) {
    return rect.adjusted(0, 0, 0, -equationHeight - gap);
}

}  // namespace

std::optional<TraceSource> traceSourceAt(const QRectF& rect, const TracePicture& picture,
                                         const QPointF& point) {
    const QRectF parts = partsRect(rect);
    if (!parts.contains(point))
        return std::nullopt;
    return formOf(picture)->sourceAt(parts, point);
}

void paintTrace(QPainter& painter, const QRectF& rect, const TracePicture& picture, const Theme& theme) {
    painter.save();
    const QRectF equation(rect.left(), rect.bottom() - equationHeight, rect.width(), equationHeight);
    const QRectF parts = partsRect(rect);
    formOf(picture)->paint(painter, parts, theme);
    paintEquation(painter, equation, picture, theme);
    painter.restore();
}

}  // namespace resnet::ui
