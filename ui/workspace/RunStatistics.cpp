#include "ui/workspace/RunStatistics.h"

#include <utility>
#include <vector>

namespace resnet::ui {

RunStatistics::RunStatistics(const EngineOptions& options, QObject* parent)
    : QObject(parent),
      m_options(options),
      m_values(options),
      m_measuring(tr("not enough memory to measure the outputs")) {}

void RunStatistics::setRun(const Run& run) {
    if (run.input() != m_run.input())
        m_measuring.cancel();
    m_run = run;
    m_values.keepOnly(run);
}

bool RunStatistics::wantAll() {
    std::vector<StepId> missing;
    for (StepId step = inputStep; step < m_run.stepCount(); ++step)
        if (m_run.has(step) && !m_values.known(m_run, step))
            missing.push_back(step);
    if (missing.empty() || m_measuring.isRunning())
        return missing.empty();
    m_measuring.start(
        [run = m_run, options = m_options, missing](const BackgroundJob::Context& context) {
            ActivationStatistics measured(options);
            for (const StepId step : missing) {
                if (context.stop().stop_requested())
                    break;
                measured.of(run, step);
            }
            return measured;
        },
        [this](ActivationStatistics measured) {
            m_values.add(std::move(measured), m_run);
            Q_EMIT this->measured();
        },
        [](const Error&) {});  // those who asked do without
    return false;
}

}  // namespace resnet::ui
