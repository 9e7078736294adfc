#include "core/Error.h"
#include "tests/TestPrograms.h"
#include "ui/window/GuardedApplication.h"

#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>

#include <new>

using namespace resnet;
using namespace resnet::ui;

class GuardedApplicationTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatASlotThrowsIsToldAndTheLoopGoesOn() {
        int count = 1;
        char name[] = "test";
        char* arguments[] = {name, nullptr};
        GuardedApplication application(count, arguments);
        QStringList told;
        connect(&application, &GuardedApplication::caught, this,
                [&](const QString& message) { told << message; });
        QPushButton button;
        connect(&button, &QPushButton::clicked, this,
                [] { throw Error("class: expected 0 to 9, found 743"); });
        QTest::mouseClick(&button, Qt::LeftButton);
        QCOMPARE(told.size(), 1);
        QVERIFY2(told[0].contains(QStringLiteral("expected 0 to 9, found 743")), qPrintable(told[0]));

        QTimer::singleShot(0, this, [] { throw std::bad_alloc(); });
        bool isOver = false;
        QTimer::singleShot(1, this, [&] { isOver = true; });
        QTRY_VERIFY(isOver);
        QCOMPARE(told.size(), 2);
        QVERIFY2(told[1].contains(QStringLiteral("not enough memory")), qPrintable(told[1]));
    }
};

RESNET_TEST(GuardedApplicationTest)
#include "GuardedApplicationTest.moc"
