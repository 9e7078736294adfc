#include "app/Window.h"
#include "app/cli/CommandLine.h"
#include "app/resources/Samples.h"
#include "tests/TestPrograms.h"
#include "ui/window/GuardedApplication.h"
#include "ui/window/MainWindow.h"
#include "ui/window/NoticeStrip.h"

#include <QTemporaryDir>
#include <QTimer>
#include <QtTest>

#include <optional>

using namespace resnet;

// The window as the program opens it, with nothing kept of earlier runs.
class WindowTest : public QObject {
    Q_OBJECT
    QTemporaryDir m_home;
    int m_argumentCount = 1;
    QByteArray m_program = "test.app";
    char* m_arguments[2] = {m_program.data(), nullptr};
    std::optional<ui::GuardedApplication> m_application;

    struct Seen {
        QString title;
        QStringList told;  // warnings and errors, without repetitions
        int status = -1;
    };
    // Runs the window until its title says `title`, or nothing more is to be hoped for.
    Seen runUntil(const QString& title, const app::WindowOptions& options) {
        Seen seen;
        QTimer look;
        const QDeadlineTimer patience(tests::patience(120'000));
        connect(&look, &QTimer::timeout, this, [&] {
            for (QWidget* each : QApplication::topLevelWidgets())
                if (auto* window = qobject_cast<ui::MainWindow*>(each)) {
                    const ui::Notice* notice = window->findChild<ui::NoticeStrip*>()->notice();
                    if (notice && !seen.told.contains(notice->text))
                        seen.told << notice->text;
                    seen.title = window->windowTitle();
                    if (seen.title.startsWith(title) || patience.hasExpired())
                        window->close();
                }
        });
        look.start(0);
        seen.status = app::runWindow(*m_application, options);
        return seen;
    }
    static QString bundled() {
        return app::samples().front().title + QStringLiteral(" – ResNet-34 · Imagenette – ");
    }

private Q_SLOTS:
    void initTestCase() {
        qputenv("XDG_CONFIG_HOME", m_home.path().toUtf8());
        qputenv("XDG_DATA_HOME", m_home.path().toUtf8());
        m_application.emplace(m_argumentCount, m_arguments);
    }

    void withoutAWordItShowsWhatComesWithIt() {
        const Seen seen = runUntil(bundled(), {});
        QVERIFY2(seen.title.startsWith(bundled()), qPrintable(seen.title));
        QCOMPARE(seen.told, QStringList());
        QCOMPARE(seen.status, 0);
    }

    // With what the desktop puts around it: a title of up to 48 pixels.
    void withItsFrameItFitsOnTheScreen() {
        const QSize proposed(1440, 900);
        const QSize least(1024, 680);
        for (const QRect& room : {QRect(0, 0, 1280, 800), QRect(0, 27, 1366, 741), QRect(0, 0, 1600, 920),
                                  QRect(0, 0, 1440, 900), QRect(1920, 0, 2560, 1440)}) {
            const QRect place = app::firstPlace(room, proposed, least);
            QVERIFY(room.contains(place));
            QVERIFY(place.width() >= least.width() && place.height() >= least.height());
        }
        QCOMPARE(app::firstPlace({0, 0, 2560, 1440}, proposed, least).size(), QSize(1456, 948));
        const QRect small = app::firstPlace({0, 30, 1000, 600}, proposed, least);  // its title at least
        QCOMPARE(small.topLeft(), QPoint(0, 30));
    }

    // What cannot be opened is told, and what comes with the program takes its place.
    void itIsNeverEmpty_data() {
        QTest::addColumn<QString>("weights");
        QTest::addColumn<QString>("image");
        const QString no = m_home.filePath(QStringLiteral("none"));
        QTest::newRow("no weights") << no << QString();
        QTest::newRow("no picture") << QString() << no;
        QTest::newRow("neither") << no << no;
    }
    void itIsNeverEmpty() {
        QFETCH(QString, weights);
        QFETCH(QString, image);
        app::WindowOptions options;
        options.weights = weights;
        options.image = image;
        const Seen seen = runUntil(bundled(), options);
        QVERIFY2(seen.title.startsWith(bundled()), qPrintable(seen.title));
        QVERIFY(!seen.told.isEmpty());
        for (const QString& each : seen.told)
            QVERIFY2(each.contains(QStringLiteral("none")), qPrintable(each));
    }
};

RESNET_TEST(WindowTest)
#include "WindowTest.moc"
