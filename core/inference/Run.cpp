#include "core/inference/Run.h"

#include "core/Error.h"

#include <algorithm>
#include <cassert>
#include <mutex>

namespace resnet {

// What a run is of, but for its input.
struct Run::Subject {
    // A network with edited weights, made when it is first asked for.
    class EditedNetwork {
    public:
        EditedNetwork(std::shared_ptr<const Network> opened, const Edits& edits)
            : m_opened(std::move(opened)), m_edits(edits) {
            if (!edits.changesWeights())
                m_edited = m_opened;
        }

        const std::shared_ptr<const Network>& get() const {
            std::call_once(m_once, [this] {
                if (!m_edited)
                    m_edited = std::make_shared<const Network>(m_opened->with(m_edits));
            });
            return m_edited;
        }

        bool isOf(const Edits& edits) const {
            return std::ranges::equal(
                m_opened->graph().units(), m_opened->graph().units(), {},
                [&](const auto& unit) { return m_edits.of(idOf(unit)).weights; },
                [&](const auto& unit) { return edits.of(idOf(unit)).weights; });
        }

    private:
        std::shared_ptr<const Network> m_opened;
        Edits m_edits;
        mutable std::once_flag m_once;
        mutable std::shared_ptr<const Network> m_edited;
    };

    std::shared_ptr<const Network> network;
    Edits edits;
    std::shared_ptr<const EditedNetwork> edited;
};

Run::Run(std::shared_ptr<const Network> network, FeatureMapsPtr input, const Edits& edits)
    : m_input(std::move(input)),
      m_outputs(std::size_t(network->graph().stepCount())),
      m_milliseconds(m_outputs.size()) {
    const FeatureShape& expected = network->graph().outputShape(inputStep);
    if (m_input && m_input->shape() != expected)
        throw Error("input: expected " + shapeText(expected) + ", found " + shapeText(m_input->shape()));
    validate(edits, network->graph());
    auto edited = std::make_shared<const Subject::EditedNetwork>(network, edits);
    m_subject = std::make_shared<const Subject>(Subject{std::move(network), edits, std::move(edited)});
}

const std::shared_ptr<const Network>& Run::network() const {
    static const std::shared_ptr<const Network> none;
    return m_subject ? m_subject->network : none;
}

const Edits& Run::edits() const {
    static const Edits none;
    return m_subject ? m_subject->edits : none;
}

const std::shared_ptr<const Network>& Run::editedNetwork() const {
    return m_subject ? m_subject->edited->get() : network();
}

int Run::computedCount() const {
    return int(std::ranges::count_if(m_outputs, [](const auto& output) { return output != nullptr; }));
}

StepId Run::firstMissing() const {
    return StepId(std::ranges::find(m_outputs, nullptr) - m_outputs.begin());
}

Run Run::with(const Edits& edits) const {
    assert(m_subject);
    if (edits == this->edits())
        return *this;
    validate(edits, graph());
    Run changed = before(firstDifferentStep(graph(), this->edits(), edits));
    auto edited = m_subject->edited->isOf(edits)
                      ? m_subject->edited
                      : std::make_shared<const Subject::EditedNetwork>(network(), edits);
    changed.m_subject = std::make_shared<const Subject>(Subject{network(), edits, std::move(edited)});
    return changed;
}

Run Run::before(StepId first) const {
    Run kept = *this;
    for (std::size_t step = std::size_t(first); step < m_outputs.size(); ++step) {
        kept.m_outputs[step] = nullptr;
        kept.m_milliseconds[step] = 0.0;
    }
    return kept;
}

Run Run::withOutput(StepId step, FeatureMapsPtr output, double milliseconds) const& {
    return Run(*this).withOutput(step, std::move(output), milliseconds);
}

Run Run::withOutput(StepId step, FeatureMapsPtr output, double milliseconds) && {
    m_outputs.at(std::size_t(step)) = std::move(output);
    m_milliseconds.at(std::size_t(step)) = milliseconds;
    return std::move(*this);
}

}  // namespace resnet
