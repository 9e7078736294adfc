#include "ui/steps/StepActions.h"

#include <QColor>
#include <QIcon>
#include <QIconEngine>
#include <QPainter>
#include <QPainterPath>
#include <QPixmap>

namespace resnet::ui {

namespace {

enum class Transport { First, Back, Play, Pause, Forward, Last };

constexpr double iconSide = 16.0;

QPainterPath triangle(double left, double right) {
    QPainterPath path;
    path.moveTo(left, 2.5);
    path.lineTo(right, 8.0);
    path.lineTo(left, 13.5);
    path.closeSubpath();
    return path;
}

QPainterPath bar(double left) {
    QPainterPath path;
    path.addRoundedRect(QRectF(left, 2.5, 2.6, 11.0), 0.8, 0.8);
    return path;
}

QPainterPath pathOf(Transport sign) {
    switch (sign) {
        case Transport::First:
            return bar(2.0) + triangle(14.0, 5.6);
        case Transport::Back:
            return triangle(12.5, 4.0);
        case Transport::Play:
        case Transport::Forward:
            return triangle(4.5, 13.0);
        case Transport::Pause:
            return bar(4.0) + bar(9.4);
        case Transport::Last:
            return bar(11.4) + triangle(2.0, 10.4);
    }
    return {};
}

// Sharp at every size: pixmaps would not grow with the text.
class SignEngine : public QIconEngine {
public:
    SignEngine(Transport sign, const QColor& color, const QColor& disabled)
        : m_sign(sign), m_color(color), m_disabled(disabled) {}

