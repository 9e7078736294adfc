#include "core/image/SeenPart.h"
#include "tests/TestPrograms.h"

#include <QTest>

#include <cmath>

using namespace resnet;

class SeenPartTest : public QObject {
    Q_OBJECT

    static Image picture(int width, int height) {
        return {width, height, std::vector<std::uint8_t>(std::size_t(width) * height * 3, 0)};
    }
    static bool areNear(double a, double b) { return std::abs(a - b) < 1e-9; }

private Q_SLOTS:
    void theMiddleOfAWidePicture() {
        const SeenPart seen = seenPart(picture(900, 300), {}, 224, 224);
        QVERIFY(areNear(seen.left, 300) && areNear(seen.width, 300));
        QVERIFY(areNear(seen.top, 0) && areNear(seen.height, 300));
    }
    void lessOfItWhereTheShorterSideIsLargerThanTheCrop() {
        Preprocessing preprocessing;
        preprocessing.shorterSide = 256;
        const SeenPart seen = seenPart(picture(256, 512), preprocessing, 224, 224);
        QVERIFY(areNear(seen.left, 16) && areNear(seen.width, 224));
        QVERIFY(areNear(seen.top, 144) && areNear(seen.height, 224));
    }
    void allOfAPictureOfTheNetworksSize() {
        const SeenPart seen = seenPart(picture(48, 32), {}, 32, 48);
        QVERIFY(areNear(seen.left, 0) && areNear(seen.top, 0));
        QVERIFY(areNear(seen.width, 48) && areNear(seen.height, 32));
    }
    // The crop is that of the picture the network gets: its first pixel lies where the part begins.
    void theCropBeginsWhereThePartDoes() {
        Image image = picture(60, 20);
        for (int y = 0; y < 20; ++y)
            for (int x = 0; x < 60; ++x)
                image.rgb[(std::size_t(y) * 60 + x) * 3] = std::uint8_t(x);
        const SeenPart seen = seenPart(image, {}, 20, 20);
        const Image cropped = cropForNetwork(image, {}, 20, 20);
        QCOMPARE(int(*cropped.pixel(0, 0)), int(seen.left));
        QCOMPARE(int(*cropped.pixel(0, 19)), int(seen.left + seen.width) - 1);
    }
};

RESNET_TEST(SeenPartTest)
#include "SeenPartTest.moc"
