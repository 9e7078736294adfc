#include "ui/painting/TraceLists.h"

#include "ui/Words.h"
#include "ui/words/NumberText.h"
#include "ui/words/StepWords.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace resnet::ui {
namespace {

constexpr double rowHeight = 24.0;
constexpr double sumSignWidth = 36.0;  // between the terms of a sum

void paintText(QPainter& painter, const QRectF& rect, TextRole role, const QColor& color, int alignment,
               const QString& text) {
    painter.setFont(font(role));
    painter.setPen(color);
    painter.drawText(rect, alignment | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(text, Qt::ElideRight, int(rect.width())));
}

// One row: a name, how it is made, a bar from the middle, and its value.
struct Row {
    QString name;
    QString making;
    double value = 0.0;
    QColor color;
    bool isMarked = false;
};

void paintRow(QPainter& painter, const QRectF& row, const Row& of, double range, bool isSigned,
              const Theme& theme) {
    if (of.isMarked) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.mainPathFill);
        painter.drawRoundedRect(row.adjusted(-6, 1, 6, -1), 4, 4);
    }
    const double nameWidth = row.width() * 0.24;
    const double makingWidth = row.width() * 0.26;
    constexpr double valueWidth = 64.0;
    paintText(painter, {row.left(), row.top(), nameWidth, row.height()},
              of.isMarked ? TextRole::BodyBold : TextRole::Body, theme.ink, Qt::AlignLeft, of.name);
    paintText(painter, {row.left() + nameWidth, row.top(), makingWidth, row.height()}, TextRole::Secondary,
              theme.secondaryText, Qt::AlignLeft, of.making);
    paintText(painter, {row.right() - valueWidth, row.top(), valueWidth, row.height()}, TextRole::Body,
              theme.ink, Qt::AlignRight, valueText(of.value));
    const QRectF bars(row.left() + nameWidth + makingWidth + 8, row.top() + 7,
                      row.width() - nameWidth - makingWidth - valueWidth - 16, row.height() - 14);
    const double zero = isSigned ? bars.center().x() : bars.left();
    const double room = isSigned ? bars.width() / 2 : bars.width();
    const double length = std::isfinite(of.value) ? of.value / std::max(range, 1e-30) * room : 0.0;
    painter.fillRect(QRectF(std::min(zero, zero + length), bars.top(), std::abs(length), bars.height()),
                     of.color);
    if (isSigned) {
        painter.setPen(QPen(theme.inactive, 1));
        painter.drawLine(QPointF(zero, row.top() + 4), QPointF(zero, row.bottom() - 4));
    }
}

void paintRows(QPainter& painter, const QRectF& rect, const std::vector<Row>& rows, double range,
               bool isSigned, const Theme& theme) {
    for (std::size_t i = 0; i < rows.size(); ++i)
        paintRow(painter, {rect.left() + 6, rect.top() + double(i) * rowHeight, rect.width() - 12, rowHeight},
                 rows[i], range, isSigned, theme);
}

// A framed term of the sum: whose it is, the step, the number, and a bar on the scale of both.
void paintTerm(QPainter& painter, const QRectF& rect, const QString& title, const QString& step, double value,
               double range, const QColor& line, const QColor& fill, const Theme& theme) {
    painter.setPen(QPen(line, 2));
    painter.setBrush(fill);
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 8, 8);
    const QRectF inside = rect.adjusted(14, 12, -14, -12);
    paintText(painter, {inside.left(), inside.top(), inside.width(), 18}, TextRole::BodyBold, theme.ink,
              Qt::AlignLeft, title);
    painter.setFont(font(TextRole::Secondary));
    painter.setPen(theme.secondaryText);
    painter.drawText(QRectF(inside.left(), inside.top() + 19, inside.width(), 30),
                     Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, step);
    painter.setFont(font(TextRole::Title, 1.7));
    painter.setPen(theme.ink);
    painter.drawText(QRectF(inside.left(), inside.top() + 50, inside.width(), 34),
                     Qt::AlignLeft | Qt::AlignVCenter, valueText(value));
    const double centre = inside.center().x();
    const double length = std::isfinite(value) ? value / std::max(range, 1e-30) * inside.width() / 2 : 0.0;
    const double y = inside.top() + 96;
    painter.setPen(QPen(theme.inactive, 1));
    painter.drawLine(QPointF(centre, y - 6), QPointF(centre, y + 14));
    painter.fillRect(QRectF(std::min(centre, centre + length), y, std::abs(length), 8), line);
}

