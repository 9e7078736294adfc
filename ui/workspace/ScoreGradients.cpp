#include "ui/workspace/ScoreGradients.h"

#include "core/inference/BackwardExecutor.h"
#include "core/tensor/FreedMemory.h"
#include "ui/workspace/Session.h"

#include <algorithm>
#include <utility>

namespace resnet::ui {

ScoreGradients::ScoreGradients(const EngineOptions& options, QObject* parent)
    : QObject(parent), m_options(options), m_job(tr("not enough memory to compute the gradients")) {}

std::optional<Gradients> ScoreGradients::of(const Run& run) const {
    const auto found =
        std::ranges::find_if(m_known, [&](const Gradients& each) { return areOfOne(each.run(), run); });
    return found == m_known.end() ? std::nullopt : std::optional(*found);
}

void ScoreGradients::want(std::vector<Run> runs, int classIndex,
                          const std::shared_ptr<const PackedNetwork>& packed) {
    std::erase_if(runs, [](const Run& run) { return !run.network() || !run.isComplete(); });
    if (classIndex == m_class && std::ranges::equal(runs, m_wanted, areOfOne))
        return;  // known, on their way, or failed
    if (std::exchange(m_class, classIndex) != classIndex)
        m_known.clear();
    m_wanted = runs;
    std::erase_if(m_known, [&](const Gradients& each) {
        return std::ranges::none_of(m_wanted, [&](const Run& run) { return areOfOne(run, each.run()); });
    });
    std::erase_if(runs, [&](const Run& run) { return of(run).has_value(); });
    if (runs.empty())
        return m_job.cancel();
    m_job.start(
        [runs, classIndex, packed, options = m_options](const BackgroundJob::Context& context) {
            std::vector<Gradients> computed;
            std::shared_ptr<const PackedNetwork> ready = packed;
            for (const Run& run : runs) {
                if (classIndex >= run.graph().spec().classes)
                    continue;  // the other network does not know it
                if (!ready || ready->network() != run.network())
                    ready = std::make_shared<const PackedNetwork>(run.network(), options);
                if (auto gradients = BackwardExecutor(ready).run(run, scoreOf(run.graph(), classIndex), {},
                                                                 context.stop()))
                    computed.push_back(std::move(*gradients));
            }
            returnFreedMemory();
            return computed;
        },
        [this](const std::vector<Gradients>& gradients) {
            std::ranges::copy(gradients, std::back_inserter(m_known));
            Q_EMIT computed();
        },
        [this](const Error& error) { Q_EMIT failed(error); });
}

}  // namespace resnet::ui
