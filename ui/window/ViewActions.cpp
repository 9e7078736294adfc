#include "ui/window/ViewActions.h"

#include "ui/diagram/DiagramPanel.h"
#include "ui/window/Appearance.h"
#include "ui/window/Rails.h"

#include <QAction>
#include <QActionGroup>
#include <QMainWindow>

#include <tuple>

namespace resnet::ui {

ViewActions::ViewActions(Appearance& appearance, Preferences& preferences, DiagramPanel& diagram,
                         Rails& rails, const Frame& frame, QMainWindow* window)
    : QObject(window),
      m_appearance(appearance),
      m_preferences(preferences),
      m_diagram(diagram),
      m_rails(rails),
      m_frame(frame),
      m_window(window),
      m_reset(new QAction(tr("&Reset panels"), this)) {
    makeLevels();
    makePlaces();
    makeThemes();
    makeTextSizes();
    m_reset->setToolTip(
        tr("Rails, workbench and diagram as wide and high as at first, and torn-off tabs back"));
    connect(m_reset, &QAction::triggered, this, &ViewActions::resetPanels);
    connect(&m_preferences, &Preferences::changed, this, &ViewActions::showAppearance);
    showAppearance();
}

// Their keys 1, 2 and 3 belong to the diagram while it has the focus.
void ViewActions::makeLevels() {
    const std::pair<QString, Detail> levels[] = {{tr("Level: &network"), Detail::Network},
                                                 {tr("Level: &units"), Detail::Unit},
                                                 {tr("Level: &layers"), Detail::Layer}};
    for (const auto& [name, detail] : levels) {
        auto* action = new QAction(name, this);
        action->setToolTip(tr("Level of detail of the diagram (in the diagram: %1)").arg(int(detail) + 1));
        connect(action, &QAction::triggered, &m_diagram,
                [this, detail = detail] { m_diagram.setDetail(detail); });
        m_levels << action;
    }
}

QAction* ViewActions::makeSwitch(const QString& text, const QKeySequence& key, const QString& toolTip) {
    auto* action = new QAction(text, this);
    action->setCheckable(true);
    action->setShortcut(key);
    action->setToolTip(QStringLiteral("%1 (%2)").arg(toolTip, key.toString(QKeySequence::NativeText)));
    connect(action, &QAction::toggled, this, &ViewActions::arrange);
    return action;
}

void ViewActions::makePlaces() {
    m_alone = makeSwitch(tr("Wor&kbench alone"), Qt::CTRL | Qt::Key_F9,
                         tr("The workbench has the whole window, and gives it back"));
    m_fullScreen =
        makeSwitch(tr("&Full screen"), Qt::SHIFT | Qt::Key_F11, tr("The window has the whole screen"));
    m_presentation = makeSwitch(tr("&Presentation"), Qt::Key_F11,
                                tr("The diagram and the workbench alone have the whole screen"));
    m_places = {m_rails.leftAction(), m_rails.rightAction(), m_alone, m_fullScreen, m_presentation};
}

void ViewActions::makeThemes() {
    auto* group = new QActionGroup(this);
    for (const auto& [scheme, text, tip] :
         {std::tuple(Preferences::Scheme::System, tr("As the &system"),
                     tr("Light or dark as the desktop is, also when it changes")),
          std::tuple(Preferences::Scheme::Light, tr("&Light"), tr("Ink on paper")),
          std::tuple(Preferences::Scheme::Dark, tr("&Dark"), tr("Light ink on a dark ground"))}) {
        QAction* action = group->addAction(text);
        action->setCheckable(true);
        action->setToolTip(tip);
        connect(action, &QAction::triggered, this,
                [this, scheme = scheme] { m_preferences.setScheme(scheme); });
        m_themes << action;
    }
}

void ViewActions::makeTextSizes() {
    const auto make = [this](const QString& text, const QList<QKeySequence>& keys, auto&& act) {
        auto* action = new QAction(text, this);
        action->setShortcuts(keys);
        connect(action, &QAction::triggered, this, act);
        m_textSizes << action;
    };
    make(tr("&Larger text"), {Qt::CTRL | Qt::Key_Plus, Qt::CTRL | Qt::Key_Equal},
         [this] { m_appearance.enlargeText(); });
    make(tr("&Smaller text"), {Qt::CTRL | Qt::Key_Minus}, [this] { m_appearance.reduceText(); });
    make(tr("&Normal text"), {Qt::CTRL | Qt::Key_0}, [this] { m_preferences.setTextPercent(100); });
}

void ViewActions::showAppearance() {
    m_themes[int(m_preferences.scheme())]->setChecked(true);
    const int percent = m_preferences.textPercent();
    const bool canDo[] = {percent<Preferences::mostPercent, percent> Preferences::leastPercent,
                          percent != 100};
    for (int i = 0; i < m_textSizes.size(); ++i) {
        QAction* action = m_textSizes[i];
        action->setEnabled(canDo[i]);
        action->setToolTip(canDo[i] ? tr("Text is at %1 % (%2)")
                                          .arg(percent)
                                          .arg(action->shortcut().toString(QKeySequence::NativeText))
                                    : tr("Text is at %1 % already").arg(percent));
    }
}

void ViewActions::resetPanels() {
    m_alone->setChecked(false);
    m_presentation->setChecked(false);
    m_rails.reset();
    Q_EMIT panelsReset();
}

void ViewActions::toggleWorkbenchAlone() {
    m_alone->toggle();
}

void ViewActions::arrange() {
    const bool isPresented = m_presentation->isChecked();
    const bool isAlone = isPresented || m_alone->isChecked();
    if (isAlone)  // before the text grows, and after it shrinks: the rails keep their widths
        m_rails.setCentreAlone(true);
    m_appearance.setPresented(isPresented);
    m_rails.setCentreAlone(isAlone);
    m_diagram.setVisible(!m_alone->isChecked());
    for (QWidget* each : {m_frame.menuBar, m_frame.toolBar, m_frame.statusLine})
        each->setVisible(!isPresented);
    const bool isFull = isPresented || m_fullScreen->isChecked();
    m_window->setWindowState(m_window->windowState().setFlag(Qt::WindowFullScreen, isFull));
}

}  // namespace resnet::ui
