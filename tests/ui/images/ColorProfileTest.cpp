#include "tests/TestPrograms.h"
#include "tests/ui/images/PictureBytes.h"
#include "ui/images/ImageBuilder.h"

#include <QColorSpace>
#include <QFile>
#include <QtTest>

#include <cmath>
#include <lcms2.h>

using namespace resnet;
using namespace resnet::ui;
using namespace resnet::ui::tests;

namespace {

QByteArray saved(cmsHPROFILE profile) {
    cmsUInt32Number size = 0;
    cmsSaveProfileToMem(profile, nullptr, &size);
    QByteArray bytes(qsizetype(size), '\0');
    cmsSaveProfileToMem(profile, bytes.data(), &size);
    cmsCloseProfile(profile);
    return bytes;
}

void describe(cmsHPROFILE profile, const char* name) {
    cmsMLU* text = cmsMLUalloc(nullptr, 1);
    cmsMLUsetASCII(text, "en", "US", name);
    cmsWriteTag(profile, cmsSigProfileDescriptionTag, text);
    cmsMLUfree(text);
}

// sRGB's primaries in the order given, and a curve that is a power.
QByteArray rgbProfile(double power, bool isExchanged, const char* name = "A profile") {
    const cmsCIExyY white{0.3127, 0.3290, 1};
    cmsCIExyYTRIPLE primaries{{0.64, 0.33, 1}, {0.30, 0.60, 1}, {0.15, 0.06, 1}};
    if (isExchanged)
        std::swap(primaries.Red, primaries.Blue);
    cmsToneCurve* curve = cmsBuildGamma(nullptr, power);
    cmsToneCurve* curves[] = {curve, curve, curve};
    cmsHPROFILE profile = cmsCreateRGBProfile(&white, &primaries, curves);
    cmsFreeToneCurve(curve);
    describe(profile, name);
    return saved(profile);
}

QByteArray greyProfile(double power) {
    cmsToneCurve* curve = cmsBuildGamma(nullptr, power);
    cmsHPROFILE profile = cmsCreateGrayProfile(cmsD50_xyY(), curve);
    cmsFreeToneCurve(curve);
    return saved(profile);
}

// Inks that show nothing, except black: L is what black leaves.
QByteArray inkProfile() {
    cmsHPROFILE profile = cmsCreateProfilePlaceholder(nullptr);
    cmsSetProfileVersion(profile, 4.3);
    cmsSetDeviceClass(profile, cmsSigOutputClass);
    cmsSetColorSpace(profile, cmsSigCmykData);
    cmsSetPCS(profile, cmsSigLabData);
    cmsPipeline* pipeline = cmsPipelineAlloc(nullptr, 4, 3);
    cmsStage* table = cmsStageAllocCLut16bit(nullptr, 2, 4, 3, nullptr);
    cmsStageSampleCLut16bit(
        table,
        [](const cmsUInt16Number* in, cmsUInt16Number* out, void*) {
            out[0] = cmsUInt16Number(65535 - in[3]);
            out[1] = out[2] = 0x8080;
            return 1;
        },
        nullptr, 0);
    // A profile of version 4 has curves on either side of its table.
    cmsPipelineInsertStage(pipeline, cmsAT_END, cmsStageAllocToneCurves(nullptr, 4, nullptr));
    cmsPipelineInsertStage(pipeline, cmsAT_END, table);
    cmsPipelineInsertStage(pipeline, cmsAT_END, cmsStageAllocToneCurves(nullptr, 3, nullptr));
    cmsWriteTag(profile, cmsSigAToB0Tag, pipeline);
    cmsPipelineFree(pipeline);
    describe(profile, "Black only");
    return saved(profile);
}

QByteArray inPng(const QByteArray& file, const QByteArray& profile) {
    return withPngChunk(file, "iCCP" + QByteArray("name\0\0", 6) + qCompress(profile).mid(4));
}

// ICC.1:2010, annex B.4: in parts that are numbered.
QByteArray inJpeg(QByteArray file, const QByteArray& profile, int parts) {
    const qsizetype size = profile.size() / parts + 1;
    for (int i = parts - 1; i >= 0; --i)
        file = withJpegSegment(
            file, 0xE2,
            QByteArray("ICC_PROFILE\0", 12) + char(i + 1) + char(parts) + profile.mid(i * size, size));
    return file;
}

QByteArray inGif(QByteArray file, const QByteArray& profile) {
    QByteArray blocks("!\xFF\x0bICCRGBG1012");
    for (qsizetype i = 0; i < profile.size(); i += 255)
        blocks += char(profile.mid(i, 255).size()) + profile.mid(i, 255);
    return file.insert(file.indexOf(QByteArray("!\xF9", 2)), blocks + '\0');
}

// A bitmap of one pixel in the header of Windows 98.
QByteArray bmp(const QByteArray& profile, const QByteArray& blueGreenRed) {
    const QByteArray header = little(124, 4) + little(1, 4) + little(1, 4) + little(1, 2) + little(24, 2) +
                              QByteArray(40, '\0') + "DEBM" + QByteArray(48, '\0') + little(0, 4) +
                              little(128, 4) + little(quint64(profile.size()), 4) + QByteArray(4, '\0');
    return "BM" + little(quint64(142 + profile.size()), 4) + QByteArray(4, '\0') + little(138, 4) + header +
           blueGreenRed + '\0' + profile;
}

QByteArray imageData(const char* name) {
    QFile file(QStringLiteral(RESNET_SOURCE_DIR "/tests/data/images/") + QString::fromLatin1(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QImage filled(const QColor& color, QImage::Format format = QImage::Format_RGB32) {
    QImage image(8, 8, format);
    image.fill(color);
    image.setColorSpace({});
    return image;
}

// IEC 61966-2-1: the byte of a light from 0 to 1.
int srgbByte(double light) {
    return int(
        std::lround(255 * (light <= 0.0031308 ? 12.92 * light : 1.055 * std::pow(light, 1 / 2.4) - 0.055)));
}

}  // namespace

class ColorProfileTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyFormatIsConverted_data() {
        QTest::addColumn<QByteArray>("bytes");
        const QByteArray profile = rgbProfile(2.2, true);
        const QImage red = filled(Qt::red);
        QTest::newRow("PNG") << inPng(encoded(red, "PNG"), profile);
        QTest::newRow("PNG, 16 bits")
            << inPng(encoded(filled(Qt::red, QImage::Format_RGBX64), "PNG"), profile);
        QTest::newRow("PNG, alpha") << inPng(encoded(filled(Qt::red, QImage::Format_ARGB32), "PNG"), profile);
        QTest::newRow("JPEG") << inJpeg(encoded(red, "JPG"), profile, 1);
        QTest::newRow("JPEG, in parts") << inJpeg(encoded(red, "JPG"), profile, 3);
        QTest::newRow("WebP") << extendedWebp(encoded(red, "WEBP", 100), red.size(), 32,
                                              riffChunk("ICCP", profile), {});
        QTest::newRow("TIFF")
            << TiffBytes(1, 1, 2, 8, 3, QByteArray("\xff\0\0", 3)).set(34675, profile).bytes();
        QTest::newRow("GIF") << inGif(imageData("red-then-blue.gif"), profile);
        QTest::newRow("BMP") << bmp(profile, QByteArray("\0\0\xff", 3));
    }
    void everyFormatIsConverted() {
        QFETCH(QByteArray, bytes);
        const PicturePtr picture = read(bytes);
        QVERIFY(isNear(at(*picture, 0, 0), {0, 0, 255}, 3));
        QVERIFY2(picture->notes.contains(QStringLiteral("colours converted to sRGB from \"A profile\"")),
                 qPrintable(picture->notes.join(QLatin1Char(' '))));
    }

    void lightIsKept() {
        // The profile says that numbers are light itself.
        for (const int value : {0, 3, 40, 128, 200, 255}) {
            const Rgb expected{srgbByte(value / 255.0), srgbByte(value / 255.0), srgbByte(value / 255.0)};
            const QImage grey = filled(QColor(value, value, value));
            const QByteArray rgb = rgbProfile(1, false);
            QVERIFY(isNear(at(*read(inPng(encoded(grey, "PNG"), rgb)), 0, 0), expected, 1));
            QImage greyOnly = grey.convertToFormat(QImage::Format_Grayscale8);
            for (const QByteArray& profile : {rgb, greyProfile(1)})
                QVERIFY(isNear(at(*read(inPng(encoded(greyOnly, "PNG"), profile)), 0, 0), expected, 1));
        }
    }

    void alphaStaysWhatItIs() {
        const PicturePtr picture = read(inPng(
            encoded(filled(QColor(255, 0, 0, 51), QImage::Format_ARGB32), "PNG"), rgbProfile(2.2, true)));
        QVERIFY(isNear(at(*picture, 0, 0), {204, 204, 255}, 1));
    }

    void srgbChangesNothing() {
        QImage image(16, 16, QImage::Format_RGB32);
        for (int i = 0; i < 256; ++i)
            image.setPixel(i % 16, i / 16, qRgb(i, i * 7 % 256, i * 31 % 256));
        const QByteArray plain = encoded(image, "PNG");
        const PicturePtr picture = read(inPng(plain, QColorSpace(QColorSpace::SRgb).iccProfile()));
        QVERIFY2(picture->notes.isEmpty(), qPrintable(picture->notes.join(QLatin1Char(' '))));
        QVERIFY(picture->image == read(plain)->image);
    }

    void inksAreConvertedByTheirProfile() {
        const QByteArray jpeg = imageData("cmyk-red.jpg");
        QVERIFY(isNear(at(*read(jpeg), 0, 0), {254, 0, 0}, 3));
        const PicturePtr picture = read(inJpeg(jpeg, inkProfile(), 1));
        QVERIFY(isNear(at(*picture, 0, 0), {255, 255, 255}, 3));
        QVERIFY(picture->notes.first().contains(QStringLiteral("Black only")));
        const QByteArray black("\0\0\0\xff", 4);
        QVERIFY(isNear(at(*read(TiffBytes(1, 1, 5, 8, 4, black).set(34675, inkProfile()).bytes()), 0, 0),
                       {0, 0, 0}, 3));
    }

    void whatIsNoProfileIsLeftOutWithANote_data() {
        QTest::addColumn<QByteArray>("profile");
        QTest::addColumn<QString>("note");
        const QByteArray whole = rgbProfile(2.2, true);
        QTest::newRow("text") << QByteArray("a profile") << QStringLiteral("is no profile");
        QTest::newRow("noise") << QByteArray(4000, '\xa5') << QStringLiteral("is no profile");
        QTest::newRow("cut") << whole.left(200) << QStringLiteral("profile");
        QByteArray empty = whole;
        for (qsizetype i = 132; i < empty.size(); ++i)
            empty[i] = '\xff';
        QTest::newRow("damaged tags") << empty << QStringLiteral("profile");
        QTest::newRow("of inks") << inkProfile() << QStringLiteral("for CMYK pictures");
        QTest::newRow("of grey") << greyProfile(2) << QStringLiteral("for grey pictures");
        QTest::newRow("of no device")
            << QByteArray(whole).replace(12, 4, "link") << QStringLiteral("is no profile");
    }
    void whatIsNoProfileIsLeftOutWithANote() {
        QFETCH(QByteArray, profile);
        QFETCH(QString, note);
        const QImage red = filled(Qt::red);
        for (const QByteArray& bytes :
             {inPng(encoded(red, "PNG"), profile), inJpeg(encoded(red, "JPG"), profile, 1),
              extendedWebp(encoded(red, "WEBP", 100), red.size(), 32, riffChunk("ICCP", profile), {})}) {
            const PicturePtr picture = read(bytes);
            QVERIFY(isNear(at(*picture, 0, 0), {254, 0, 0}, 3));
            QCOMPARE(picture->notes.size(), 1);
            QVERIFY2(picture->notes.first().contains(note), qPrintable(picture->notes.first()));
        }
    }

    void profilesThatCannotBeTakenOut() {
        const QByteArray file = encoded(filled(Qt::red), "PNG");
        const QByteArray notPacked =
            withPngChunk(file, "iCCP" + QByteArray("name\0\0", 6) + "no zlib stream");
        QVERIFY(read(notPacked)->notes.first().contains(QStringLiteral("cannot be unpacked")));
        // A small chunk that swells to 64 MiB.
        const QByteArray bomb = withPngChunk(
            file, "iCCP" + QByteArray("name\0\0", 6) + qCompress(QByteArray(64 << 20, '\0'), 9).mid(4));
        QVERIFY(read(bomb)->notes.first().contains(QStringLiteral("cannot be unpacked")));
        QByteArray incomplete = inJpeg(encoded(filled(Qt::red), "JPG"), rgbProfile(2.2, true), 3);
        incomplete.replace(QByteArray("ICC_PROFILE\0\2\3", 14), QByteArray("ICC_PROFILE\0\1\3", 14));
        QVERIFY(read(incomplete)->notes.first().contains(QStringLiteral("incomplete")));
        QByteArray outside = bmp("profile", QByteArray("\0\0\xff", 3));
        outside.replace(14 + 112, 4, little(1 << 20, 4));
        QVERIFY(read(outside)->notes.first().contains(QStringLiteral("outside the file")));
    }

    void namesDoNothingToATerminal() {
        const PicturePtr picture =
            read(inPng(encoded(filled(Qt::red), "PNG"), rgbProfile(2.2, true, "\x1b[31mRed\r\n\x07")));
        QCOMPARE(picture->notes, QStringList{QStringLiteral("colours converted to sRGB from \"[31mRed\"")});
    }

    void anImageBringsItsOwnColorSpace() {
        QImage image = filled(QColor(200, 100, 50));
        image.setColorSpace(QColorSpace::AdobeRgb);
        const PicturePtr picture = pictureFrom(image, QStringLiteral("Clipboard"));
        image.convertToColorSpace(QColorSpace::SRgb);
        const QColor expected = image.pixelColor(0, 0);
        QVERIFY(isNear(at(*picture, 0, 0), {expected.red(), expected.green(), expected.blue()}, 2));
        QCOMPARE(picture->notes.size(), 1);
    }
};

RESNET_EVENT_LOOP_TEST(ColorProfileTest)
#include "ColorProfileTest.moc"
