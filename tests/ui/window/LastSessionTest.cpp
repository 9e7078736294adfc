#include "tests/TestPrograms.h"
#include "tests/ui/SmallNetwork.h"
#include "ui/window/LastSession.h"

#include <QAction>
#include <QSettings>
#include <QTemporaryDir>
#include <QtTest>

using namespace resnet;
using namespace resnet::ui;
using namespace resnet::ui::test;

class LastSessionTest : public QObject {
    Q_OBJECT
private:
    QTemporaryDir m_folder;

    static void open(Workspace& workspace) {
        workspace.createModel(smallRequest());
        workspace.setPicture(gradientPicture());
        QTRY_VERIFY(workspace.session().isComputed() && !workspace.isBusy());
    }

private Q_SLOTS:
    void whatWasOpenIsOpenedAgain() {
        QSettings settings(m_folder.filePath(QStringLiteral("a.ini")), QSettings::IniFormat);
        const QString picture = m_folder.filePath(QStringLiteral("last.png"));
        QVERIFY(gradient(90, 70).save(picture));
        {
            Workspace workspace(2);
            open(workspace);
            LastSession session(workspace, &settings, nullptr);
            QVERIFY(!session.reopenAction()->isEnabled());
            workspace.openPictureFile(picture);
            QTRY_VERIFY(workspace.picture()->path == picture && !workspace.isBusy());
            workspace.goToStep(*workspace.session().graph().find("layer2.0.add"));
            ViewSettings view = workspace.settings();
            view.panelView = QStringLiteral("steps");
            workspace.setSettings(view);
        }
        Workspace workspace(2);
        open(workspace);
        LastSession session(workspace, &settings, nullptr);
        QVERIFY(session.reopenAction()->isEnabled());
        session.reopenAction()->trigger();
        QTRY_VERIFY(workspace.picture()->path == picture && !workspace.isBusy());
        QCOMPARE(workspace.session().graph().stepName(workspace.currentStep()), std::string("layer2.0.add"));
        QCOMPARE(workspace.settings().panelView, QStringLiteral("steps"));
    }

    void aPictureThatIsGoneIsTold() {
        QSettings settings(m_folder.filePath(QStringLiteral("b.ini")), QSettings::IniFormat);
        settings.setValue(QStringLiteral("session/picture"), m_folder.filePath(QStringLiteral("gone.png")));
        settings.setValue(QStringLiteral("session/step"), QStringLiteral("no such step"));
        Workspace workspace(2);
        open(workspace);
        const PicturePtr before = workspace.picture();
        QList<Notice> notices;
        connect(&workspace, &Workspace::noticePosted, this, [&](const Notice& notice) { notices << notice; });
        LastSession session(workspace, &settings, nullptr);
        session.reopenAction()->trigger();
        QTRY_COMPARE(notices.size(), 1);
        QVERIFY(notices[0].text.contains(QStringLiteral("gone.png")));
        QCOMPARE(workspace.picture(), before);
    }
};

RESNET_WINDOW_TEST(LastSessionTest)
#include "LastSessionTest.moc"