QRectF termRect(const QRectF& rect, int index) {
    const double width = std::min((rect.width() - 2 * sumSignWidth) / 3, 240.0);
    return {rect.left() + index * (width + sumSignWidth), rect.top(), width, std::min(rect.height(), 136.0)};
}

std::size_t rowsIn(const QRectF& rect) {
    return std::size_t(std::max(0.0, (rect.height() + 1) / rowHeight));
}

// As many as fit beside a row for the others, and the class itself always.
std::vector<ClassTerm> shownClasses(const QRectF& rect, const SoftmaxTrace& how,
                                    const TracePicture& picture) {
    const auto isThis = [&](const ClassTerm& term) { return term.index == picture.trace.channel; };
    const std::size_t room = rowsIn(rect) < how.classes.size() ? rowsIn(rect) - 1 : how.classes.size();
    const std::size_t count = std::clamp(room, std::size_t(1), how.classes.size());
    std::vector<ClassTerm> shown(how.classes.begin(), how.classes.begin() + std::ptrdiff_t(count));
    if (std::ranges::none_of(shown, isThis))
        shown.back() = *std::ranges::find_if(how.classes, isThis);
    return shown;
}

// A term of a unit's sum with its gain: "0.5 × shortcut"; the label alone for a gain of 1.
QString timesGain(float gain, const QString& label) {
    return gain == 1.0f ? label : QStringLiteral("%1 × %2").arg(double(gain)).arg(label);
}

class SumForm : public TraceFormOf<SumTrace> {
public:
    using TraceFormOf::TraceFormOf;

    QString sentence() const override {
        return Words::tr("What the main path found is added to what the shortcut brings.");
    }

    std::vector<EquationTerm> terms(const Theme& theme, std::size_t) const override {
        return {{{},
                 timesGain(m_how.mainPathGain, Words::tr("main path F(x)")),
                 m_how.mainPathTerm(),
                 theme.mainPath},
                {QStringLiteral("+"), timesGain(m_how.shortcutGain, Words::tr("shortcut")),
                 m_how.shortcutTerm(), theme.shortcut}};
    }

    void paint(QPainter& painter, const QRectF& rect, const Theme& theme) const override {
        const double range = std::max(
            {std::abs(m_how.mainPathTerm()), std::abs(m_how.shortcutTerm()), std::abs(m_picture.trace.sum)});
        const auto boxAt = [&](int index) { return termRect(rect, index); };
        const auto stepTitle = [&](StepId step) { return titleOf(m_picture.graph, step); };
        paintTerm(painter, boxAt(0), timesGain(m_how.mainPathGain, Words::tr("Main path F(x)")),
                  stepTitle(m_how.mainPathStep), m_how.mainPathTerm(), range, theme.mainPath,
                  theme.mainPathFill, theme);
        paintTerm(painter, boxAt(1), timesGain(m_how.shortcutGain, Words::tr("Shortcut")),
                  stepTitle(m_how.shortcutStep), m_how.shortcutTerm(), range, theme.shortcut,
                  theme.shortcutFill, theme);
        paintTerm(painter, boxAt(2), Words::tr("Sum"), stepTitle(m_picture.trace.step), m_picture.trace.sum,
                  range, theme.inactive, theme.background, theme);
        painter.setFont(font(TextRole::Title, 1.7));
        painter.setPen(theme.secondaryText);
        for (const auto& [index, sign] : {std::pair(0, QStringLiteral("+")), {1, QStringLiteral("=")}})
            painter.drawText(QRectF(boxAt(index).right(), rect.top(), sumSignWidth, boxAt(index).height()),
                             Qt::AlignCenter, sign);
    }

    std::optional<TraceSource> sourceAt(const QRectF& rect, const QPointF& point) const override {
        const Trace& trace = m_picture.trace;
        if (termRect(rect, 0).contains(point))
            return TraceSource{m_how.mainPathStep, trace.channel, trace.y, trace.x};
        if (termRect(rect, 1).contains(point))
            return TraceSource{m_how.shortcutStep, trace.channel, trace.y, trace.x};
        return std::nullopt;
    }
};

class DenseForm : public TraceFormOf<DenseTrace> {
public:
    using TraceFormOf::TraceFormOf;

    QString sentence() const override {
        return Words::
            tr("Each of %1 features times the weight it has for this class, and the bias. Strongest first.")
                .arg(m_how.features.size());
    }

