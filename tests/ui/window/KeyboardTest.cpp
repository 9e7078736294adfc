#include "tests/TestPrograms.h"
#include "tests/ui/window/OpenWindow.h"
#include "ui/activations/EnlargedMap.h"
#include "ui/diagram/DiagramCanvas.h"
#include "ui/explain/TraceView.h"
#include "ui/predictions/PredictionBars.h"
#include "ui/window/WorkbenchTabs.h"
#include "ui/workspace/Playback.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QComboBox>
#include <QDialog>
#include <QPushButton>
#include <QSet>
#include <QSlider>

using namespace resnet;
using namespace resnet::ui;
using namespace resnet::ui::test;

// The window without a mouse.
class KeyboardTest : public QObject {
    Q_OBJECT
private:
    OpenWindow m_open;

    Workspace& workspace() const { return *m_open.workspace; }
    static void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) {
        QVERIFY(QApplication::focusWidget());
        QTest::keyClick(QApplication::focusWidget(), key, modifiers);
        QCoreApplication::processEvents();
    }
    // By Tab from where the focus is; false if it does not come there.
    template <typename Wanted>
    static bool tabTo(const Wanted& isWanted) {
        for (int tabs = 0; tabs < 200; ++tabs) {
            if (QApplication::focusWidget() && isWanted(QApplication::focusWidget()))
                return true;
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        }
        return false;
    }
    template <typename Widget>
    static bool tabToA() {
        return tabTo([](QWidget* each) { return qobject_cast<Widget*>(each) != nullptr; });
    }
    static bool tabToButton(const char* name) {
        return tabTo([&](QWidget* each) {
            auto* button = qobject_cast<QAbstractButton*>(each);
            return button &&
                   (button->accessibleName() == QLatin1String(name) || button->text() == QLatin1String(name));
        });
    }

private Q_SLOTS:
    void init() {
        m_open.open();
        m_open.window->activateWindow();
        QTRY_VERIFY(QApplication::activeWindow());
        m_open.window->findChild<DiagramCanvas*>()->setFocus();
    }
    void cleanup() { m_open.close(); }

    // In the window it opens the list of a box; in a dialog it is the dialog's.
    void returnInADialogIsTheDialogs() {
        QDialog dialog(m_open.window.get());
        auto* box = new QComboBox(&dialog);
        box->addItems({QStringLiteral("one"), QStringLiteral("two")});
        auto* button = new QPushButton(&dialog);
        button->setDefault(true);
        QObject::connect(button, &QPushButton::clicked, &dialog, &QDialog::accept);
        dialog.show();
        dialog.activateWindow();
        box->setFocus();
        QTRY_VERIFY(box->hasFocus());
        press(Qt::Key_Return);
        QVERIFY(!box->view()->isVisible());
        QCOMPARE(dialog.result(), int(QDialog::Accepted));
    }

    void fromAPredictionToThePixelsBehindIt() {
        QVERIFY(tabToA<PredictionBars>());
        const int second = static_cast<PredictionBars*>(QApplication::focusWidget())->predictions()[1].index;
        press(Qt::Key_Down);
        QCOMPARE(workspace().classInQuestion(), second);
        press(Qt::Key_Return);
        QCOMPARE(workspace().settings().panelView, QStringLiteral("class"));
        QCOMPARE(workspace().classInQuestion(), second);
        // A unit's maps, and a cell of one.
        workspace().goToStep(*workspace().session().graph().find("layer1.0.add"));
        press(Qt::Key_1, Qt::ControlModifier);
        QCOMPARE(workspace().settings().panelView, ViewSettings::unit);
        QVERIFY(tabToA<EnlargedMap>());
        press(Qt::Key_Right);
        press(Qt::Key_Down);
        QVERIFY(workspace().cell());
        // Its arithmetic, and back by the strongest number, to the picture.
        press(Qt::Key_3, Qt::ControlModifier);
        QVERIFY(qobject_cast<TraceView*>(m_open.window->findChild<Workbench*>()->view()));
        QVERIFY(tabToButton("Follow the strongest"));
        const StepId last = workspace().session().graph().stepCount();
        for (StepId steps = 0; steps < last && workspace().currentStep() != inputStep; ++steps)
            press(Qt::Key_Return);
        QCOMPARE(workspace().currentStep(), inputStep);
        QVERIFY(workspace().cell());
    }

    void spacePressesTheFocusedControlAndPlaysElsewhere() {
        QVERIFY(tabToButton("Step forward"));
        const StepId before = workspace().currentStep();
        press(Qt::Key_Space);
        QVERIFY(!workspace().playback().isPlaying());
        QCOMPARE(workspace().currentStep(), before + 1);
        press(Qt::Key_Return);
        QCOMPARE(workspace().currentStep(), before + 2);
        m_open.window->findChild<DiagramCanvas*>()->setFocus();
        press(Qt::Key_Space);
        QVERIFY(workspace().playback().isPlaying());
        press(Qt::Key_Space);
        QVERIFY(!workspace().playback().isPlaying());
    }

    void f6GoesFromRegionToRegionAndBack() {
        QList<QWidget*> places;
        QWidget* begin = QApplication::focusWidget();
        do {
            press(Qt::Key_F6);
            places << QApplication::focusWidget();
        } while (places.last() != begin && places.size() < 20);
        QVERIFY(places.size() >= 4 && places.size() < 20);
        QCOMPARE(QSet<QWidget*>(places.begin(), places.end()).size(), places.size());
        press(Qt::Key_F6, Qt::ShiftModifier);
        QCOMPARE(QApplication::focusWidget(), places[places.size() - 2]);
        press(Qt::Key_F6);
        QCOMPARE(QApplication::focusWidget(), begin);
    }

    void whatHasTheFocusShowsIt() {
        QStringList silent;
        auto* workbench = m_open.window->findChild<Workbench*>();
        for (int tab = 0; tab < workbench->tabCount(); ++tab) {
            workbench->choose(workbench->tab(tab).views.front().key);
            QCoreApplication::processEvents();
            for (QWidget* each : m_open.window->findChildren<QWidget*>()) {
                if (!each->isVisible() || !each->isEnabled() || !(each->focusPolicy() & Qt::TabFocus))
                    continue;
                each->setFocus(Qt::TabFocusReason);
                if (!each->hasFocus() || each->inherits("QLineEdit"))
                    continue;  // it has a cursor
                const QImage with = each->grab().toImage();
                each->clearFocus();
                const QImage without = each->grab().toImage();
                const QString name =
                    QStringLiteral("%1 \"%2\"")
                        .arg(QString::fromLatin1(each->metaObject()->className()), each->accessibleName());
                if (with == without && !silent.contains(name))
                    silent << name;
            }
        }
        QVERIFY2(silent.isEmpty(), qPrintable(silent.join(QStringLiteral(", "))));
    }
};

RESNET_WINDOW_TEST(KeyboardTest)
#include "KeyboardTest.moc"
