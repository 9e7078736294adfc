#include "ui/painting/TraceForms.h"

#include "ui/Words.h"
#include "ui/painting/TraceCurves.h"
#include "ui/painting/TraceGrids.h"
#include "ui/painting/TraceLists.h"
#include "ui/words/NumberText.h"
#include "ui/words/Wording.h"

#include <algorithm>
#include <cmath>

namespace resnet::ui {
namespace {

// The fewest decimals whose rounding, each term's by half a unit of the last, stays within the tolerance.
int decimalsWithin(const std::vector<EquationTerm>& terms, double tolerance) {
    double sensitivity = 0.0;
    for (const EquationTerm& term : terms)
        sensitivity += term.sensitivity;
    if (!std::isfinite(sensitivity) || tolerance <= 0.0)
        return -1;
    const int decimals = int(std::ceil(std::log10(0.5 * sensitivity / tolerance)));
    return decimals > 9 ? -1 : std::max(decimals, 0);
}

}  // namespace

QColor termColor(double value, const Theme& theme) {
    return divergingColor(value < 0.0 ? -0.7 : 0.7, 1.0, theme);
}

std::unique_ptr<TraceForm> formOf(const TracePicture& picture) {
    return std::visit([&](const auto& how) { return formOf(how, picture); }, picture.trace.how);
}

QString inputChannelLabel(const TracePicture& picture, int channel) {
    const bool isImage = picture.graph.step(picture.trace.step).inputs.front() == inputStep;
    return isImage ? inputChannelName(channel, picture.graph.spec().inputChannels, picture.channelOrder)
                   : Words::tr("channel %1").arg(channel);
}

QString EquationTerm::text() const {
    return decimals < 0 ? valueText(value) : fixedText(value, decimals);
}

std::vector<EquationTerm> equationOf(const TracePicture& picture, const Theme& theme, std::size_t shown) {
    std::vector<EquationTerm> terms = formOf(picture)->terms(theme, shown);
    terms.push_back({QStringLiteral("="), Words::tr("this number"), picture.trace.sum, theme.ink});
    const int decimals = decimalsWithin(terms, 1e-4 * picture.trace.largest);
    for (EquationTerm& term : terms)
        if (term.sensitivity > 0.0)
            term.decimals = decimals;
    return terms;
}

}  // namespace resnet::ui
