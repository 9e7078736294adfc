#include "tests/TestPrograms.h"

#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QtTest>

namespace {

// Where a text is handed on that lupdate has not seen: it extracts literals that stand in tr() or
// translate().
QStringList unseenIn(const QString& source) {
    static const QRegularExpression pattern(QStringLiteral(
        "translate\\(\\s*\"\\w+\",\\s*[a-z_]\\w*\\)|\\btr\\([a-z_]\\w*\\)|QString (words|text|tr)\\(const char"));
    QStringList found;
    for (auto match = pattern.globalMatch(source); match.hasNext();)
        found << match.next().captured();
    return found;
}

}  // namespace

class TranslationTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyTextCanBeExtracted() {
        QStringList unseen;
        int files = 0;
        for (const char* folder : {"/ui", "/app"}) {
            QDirIterator all(QStringLiteral(RESNET_SOURCE_DIR) + QLatin1String(folder),
                             {QStringLiteral("*.cpp"), QStringLiteral("*.h")}, QDir::Files,
                             QDirIterator::Subdirectories);
            while (all.hasNext()) {
                QFile file(all.next());
                QVERIFY(file.open(QIODevice::ReadOnly));
                ++files;
                for (const QString& each : unseenIn(QString::fromUtf8(file.readAll())))
                    unseen << file.fileName() + QStringLiteral(": ") + each;
            }
        }
        QVERIFY(files > 200);
        QVERIFY2(unseen.isEmpty(), qPrintable(unseen.join(QLatin1Char('\n'))));
    }

    void findsTextsThatAreHandedOn() {
        QCOMPARE(unseenIn(QStringLiteral("QString words(const char* text) {")).size(), 1);
        QCOMPARE(unseenIn(QStringLiteral("QCoreApplication::translate(\"Chart\", text);")).size(), 1);
        QCOMPARE(unseenIn(QStringLiteral("label->setText(tr(name));")).size(), 1);
        QCOMPARE(unseenIn(QStringLiteral("tr(\"Step\") + Words::tr(\"%1 of %2\").arg(n)")).size(), 0);
    }
};

RESNET_TEST(TranslationTest)
#include "TranslationTest.moc"
