#pragma once

#include "core/network/Graph.h"

#include <QObject>

#include <optional>

namespace resnet::ui {

// What the tour speaks of. Every view that draws the step or has the part marks it with a ring.
class Highlight : public QObject {
    Q_OBJECT
public:
    enum class Part { None, Picture, Prediction };

    void mark(StepId step, Part part);
    void clear();

    // Nothing while nothing is spoken of.
    std::optional<StepId> step() const { return m_step; }
    Part part() const { return m_part; }

Q_SIGNALS:
    void changed();

private:
    std::optional<StepId> m_step;
    Part m_part = Part::None;
};

}  // namespace resnet::ui
