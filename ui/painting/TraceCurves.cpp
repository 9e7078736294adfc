#include "ui/painting/TraceCurves.h"

#include "ui/Words.h"
#include "ui/painting/RoundNumber.h"
#include "ui/words/NumberText.h"

#include <QPainter>
#include <QPolygonF>

#include <algorithm>
#include <cmath>

namespace resnet::ui {
namespace {

// Values before (to the right) and after (upwards), zero in the middle.
struct Plot {
    QRectF rect;
    double extentX = 1.0;
    double extentY = 1.0;

    QPointF at(double before, double after) const {
        return {rect.center().x() + before / extentX * rect.width() / 2,
                rect.center().y() - after / extentY * rect.height() / 2};
    }
};

Plot plotOf(const QRectF& rect, double extentX, double extentY) {
    const QRectF area(rect.left(), rect.top(), std::min(rect.width() * 0.5, 380.0), rect.height());
    const auto finite = [](double extent) { return std::isfinite(extent) ? std::max(extent, 1e-6) : 1.0; };
    return {area.adjusted(0.5, 0.5, -0.5, -0.5), finite(extentX), finite(extentY)};
}

// With a unit as long across as upwards, so that a slope of 1 is drawn as one.
Plot evenPlotOf(const QRectF& rect, double extentX, double extentY) {
    Plot plot = plotOf(rect, extentX, extentY);
    const double valuesPerPixel =
        std::max(plot.extentX / plot.rect.width(), plot.extentY / plot.rect.height());
    plot.extentX = valuesPerPixel * plot.rect.width();
    plot.extentY = valuesPerPixel * plot.rect.height();
    return plot;
}

// About two to each side of zero.
double tickDistance(double extent) {
    return roundedDown(extent / 2);
}

// Without numbers where those of the point will stand.
void paintTicks(QPainter& painter, const Plot& plot, const QPointF& point, const Theme& theme) {
    constexpr double length = 3.0;
    constexpr double numberWidth = 38.0;
    constexpr double numberHeight = 15.0;
    constexpr double endRoom = 34.0;  // where the axes are named
    painter.setPen(QPen(theme.inactive, 1));
    const double across = tickDistance(plot.extentX);
    for (int i = 1; i * across < plot.extentX; ++i)
        for (const double value : {-i * across, i * across}) {
            const QPointF at = plot.at(value, 0);
            painter.drawLine(at - QPointF(0, length), at + QPointF(0, length));
            if (at.x() - plot.rect.left() > 20 && plot.rect.right() - at.x() > endRoom &&
                std::abs(at.x() - point.x()) > numberWidth)
                paintCaption(painter, {at.x() - 30, at.y() + length + 1, 60, 13}, axisText(value), theme,
                             Qt::AlignHCenter | Qt::AlignTop);
            painter.setPen(QPen(theme.inactive, 1));
        }
    const double upwards = tickDistance(plot.extentY);
    for (int i = 1; i * upwards < plot.extentY; ++i)
        for (const double value : {-i * upwards, i * upwards}) {
            const QPointF at = plot.at(0, value);
            painter.drawLine(at - QPointF(length, 0), at + QPointF(length, 0));
            if (at.y() - plot.rect.top() > 20 && plot.rect.bottom() - at.y() > 8 &&
                std::abs(at.y() - point.y()) > numberHeight)
                paintCaption(painter, {at.x() - length - 44, at.y() - 7, 40, 14}, axisText(value), theme,
                             Qt::AlignRight | Qt::AlignVCenter);
            painter.setPen(QPen(theme.inactive, 1));
        }
}

// The word of the axis stands at its other end than the value, below the ticks' numbers.
void paintAxes(QPainter& painter, const Plot& plot, double before, double after, const Theme& theme) {
    painter.setPen(QPen(theme.line, 1));
    painter.setBrush(theme.background);
    painter.drawRoundedRect(plot.rect, 6, 6);
    painter.setPen(QPen(theme.inactive, 1));
    painter.drawLine(plot.at(-plot.extentX, 0), plot.at(plot.extentX, 0));
    painter.drawLine(plot.at(0, -plot.extentY), plot.at(0, plot.extentY));
    paintTicks(painter, plot, plot.at(before, after), theme);
    const QRectF labels = plot.rect.adjusted(6, 4, -6, -4);
    paintCaption(painter, {labels.left(), plot.rect.center().y() + 22, labels.width(), 16},
                 Words::tr("before"), theme,
                 (before < 0 ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    paintCaption(painter, {plot.rect.center().x() + 6, labels.top(), 80, 14}, Words::tr("after"), theme);
}

// The value's way: up from the axis to the curve, and over to the result.
void paintPoint(QPainter& painter, const Plot& plot, double before, double after, const Theme& theme) {
    const QPointF point = plot.at(before, after);
    painter.setPen(QPen(theme.mainPath, 1, Qt::DashLine));
    painter.drawLine(plot.at(before, 0), point);
    painter.drawLine(point, plot.at(0, after));
    painter.setPen(QPen(theme.panel, 2));
    painter.setBrush(theme.mainPath);
    painter.drawEllipse(point, 6, 6);
    // The numbers on the far side of the axes, where nothing else is.
    const QPointF onX = plot.at(before, 0);
    const QPointF onY = plot.at(0, after);
    painter.setFont(font(TextRole::BodyBold));
    const auto number = [&](const QRectF& room, int alignment, double value) {
        const QString text = valueText(value);
        const QRectF ground = painter.boundingRect(room, alignment, text).adjusted(-3, 0, 3, 0);
        painter.fillRect(ground, theme.background);  // over what lies below it
        painter.setPen(theme.mainPath);
        painter.drawText(room, alignment, text);
    };
    number(QRectF(onX.x() - 40, onX.y() + (after < 0 ? -20 : 5), 80, 16), Qt::AlignCenter, before);
    if (std::abs(after) > 0.02 * plot.extentY)
        number(QRectF(onY.x() + (before < 0 ? 7 : -87), onY.y() - 8, 80, 16),
               (before < 0 ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter, after);
}

void paintFacts(QPainter& painter, const QRectF& rect, const std::vector<std::pair<QString, QString>>& facts,
                const Theme& theme) {
    constexpr double rowHeight = 24.0;
    double y = rect.top();
    for (const auto& [name, value] : facts) {
        const QRectF row(rect.left(), y, rect.width(), rowHeight);
        painter.setFont(font(TextRole::Body));
        painter.setPen(theme.secondaryText);
        painter.drawText(row, Qt::AlignLeft | Qt::AlignVCenter, name);
        painter.setPen(theme.ink);
        painter.drawText(row, Qt::AlignRight | Qt::AlignVCenter, value);
        painter.setPen(QPen(theme.line, 1));
        painter.drawLine(row.bottomLeft(), row.bottomRight());
        y += rowHeight;
    }
}

QRectF besidePlot(const QRectF& rect, const Plot& plot) {
    const double left = plot.rect.right() + 24;
    return {left, rect.top(), std::min(rect.right() - left, 320.0), rect.height()};
}

// The whole plot stands for the value before.
std::optional<TraceSource> sourceInPlot(const QRectF& rect, const TracePicture& picture,
                                        const QPointF& point) {
    if (!plotOf(rect, 1.0, 1.0).rect.contains(point))
        return std::nullopt;
    return strongestSource(picture.graph, picture.trace);
}

class AffineForm : public TraceFormOf<AffineTrace> {
public:
    using TraceFormOf::TraceFormOf;

    QString sentence() const override {
        return m_how.isBatchNorm
                   ? Words::tr(
                         "Batch norm, once trained, is a straight line: the value times a scale plus a shift.")
                   : Words::tr("The value times a factor, plus an offset.");
    }

    std::vector<EquationTerm> terms(const Theme&, std::size_t) const override {
        return {{{}, Words::tr("before"), m_how.before, {}, std::abs(m_how.scale)},
                {QStringLiteral("×"), Words::tr("scale"), m_how.scale, {}, std::abs(m_how.before)},
                {QStringLiteral("+"), Words::tr("shift"), m_how.shift, {}}};
    }

    void paint(QPainter& painter, const QRectF& rect, const Theme& theme) const override {
        const Plot plot = evenPlotOf(rect, 1.5 * std::max(std::abs(double(m_how.before)), 0.1),
                                     1.5 * std::max(std::abs(m_picture.trace.sum), 0.1));
        paintAxes(painter, plot, m_how.before, m_picture.trace.sum, theme);
        const auto onLine = [&](double before) {
            return plot.at(before, m_how.scale * before + m_how.shift);
        };
        painter.save();
        painter.setClipRect(plot.rect);
        painter.setPen(QPen(theme.ink, 2));
        painter.drawLine(onLine(-plot.extentX), onLine(plot.extentX));
        painter.restore();
        paintPoint(painter, plot, m_how.before, m_picture.trace.sum, theme);
        if (!m_how.isBatchNorm)
            return;
        paintFacts(painter, besidePlot(rect, plot),
                   {{Words::tr("gamma γ, learned"), valueText(m_how.gamma)},
                    {Words::tr("beta β, learned"), valueText(m_how.beta)},
                    {Words::tr("running mean μ"), valueText(m_how.mean)},
                    {Words::tr("running variance σ²"), valueText(m_how.variance)},
                    {Words::tr("epsilon ε"), valueText(m_how.epsilon)},
                    {Words::tr("scale = γ ÷ √(σ² + ε)"), valueText(m_how.scale)},
                    {Words::tr("shift = β − μ × scale"), valueText(m_how.shift)}},
                   theme);
    }

    std::optional<TraceSource> sourceAt(const QRectF& rect, const QPointF& point) const override {
        return sourceInPlot(rect, m_picture, point);
    }
};

class ReluForm : public TraceFormOf<ReluTrace> {
public:
    using TraceFormOf::TraceFormOf;

    QString sentence() const override {
        return m_how.isCut() ? Words::tr("ReLU cuts what is below zero: this value becomes 0.")
                             : Words::tr("ReLU cuts what is below zero: this value stays as it is.");
    }

    std::vector<EquationTerm> terms(const Theme&, std::size_t) const override {
        return {{Words::tr("the larger of"), Words::tr("zero"), 0.0, {}},
                {Words::tr("and"), Words::tr("before"), m_how.before, {}}};
    }

    void paint(QPainter& painter, const QRectF& rect, const Theme& theme) const override {
        const double extent = 1.5 * std::max(std::abs(double(m_how.before)), 0.1);
        const Plot plot = evenPlotOf(rect, extent, extent);
        paintAxes(painter, plot, m_how.before, m_picture.trace.sum, theme);
        painter.setPen(QPen(theme.ink, 2));
        painter.drawLine(plot.at(-plot.extentX, 0), plot.at(0, 0));
        const double end = std::min(plot.extentX, plot.extentY);
        painter.drawLine(plot.at(0, 0), plot.at(end, end));
        paintPoint(painter, plot, m_how.before, m_picture.trace.sum, theme);
        paintFacts(painter, besidePlot(rect, plot),
                   {{Words::tr("before"), valueText(m_how.before)},
                    {Words::tr("after"), valueText(m_picture.trace.sum)}},
                   theme);
    }

    std::optional<TraceSource> sourceAt(const QRectF& rect, const QPointF& point) const override {
        return sourceInPlot(rect, m_picture, point);
    }
};

class FunctionForm : public TraceFormOf<FunctionTrace> {
public:
    using TraceFormOf::TraceFormOf;

    QString sentence() const override {
        return Words::tr("The function %1 of the value before.").arg(functionName());
    }

    std::vector<EquationTerm> terms(const Theme&, std::size_t) const override {
        return {{functionName(), Words::tr("of before"), m_how.before, {}}};
    }

    void paint(QPainter& painter, const QRectF& rect, const Theme& theme) const override {
        const double extent = std::max(2.0 * std::abs(double(m_how.before)), 4.0);
        const auto after = [&](double before) { return activated(m_how.function, m_how.slope, before); };
        const Plot plot =
            plotOf(rect, extent, 1.1 * std::max({std::abs(after(extent)), std::abs(after(-extent)), 0.5}));
        paintAxes(painter, plot, m_how.before, m_picture.trace.sum, theme);
        constexpr int points = 160;
        QPolygonF curve;
        for (int i = 0; i <= points; ++i) {
            const double before = extent * (2.0 * i / points - 1.0);
            curve.append(plot.at(before, after(before)));
        }
        painter.save();
        painter.setClipRect(plot.rect);
        painter.setPen(QPen(theme.ink, 2));
        painter.drawPolyline(curve);
        painter.restore();
        paintPoint(painter, plot, m_how.before, m_picture.trace.sum, theme);
        paintFacts(painter, besidePlot(rect, plot),
                   {{Words::tr("before"), valueText(m_how.before)},
                    {Words::tr("after"), valueText(m_picture.trace.sum)}},
                   theme);
    }

    std::optional<TraceSource> sourceAt(const QRectF& rect, const QPointF& point) const override {
        return sourceInPlot(rect, m_picture, point);
    }

private:
    QString functionName() const { return QString::fromStdString(std::string(name(m_how.function))); }
};

class CopyForm : public TraceFormOf<CopyTrace> {
public:
    using TraceFormOf::TraceFormOf;

    QString sentence() const override {
        return m_how.isZero ? Words::tr("Padding: there is nothing here before, so it is 0.")
                            : Words::tr("The value of another place, as it is.");
    }

    std::vector<EquationTerm> terms(const Theme&, std::size_t) const override {
        if (m_how.isZero)
            return {{{}, Words::tr("padding"), 0.0, {}}};
        return {{{},
                 Words::tr("channel %1, row %2, column %3").arg(m_how.channel).arg(m_how.y).arg(m_how.x),
                 m_how.before,
                 {}}};
    }

    void paint(QPainter& painter, const QRectF& rect, const Theme& theme) const override {
        const QRectF fact(rect.left(), rect.top(), std::min(rect.width(), 320.0), rect.height());
        if (m_how.isZero)
            return paintFacts(painter, fact, {{Words::tr("padding"), valueText(0.0)}}, theme);
        paintFacts(painter, fact,
                   {{Words::tr("channel before"), QString::number(m_how.channel)},
                    {Words::tr("row before"), QString::number(m_how.y)},
                    {Words::tr("column before"), QString::number(m_how.x)},
                    {Words::tr("value"), valueText(m_how.before)}},
                   theme);
    }

    std::optional<TraceSource> sourceAt(const QRectF& rect, const QPointF& point) const override {
        if (m_how.isZero || !rect.contains(point))
            return std::nullopt;
        return TraceSource{input(), m_how.channel, m_how.y, m_how.x};
    }
};

}  // namespace

std::unique_ptr<TraceForm> formOf(const FunctionTrace& how, const TracePicture& picture) {
    return std::make_unique<FunctionForm>(how, picture);
}

std::unique_ptr<TraceForm> formOf(const CopyTrace& how, const TracePicture& picture) {
    return std::make_unique<CopyForm>(how, picture);
}

std::unique_ptr<TraceForm> formOf(const AffineTrace& how, const TracePicture& picture) {
    return std::make_unique<AffineForm>(how, picture);
}

std::unique_ptr<TraceForm> formOf(const ReluTrace& how, const TracePicture& picture) {
    return std::make_unique<ReluForm>(how, picture);
}

}  // namespace resnet::ui
