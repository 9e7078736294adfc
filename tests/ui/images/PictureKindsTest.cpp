#include "tests/TestPrograms.h"
#include "tests/ui/images/PictureBytes.h"

#include <QFile>
#include <QTemporaryFile>
#include <QtTest>

#include <unistd.h>

using namespace resnet;
using namespace resnet::ui;
using namespace resnet::ui::tests;

namespace {

// Color types of PNG.
constexpr int grey = 0;
constexpr int rgb = 2;
constexpr int palette = 3;
constexpr int greyAlpha = 4;
constexpr int rgbAlpha = 6;

QByteArray words(const QList<int>& values) {
    QByteArray bytes;
    for (const int value : values)
        bytes += big(quint32(value), 2);
    return bytes;
}

// A bitmap with a header of 40 bytes, or more, and what follows it: masks or a palette, and pixels.
QByteArray bmp(int headerSize, int width, int height, int bits, int compression,
               const QByteArray& masksOrPalette, const QByteArray& pixels, int colors = 0) {
    QByteArray header = little(quint64(headerSize), 4) + little(quint32(width), 4) +
                        little(quint32(height), 4) + little(1, 2) + little(quint64(bits), 2) +
                        little(quint64(compression), 4) + little(quint64(pixels.size()), 4) +
                        QByteArray(8, '\0') + little(quint64(colors), 4) + QByteArray(4, '\0') +
                        masksOrPalette;
    header += QByteArray(std::max<qsizetype>(0, headerSize - header.size()), '\0');
    const auto offset = quint64(14 + header.size());
    return "BM" + little(offset + quint64(pixels.size()), 4) + QByteArray(4, '\0') + little(offset, 4) +
           header + pixels;
}

QByteArray masks(const QList<quint32>& values) {
    QByteArray bytes;
    for (const quint32 value : values)
        bytes += little(value, 4);
    return bytes;
}

// Two frames, one red and one blue.
QByteArray animatedWebp() {
    const auto frame = [](Qt::GlobalColor color) {
        QImage image(16, 16, QImage::Format_RGB32);
        image.fill(color);
        const QByteArray place =
            little(0, 3) + little(0, 3) + little(15, 3) + little(15, 3) + little(100, 3) + '\0';
        return riffChunk("ANMF", place + encoded(image, "WEBP", 100).mid(12));
    };
    const QByteArray body = "WEBP" + riffChunk("VP8X", little(2, 4) + little(15, 3) + little(15, 3)) +
                            riffChunk("ANIM", QByteArray(6, '\0')) + frame(Qt::red) + frame(Qt::blue);
    return "RIFF" + little(quint64(body.size()), 4) + body;
}

// What the action writes to the terminal.
QByteArray printedBy(const std::function<void()>& action) {
    QTemporaryFile file;
    if (!file.open())
        return "no file";
    const int terminal = ::dup(STDERR_FILENO);
    ::dup2(file.handle(), STDERR_FILENO);
    action();
    ::dup2(terminal, STDERR_FILENO);
    ::close(terminal);
    QFile written(file.fileName());
    return written.open(QIODevice::ReadOnly) ? written.readAll() : "no file";
}

}  // namespace

