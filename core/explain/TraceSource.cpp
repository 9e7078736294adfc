#include "core/explain/TraceSource.h"

#include <algorithm>
#include <cmath>

namespace resnet {

namespace {

struct Strongest {
    const Trace& trace;
    StepId input;

    TraceSource operator()(const ConvolutionTrace& how) const {
        const ChannelTerm& term = how.channels.front();
        // Padding has the product 0 and so never wins over a cell of the map; if all are 0, the first of the
        // map does.
        const auto weightOf = [](const WeightedCell& cell) {
            return cell.isPadding ? -1.0 : std::abs(cell.product());
        };
        const auto cell = std::ranges::max_element(term.cells, {}, weightOf);
        return {input, term.channel, cell->y, cell->x};
    }
    TraceSource operator()(const MaxPoolTrace& how) const {
        const WindowCell& winner = how.cells[std::size_t(how.winner)];
        return {input, trace.channel, winner.y, winner.x};
    }
    TraceSource operator()(const SumTrace& how) const {
        const bool isMainPath = std::abs(how.mainPath) >= std::abs(how.shortcut);
        return {isMainPath ? how.mainPathStep : how.shortcutStep, trace.channel, trace.y, trace.x};
    }
    TraceSource operator()(const MeanTrace& how) const {
        const auto largest =
            std::ranges::max_element(how.cells, {}, [](float value) { return std::abs(value); });
        const int cell = int(largest - how.cells.begin());
        return {input, trace.channel, cell / how.width, cell % how.width};
    }
    TraceSource operator()(const DenseTrace& how) const {
        return {input, how.features.front().feature, 0, 0};
    }
    TraceSource operator()(const AffineTrace&) const { return sameCell(); }
    TraceSource operator()(const ReluTrace&) const { return sameCell(); }
    TraceSource operator()(const SoftmaxTrace&) const { return sameCell(); }

private:
    TraceSource sameCell() const { return {input, trace.channel, trace.y, trace.x}; }
};

}  // namespace

TraceSource strongestSource(const Graph& graph, const Trace& trace) {
    return std::visit(Strongest{trace, graph.step(trace.step).inputs.front()}, trace.how);
}

}  // namespace resnet
