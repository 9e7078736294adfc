#include "tests/TestPrograms.h"
#include "tests/ui/images/PictureBytes.h"

#include <QTemporaryDir>
#include <QtTest>

#include <cmath>
#include <limits>
#include <tiffio.h>

using namespace resnet;
using namespace resnet::ui;
using namespace resnet::ui::tests;

namespace {

constexpr int whiteIsZero = 0;
constexpr int blackIsZero = 1;
constexpr int rgbTiff = 2;
constexpr int paletteTiff = 3;
constexpr int separated = 5;
constexpr int lab = 8;
constexpr int iccLab = 9;

QByteArray samples(const QList<int>& values, int bytes) {
    QByteArray result;
    for (const int value : values)
        result += little(quint64(value), bytes);
    return result;
}

template <typename Float>
QByteArray floats(const QList<Float>& values) {
    return {reinterpret_cast<const char*>(values.constData()), qsizetype(values.size() * sizeof(Float))};
}

TiffTag format(int kind) {
    return {339, 3, {quint32(kind)}};
}

// A picture of one pixel, in 8 or 16 bits a sample.
TiffBytes pixel(int photometric, int bits, const QList<int>& values) {
    return {1, 1, photometric, bits, int(values.size()), samples(values, bits / 8)};
}

// What a program writes with libtiff: 40 x 24, red above, blue below.
QByteArray written(const QString& path, const std::function<void(TIFF*)>& set) {
    TIFF* tiff = TIFFOpen(path.toLocal8Bit().constData(), "w");
    TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, 40);
    TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, 24);
    TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, 8);
    TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, 3);
    TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_RGB);
    TIFFSetField(tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
    TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, 5);
    set(tiff);
    const bool isSeparate = [&] {
        std::uint16_t planar = 0;
        return TIFFGetField(tiff, TIFFTAG_PLANARCONFIG, &planar) && planar == PLANARCONFIG_SEPARATE;
    }();
    const auto color = [](int y, int c) { return std::uint8_t(c == (y < 12 ? 0 : 2) ? 255 : 0); };
    if (TIFFIsTiled(tiff)) {
        for (int y = 0; y < 24; y += 16)
            for (int x = 0; x < 40; x += 16) {
                std::array<std::uint8_t, 16 * 16 * 3> tile{};
                for (int i = 0; i < 256; ++i)
                    for (int c = 0; c < 3; ++c)
                        tile[std::size_t(3 * i + c)] = color(y + i / 16, c);
                TIFFWriteTile(tiff, tile.data(), std::uint32_t(x), std::uint32_t(y), 0, 0);
            }
    } else {
        for (int plane = 0; plane < (isSeparate ? 3 : 1); ++plane)
            for (int y = 0; y < 24; ++y) {
                std::array<std::uint8_t, 40 * 3> row{};
                for (std::size_t i = 0; i < row.size(); ++i)
                    row[i] = color(y, isSeparate ? plane : int(i % 3));
                TIFFWriteScanline(tiff, row.data(), std::uint32_t(y), std::uint16_t(plane));
            }
    }
    TIFFClose(tiff);
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

}  // namespace

class TiffDecoderTest : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;

