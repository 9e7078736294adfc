#pragma once

#include "core/experiments/Trial.h"
#include "ui/workspace/BackgroundJob.h"
#include "ui/workspace/Workspace.h"

#include <QObject>

#include <optional>
#include <vector>

namespace resnet::ui {

// What the network says of the workspace's picture with each F(x) off in turn, and with each shortcut off:
// computed on demand, and forgotten with another picture or network. Edits that are made do not count: every
// way is switched off alone.
class LesionSweep : public QObject {
    Q_OBJECT
public:
    struct Results {
        Prediction reference;               // with all on
        std::vector<Prediction> mainPaths;  // by unit: its F(x) off
        std::vector<Prediction> shortcuts;
    };

    explicit LesionSweep(Workspace& workspace, QObject* parent = nullptr);

    // Why it cannot be started now; empty if it can.
    QString whyNot() const;
    void start();
    void cancel();

    bool isRunning() const { return m_job.isRunning(); }
    // Networks tried, and to be tried.
    std::pair<int, int> progress() const { return m_progress; }
    // Nothing until all of them are there.
    const std::optional<Results>& results() const { return m_results; }

Q_SIGNALS:
    // Progress, results, start or end.
    void changed();

private:
    void follow();
    void setProgress(int done, int total);

    Workspace& m_workspace;
    FeatureMapsPtr m_input;                    // that the results are of
    std::shared_ptr<const Network> m_network;  // the same
    std::optional<Results> m_results;
    std::pair<int, int> m_progress{0, 0};
    BackgroundJob m_job;
};

}  // namespace resnet::ui
