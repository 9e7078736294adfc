#pragma once

#include "core/network/Pace.h"

#include <QObject>
#include <QTimer>

namespace resnet::ui {

class Workspace;

// Walks the workspace forward, or backward, again and again. It never runs ahead of the computation: a step
// that is still being computed is waited for.
class Playback : public QObject {
    Q_OBJECT
public:
    explicit Playback(Workspace& workspace);

    bool isPlaying() const { return m_timer.isActive(); }
    double beatsPerSecond() const { return m_beatsPerSecond; }
    Pace pace() const { return m_pace; }
    bool isBackward() const { return m_isBackward; }
    // Whether the last step of its way is reached.
    bool isAtEnd() const;
    bool isLooping() const { return m_isLooping; }

public Q_SLOTS:
    // At the end of its way there is nothing to play, unless it loops.
    void setPlaying(bool playing);
    void setBeatsPerSecond(double beatsPerSecond);  // 0.25 to 60
    void setPace(resnet::Pace pace);
    void setBackward(bool backward);
    void setLooping(bool looping);

Q_SIGNALS:
    void playingChanged(bool playing);
    // Speed, pace, direction or looping.
    void settingsChanged();

private:
    StepId farEnd() const;   // where its way ends
    StepId nearEnd() const;  // where a loop begins again
    void beat();

    Workspace& m_workspace;
    QTimer m_timer;
    double m_beatsPerSecond = 4.0;
    Pace m_pace = Pace::Step;
    bool m_isBackward = false;
    bool m_isLooping = false;
};

}  // namespace resnet::ui
