#include "core/Error.h"
#include "core/files/ByteSource.h"
#include "tests/TestPrograms.h"

#include <QTemporaryFile>
#include <QtTest>

using namespace resnet;

class ByteSourceTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void nothingIsReadOnceItIsStopped() {
        QTemporaryFile file;
        QVERIFY(file.open());
        QVERIFY(file.write("0123456789") == 10 && file.flush());
        std::stop_source stop;
        const auto source = openFile(file.fileName().toStdString(), stop.get_token());
        QCOMPARE(source->readText(3, 4), std::string("3456"));
        stop.request_stop();
        try {
            source->readText(3, 4);
            QFAIL("it was read");
        } catch (const Error& error) {
            QCOMPARE(QString::fromUtf8(error.what()),
                     file.fileName() + QStringLiteral(": reading was stopped"));
        }
        QVERIFY_EXCEPTION_THROWN(readFileBytes(file.fileName().toStdString(), 100, stop.get_token()), Error);
    }

    // Pieces are put together right.
    void aLargeFileIsReadInPieces() {
        QByteArray bytes(5'000'001, Qt::Uninitialized);
        for (qsizetype i = 0; i < bytes.size(); ++i)
            bytes[i] = char(i * 7 + (i >> 16));
        QTemporaryFile file;
        QVERIFY(file.open());
        QVERIFY(file.write(bytes) == bytes.size() && file.flush());
        const std::string read = openFile(file.fileName().toStdString())->readText(3, 4'999'990);
        QVERIFY(bytes.mid(3, 4'999'990) == QByteArray::fromStdString(read));
    }
};

RESNET_TEST(ByteSourceTest)
#include "ByteSourceTest.moc"
