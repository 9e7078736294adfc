#pragma once

#include "core/inference/Gradients.h"
#include "core/inference/PackedNetwork.h"
#include "ui/workspace/BackgroundJob.h"

#include <QObject>

#include <memory>
#include <optional>
#include <vector>

namespace resnet::ui {

// The gradients of the score of a class in one or two runs, for the views to show. Computed in the
// background; what is known of runs that are still asked for is kept.
class ScoreGradients : public QObject {
    Q_OBJECT
public:
    explicit ScoreGradients(const EngineOptions& options = {}, QObject* parent = nullptr);

    // From now on these are wanted: runs that are complete. `packed` is of the network of the first, to be
    // shared, or null. Without runs all is dropped.
    void want(std::vector<Run> runs, int classIndex, const std::shared_ptr<const PackedNetwork>& packed);
    // Nothing while it is not known.
    std::optional<Gradients> of(const Run& run) const;

Q_SIGNALS:
    void computed();
    void failed(const resnet::Error& error);

private:
    const EngineOptions m_options;
    std::vector<Run> m_wanted;
    int m_class = 0;
    std::vector<Gradients> m_known;
    BackgroundJob m_job;
};

}  // namespace resnet::ui