    std::vector<EquationTerm> terms(const Theme& theme, std::size_t shown) const override {
        std::vector<EquationTerm> terms;
        // The bias needs room, too.
        shown = std::min(shown > 0 ? shown - 1 : 0, m_how.features.size());
        for (std::size_t i = 0; i < shown; ++i) {
            const FeatureTerm& term = m_how.features[i];
            terms.push_back({i == 0 ? QString() : QStringLiteral("+"),
                             Words::tr("feature %1").arg(term.feature), term.product(),
                             termColor(term.product(), theme)});
        }
        if (const std::size_t rest = m_how.features.size() - shown)
            terms.push_back({terms.empty() ? QString() : QStringLiteral("+"),
                             Words::tr("%1 others").arg(rest),
                             m_how.rest(shown),
                             {}});
        terms.push_back({QStringLiteral("+"), Words::tr("bias"), m_how.bias, {}});
        return terms;
    }

    void paint(QPainter& painter, const QRectF& rect, const Theme& theme) const override {
        const double range = m_how.features.empty() ? 1.0 : std::abs(m_how.features.front().product());
        std::vector<Row> rows;
        for (std::size_t i = 0; i < std::min(rowsIn(rect), m_how.features.size()); ++i) {
            const FeatureTerm& term = m_how.features[i];
            rows.push_back({Words::tr("feature %1").arg(term.feature),
                            valueText(term.value) + QStringLiteral(" × ") + valueText(term.weight),
                            term.product(), divergingColor(term.product() < 0 ? -0.75 : 0.75, 1.0, theme)});
        }
        paintRows(painter, rect, rows, range, true, theme);
    }

    std::optional<TraceSource> sourceAt(const QRectF& rect, const QPointF& point) const override {
        const std::size_t row = std::size_t((point.y() - rect.top()) / rowHeight);
        if (row >= std::min(rowsIn(rect), m_how.features.size()))
            return std::nullopt;
        return TraceSource{input(), m_how.features[row].feature, 0, 0};
    }
};

class SoftmaxForm : public TraceFormOf<SoftmaxTrace> {
public:
    using TraceFormOf::TraceFormOf;

    QString sentence() const override {
        return Words::
            tr("exp(score − %1), divided by the sum over all classes; %1 is the largest score. Subtracting it changes nothing.")
                .arg(valueText(m_how.largestLogit));
    }

    std::vector<EquationTerm> terms(const Theme&, std::size_t) const override {
        const double share = m_how.exponential / m_how.denominator;
        return {{{}, Words::tr("exp(score − largest)"), m_how.exponential, {}, 1.0 / m_how.denominator},
                {QStringLiteral("÷"),
                 Words::tr("the same, of all classes"),
                 m_how.denominator,
                 {},
                 share / m_how.denominator}};
    }

    void paint(QPainter& painter, const QRectF& rect, const Theme& theme) const override {
        const auto rowOf = [&](const ClassTerm& term) -> Row {
            const bool isThis = term.index == m_picture.trace.channel;
            return {QString::fromStdString(m_picture.classNames.at(std::size_t(term.index))),
                    Words::tr("exp(%1 − %2)").arg(valueText(term.logit), valueText(m_how.largestLogit)),
                    term.exponential, isThis ? theme.mainPath : theme.inactive, isThis};
        };
        std::vector<Row> rows;
        double rest = m_how.denominator;
        for (const ClassTerm& term : shownClasses(rect, m_how, m_picture)) {
            rows.push_back(rowOf(term));
            rest -= term.exponential;
        }
        if (const std::size_t others = m_how.classes.size() - rows.size())
            rows.push_back({others == 1 ? Words::tr("one more") : Words::tr("%1 others").arg(others),
                            {},
                            std::max(rest, 0.0),
                            theme.inactive});
        paintRows(painter, rect, rows, 1.0, false, theme);
    }

    std::optional<TraceSource> sourceAt(const QRectF& rect, const QPointF& point) const override {
        const std::vector<ClassTerm> shown = shownClasses(rect, m_how, m_picture);
        const std::size_t row = std::size_t((point.y() - rect.top()) / rowHeight);
        if (row >= shown.size())
            return std::nullopt;
        return TraceSource{input(), shown[row].index, 0, 0};
    }
};

}  // namespace

std::unique_ptr<TraceForm> formOf(const SumTrace& how, const TracePicture& picture) {
    return std::make_unique<SumForm>(how, picture);
}

std::unique_ptr<TraceForm> formOf(const DenseTrace& how, const TracePicture& picture) {
    return std::make_unique<DenseForm>(how, picture);
}

std::unique_ptr<TraceForm> formOf(const SoftmaxTrace& how, const TracePicture& picture) {
    return std::make_unique<SoftmaxForm>(how, picture);
}

}  // namespace resnet::ui
