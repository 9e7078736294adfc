#include "ui/window/Appearance.h"

#include "ui/painting/StyleSheet.h"

#include <QApplication>
#include <QEvent>
#include <QFontInfo>
#include <QPalette>

#include <algorithm>
#include <utility>

namespace resnet::ui {

namespace {

constexpr int percents[] = {80, 90, 100, 110, 125, 150, 175, 200};

// The program's own palette hides the desktop's.
bool isPaletteDark() {
    const QPalette ours = QApplication::palette();
    QApplication::setPalette(QPalette());
    const bool isDark = QApplication::palette().color(QPalette::Window).lightness() < 128;
    QApplication::setPalette(ours);
    return isDark;
}

// Desktops usually write 9 to 11 points, which is 12 to 14.7 pixels; what is larger was chosen to be.
double sizeOf(const QFont& desktopFont) {
    constexpr double usual = 11.0 * 96.0 / 72.0;
    return std::clamp(QFontInfo(desktopFont).pixelSize() / usual, 1.0, 2.0);
}

}  // namespace

Appearance::Appearance(Workspace& workspace, Preferences& preferences, QObject* parent,
                       std::function<bool()> isDesktopDark)
    : QObject(parent),
      m_workspace(workspace),
      m_preferences(preferences),
      m_isDesktopDark(isDesktopDark ? std::move(isDesktopDark) : isPaletteDark),
      m_desktopFont(QApplication::font()) {
    connect(&m_preferences, &Preferences::changed, this, &Appearance::apply);
    qApp->installEventFilter(this);
    apply();
}

Appearance::~Appearance() {
    QApplication::setFont(m_desktopFont);
}

void Appearance::enlargeText() {
    const auto* next = std::ranges::upper_bound(percents, m_preferences.textPercent());
    if (next != std::end(percents))
        m_preferences.setTextPercent(*next);
}

void Appearance::reduceText() {
    const auto* here = std::ranges::lower_bound(percents, m_preferences.textPercent());
    if (here != std::begin(percents))
        m_preferences.setTextPercent(*(here - 1));
}

void Appearance::setPresented(bool presented) {
    m_isPresented = presented;
    apply();
}

void Appearance::apply() {
    using Scheme = Preferences::Scheme;
    const bool isAsked = std::exchange(m_isAsking, true);
    const bool isDark = m_preferences.scheme() == Scheme::Dark ||
                        (m_preferences.scheme() == Scheme::System && m_isDesktopDark());
    m_isAsking = isAsked;
    const int percent =
        m_isPresented ? std::max(m_preferences.textPercent(), presentedPercent) : m_preferences.textPercent();
    if (m_percent == percent && m_isDark == isDark)
        return;
    m_percent = percent;
    m_isDark = isDark;
    m_workspace.setThemeKind(isDark ? Theme::Kind::Dark : Theme::Kind::Light);
    applyTheme(*qApp, m_workspace.theme(), sizeOf(m_desktopFont) * percent / 100.0);
}

bool Appearance::eventFilter(QObject* object, QEvent* event) {
    if (event->type() == QEvent::ThemeChange && !m_isAsking && object->isWindowType())
        QMetaObject::invokeMethod(this, &Appearance::apply, Qt::QueuedConnection);
    return QObject::eventFilter(object, event);
}

}  // namespace resnet::ui