    QIconEngine* clone() const override { return new SignEngine(*this); }

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override {
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->translate(rect.topLeft());
        painter->scale(rect.width() / iconSide, rect.height() / iconSide);
        painter->fillPath(pathOf(m_sign), mode == QIcon::Disabled ? m_disabled : m_color);
        painter->restore();
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return pixmap;
    }

private:
    Transport m_sign;
    QColor m_color;
    QColor m_disabled;
};

// The sign of a transport button, 16 x 16, sharp at every scale.
QIcon transportIcon(Transport sign, const QColor& color, const QColor& disabled) {
    return QIcon(new SignEngine(sign, color, disabled));
}

}  // namespace

StepActions::StepActions(Workspace& workspace, QObject* parent)
    : QObject(parent),
      first(make(tr("&First step"), Qt::Key_Home)),
      back(make(tr("Step &back"), Qt::Key_PageUp)),
      play(new QAction(tr("&Play"), this)),
      forward(make(tr("Step &forward"), Qt::Key_PageDown)),
      last(make(tr("&Last step"), Qt::Key_End)),
      backUnit(make(tr("Unit b&ack"), Qt::CTRL | Qt::Key_PageUp)),
      forwardUnit(make(tr("&Unit forward"), Qt::CTRL | Qt::Key_PageDown)),
      backStage(make(tr("Sta&ge back"), Qt::CTRL | Qt::SHIFT | Qt::Key_PageUp)),
      forwardStage(make(tr("Stage for&ward"), Qt::CTRL | Qt::SHIFT | Qt::Key_PageDown)),
      restart(make(tr("Clea&r results"), Qt::CTRL | Qt::Key_R)),
      computeAll(make(tr("&Compute all"), Qt::CTRL | Qt::Key_Return)),
      cancel(make(tr("&Cancel"), Qt::Key_Escape)),
      backward(new QAction(tr("Play bac&kward"), this)),
      loop(new QAction(tr("L&oop"), this)),
      paces(new QActionGroup(this)),
      m_workspace(workspace) {
    const std::pair<QAction*, void (Workspace::*)()> moves[] = {
        {first, &Workspace::goToFirst},       {back, &Workspace::goBack},
        {forward, &Workspace::goForward},     {last, &Workspace::goToLast},
        {backUnit, &Workspace::goBackUnit},   {forwardUnit, &Workspace::goForwardUnit},
        {backStage, &Workspace::goBackStage}, {forwardStage, &Workspace::goForwardStage},
        {restart, &Workspace::restart},       {computeAll, &Workspace::computeAll},
        {cancel, &Workspace::cancel}};
    for (const auto& [action, slot] : moves)
        connect(action, &QAction::triggered, &m_workspace, slot);
    for (QAction* action : {first, back, forward, last, backUnit, forwardUnit, backStage, forwardStage})
        action->setAutoRepeat(true);
    play->setShortcut(Qt::Key_Space);
    play->setAutoRepeat(false);
    connect(play, &QAction::triggered, &m_workspace,
            [this] { m_workspace.playback().setPlaying(!m_workspace.playback().isPlaying()); });

    backward->setCheckable(true);
    backward->setToolTip(tr("Play from the current step towards the input"));
    connect(backward, &QAction::toggled, &m_workspace.playback(), &Playback::setBackward);
    loop->setCheckable(true);
    loop->setToolTip(tr("Begin again at the other end when playing has come to its last step"));
    connect(loop, &QAction::toggled, &m_workspace.playback(), &Playback::setLooping);
    addPace(tr("Play by &step"), Pace::Step);
    addPace(tr("Play by u&nit"), Pace::Unit);
    addPace(tr("Play by sta&ge"), Pace::Stage);

    const auto update = [this] { updateState(); };
    connect(&m_workspace, &Workspace::changed, this, [this](const Changes& changes) {
        if (changes.have(Changes::anySession | Changes::Step | Changes::Theme))
            updateState();
    });
    connect(&m_workspace.playback(), &Playback::playingChanged, this, update);
    connect(&m_workspace.playback(), &Playback::settingsChanged, this, update);
    connect(&m_workspace, &Workspace::busyChanged, this, update);
    updateState();
}

void StepActions::addPace(const QString& text, Pace pace) {
    QAction* action = paces->addAction(text);
    action->setCheckable(true);
    action->setChecked(m_workspace.playback().pace() == pace);
    action->setToolTip(tr("How far playing goes at a time"));
    connect(action, &QAction::triggered, this, [this, pace] { m_workspace.playback().setPace(pace); });
}

QList<QAction*> StepActions::all() const {
    return {first,       back,      play,         forward, last,       backUnit,
            forwardUnit, backStage, forwardStage, restart, computeAll, cancel};
}

QAction* StepActions::make(const QString& text, const QKeySequence& key) {
    auto* action = new QAction(text, this);
    action->setShortcut(key);
    action->setAutoRepeat(false);
    return action;
}

void StepActions::allow(QAction* action, bool allowed, const QString& does, const QString& whyNot) {
    action->setEnabled(allowed);
    const QString key = action->shortcut().toString(QKeySequence::NativeText);
    action->setToolTip(allowed ? QStringLiteral("%1 (%2)").arg(does, key) : whyNot);
    action->setStatusTip(action->toolTip());
}

void StepActions::updateState() {
    const bool isOpen = m_workspace.model() != nullptr;
    const bool hasInput = m_workspace.activations().input() != nullptr;
    const StepId lastStep = isOpen ? m_workspace.model()->graph().softmaxStep() : inputStep;
    const bool isPlaying = m_workspace.playback().isPlaying();
    const bool atStart = m_workspace.currentStep() <= inputStep;
    const bool atEnd = m_workspace.currentStep() >= lastStep;
    const QString noNetwork = tr("No network is open");
    const QString start = isOpen ? tr("This is the input: nothing comes before it") : noNetwork;
    const QString end = isOpen ? tr("This is the last step") : noNetwork;

    allow(first, isOpen && m_workspace.currentStep() != 0, tr("First step"),
          isOpen ? tr("This is the first step") : noNetwork);
    allow(back, isOpen && !atStart, tr("One step back"), start);
    allow(backUnit, isOpen && !atStart, tr("To the end of the unit before"), start);
    allow(forward, isOpen && !atEnd, tr("One step forward"), end);
    allow(forwardUnit, isOpen && !atEnd, tr("To the end of this unit, or of the next"), end);
    allow(backStage, isOpen && !atStart, tr("To the end of the stage before"), start);
    allow(forwardStage, isOpen && !atEnd, tr("To the end of this stage, or of the next"), end);
    allow(last, isOpen && !atEnd, tr("Last step"), end);
    const Playback& playback = m_workspace.playback();
    allow(play, isOpen && (!playback.isAtEnd() || isPlaying || playback.isLooping()),
          isPlaying               ? tr("Pause")
          : playback.isBackward() ? tr("Play: step back again and again")
                                  : tr("Play: step forward again and again"),
          playback.isBackward() ? start : end);
    allow(restart, hasInput, tr("Forget the results; every step forward then executes that step"),
          tr("No picture is open"));
    allow(computeAll, hasInput && !m_workspace.activations().isComplete(),
          tr("Compute all steps that are missing"),
          hasInput ? tr("Every step is computed") : tr("No picture is open"));
    allow(cancel, m_workspace.isBusy() || isPlaying, tr("Stop what is going on"), tr("Nothing is running"));
    play->setText(isPlaying ? tr("&Pause") : tr("&Play"));
    updateIcons();
}

void StepActions::updateIcons() {
    const Theme& theme = m_workspace.theme();
    const auto set = [&](QAction* action, Transport sign, const QColor& color) {
        action->setIcon(transportIcon(sign, color, theme.inactive));
    };
    set(first, Transport::First, theme.ink);
    set(back, Transport::Back, theme.ink);
    set(play, m_workspace.playback().isPlaying() ? Transport::Pause : Transport::Play, theme.panel);
    set(forward, Transport::Forward, theme.ink);
    set(last, Transport::Last, theme.ink);
}

}  // namespace resnet::ui
