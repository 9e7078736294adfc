#pragma once

#include "core/network/Strides.h"

#include <QObject>
#include <QTimer>

namespace resnet::ui {

class Workspace;

// Walks the workspace forward again and again. It never runs ahead of the computation: a step that is still
// being computed is waited for.
class Playback : public QObject {
    Q_OBJECT
public:
    using Stride = resnet::Stride;

    explicit Playback(Workspace& workspace);

    bool isPlaying() const { return m_timer.isActive(); }
    double beatsPerSecond() const { return m_beatsPerSecond; }
    Stride stride() const { return m_stride; }
    bool isLooping() const { return m_isLooping; }

public Q_SLOTS:
    // At the last step there is nothing to play, unless it loops.
    void setPlaying(bool playing);
    void setBeatsPerSecond(double beatsPerSecond);  // 0.25 to 60
    void setStride(resnet::Stride stride);
    void setLooping(bool looping);

Q_SIGNALS:
    void playingChanged(bool playing);
    // Speed, stride or looping.
    void settingsChanged();

private:
    bool isAtEnd() const;
    void beat();

    Workspace& m_workspace;
    QTimer m_timer;
    double m_beatsPerSecond = 4.0;
    Stride m_stride = Stride::Step;
    bool m_isLooping = false;
};

}  // namespace resnet::ui
