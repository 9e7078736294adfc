#include "tests/TestPrograms.h"
#include "ui/window/RecentFiles.h"

#include <QMenu>
#include <QSettings>
#include <QTemporaryDir>
#include <QtTest>

using namespace resnet::ui;

class RecentFilesTest : public QObject {
    Q_OBJECT
private:
    QTemporaryDir m_folder;

    QString file(const QString& name) const {
        const QString path = m_folder.filePath(name);
        QFile made(path);
        if (made.open(QIODevice::WriteOnly))
            made.write("x");
        return path;
    }

private Q_SLOTS:
    void theLatestComeFirstAndAreKept() {
        QSettings settings(m_folder.filePath(QStringLiteral("a.ini")), QSettings::IniFormat);
        const QString key = QStringLiteral("recent/pictures");
        {
            RecentFiles recent(&settings, key);
            for (int i = 0; i < 12; ++i)
                recent.add(file(QStringLiteral("%1.png").arg(i)));
            recent.add(file(QStringLiteral("7.png")));
            QCOMPARE(recent.paths().size(), RecentFiles::most);
            QVERIFY(recent.paths().front().endsWith(QStringLiteral("7.png")));
        }
        const RecentFiles again(&settings, key);
        QVERIFY(again.paths().front().endsWith(QStringLiteral("7.png")));
    }

    void damagedSettingsAreNoList() {
        QSettings settings(m_folder.filePath(QStringLiteral("b.ini")), QSettings::IniFormat);
        settings.setValue(QStringLiteral("recent"), QVariantMap{{QStringLiteral("a"), 3}});
        QVERIFY(RecentFiles(&settings, QStringLiteral("recent")).paths().isEmpty());
        QVERIFY(RecentFiles(nullptr, QStringLiteral("recent")).paths().isEmpty());
    }

    void whatIsGoneIsToldAndLeavesTheList() {
        RecentFiles recent(nullptr, QStringLiteral("recent"));
        const QString there = file(QStringLiteral("there.png"));
        const QString gone = file(QStringLiteral("gone.png"));
        recent.add(there);
        recent.add(gone);
        QVERIFY(QFile::remove(gone));
        QSignalSpy chosen(&recent, &RecentFiles::chosen);
        QSignalSpy missing(&recent, &RecentFiles::gone);
        QWidget parent;
        QMenu* menu = recent.makeMenu(QStringLiteral("Recent"), &parent);
        menu->actions().at(0)->trigger();
        QCOMPARE(missing.count(), 1);
        QVERIFY(chosen.isEmpty() && recent.paths() == QStringList{there});
        Q_EMIT menu->aboutToShow();
        menu->actions().at(0)->trigger();
        QCOMPARE(chosen.at(0).at(0).toString(), there);
        QVERIFY(menu->menuAction()->isEnabled());
        recent.clear();
        QTRY_VERIFY(menu->isEmpty() && !menu->menuAction()->isEnabled());
        QVERIFY(!menu->menuAction()->toolTip().isEmpty());
        recent.add(there);
        QTRY_VERIFY(!menu->isEmpty());
        QCOMPARE(menu->actions().at(0)->text(), QStringLiteral("there.png"));
    }
};

RESNET_WINDOW_TEST(RecentFilesTest)
#include "RecentFilesTest.moc"
