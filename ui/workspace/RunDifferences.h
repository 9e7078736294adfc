#pragma once

#include "core/experiments/RunComparison.h"
#include "ui/workspace/BackgroundJob.h"

#include <QObject>

#include <optional>

namespace resnet::ui {

// The run that is open and the one that it is compared with, step by step, once somebody asks.
class RunDifferences : public QObject {
    Q_OBJECT
public:
    explicit RunDifferences(QObject* parent = nullptr);

    // `other` may be of no network: there is nothing to compare then.
    void setRuns(const Run& now, const Run& other);
    // Null while it is not known; it is computed in the background then, if there are two complete runs.
    const RunComparison* want();
    const RunComparison* known() const { return m_comparison ? &*m_comparison : nullptr; }
    bool isRunning() const { return m_comparing.isRunning(); }

Q_SIGNALS:
    void compared();

private:
    Run m_now;
    Run m_other;
    std::optional<RunComparison> m_comparison;
    BackgroundJob m_comparing;
};

}  // namespace resnet::ui
