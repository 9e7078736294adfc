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
    bool isAway() const { return current() != nullptr; }
    // The network that was open before one walked; else the open one.
    const ModelPtr& origin() const;
    // Where one stands on planes of this seed and grid.
    std::optional<LandscapeCanvas::Place> placeOn(std::uint64_t seed, int side) const;
    // In the middle the network itself.
    void to(const MeasuredPlane& plane, std::uint64_t seed, const LandscapeCanvas::Place& place);
    void back();
    // Both directions of every plane, as safetensors.
    void saveDirections(const std::vector<MeasuredPlane>& planes, std::uint64_t seed, const QString& folder);

Q_SIGNALS:
    // Walked, back, or another network was opened meanwhile.
    void moved();
    void saved(const QString& folder);

private:
    struct Walk {
        ModelPtr origin;
        ModelPtr walked;
        std::uint64_t seed = 0;
        int side = 0;
        LandscapeCanvas::Place place = {};
    };
    // That of the open network; null: it was not walked to.
    const Walk* current() const;
    void follow();

    Workspace& m_workspace;
    Walk m_now;   // of the open network, if one has walked
    Walk m_next;  // asked for, and not there yet
    BackgroundJob m_job;
};

}  // namespace resnet::ui
