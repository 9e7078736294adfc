#pragma once

#include "ui/window/Preferences.h"
#include "ui/workspace/Workspace.h"

#include <QFont>
#include <QObject>

#include <functional>

namespace resnet::ui {

// Colours of the program and the size of its text, as the person and the desktop want them: applied at once
// when either changes.
class Appearance : public QObject {
    Q_OBJECT
public:
    static constexpr int presentedPercent = 150;

    // `isDesktopDark` says what the desktop looks like now; null: its palette does.
    Appearance(Workspace& workspace, Preferences& preferences, QObject* parent = nullptr,
               std::function<bool()> isDesktopDark = {});
    ~Appearance() override;

    // To the next of the sizes, up or down; nothing at the end of them.
    void enlargeText();
    void reduceText();
    // For those who sit far away; not remembered.
    void setPresented(bool presented);

protected:
    bool eventFilter(QObject* object, QEvent* event) override;

private:
    void apply();

    Workspace& m_workspace;
    Preferences& m_preferences;
    const std::function<bool()> m_isDesktopDark;
    const QFont m_desktopFont;
    bool m_isDark = false;
    int m_percent = 0;  // that is applied
    bool m_isPresented = false;
    bool m_isAsking = false;
};

}  // namespace resnet::ui