// Kinds of PNG, BMP and WebP that other decoders are known to stumble over.
class PictureKindsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsEveryKindOfPng_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QList<int>>("colors");  // of the first pixels
        const auto row = [](const char* name, const QByteArray& bytes, const QList<int>& colors) {
            QTest::newRow(name) << bytes << colors;
        };
        const QByteArray filter(1, '\0');
        const auto trns = [](const QByteArray& values) { return pngChunk("tRNS" + values); };
        const QByteArray deep = filter + words({0x0A0A, 0x1414, 0x1E1E, 0x0101, 0x0202, 0x0303});
        row("16-bit RGB", png(2, 1, 16, rgb, {}, deep), {10, 20, 30, 1, 2, 3});
        row("16-bit RGB, a transparent color that no pixel has",
            png(2, 1, 16, rgb, trns(words({1, 2, 3})), deep), {10, 20, 30, 1, 2, 3});
        row("16-bit RGB, a transparent color",
            png(2, 1, 16, rgb, trns(words({0x0101, 0x0202, 0x0303})), deep), {10, 20, 30, 255, 255, 255});
        row("16-bit RGB, alpha", png(1, 1, 16, rgbAlpha, {}, filter + words({0xFFFF, 0, 0, 0x3333})),
            {255, 204, 204});
        const QByteArray deepGrey = filter + words({0x8080, 0x0101});
        row("16-bit grey, a transparent one", png(2, 1, 16, grey, trns(words({0x0101})), deepGrey),
            {128, 128, 128, 255, 255, 255});
        row("16-bit grey, alpha", png(1, 1, 16, greyAlpha, {}, filter + words({0, 0x3333})), {204, 204, 204});
        row("8-bit RGB, a transparent color",
            png(2, 1, 8, rgb, trns(words({1, 2, 3})), filter + QByteArray("\x0A\x14\x1E\1\2\3")),
            {10, 20, 30, 255, 255, 255});
        row("8-bit grey, a transparent one", png(2, 1, 8, grey, trns(words({5})), filter + "\x4D\5"),
            {77, 77, 77, 255, 255, 255});
        row("1-bit grey", png(2, 1, 1, grey, {}, filter + "\x40"), {0, 0, 0, 255, 255, 255});
        row("2-bit grey, a transparent one", png(2, 1, 2, grey, trns(words({1})), filter + "\x90"),
            {170, 170, 170, 255, 255, 255});
        const QByteArray colors = pngChunk("PLTE" + QByteArray("\x0A\x14\x1E\xFF\0\0", 6));
        row("1-bit palette", png(2, 1, 1, palette, colors, filter + "\x40"), {10, 20, 30, 255, 0, 0});
        row("palette with alpha",
            png(2, 1, 8, palette, colors + trns("\xFF\x33"), filter + QByteArray("\0\1", 2)),
            {10, 20, 30, 255, 204, 204});
        row("4-bit palette with alpha",
            png(2, 1, 4, palette, colors + trns(QByteArray("\0", 1)), filter + "\x01"),
            {255, 255, 255, 255, 0, 0});
        // Seven passes; of two columns and rows, the first, sixth and seventh have pixels.
        QByteArray interlaced = png(2, 2, 8, grey, {}, QByteArray("\0\1\0\2\0\3\4", 7));
        interlaced.replace(8, 25, pngChunk("IHDR" + big(2, 4) + big(2, 4) + QByteArray("\x08\0\0\0\1", 5)));
        row("interlaced", interlaced, {1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4});
    }
    void readsEveryKindOfPng() {
        QFETCH(QByteArray, bytes);
        QFETCH(QList<int>, colors);
        const PicturePtr picture = read(bytes);
        QVERIFY2(picture->notes.isEmpty(), qPrintable(picture->notes.join(QLatin1Char(' '))));
        QCOMPARE(picture->image.rgb.size(), std::size_t(colors.size()));
        QCOMPARE(QList<int>(picture->image.rgb.begin(), picture->image.rgb.end()), colors);
    }

    void readsEveryKindOfBmp_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QList<int>>("colors");  // of two rows of one pixel
        const auto row = [](const char* name, const QByteArray& bytes, const QList<int>& colors) {
            QTest::newRow(name) << bytes << colors;
        };
        const QList<int> blueOverRed{0, 0, 255, 255, 0, 0};
        const QByteArray red("\0\0\xFF\0", 4);
        const QByteArray blue("\xFF\0\0\0", 4);
        row("lowest row first", bmp(40, 1, 2, 24, 0, {}, red + blue), blueOverRed);
        row("highest row first", bmp(40, 1, -2, 24, 0, {}, blue + red), blueOverRed);
        row("32 bits, highest row first", bmp(40, 1, -2, 32, 0, {}, blue + red), blueOverRed);
        const QByteArray rgbMasks = masks({0xFF0000, 0xFF00, 0xFF});
        const QByteArray rgbaMasks = masks({0xFF0000, 0xFF00, 0xFF, 0xFF000000});
        row("32 bits with masks", bmp(40, 1, 2, 32, 3, rgbMasks, red + blue), blueOverRed);
        row("alpha", bmp(108, 1, 2, 32, 3, rgbaMasks, QByteArray("\0\0\xFF\x33\xFF\0\0\xFF", 8)),
            {0, 0, 255, 255, 204, 204});
        row("alpha, highest row first",
            bmp(124, 1, -2, 32, 3, rgbaMasks, QByteArray("\xFF\0\0\xFF\0\0\xFF\x33", 8)),
            {0, 0, 255, 255, 204, 204});
        row("alpha that hides everything", bmp(124, 1, 2, 32, 3, rgbaMasks, red + blue), blueOverRed);
        const QByteArray colors("\0\0\xFF\0\xFF\0\0\0", 8);
        row("palette", bmp(40, 1, 2, 8, 0, colors, QByteArray("\0\0\0\0\1\0\0\0", 8), 2), blueOverRed);
        row("1 bit", bmp(40, 1, 2, 1, 0, colors, QByteArray("\0\0\0\0\x80\0\0\0", 8), 2), blueOverRed);
        row("packed", bmp(40, 1, 2, 8, 1, colors, QByteArray("\1\0\0\0\1\1\0\0\0\1", 10), 2), blueOverRed);
    }
    void readsEveryKindOfBmp() {
        QFETCH(QByteArray, bytes);
        QFETCH(QList<int>, colors);
        const PicturePtr picture = read(bytes);
        QVERIFY2(picture->notes.isEmpty(), qPrintable(picture->notes.join(QLatin1Char(' '))));
        QCOMPARE(picture->image.height, 2);
        QCOMPARE(QList<int>(picture->image.rgb.begin(), picture->image.rgb.end()), colors);
    }

    void animationsGiveTheirFirstFrameAndSaySo() {
        const PicturePtr webp = read(animatedWebp());
        QVERIFY(isNear(at(*webp, 8, 8), {255, 0, 0}, 3));
        QCOMPARE(webp->notes, QStringList{QStringLiteral("an animation; its first frame is used")});
        const QByteArray one("\0\x0A\x14\x1E", 4);
        const PicturePtr frames = read(png(1, 1, 8, rgb, pngChunk("acTL" + big(2, 4) + big(0, 4)), one));
        QCOMPARE(at(*frames, 0, 0), (Rgb{10, 20, 30}));
        QCOMPARE(frames->notes, webp->notes);
        QVERIFY(read(png(1, 1, 8, rgb, pngChunk("acTL" + big(1, 4) + big(0, 4)), one))->notes.isEmpty());
    }

    void otherCodingsOfColorAreTold() {
        const QByteArray one("\0\x0A\x14\x1E", 4);
        const PicturePtr wide =
            read(png(1, 1, 8, rgb, pngChunk("cICP" + QByteArray("\x09\x10\0\1", 4)), one));
        QVERIFY(wide->notes.first().contains(QStringLiteral("cICP")));
        QVERIFY(
            read(png(1, 1, 8, rgb, pngChunk("cICP" + QByteArray("\x01\x0d\0\1", 4)), one))->notes.isEmpty());
    }

    void librariesPrintNothing() {
        const QByteArray filter(1, '\0');
        QByteArray notPacked = png(4, 4, 8, rgb, {}, filter);
        const auto data = notPacked.indexOf("IDAT");
        notPacked = notPacked.left(data - 4) + pngChunk("IDAT no zlib stream") + pngChunk("IEND");
        const QByteArray oddChunks = pngChunk("gAMA" + big(0, 4)) + pngChunk("sRGB\x09") + pngChunk("iCCPx");
        QImage image(64, 64, QImage::Format_RGB32);
        image.fill(Qt::red);
        QByteArray scan = encoded(image, "JPG");
        scan.replace(scan.size() - 40, 20, QByteArray(20, '\xFF'));
        const QList<QByteArray> pictures{
            notPacked,
            png(1, 1, 8, rgb, oddChunks, QByteArray("\0\1\2\3", 4)),
            scan,
            encoded(image, "JPG").left(400),
            TiffBytes(100, 100, 2, 8, 3, "abc").bytes(),
            TiffBytes(1, 1, 2, 8, 3, "abc").set({65000, 3, {1}}).set({305, 3, {7}}).bytes(),
            TiffBytes(1, 1, 2, 8, 3, "abc").bytes().left(30),
            bmp(40, 9, 9, 24, 77, {}, "abc"),
            animatedWebp().left(100),
        };
        const QByteArray printed = printedBy([&] {
            for (const QByteArray& picture : pictures)
                errorOf(picture);
        });
        QCOMPARE(printed, QByteArray());
        QVERIFY(errorOf(notPacked).contains(QStringLiteral("the PNG picture is damaged (IDAT")));
    }
};

RESNET_EVENT_LOOP_TEST(PictureKindsTest)
#include "PictureKindsTest.moc"
