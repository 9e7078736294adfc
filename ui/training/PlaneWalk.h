#pragma once

#include "ui/training/LandscapeCanvas.h"
#include "ui/training/PlaneMeasuring.h"
#include "ui/workspace/BackgroundJob.h"

#include <QObject>

namespace resnet::ui {

class Workspace;

// Walking on a measured plane: the whole window shows the network whose weights lie at a place of it, until
// one walks on, back, or opens another network.
class PlaneWalk : public QObject {
    Q_OBJECT
public:
    explicit PlaneWalk(Workspace& workspace, QObject* parent = nullptr);

    // The open network is one that was walked to.
    bool isAway() const { return m_walked != nullptr; }
    const ModelPtr& walked() const { return m_walked; }
    // The network that was open before; else the open one.
    const ModelPtr& origin() const;
    // Another network was opened: whether by walking.
    bool follow();

    // In the middle the network itself.
    void to(const MeasuredPlane& plane, std::uint64_t seed, const LandscapeCanvas::Place& place);
    void back();
    // Both directions of every plane, as safetensors.
    void saveDirections(const std::vector<MeasuredPlane>& planes, std::uint64_t seed, const QString& folder);

Q_SIGNALS:
    void saved(const QString& folder);

private:
    Workspace& m_workspace;
    ModelPtr m_origin;  // null: nobody walked
    ModelPtr m_walked;
    BackgroundJob m_job;
};

}  // namespace resnet::ui
