#include "tests/TestPrograms.h"

#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QtTest>

// Weights files are held against a list of 62 bad inputs, from an empty file to a network of zeros. Each has
// a row, or several, in the tests of its reader, and their names begin with its number.
class HostileInputsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyBadWeightsFileHasARow() {
        static const QRegularExpression row(QStringLiteral("ow\\(\\s*\"(\\d+) "));
        QSet<int> found;
        QDirIterator i(QStringLiteral(RESNET_SOURCE_DIR "/tests/core"), {QStringLiteral("*Test.cpp")},
                       QDir::Files, QDirIterator::Subdirectories);
        while (i.hasNext()) {
            QFile file(i.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QString source = QString::fromUtf8(file.readAll());
            for (auto match = row.globalMatch(source); match.hasNext();)
                found << match.next().captured(1).toInt();
        }
        for (int entry = 1; entry <= 62; ++entry)
            QVERIFY2(found.contains(entry), qPrintable(QString::number(entry)));
    }
};

RESNET_TEST(HostileInputsTest)
#include "HostileInputsTest.moc"
