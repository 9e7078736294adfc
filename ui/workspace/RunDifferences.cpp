#include "ui/workspace/RunDifferences.h"

#include "ui/workspace/Session.h"

namespace resnet::ui {

RunDifferences::RunDifferences(QObject* parent)
    : QObject(parent), m_comparing(tr("not enough memory to compare the two")) {}

void RunDifferences::setRuns(const Run& now, const Run& other) {
    const auto isKnown = [](const Run& run, const Run& known) {
        return areOfOne(run, known) && run.computedCount() == known.computedCount();
    };
    if (isKnown(now, m_now) && isKnown(other, m_other))
        return;
    m_comparing.cancel();
    m_comparison.reset();
    m_now = now;
    m_other = other;
}

const RunComparison* RunDifferences::want() {
    if (m_comparison)
        return &*m_comparison;
    const bool areThere = m_now.network() && m_other.network() && m_now.isComplete() && m_other.isComplete();
    if (areThere && !m_comparing.isRunning())
        m_comparing.start([now = m_now, other = m_other](
                              const BackgroundJob::Context&) { return resnet::compared(now, other); },
                          [this](const RunComparison& comparison) {
                              m_comparison = comparison;
                              Q_EMIT compared();
                          },
                          [](const Error&) {});  // those who asked do without
    return nullptr;
}

}  // namespace resnet::ui