private Q_SLOTS:
    void readsEveryKindOfPixel_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QList<int>>("color");
        const auto row = [](const char* name, const TiffBytes& tiff, const QList<int>& color) {
            QTest::newRow(name) << tiff.bytes() << color;
        };
        row("8-bit RGB", pixel(rgbTiff, 8, {10, 20, 30}), {10, 20, 30});
        row("16-bit RGB", pixel(rgbTiff, 16, {257 * 10, 257 * 20, 257 * 30}), {10, 20, 30});
        row("16-bit RGB, big endian",
            TiffBytes(1, 1, rgbTiff, 16, 3, big(0x0A0A, 2) + big(0x1414, 2) + big(0x1E1E, 2)).bigEndian(),
            {10, 20, 30});
        row("BigTIFF", pixel(rgbTiff, 8, {10, 20, 30}).bigTiff(), {10, 20, 30});
        row("32-bit grey", TiffBytes(1, 1, blackIsZero, 32, 1, little(0x80000000u, 4)), {128, 128, 128});
        row("8-bit grey", pixel(blackIsZero, 8, {77}), {77, 77, 77});
        row("white is zero", pixel(whiteIsZero, 8, {77}), {178, 178, 178});
        row("white is zero, 16 bits", pixel(whiteIsZero, 16, {257 * 77}), {178, 178, 178});
        row("1 bit", TiffBytes(1, 1, blackIsZero, 1, 1, QByteArray("\x80")), {255, 255, 255});
        row("1 bit, white is zero", TiffBytes(1, 1, whiteIsZero, 1, 1, QByteArray("\x80")), {0, 0, 0});
        row("2 bits", TiffBytes(1, 1, blackIsZero, 2, 1, QByteArray("\x40")), {85, 85, 85});
        row("4 bits", TiffBytes(1, 1, blackIsZero, 4, 1, QByteArray("\x30")), {51, 51, 51});
        row("12 bits", TiffBytes(1, 1, blackIsZero, 12, 1, QByteArray("\x80\x00", 2)), {128, 128, 128});
        row("alpha", pixel(rgbTiff, 8, {255, 0, 0, 51}).set({338, 3, {2}}), {255, 204, 204});
        row("alpha, multiplied", pixel(rgbTiff, 8, {51, 0, 0, 51}).set({338, 3, {1}}), {255, 204, 204});
        row("grey with alpha", pixel(blackIsZero, 16, {0, 13107}).set({338, 3, {2}}), {204, 204, 204});
        row("inks", pixel(separated, 8, {0, 255, 255, 0}), {255, 0, 0});
        row("16-bit inks", pixel(separated, 16, {0, 0, 0, 65535}), {0, 0, 0});
        // CIE 15: of D50's white, the sRGB primary red is L 54.3, a 80.8, b 69.9.
        row("Lab", pixel(lab, 8, {138, 81, 70}), {255, 0, 0});
        row("Lab, white", pixel(lab, 8, {255, 0, 0}), {255, 255, 255});
        row("Lab, grey", pixel(lab, 16, {35082, 0, 0}), {128, 128, 128});
        row("Lab, 16 bits", pixel(lab, 16, {35582, 20690, 17894}), {255, 0, 0});
        row("Lab as ICC codes it", pixel(iccLab, 8, {138, 209, 198}), {255, 0, 0});
        row("Lab as ICC codes it, 16 bits", pixel(iccLab, 16, {65280, 32768, 32768}), {255, 255, 255});
        row("floats", TiffBytes(1, 1, rgbTiff, 32, 3, floats<float>({0.0f, 0.5f, 1.0f})).set(format(3)),
            {0, 128, 255});
        row("doubles", TiffBytes(1, 1, blackIsZero, 64, 1, floats<double>({0.25})).set(format(3)),
            {64, 64, 64});
        row("half floats", TiffBytes(1, 1, blackIsZero, 16, 1, little(0x3800, 2)).set(format(3)),
            {128, 128, 128});
        row("no photometric", TiffBytes(pixel(rgbTiff, 8, {10, 20, 30})).set({262, 3, {}}), {10, 20, 30});
        QList<quint32> map(768, 0);
        map[2] = 0x0A0A;
        map[256 + 2] = 0x1414;
        map[512 + 2] = 0x1E1E;
        row("paletteTiff", pixel(paletteTiff, 8, {2}).set({320, 3, map}), {10, 20, 30});
    }
    void readsEveryKindOfPixel() {
        QFETCH(QByteArray, bytes);
        QFETCH(QList<int>, color);
        const PicturePtr picture = read(bytes);
        QVERIFY2(picture->notes.isEmpty(), qPrintable(picture->notes.join(QLatin1Char(' '))));
        const Rgb found = at(*picture, 0, 0);
        QVERIFY2(isNear(found, {color[0], color[1], color[2]}, 2),
                 qPrintable(QStringLiteral("%1 %2 %3").arg(found[0]).arg(found[1]).arg(found[2])));
    }

    void readsEveryLayout_data() {
        QTest::addColumn<QByteArray>("bytes");
        const auto row = [&](const char* name, const std::function<void(TIFF*)>& set) {
            QTest::newRow(name) << written(m_folder.filePath(QLatin1String("a.tif")), set);
        };
        row("strips", [](TIFF*) {});
        row("planes", [](TIFF* tiff) { TIFFSetField(tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_SEPARATE); });
        row("LZW with differences", [](TIFF* tiff) {
            TIFFSetField(tiff, TIFFTAG_COMPRESSION, COMPRESSION_LZW);
            TIFFSetField(tiff, TIFFTAG_PREDICTOR, 2);
        });
        const auto tiles = [](TIFF* tiff) {
            TIFFSetField(tiff, TIFFTAG_TILEWIDTH, 16);
            TIFFSetField(tiff, TIFFTAG_TILELENGTH, 16);
        };
        row("tiles", tiles);
        row("packed tiles", [&](TIFF* tiff) {
            tiles(tiff);
            TIFFSetField(tiff, TIFFTAG_COMPRESSION, COMPRESSION_ADOBE_DEFLATE);
        });
        row("JPEG inside", [](TIFF* tiff) {
            TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, 16);
            TIFFSetField(tiff, TIFFTAG_COMPRESSION, COMPRESSION_JPEG);
            TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_YCBCR);
            TIFFSetField(tiff, TIFFTAG_JPEGCOLORMODE, JPEGCOLORMODE_RGB);
        });
    }
    void readsEveryLayout() {
        QFETCH(QByteArray, bytes);
        const PicturePtr picture = read(bytes);
        QCOMPARE(picture->image.width, 40);
        QCOMPARE(picture->image.height, 24);
        QVERIFY(picture->notes.isEmpty());
        for (int x = 0; x < 40; ++x) {
            QVERIFY(isNear(at(*picture, 0, x), {254, 0, 0}, 3));
            QVERIFY(isNear(at(*picture, 23, x), {0, 0, 254}, 3));
        }
    }

    void readsColorOfLowerResolution() {
        // TIFF 6.0, section 21: four lights, then two colors, that they share. ITU-R BT.601: this is red.
        const QByteArray block("\x4c\x4c\x4c\x4c\x55\xff", 6);
        const PicturePtr picture = read(TiffBytes(2, 2, 6, 8, 3, block).set({530, 3, {2, 2}}).bytes());
        for (int i = 0; i < 4; ++i)
            QVERIFY(isNear(at(*picture, i / 2, i % 2), {254, 0, 0}, 4));
    }

    void tellsWhatIsLeftOut() {
        const PicturePtr picture = read(pixel(rgbTiff, 8, {1, 2, 3, 4, 5}).bytes());
        QCOMPARE(at(*picture, 0, 0), (Rgb{1, 2, 3}));
        QVERIFY(picture->notes.first().startsWith(QStringLiteral("2 channels")));
        const PicturePtr first = read(written(m_folder.filePath(QLatin1String("b.tif")), [](TIFF* tiff) {
            TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, 40);
            for (int y = 0; y < 24; ++y) {
                std::array<std::uint8_t, 120> row{};
                TIFFWriteScanline(tiff, row.data(), std::uint32_t(y), 0);
            }
            TIFFWriteDirectory(tiff);
            TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, 40);
            TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, 24);
            TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, 8);
            TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, 3);
            TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_RGB);
            TIFFSetField(tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
        }));
        QCOMPARE(at(*first, 0, 0), (Rgb{0, 0, 0}));
        QVERIFY(first->notes.first().contains(QStringLiteral("several pictures")));
    }

    void floatsAreToldFromOtherRanges() {
        const auto grey = [](const QList<float>& values) {
            return TiffBytes(int(values.size()), 1, blackIsZero, 32, 1, floats<float>(values))
                .set(format(3))
                .bytes();
        };
        QVERIFY(errorOf(grey({0, 100, 255}))
                    .contains(QStringLiteral("floats from 0 to 255, expected 0 (black)")));
        QVERIFY(errorOf(grey({-1, 0, 1})).contains(QStringLiteral("-1 to 1")));
        QVERIFY(errorOf(grey({std::numeric_limits<float>::quiet_NaN()})).contains(QStringLiteral("floats")));
        QList<float> few(1000, 0.5f);
        few[17] = 1.5f;
        const PicturePtr picture = read(grey(few));
        QCOMPARE(at(*picture, 0, 17), (Rgb{255, 255, 255}));
        QVERIFY(picture->notes.first().contains(QStringLiteral("0 to 1.5")));
    }

    void refuses_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("problem");
        const auto row = [](const char* name, const QByteArray& bytes, const char* problem) {
            QTest::newRow(name) << bytes << QString::fromLatin1(problem);
        };
        const QByteArray whole = pixel(rgbTiff, 8, {1, 2, 3}).bytes();
        for (const int kept : {4, 8, 12, 40})
            row(qPrintable(QStringLiteral("cut after %1").arg(kept)), whole.left(kept),
                "damaged or cut short");
        row("pixels outside", TiffBytes(100, 100, rgbTiff, 8, 3, "abc").bytes(), "damaged or cut short");
        row("too large", TiffBytes(60000, 60000, rgbTiff, 8, 3, "abc").bytes(), "256 megapixels");
        row("no pixels", TiffBytes(0, 7, rgbTiff, 8, 3, "abc").bytes(), "damaged or cut short");
        row("raw", pixel(32803, 16, {5}).bytes(), "camera's raw picture");
        row("DNG", pixel(rgbTiff, 8, {1, 2, 3}).set({50706, 1, {1, 4, 0, 0}}).bytes(),
            "camera's raw picture");
        row("signed", pixel(blackIsZero, 16, {5}).set(format(2)).bytes(), "signed numbers");
        row("complex", TiffBytes(1, 1, blackIsZero, 64, 1, QByteArray(8, '\0')).set(format(6)).bytes(),
            "complex");
        row("24-bit floats", TiffBytes(1, 1, blackIsZero, 24, 1, "abc").set(format(3)).bytes(),
            "24-bit floats");
        row("other inks", pixel(separated, 8, {1, 2, 3, 4}).set({332, 3, {2}}).bytes(), "inks");
        row("mask", TiffBytes(1, 1, 4, 1, 1, "a").bytes(), "mask");
        row("JPEG 2000 inside", pixel(rgbTiff, 8, {1, 2, 3}).set({259, 3, {34712}}).bytes(), "method 34712");
        row("paletteTiff missing", TiffBytes(1, 1, paletteTiff, 4, 1, "a").bytes(), "damaged or cut short");
    }
    void refuses() {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, problem);
        const QString error = errorOf(bytes);
        QVERIFY2(error.startsWith(QStringLiteral("picture: ")) && error.contains(problem), qPrintable(error));
    }

    void nothingCrashesOnDamage() {
        // Every byte of small files, exchanged one after another.
        for (const QByteArray& whole : {pixel(rgbTiff, 16, {1, 2, 3, 4}).set({338, 3, {2}}).bytes(),
                                        pixel(lab, 8, {138, 81, 70}).bigTiff().bytes(),
                                        TiffBytes(2, 2, 6, 8, 3, QByteArray("\x4c\x4c\x4c\x4c\x55\xff", 6))
                                            .set({530, 3, {2, 2}})
                                            .bytes()}) {
            int opened = 0;
            for (qsizetype i = 0; i < whole.size(); ++i)
                for (const int bit : {0x01, 0x80, 0xff}) {
                    QByteArray bytes = whole;
                    bytes[i] = char(bytes[i] ^ bit);
                    opened += errorOf(bytes).isEmpty() ? 1 : 0;
                }
            QVERIFY(opened > 0);
        }
    }
};

RESNET_EVENT_LOOP_TEST(TiffDecoderTest)
#include "TiffDecoderTest.moc"
