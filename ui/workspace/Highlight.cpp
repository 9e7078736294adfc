#include "ui/workspace/Highlight.h"

namespace resnet::ui {

void Highlight::mark(StepId step, Part part) {
    if (m_step == step && m_part == part)
        return;
    m_step = step;
    m_part = part;
    Q_EMIT changed();
}

void Highlight::clear() {
    if (!m_step)
        return;
    m_step.reset();
    m_part = Part::None;
    Q_EMIT changed();
}

}  // namespace resnet::ui
