#include "core/Error.h"
#include "core/image/Preprocessing.h"
#include "tests/TestPrograms.h"

#include <QImage>
#include <QtTest>

#include <cmath>

using namespace resnet;

namespace {

Image load(const QString& file) {
    const QImage picture =
        QImage(QStringLiteral(RESNET_SOURCE_DIR "/") + file).convertToFormat(QImage::Format_RGB888);
    Image image{picture.width(), picture.height(), {}};
    for (int y = 0; y < picture.height(); ++y)
        image.rgb.insert(image.rgb.end(), picture.constScanLine(y),
                         picture.constScanLine(y) + std::ptrdiff_t(picture.width()) * 3);
    return image;
}

Image loadData(const char* name) {
    return load(QStringLiteral("tests/data/preprocess/") + QString::fromLatin1(name));
}

Image filled(int width, int height, std::uint8_t value) {
    return {width, height, std::vector<std::uint8_t>(std::size_t(width) * height * 3, value)};
}

}  // namespace

// What Pillow 9.4 makes of the same pictures lies in tests/data/preprocess.
class PreprocessingTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void matchesPillow_data() {
        QTest::addColumn<QString>("source");
        QTest::addColumn<int>("shorterSide");
        QTest::addColumn<QString>("expected");
        const QString chelsea = QStringLiteral("resources/samples/chelsea.png");
        const QString noise = QStringLiteral("tests/data/preprocess/noise-%1.png");
        QTest::newRow("shorter side to the input") << chelsea << 0 << "chelsea-shorter224-crop224.png";
        QTest::newRow("the same, said outright") << chelsea << 224 << "chelsea-shorter224-crop224.png";
        QTest::newRow("torchvision's 256") << chelsea << 256 << "chelsea-shorter256-crop224.png";
        QTest::newRow("enlarged, not square") << noise.arg(QStringLiteral("5x7")) << 0 << "noise-40x56.png";
        QTest::newRow("shrunk, not square") << noise.arg(QStringLiteral("97x131")) << 0 << "noise-40x33.png";
    }
    void matchesPillow() {
        QFETCH(QString, source);
        QFETCH(int, shorterSide);
        QFETCH(QString, expected);
        const Image reference = loadData(expected.toLatin1().constData());
        Preprocessing preprocessing;
        preprocessing.shorterSide = shorterSide;
        const Image found = cropForNetwork(load(source), preprocessing, reference.height, reference.width);
        QCOMPARE(found.width, reference.width);
        QCOMPARE(found.height, reference.height);
        QVERIFY(found.rgb == reference.rgb);
    }

    void extremePicturesAreScaledAndCroppedLikeAnyOther_data() {
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("height");
        QTest::newRow("1 x 1") << 1 << 1;
        QTest::newRow("1 x 5000") << 1 << 5000;
        QTest::newRow("5000 x 1") << 5000 << 1;
        QTest::newRow("1 x 4 million") << 1 << 4'000'000;
    }
    void extremePicturesAreScaledAndCroppedLikeAnyOther() {
        QFETCH(int, width);
        QFETCH(int, height);
        const Image crop = cropForNetwork(filled(width, height, 137), {}, 224, 1024);
        QVERIFY(crop == filled(1024, 224, 137));
    }

    void coversAnInputThatTheShorterSideWouldNot() {
        Preprocessing preprocessing;
        preprocessing.shorterSide = 40;
        QVERIFY(cropForNetwork(filled(50, 50, 9), preprocessing, 32, 100) == filled(100, 32, 9));
    }

    void cropLiesInTheMiddle() {
        Image image = filled(8, 4, 0);
        for (int y = 0; y < 4; ++y)
            for (int x = 2; x < 6; ++x)
                image.rgb[std::size_t(y * 8 + x) * 3] = 255;
        const Image crop = cropForNetwork(image, {}, 4, 4);
        for (int i = 0; i < 16; ++i)
            QCOMPARE(int(crop.rgb[std::size_t(i) * 3]), 255);
    }

    void emptyPictureIsRefused() { QVERIFY_EXCEPTION_THROWN(cropForNetwork({}, {}, 32, 32), Error); }

    void normalises() {
        Image image = filled(1, 1, 0);
        image.rgb = {255, 0, 51};
        const FeatureMaps maps = normalise(image, {}, 3);
        QCOMPARE(maps.at(0, 0, 0), float((1.0 - 0.485f) / 0.229f));
        QCOMPARE(maps.at(1, 0, 0), float(-0.456f / 0.224f));
        QCOMPARE(maps.at(2, 0, 0), float((0.2 - 0.406f) / 0.225f));
    }

    // Pillow's L of red, green, blue and of one colour: 76, 150, 29 and 62.
    void greyNetworksSeeGrey() {
        Image image = filled(4, 1, 0);
        image.rgb = {255, 0, 0, 0, 255, 0, 0, 0, 255, 40, 80, 30};
        Preprocessing raw;
        raw.scale = 1.0f;
        raw.mean = {0.0f, 0.0f, 0.0f};
        raw.deviation = {1.0f, 1.0f, 1.0f};
        const FeatureMaps maps = normalise(image, raw, 1);
        const Image seen = asSeen(image, 1);
        const float expected[] = {76, 150, 29, 62};
        for (int x = 0; x < 4; ++x) {
            QCOMPARE(maps.at(0, 0, x), expected[x]);
            for (int c = 0; c < 3; ++c)
                QCOMPARE(float(seen.pixel(0, x)[c]), expected[x]);
        }
        QVERIFY(asSeen(image, 3) == image);
    }

    void reversesChannels() {
        Image image = filled(2, 1, 0);
        image.rgb = {10, 20, 30, 40, 50, 60};
        Preprocessing caffe;
        caffe.channelOrder = ChannelOrder::BGR;
        caffe.scale = 1.0f;
        caffe.mean = {1.0f, 2.0f, 3.0f};
        caffe.deviation = {1.0f, 1.0f, 1.0f};
        const FeatureMaps maps = normalise(image, caffe, 3);
        QCOMPARE(maps.at(0, 0, 0), 29.0f);
        QCOMPARE(maps.at(1, 0, 0), 18.0f);
        QCOMPARE(maps.at(2, 0, 1), 37.0f);
    }
};

RESNET_EVENT_LOOP_TEST(PreprocessingTest)
#include "PreprocessingTest.moc"
