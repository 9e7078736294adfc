#include "tests/TestPrograms.h"
#include "tests/ui/images/PictureBytes.h"
#include "ui/images/ForeignKinds.h"

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

using namespace resnet;
using namespace resnet::ui;
using namespace resnet::ui::tests;

namespace {

QByteArray isoMedia(const QByteArray& major, const QByteArray& compatible) {
    return big(quint32(16 + compatible.size()), 4) + "ftyp" + major + QByteArray(4, '\0') + compatible +
           QByteArray(64, '\x01');
}

}  // namespace

class ForeignKindsTest : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;

private Q_SLOTS:
    void saysWhatItIsAndWhatToDo_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("what");
        QTest::addColumn<QString>("advice");
        QTest::addColumn<bool>("isPicture");
        const auto row = [](const char* name, const QByteArray& bytes, const char* what, const char* advice,
                            bool isPicture = true) {
            QTest::newRow(name) << bytes << QString::fromLatin1(what) << QString::fromLatin1(advice)
                                << isPicture;
        };
        row("HEIC", isoMedia("heic", "mif1heic"), "HEIC", "heif-convert");
        row("HEIC by its second name", isoMedia("mif1", "mif1heicmiaf"), "HEIC", "export it as JPEG");
        row("AVIF", isoMedia("avif", "avifmif1miaf"), "AVIF", "avifdec");
        row("AVIF by its second name", isoMedia("mif1", "mif1avif"), "AVIF", "avifdec");
        row("CR3", isoMedia("crx ", "crx isom"), "raw picture", "develop");
        row("MP4", isoMedia("isom", "isomiso2avc1mp41"), "video", "ffmpeg", false);
        row("JPEG XL", QByteArray("\xFF\x0A\x01\x02"), "JPEG XL", "djxl");
        row("JPEG XL in boxes", QByteArray("\0\0\0\x0CJXL \r\n\x87\n", 12), "JPEG XL", "djxl");
        row("JPEG 2000", QByteArray("\0\0\0\x0CjP  \r\n\x87\n", 12), "JPEG 2000", "opj_decompress");
        row("JPEG-LS", QByteArray("\xFF\xD8\xFF\xF7\0\x0b", 6), "JPEG-LS", "save it");
        row("Photoshop", QByteArray("8BPS\0\1", 6), "Photoshop", "PNG");
        row("PDF", "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n", "PDF", "pdftoppm");
        row("EPS", "%!PS-Adobe-3.0 EPSF-3.0\n", "PostScript", "gs ");
        row("SVG", "<?xml version='1.0'?>\n<!-- a drawing -->\n<svg xmlns='http://www.w3.org/2000/svg'/>",
            "SVG", "rsvg-convert");
        row("CR2", QByteArray("II*\0\x10\0\0\0CR\2\0", 12), "CR2", "develop");
        row("icon", QByteArray("\0\0\1\0\1\0", 6), "icon", "convert");
        row("PNM", "P6\n2 2\n255\nabcabcabcabc", "Netpbm", "pnmtopng");
        row("DICOM", QByteArray(128, '\0') + "DICM", "DICOM", "dcmj2pnm");
        row("XBM", "#define a_width 8\n#define a_height 8\nstatic char a_bits[] = {0};", "XBM", "convert");
        row("web page", "\n<!DOCTYPE html>\n<html><head><title>Sign in</title>", "web page (HTML)",
            "save the picture", false);
        row("web page, lower case", "<!doctype HTML>", "web page", "save the picture", false);
        row("error in XML", "<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code></Error>",
            "error message", "save the picture", false);
        row("error in JSON", "{\"error\": \"not found\"}", "error message of a server (JSON)",
            "save the picture", false);
        row("Git LFS", "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 5\n",
            "Git LFS pointer", "git lfs pull", false);
        row("text", "holiday\n", "a text", "expected a PNG", false);
        row("empty", {}, "an empty file", "expected a PNG", false);
        row("zeros", QByteArray(4096, '\0'), "nothing but zeros", "again", false);
        row("beside a file on macOS", QByteArray("\0\5\x16\7\0\2\0\0", 8), "macOS", "beside it", false);
        row("HDF5", "\x89HDF\r\n\x1a\n", "HDF5", "--weights", false);
        row("safetensors", little(100, 8) + "{\"fc.weight\":", "safetensors", "--weights", false);
        row("zip", "PK\3\4", "zip archive", "unpack", false);
        row("a text that begins like a bitmap", "BM is no bitmap, but a text", "a text", "expected a PNG",
            false);
    }
    void saysWhatItIsAndWhatToDo() {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, what);
        QFETCH(QString, advice);
        QFETCH(bool, isPicture);
        const QString error = errorOf(bytes);
        QVERIFY2(error.startsWith(QStringLiteral("picture: this is ")), qPrintable(error));
        QVERIFY2(error.contains(what) && error.contains(advice), qPrintable(error));
        QVERIFY(!error.contains(QLatin1Char('\n')));
        QCOMPARE(foreignKindOf(bytesOf(bytes)).use == ForeignKind::Use::Picture, isPicture);
    }

    void whatIsUnknownIsDescribed() {
        const QString error = errorOf("\x01\x02\xFEnoise");
        QVERIFY2(error.contains(QStringLiteral("begins with 01 02 FE 6E")), qPrintable(error));
    }

    // Where a file is dropped, it goes to the reader whose refusal helps.
    void tellsPicturesFromWeights_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<bool>("isPicture");
        QTest::newRow("HEIC") << QStringLiteral("a.bin") << isoMedia("heic", "mif1") << true;
        QTest::newRow("a page called a picture") << QStringLiteral("a.JPG") << QByteArray("<html>") << true;
        QTest::newRow("a page called weights") << QStringLiteral("a.pth") << QByteArray("<html>") << false;
        QTest::newRow("weights called a picture") << QStringLiteral("a.png") << QByteArray("PK\3\4") << false;
        QTest::newRow("noise") << QStringLiteral("a") << QByteArray("\1\2\3") << false;
    }
    void tellsPicturesFromWeights() {
        QFETCH(QString, name);
        QFETCH(QByteArray, bytes);
        QFETCH(bool, isPicture);
        QFile file(m_folder.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
        file.close();
        QCOMPARE(isPictureFile(file.fileName()), isPicture);
    }
};

RESNET_EVENT_LOOP_TEST(ForeignKindsTest)
#include "ForeignKindsTest.moc"
