#include "ui/painting/TraceParts.h"
#include "ui/words/NumberText.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace resnet::ui {
namespace {

QString words(const char* text) {
    return QCoreApplication::translate("TracePainter", text);
}

using Terms = std::vector<EquationTerm>;

// Green or purple, in a shade that stands out from light and dark grounds.
QColor barColor(double value) {
    return divergingColor(value < 0.0 ? -0.7 : 0.7, 1.0);
}

Terms termsOf(const ConvolutionTrace& how, const TracePicture& picture, const Theme&, std::size_t shown) {
    Terms terms;
    shown = std::min(shown, how.channels.size());
    for (std::size_t i = 0; i < shown; ++i) {
        const ChannelTerm& term = how.channels[i];
        terms.push_back({i == 0 ? QString() : QStringLiteral("+"), inputChannelLabel(picture, term.channel),
                         term.sum, barColor(term.sum)});
    }
    if (const std::size_t rest = how.channels.size() - shown)
        terms.push_back({terms.empty() ? QString() : QStringLiteral("+"),
                         rest == 1 ? words("one more") : words("%1 others").arg(rest),
                         how.rest(shown),
                         {}});
    return terms;
}

Terms termsOf(const AffineTrace& how, const TracePicture&, const Theme&, std::size_t) {
    return {{{}, words("before"), how.before, {}, std::abs(how.scale)},
            {QStringLiteral("×"), words("scale"), how.scale, {}, std::abs(how.before)},
            {QStringLiteral("+"), words("shift"), how.shift, {}}};
}

Terms termsOf(const ReluTrace& how, const TracePicture&, const Theme&, std::size_t) {
    return {{QStringLiteral("the larger of"), words("zero"), 0.0, {}},
            {QStringLiteral("and"), words("before"), how.before, {}}};
}

Terms termsOf(const MaxPoolTrace& how, const TracePicture&, const Theme&, std::size_t) {
    const WindowCell& winner = how.cells[std::size_t(how.winner)];
    return {{QStringLiteral("the largest"),
             words("row %1, column %2").arg(winner.y).arg(winner.x),
             winner.value,
             {}}};
}

Terms termsOf(const SumTrace& how, const TracePicture&, const Theme& theme, std::size_t) {
    return {{{}, words("main path F(x)"), how.mainPath, theme.mainPath},
            {QStringLiteral("+"), words("shortcut"), how.shortcut, theme.shortcut}};
}

Terms termsOf(const MeanTrace& how, const TracePicture&, const Theme&, std::size_t) {
    const double count = double(how.cells.size());
    return {{{}, words("all cells added up"), how.total, {}, 1.0 / count},
            {QStringLiteral("÷"), words("cells"), count, {}, 0.0, 0}};
}

Terms termsOf(const DenseTrace& how, const TracePicture&, const Theme&, std::size_t shown) {
    Terms terms;
    // The bias needs room, too.
    shown = std::min(shown > 0 ? shown - 1 : 0, how.features.size());
    for (std::size_t i = 0; i < shown; ++i) {
        const FeatureTerm& term = how.features[i];
        terms.push_back({i == 0 ? QString() : QStringLiteral("+"), words("feature %1").arg(term.feature),
                         term.product(), barColor(term.product())});
    }
    if (const std::size_t rest = how.features.size() - shown)
        terms.push_back({terms.empty() ? QString() : QStringLiteral("+"),
                         words("%1 others").arg(rest),
                         how.rest(shown),
                         {}});
    terms.push_back({QStringLiteral("+"), words("bias"), how.bias, {}});
    return terms;
}

Terms termsOf(const SoftmaxTrace& how, const TracePicture&, const Theme&, std::size_t) {
    const double share = how.exponential / how.denominator;
    return {{{}, words("its exponential"), how.exponential, {}, 1.0 / how.denominator},
            {QStringLiteral("÷"), words("all exponentials"), how.denominator, {}, share / how.denominator}};
}

// The fewest decimals whose rounding, each term's by half a unit of the last, stays within the tolerance.
int decimalsWithin(const Terms& terms, double tolerance) {
    double sensitivity = 0.0;
    for (const EquationTerm& term : terms)
        sensitivity += term.sensitivity;
    if (!std::isfinite(sensitivity) || tolerance <= 0.0)
        return -1;
    const int decimals = int(std::ceil(std::log10(0.5 * sensitivity / tolerance)));
    return decimals > 9 ? -1 : std::max(decimals, 0);
}

}  // namespace

QString EquationTerm::text() const {
    return decimals < 0 ? valueText(value) : fixedText(value, decimals);
}

Terms equationOf(const TracePicture& picture, const Theme& theme, std::size_t shown) {
    Terms terms =
        std::visit([&](const auto& how) { return termsOf(how, picture, theme, shown); }, picture.trace.how);
    terms.push_back({QStringLiteral("="), words("this number"), picture.trace.sum, theme.ink});
    const int decimals = decimalsWithin(terms, 1e-4 * picture.trace.largest);
    for (EquationTerm& term : terms)
        if (term.sensitivity > 0.0)
            term.decimals = decimals;
    return terms;
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

}  // namespace resnet::ui
