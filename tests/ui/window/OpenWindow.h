#pragma once

#include "tests/Patience.h"
#include "tests/ui/SmallNetwork.h"
#include "ui/painting/StyleSheet.h"
#include "ui/window/MainWindow.h"

#include <QApplication>
#include <QtTest>

#include <memory>

namespace resnet::ui::test {

// The window with a small network and a picture that has gone through it.
class OpenWindow {
public:
    void open(QSettings* settings = nullptr) {
        loadFonts();
        applyTheme(*qApp, Theme::light());
        workspace = std::make_unique<Workspace>(2);
        WindowResources resources;
        resources.settings = settings;
        window = std::make_unique<MainWindow>(*workspace, resources);
        window->resize(1280, 800);
        window->show();
        QVERIFY(QTest::qWaitForWindowExposed(window.get(), tests::patience(5'000)));
        workspace->createModel(smallRequest());
        workspace->setPicture(gradientPicture());
        QTRY_VERIFY(workspace->activations().input() && workspace->activations().isComplete() &&
                    !workspace->isBusy());
        window->setFocus();
    }
    void close() {
        window.reset();
        workspace.reset();
    }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) {
        QTest::keyClick(window.get(), key, modifiers);
        QCoreApplication::processEvents();  // what was done is in the history then
    }
    // An action by the beginning of its text.
    QAction* action(const char* text) const {
        for (QAction* each : window->actions())
            if (each->text().remove(QLatin1Char('&')).startsWith(QLatin1String(text)))
                return each;
        return nullptr;
    }

    std::unique_ptr<Workspace> workspace;
    std::unique_ptr<MainWindow> window;
};

}  // namespace resnet::ui::test
