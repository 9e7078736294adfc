#include "ui/workspace/Playback.h"

#include "core/network/Pace.h"
#include "ui/workspace/Workspace.h"

#include <algorithm>

namespace resnet::ui {

Playback::Playback(Workspace& workspace) : m_workspace(workspace) {
    connect(&m_timer, &QTimer::timeout, this, &Playback::beat);
    connect(&m_workspace, &Workspace::changed, this, [this](const Changes& changes) {
        if (changes.have(Changes::Model))
            setPlaying(false);
    });
    setBeatsPerSecond(m_beatsPerSecond);
}

bool Playback::isAtEnd() const {
    return !m_workspace.model() || m_workspace.currentStep() == farEnd();
}

StepId Playback::farEnd() const {
    return m_isBackward ? inputStep : m_workspace.model()->graph().softmaxStep();
}

StepId Playback::nearEnd() const {
    return m_isBackward ? m_workspace.model()->graph().softmaxStep() : inputStep;
}

void Playback::setPlaying(bool playing) {
    if (playing && isAtEnd() && !(m_workspace.model() && m_isLooping))
        playing = false;
    if (playing == isPlaying())
        return;
    if (playing)
        m_timer.start();
    else
        m_timer.stop();
    Q_EMIT playingChanged(playing);
}

void Playback::setBeatsPerSecond(double beatsPerSecond) {
    m_beatsPerSecond = std::clamp(beatsPerSecond, 0.25, 60.0);
    m_timer.setInterval(int(1000.0 / m_beatsPerSecond));
    Q_EMIT settingsChanged();
}

void Playback::setPace(Pace pace) {
    m_pace = pace;
    Q_EMIT settingsChanged();
}

void Playback::setBackward(bool backward) {
    m_isBackward = backward;
    if (isPlaying() && isAtEnd() && !m_isLooping)
        setPlaying(false);
    Q_EMIT settingsChanged();
}

void Playback::setLooping(bool looping) {
    m_isLooping = looping;
    Q_EMIT settingsChanged();
}

void Playback::beat() {
    if (m_workspace.isAwaitingStep())
        return;
    if (isAtEnd()) {
        if (m_isLooping)
            m_workspace.goToStep(nearEnd());
        else
            setPlaying(false);
        return;
    }
    m_workspace.goToStep((m_isBackward ? paceBack : paceForward)(m_workspace.model()->graph(),
                                                                 m_workspace.currentStep(), m_pace));
}

}  // namespace resnet::ui
