#include "ui/steps/StepControls.h"

#include "ui/painting/Theme.h"
#include "ui/steps/StepActions.h"
#include "ui/steps/StepSlider.h"
#include "ui/widgets/ChoiceBox.h"
#include "ui/widgets/TextSize.h"
#include "ui/words/StepWords.h"
#include "ui/workspace/Playback.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace resnet::ui {

namespace {

constexpr double speeds[] = {1.0, 2.0, 4.0, 8.0, 16.0, 30.0};

QToolButton* transportButton(QAction* action, const char* role) {
    auto* button = new QToolButton;
    button->setDefaultAction(action);
    button->setToolButtonStyle(Qt::ToolButtonIconOnly);
    button->setProperty("role", QString::fromLatin1(role));
    button->setAccessibleName(action->text().remove(QLatin1Char('&')));
    followTextSize(*button, [button] {
        button->setIconSize(QSize(scaled(16), scaled(16)));
        button->setFixedSize(scaled(30), scaled(30));
    });
    return button;
}

}  // namespace

StepControls::StepControls(Workspace& workspace, const StepActions& actions, QWidget* parent)
    : QWidget(parent),
      m_workspace(workspace),
      m_count(new QLabel),
      m_name(new QLabel),
      m_speed(new ChoiceBox) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(2);
    QToolButton* first = transportButton(actions.first, "transport");
    QToolButton* last = transportButton(actions.last, "transport");
    row->addWidget(first);
    row->addWidget(transportButton(actions.back, "transport"));
    row->addWidget(transportButton(actions.play, "play"));
    row->addWidget(transportButton(actions.forward, "transport"));
    row->addWidget(last);
    row->addSpacing(12);

    m_count->setProperty("role", QStringLiteral("secondary"));
    m_name->setProperty("role", QStringLiteral("bold"));
    m_name->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* where = new QVBoxLayout;
    where->setSpacing(0);
    where->addWidget(m_name);
    where->addWidget(m_count);
    m_slider = new StepSlider(workspace);
    row->addWidget(m_slider, 1);
    row->addSpacing(12);
    row->addLayout(where);
    row->addSpacing(8);

    Playback& playback = m_workspace.playback();
    for (const double speed : speeds)
        m_speed->addItem(tr("%1 steps/s").arg(speed), speed);
    m_speed->setAccessibleName(tr("Speed of playing"));
    connect(m_speed, &QComboBox::activated, this,
            [this, &playback] { playback.setBeatsPerSecond(m_speed->currentData().toDouble()); });
    const auto showSpeed = [this, &playback] {
        m_speed->setCurrentIndex(m_speed->findData(playback.beatsPerSecond()));
        tellSpeed();
    };
    connect(&playback, &Playback::settingsChanged, this, showSpeed);
    showSpeed();
    row->addWidget(m_speed);

    auto* restart = new QToolButton;
    restart->setDefaultAction(actions.restart);
    restart->setAccessibleName(tr("Clear results"));
    row->addSpacing(4);
    row->addWidget(restart);
    m_spared = {restart, first, last, m_speed, m_slider};

    connect(&m_workspace, &Workspace::changed, this, [this](const Changes& changes) {
        if (changes.have(Changes::Model))
            tellSpeed();
        if (changes.have(Changes::Model))
            m_name->setFixedWidth(widthOfNames());
        if (changes.have(Changes::Model | Changes::Step))
            showStep();
    });
    followTextSize(*m_name, [this] { m_name->setFixedWidth(widthOfNames()); });
    showStep();
}

// How long all of it takes: nobody reckons that 125 steps at 4 per second are half a minute.
void StepControls::tellSpeed() {
    const Playback& playback = m_workspace.playback();
    const QString what = tr("How many steps, units or stages playing takes per second.");
    if (!m_workspace.model())
        return m_speed->setToolTip(what);
    const Graph& graph = m_workspace.model()->graph();
    int beats = 0;
    for (StepId step = inputStep; step < graph.softmaxStep();
         step = paceForward(graph, step, playback.pace()))
        ++beats;
    m_speed->setToolTip(tr("%1 The whole way takes %2 s now.")
                            .arg(what, QString::number(beats / playback.beatsPerSecond(), 'f',
                                                       beats < 10 * playback.beatsPerSecond() ? 1 : 0)));
}

// Of the longest name, so that nothing moves from step to step.
int StepControls::widthOfNames() const {
    const QFontMetrics metrics(windowFont(TextRole::BodyBold));
    int widest = metrics.horizontalAdvance(QStringLiteral("Stage 2, unit 1: downsample.0"));
    if (m_workspace.model())
        for (StepId step = 0; step < m_workspace.model()->graph().stepCount(); ++step)
            widest = std::max(widest, metrics.horizontalAdvance(titleOf(m_workspace.model()->graph(), step)));
    return widest + Theme::grid;
}

// One after the other goes where there is no room.
void StepControls::resizeEvent(QResizeEvent*) {
    for (QWidget* each : m_spared)
        each->show();
    for (QWidget* each : m_spared) {
        layout()->invalidate();
        if (layout()->minimumSize().width() <= width())
            return;
        each->hide();
    }
}

void StepControls::showStep() {
    if (!m_workspace.model()) {
        m_count->setText(tr("No network"));
        m_name->clear();
        return;
    }
    const Graph& graph = m_workspace.model()->graph();
    const StepId step = m_workspace.currentStep();
    m_count->setText(step == inputStep ? tr("before the first step")
                                       : tr("step %1 of %2  %3")
                                             .arg(step + 1)
                                             .arg(graph.stepCount())
                                             .arg(QString::fromStdString(graph.stepName(step))));
    m_name->setText(titleOf(graph, step));
}

}  // namespace resnet::ui
