#include "app/cli/CommandLine.h"
#include "tests/TestPrograms.h"
#include "tests/app/cli/Program.h"

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

using namespace resnet;
using namespace resnet::app;

// What the window is opened with: a desktop hands over a file and does not say what it is.
class WindowArgumentsTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    // Under a name that says something else: the content decides.
    QString copyOf(const QString& source, const char* name) const {
        const QString path = m_folder.filePath(QString::fromLatin1(name));
        QFile::remove(path);
        return QFile::copy(source, path) ? path : QString();
    }
    static QString data(const char* name) {
        return QStringLiteral(RESNET_SOURCE_DIR "/tests/data/weights/") + QString::fromLatin1(name);
    }

private Q_SLOTS:
    void aFileIsAPictureOrWeights_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<bool>("isWeights");
        QTest::newRow("picture") << resnet::test::sample("china.jpg") << false;
        QTest::newRow("picture by content") << copyOf(resnet::test::sample("chelsea.png"), "a.pth") << false;
        QTest::newRow("PyTorch") << data("weights.pth") << true;
        QTest::newRow("older PyTorch") << data("weights-legacy.pth") << true;
        QTest::newRow("weights by content") << copyOf(data("weights.pth"), "a.jpg") << true;
        QTest::newRow("Keras") << data("keras/model.keras") << true;
        QTest::newRow("not there") << m_folder.filePath(QStringLiteral("none.pth")) << false;
        QTest::newRow("a folder") << m_folder.path() << false;
    }
    void aFileIsAPictureOrWeights() {
        QFETCH(const QString, file);
        QFETCH(const bool, isWeights);
        QVERIFY(!file.isEmpty());
        WindowOptions options;
        QVERIFY(!parseWindowArguments({file}, options));
        QCOMPARE(options.weights, isWeights ? file : QString());
        QCOMPARE(options.image, isWeights ? QString() : file);
        QVERIFY(!options.isNew);
    }

    void optionsTellOfTheWeights() {
        WindowOptions options;
        QVERIFY(!parseWindowArguments({QStringLiteral("--padding"), QStringLiteral("symmetric"),
                                       QStringLiteral("--"), data("weights.pth")},
                                      options));
        QCOMPARE(options.weights, data("weights.pth"));
        QVERIFY(options.request.padding && !options.isNew);
    }

    void aPictureGoesWithWeights() {
        WindowOptions options;
        const QString picture = resnet::test::sample("china.jpg");
        QVERIFY(!parseWindowArguments({picture, QStringLiteral("--weights"), data("weights.pth")}, options));
        QCOMPARE(options.image, picture);
        QCOMPARE(options.weights, data("weights.pth"));
    }

    void weightsTwiceAreWrongUsage() {
        const resnet::test::Finished finished = resnet::test::execute(
            {data("weights.pth"), QStringLiteral("--weights"), data("weights-legacy.pth")});
        QCOMPARE(finished.status, 2);
        QCOMPARE(finished.messageLines().size(), 1);
        QVERIFY2(finished.messages.contains(QStringLiteral("weights.pth' is no picture, and --weights")),
                 qPrintable(finished.messages));
    }
};

RESNET_EVENT_LOOP_TEST(WindowArgumentsTest)
#include "WindowArgumentsTest.moc"
