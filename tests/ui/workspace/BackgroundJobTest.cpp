#include "tests/TestPrograms.h"
#include "ui/workspace/BackgroundJob.h"

#include <QThread>
#include <QtTest>

#include <algorithm>
#include <atomic>
#include <latch>
#include <memory>
#include <new>
#include <optional>
#include <stdexcept>
#include <sys/resource.h>
#include <unistd.h>

using namespace resnet;
using namespace resnet::ui;

using Context = BackgroundJob::Context;

class BackgroundJobTest : public QObject {
    Q_OBJECT
private:
    QStringList m_told;

    BackgroundJob::Failed failed() {
        return [this](const Error& error) {
            m_told << QStringLiteral("failed: ") + QString::fromUtf8(error.what());
        };
    }
    static void waitForStop(const Context& context) {
        while (!context.stop().stop_requested())
            QThread::msleep(1);
    }

private Q_SLOTS:
    void init() { m_told.clear(); }

    void theWorkIsDoneElsewhereAndItsResultComesHere() {
        BackgroundJob job(QStringLiteral("no memory"));
        QThread* doneIn = nullptr;
        QSignalSpy running(&job, &BackgroundJob::runningChanged);
        job.start([](const Context&) { return QThread::currentThread(); },
                  [&](QThread* workedIn) {
                      QVERIFY(workedIn != QThread::currentThread());
                      doneIn = QThread::currentThread();
                  },
                  failed());
        QVERIFY(job.isRunning());
        QTRY_COMPARE(doneIn, QThread::currentThread());
        QVERIFY(!job.isRunning());
        QCOMPARE(running.count(), 2);
        QVERIFY(m_told.isEmpty());
    }

    void theWindowGoesFirstWhereProcessorsAreFew() {
        const auto niceness = [] { return getpriority(PRIO_PROCESS, id_t(gettid())); };
        BackgroundJob job(QStringLiteral("no memory"));
        std::optional<int> worked;
        job.start([&](const Context&) { return niceness(); }, [&](int found) { worked = found; }, failed());
        QTRY_VERIFY(worked.has_value());
        QCOMPARE(*worked, std::min(niceness() + 5, 19));
    }

    void reportsComeInOrderAndBeforeTheResult() {
        BackgroundJob job(QStringLiteral("no memory"));
        job.start(
            [this](const Context& context) {
                for (int i = 0; i < 100; ++i)
                    context.report([this, i] { m_told << QString::number(i); });
            },
            [this] { m_told << QStringLiteral("done"); }, failed());
        QTRY_COMPARE(m_told.size(), 101);
        for (int i = 0; i < 100; ++i)
            QCOMPARE(m_told[i], QString::number(i));
        QCOMPARE(m_told.back(), QStringLiteral("done"));
    }

    void ofManyTheLatestWins() {
        BackgroundJob job(QStringLiteral("no memory"));
        for (int i = 0; i < 200; ++i)
            job.start([i](const Context&) { return i; },
                      [this](int result) { m_told << QString::number(result); }, failed());
        QTRY_VERIFY(!job.isRunning());
        QTest::qWait(20);
        QCOMPARE(m_told, QStringList{QStringLiteral("199")});
    }

    void nothingComesAfterACancel() {
        BackgroundJob job(QStringLiteral("no memory"));
        std::atomic<bool> hasReported = false;
        std::atomic<bool> hasEnded = false;
        job.start(
            [&](const Context& context) {
                context.report([this] { m_told << QStringLiteral("report"); });
                hasReported = true;
                waitForStop(context);
                hasEnded = true;
                throw Error("stopped");
            },
            [this] { m_told << QStringLiteral("done"); }, failed());
        while (!hasReported)
            QThread::msleep(1);
        job.cancel();
        QVERIFY(!job.isRunning());
        QTRY_VERIFY(hasEnded);
        QTest::qWait(20);
        QCOMPARE(m_told, QStringList());
    }

    void whateverIsThrownIsTold_data() {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("told");
        QTest::newRow("error") << 0 << QStringLiteral("failed: file: expected this");
        QTest::newRow("memory") << 1 << QStringLiteral("failed: no memory");
        QTest::newRow("standard") << 2 << QStringLiteral("failed: out of range");
        QTest::newRow("other") << 3
                               << QStringLiteral("failed: something went wrong that does not say what it is");
    }
    void whateverIsThrownIsTold() {
        QFETCH(int, kind);
        QFETCH(QString, told);
        const auto throwIt = [kind] {
            if (kind == 0)
                throw Error("file: expected this");
            if (kind == 1)
                throw std::bad_alloc();
            if (kind == 2)
                throw std::out_of_range("out of range");
            throw 3;
        };
        BackgroundJob job(QStringLiteral("no memory"));
        job.start([throwIt](const Context&) { throwIt(); }, [] {}, failed());
        QTRY_COMPARE(m_told, QStringList{told});
        QVERIFY(!job.isRunning());
        m_told.clear();
        job.start([](const Context&) {}, throwIt, failed());  // while the result is taken
        QTRY_COMPARE(m_told, QStringList{told});
        m_told.clear();
        job.start(
            [throwIt](const Context& context) {
                context.report(throwIt);
                waitForStop(context);
            },
            [this] { m_told << QStringLiteral("done"); }, failed());
        QTRY_COMPARE(m_told, QStringList{told});
        QVERIFY2(!job.isRunning(), "a report that cannot be taken ends the run");
    }

    void oneThatDoesNotStopHoldsNobodyUp() {
        std::latch mayEnd(1);
        {
            BackgroundJob job(QStringLiteral("no memory"));
            for (int i = 0; i < 2; ++i) {
                std::latch begun(1);
                job.start(
                    [&](const Context&) {
                        begun.count_down();
                        mayEnd.wait();
                    },
                    [this] { m_told << QStringLiteral("slow"); }, failed());
                begun.wait();
            }
            job.start([](const Context&) {}, [this] { m_told << QStringLiteral("next"); }, failed());
            QTRY_COMPARE(m_told, QStringList{QStringLiteral("next")});
            mayEnd.count_down();
        }
        QCOMPARE(m_told, QStringList{QStringLiteral("next")});
    }

    void theEndStopsWhatRunsAndWaitsForIt() {
        std::atomic<bool> hasEnded = false;
        std::latch begun(1);
        {
            BackgroundJob job(QStringLiteral("no memory"));
            job.start(
                [&](const Context& context) {
                    begun.count_down();
                    waitForStop(context);
                    hasEnded = true;
                },
                [this] { m_told << QStringLiteral("done"); }, failed());
            begun.wait();
        }
        QVERIFY(hasEnded);
        QCoreApplication::processEvents();
        QCOMPARE(m_told, QStringList());
    }

    void oneMayFollowFromAnother() {
        BackgroundJob job(QStringLiteral("no memory"));
        QSignalSpy running(&job, &BackgroundJob::runningChanged);
        const auto second = [&] {
            job.start([](const Context&) {}, [this] { m_told << QStringLiteral("second"); }, failed());
        };
        job.start([](const Context&) {}, second, failed());
        QTRY_COMPARE(m_told, QStringList{QStringLiteral("second")});
        QCOMPARE(running.count(), 2);  // busy all along
    }
};

RESNET_EVENT_LOOP_TEST(BackgroundJobTest)
#include "BackgroundJobTest.moc"
