#include "tests/TestPrograms.h"
#include "tests/ui/window/LayoutCheck.h"
#include "tests/ui/window/OpenWindow.h"
#include "ui/model/ModelPanel.h"
#include "ui/window/AnimationDialog.h"
#include "ui/window/ExportDialog.h"
#include "ui/window/NewNetworkDialog.h"
#include "ui/window/Preferences.h"
#include "ui/window/PreferencesDialog.h"

#include <functional>

using namespace resnet::ui;
using namespace resnet::ui::test;

// The dialogs, and the settings of the model, at every size of text: nothing is cut in them either.
class DialogLayoutTest : public QObject {
    Q_OBJECT

    OpenWindow m_open;

private Q_SLOTS:
    void initTestCase() { m_open.open(); }
    void cleanupTestCase() { m_open.close(); }

    void everythingHasRoom_data() {
        QTest::addColumn<int>("percent");
        for (const int percent : {80, 100, 150, 200})
            QTest::addRow("%d", percent) << percent;
    }
    void everythingHasRoom() {
        QFETCH(const int, percent);
        auto* preferences = m_open.window->findChild<Preferences*>();
        preferences->setTextPercent(percent);
        const std::pair<const char*, std::function<QWidget*()>> dialogs[] = {
            {"new network", [] { return new NewNetworkDialog; }},
            {"preferences", [&] { return new PreferencesDialog(*preferences); }},
            {"animation", [this] { return new AnimationDialog(*m_open.workspace, nullptr); }},
            {"export", [this] { return new ExportDialog(*m_open.workspace, {}, nullptr); }},
            {"model settings", [this] { return new ModelPanel(*m_open.workspace); }}};
        QStringList faults;
        for (const auto& [name, make] : dialogs) {
            const std::unique_ptr<QWidget> dialog(make());
            dialog->show();
            QVERIFY(QTest::qWaitForWindowExposed(dialog.get(), resnet::tests::patience(5'000)));
            QTest::qWait(50);
            LayoutCheck check(QString::fromLatin1(name));
            check.look(*dialog);
            faults << check.faults();
        }
        preferences->setTextPercent(100);
        QVERIFY2(faults.isEmpty(), qPrintable(QLatin1Char('\n') + faults.join(QLatin1Char('\n'))));
    }
};

RESNET_WINDOW_TEST(DialogLayoutTest)
#include "DialogLayoutTest.moc"
