#include "tests/TestPrograms.h"
#include "tests/ui/images/PictureBytes.h"
#include "ui/images/PictureChecks.h"

#include <QFile>
#include <QImage>
#include <QTemporaryDir>
#include <QtTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace resnet;
using namespace resnet::ui;
using namespace resnet::ui::tests;

namespace {

// Left half red, right half blue: halves differ after a wrong turn.
QImage redAndBlue(int width, int height) {
    QImage image(width, height, QImage::Format_RGB32);
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x)
            image.setPixel(x, y, x < width / 2 ? qRgb(255, 0, 0) : qRgb(0, 0, 255));
    return image;
}

QByteArray data(const char* name) {
    QFile file(QStringLiteral(RESNET_SOURCE_DIR "/tests/data/images/") + QString::fromLatin1(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QByteArray pngHeader(quint32 width, quint32 height) {
    return QByteArray("\x89PNG\r\n\x1a\n") +
           pngChunk("IHDR" + big(width, 4) + big(height, 4) + QByteArray("\x08\x02\x00\x00\x00", 5)) +
           pngChunk("IDAT") + pngChunk("IEND");
}

PictureFormat formatOf(const QByteArray& bytes) {
    return pictureFormatOf(bytesOf(bytes));
}

}  // namespace

class PictureReaderTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    QString path(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }
    QString write(const char* name, const QByteArray& bytes) const {
        QFile file(path(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("cannot write the test's own file");
        return file.fileName();
    }

private Q_SLOTS:
    void opensEveryFormat_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("height");
        QTest::addColumn<int>("red");
        QTest::addColumn<int>("green");
        QTest::addColumn<int>("blue");
        const QImage image = redAndBlue(20, 10);
        QTest::newRow("PNG") << encoded(image, "PNG") << 20 << 10 << 255 << 0 << 0;
        QTest::newRow("JPEG") << encoded(image, "JPG") << 20 << 10 << 254 << 0 << 0;
        QTest::newRow("BMP") << encoded(image, "BMP") << 20 << 10 << 255 << 0 << 0;
        QTest::newRow("WebP") << data("green.webp") << 6 << 4 << 0 << 128 << 0;
        QTest::newRow("TIFF") << data("green.tiff") << 6 << 4 << 0 << 128 << 0;
        QTest::newRow("CMYK JPEG") << data("cmyk-red.jpg") << 8 << 8 << 254 << 0 << 0;
        QImage grey(3, 3, QImage::Format_Grayscale8);
        grey.fill(77);
        QTest::newRow("grey") << encoded(grey, "PNG") << 3 << 3 << 77 << 77 << 77;
        QTest::newRow("palette") << encoded(image.convertToFormat(QImage::Format_Indexed8), "PNG") << 20 << 10
                                 << 255 << 0 << 0;
        QTest::newRow("16 bit") << encoded(image.convertToFormat(QImage::Format_RGBX64), "PNG") << 20 << 10
                                << 255 << 0 << 0;
        QImage deepGrey(4, 4, QImage::Format_Grayscale16);
        deepGrey.fill(QColor(100, 100, 100));
        QTest::newRow("16-bit grey") << encoded(deepGrey, "PNG") << 4 << 4 << 100 << 100 << 100;
        QImage one(1, 1, QImage::Format_RGB32);
        one.fill(QColor(9, 8, 7));
        QTest::newRow("1 x 1") << encoded(one, "PNG") << 1 << 1 << 9 << 8 << 7;
        QTest::newRow("1 x 5000") << encoded(one.scaled(1, 5000), "PNG") << 1 << 5000 << 9 << 8 << 7;
    }
    void opensEveryFormat() {
        QFETCH(QByteArray, bytes);
        QFETCH(int, width);
        QFETCH(int, height);
        QFETCH(int, red);
        QFETCH(int, green);
        QFETCH(int, blue);
        // Under the wrong extension: the content decides.
        const PicturePtr picture = readPicture(write("picture.txt", bytes));
        QCOMPARE(picture->name, QStringLiteral("picture.txt"));
        QCOMPARE(picture->image.width, width);
        QCOMPARE(picture->image.height, height);
        QVERIFY(isNear(at(*picture, 0, 0), {red, green, blue}, 3));
        QVERIFY2(picture->notes.isEmpty(), qPrintable(picture->notes.join(QLatin1Char(' '))));
    }

    void alphaGoesOverWhite() {
        QImage image(2, 1, QImage::Format_ARGB32);
        image.setPixel(0, 0, qRgba(255, 0, 0, 0));
        image.setPixel(1, 0, qRgba(0, 0, 255, 51));
        const PicturePtr picture = readPicture(encoded(image, "PNG"), QStringLiteral("a"));
        QCOMPARE(at(*picture, 0, 0), (Rgb{255, 255, 255}));
        QCOMPARE(at(*picture, 0, 1), (Rgb{204, 204, 255}));
        QCOMPARE(at(*pictureFrom(image, QStringLiteral("a")), 0, 1), (Rgb{204, 204, 255}));
    }

    void animationGivesItsFirstFrameAndSaysSo() {
        const PicturePtr picture = readPicture(data("red-then-blue.gif"), QStringLiteral("a.gif"));
        QCOMPARE(at(*picture, 1, 1), (Rgb{255, 0, 0}));
        QCOMPARE(picture->notes.size(), 1);
        QVERIFY(picture->notes.first().contains(QStringLiteral("first frame")));
    }

    void cutShortButShownWithAWarning_data() {
        QTest::addColumn<QByteArray>("whole");
        QTest::addColumn<double>("kept");
        QImage noise(64, 64, QImage::Format_RGB32);
        for (int i = 0; i < 64 * 64; ++i)
            noise.setPixel(i % 64, i / 64, qRgb(i * 37 % 256, i * 91 % 256, i * 53 % 256));
        QTest::newRow("JPEG, half") << encoded(noise, "JPG") << 0.5;
        QTest::newRow("JPEG, end marker") << encoded(noise, "JPG") << 0.999;
        QTest::newRow("BMP") << encoded(noise, "BMP") << 0.5;
    }
    void cutShortButShownWithAWarning() {
        QFETCH(QByteArray, whole);
        QFETCH(double, kept);
        QVERIFY(!isCutShort(formatOf(whole), bytesOf(whole)));
        const PicturePtr picture =
            readPicture(whole.left(qsizetype(double(whole.size()) * kept)), QStringLiteral("cut"));
        QCOMPARE(picture->image.width, 64);
        QCOMPARE(picture->notes.size(), 1);
        QVERIFY(picture->notes.first().contains(QStringLiteral("cut short")));
    }

    void trailingBytesAreNoCut() {
        for (const char* format : {"JPG", "BMP"}) {
            const QByteArray bytes = encoded(redAndBlue(20, 10), format) + QByteArray(100, 'x');
            QVERIFY(readPicture(bytes, QStringLiteral("a"))->notes.isEmpty());
        }
        const QByteArray gif = data("red-then-blue.gif");
        QVERIFY(!isCutShort(PictureFormat::Gif, bytesOf(gif + "x")));
        const QByteArray cut = gif.left(gif.indexOf(',') + 12);
        QVERIFY(isCutShort(PictureFormat::Gif, bytesOf(cut)));
    }

    void refuses_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("problem");
        const QByteArray png = encoded(redAndBlue(300, 200), "PNG");
        const auto row = [](const char* name, const QByteArray& bytes, const char* problem) {
            QTest::newRow(name) << bytes << QString::fromLatin1(problem);
        };
        row("60000 x 60000", pngHeader(60000, 60000), "60000 x 60000");
        row("20000 x 20000", pngHeader(20000, 20000), "256 megapixels");
        // What these claim of a row alone is more than there is memory.
        row("2147483647 x 2147483647", pngHeader(0x7FFFFFFF, 0x7FFFFFFF), "256 megapixels");
        row("200000000 x 1", pngHeader(200'000'000, 1), "more than 1 GiB");
        row("0 x 0", pngHeader(0, 0), "no pixels");
        row("no pixels behind a header", pngHeader(100, 100), "damaged");
        row("empty file", {}, "an empty file");
        row("cut PNG", png.left(png.size() / 2), "cut short");
        row("PNG without its last chunk", png.left(png.size() - 20), "cut short");
        QByteArray flipped = png;
        flipped[png.indexOf("IDAT") + 20] = char(flipped[png.indexOf("IDAT") + 20] ^ 0x55);
        row("CRC error", flipped, "checksum of its IDAT chunk");
        row("JPEG cut in its header", encoded(redAndBlue(20, 10), "JPG").left(100), "damaged");
        row("WebP cut", data("green.webp").left(20), "header");
        row("SVG", "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>", "an SVG drawing");
        row("text", "holiday", "a text");
    }
    void refuses() {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, problem);
        const QString file = write("broken.png", bytes);
        const QString error = errorOf([&] { readPicture(file); });
        QVERIFY2(error.startsWith(file) && error.contains(problem), qPrintable(error));
        QVERIFY(!error.contains(QLatin1Char('\n')));
    }

    void refusesWhatIsNoFile() {
        QCOMPARE(::mkfifo(path("pipe").toLocal8Bit().constData(), 0600), 0);
        for (const QString& name :
             {path("pipe"), m_folder.path(), path("vanished.png"), QStringLiteral("/dev/zero"),
              QStringLiteral("/dev/null"), QString(), QStringLiteral("caf\uFFFD.jpg")}) {
            const QString error = errorOf([&] { readPicture(name); });
            QVERIFY2(!error.isEmpty() && error.startsWith(name), qPrintable(error));
        }
        QVERIFY(errorOf([] {
                    readPicture(QStringLiteral("caf\uFFFD.jpg"));
                }).contains(QStringLiteral("not UTF-8")));
    }

    void refusesAnUnreadableFile() {
        if (::geteuid() == 0)
            QSKIP("root may read everything");
        const QString file = write("secret.png", encoded(redAndBlue(4, 4), "PNG"));
        QFile::setPermissions(file, {});
        QVERIFY(errorOf([&] { readPicture(file); }).contains(QStringLiteral("cannot be opened")));
    }

    void tellsTheFormatByContent() {
        QCOMPARE(formatOf(encoded(redAndBlue(2, 2), "PNG")), PictureFormat::Png);
        QCOMPARE(formatOf("RIFF1234WAVE"), PictureFormat::Unknown);
        QCOMPARE(formatOf("B"), PictureFormat::Unknown);
    }

    void emptyClipboardIsAnError() {
        QVERIFY(errorOf([] {
                    pictureFrom(QImage(), QStringLiteral("Clipboard"));
                }).startsWith(QStringLiteral("Clipboard: ")));
    }
};

RESNET_EVENT_LOOP_TEST(PictureReaderTest)
#include "PictureReaderTest.moc"
