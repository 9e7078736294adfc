#pragma once

#include "core/network/Graph.h"

#include <algorithm>
#include <limits>

namespace resnet::ui {

// What differs between what was announced last and what is there now.
class Changes {
public:
    enum Part : unsigned {
        Model = 1 << 0,     // another network, or other settings of it
        Picture = 1 << 1,   // another picture, or another part of it that the network sees
        OtherRun = 1 << 2,  // no output is that of before
        Outputs = 1 << 3,   // outputs have come, of the same run
        RunEnded = 1 << 4,  // what is missing does not come by itself any more
        Step = 1 << 5,
        Channel = 1 << 6,
        Cell = 1 << 7,
        Class = 1 << 8,  // the one that explanations are about
        Settings = 1 << 9,
        Theme = 1 << 10,
        Statistics = 1 << 11,  // some that were asked for are measured
        Edits = 1 << 12,       // other edits, or another run without them to compare with
        Shown = 1 << 13,       // other maps are shown of the steps, whether or not their outputs are others
    };

    static constexpr unsigned anySession = Model | Picture | OtherRun | Outputs;

    Changes() = default;
    Changes(Part part) : m_parts(part) {}
    // What a view that has seen nothing yet has to follow.
    static Changes all() {
        Changes changes = outputs(inputStep, std::numeric_limits<StepId>::max());
        changes.m_parts = ~0u;
        return changes;
    }
    // Those from `first` to `last`; some in between may have been there before.
    static Changes outputs(StepId first, StepId last) {
        Changes changes(Outputs);
        changes.m_firstOutput = first;
        changes.m_lastOutput = last;
        return changes;
    }

    bool isEmpty() const { return m_parts == 0; }
    // One part, or any of several joined by |.
    bool have(unsigned parts) const { return (m_parts & parts) != 0; }
    // Whether a step's output may be another one or has come, or what is shown of it.
    bool concernOutput(StepId step) const { return concernOutputs(step, step); }
    // The same of any step from `first` to `last`.
    bool concernOutputs(StepId first, StepId last) const {
        return have(OtherRun | Shown) || (have(Outputs) && m_firstOutput <= last && first <= m_lastOutput);
    }

    Changes& operator|=(const Changes& other) {
        m_parts |= other.m_parts;
        m_firstOutput = std::min(m_firstOutput, other.m_firstOutput);
        m_lastOutput = std::max(m_lastOutput, other.m_lastOutput);
        return *this;
    }

private:
    unsigned m_parts = 0;
    StepId m_firstOutput = std::numeric_limits<StepId>::max();  // no outputs
    StepId m_lastOutput = std::numeric_limits<StepId>::min();
};

}  // namespace resnet::ui
