#pragma once

#include "core/explain/Statistics.h"
#include "ui/workspace/BackgroundJob.h"

#include <QObject>

namespace resnet::ui {

// Statistics of the outputs of the session's run, each measured once while the output is the same.
class RunStatistics : public QObject {
    Q_OBJECT
public:
    explicit RunStatistics(const EngineOptions& options = {}, QObject* parent = nullptr);

    // What is asked for from now on is of this run. What is known of outputs that it shares stays.
    void setRun(const Run& run);

    // To be asked for the steps that are looked at: one takes milliseconds to measure.
    ActivationStatistics& values() { return m_values; }
    // Whether all steps that are computed are known. If not, they are measured in the background.
    bool wantAll();

Q_SIGNALS:
    void measured();

private:
    const EngineOptions m_options;
    Run m_run;
    ActivationStatistics m_values;
    BackgroundJob m_measuring;
};

}  // namespace resnet::ui
