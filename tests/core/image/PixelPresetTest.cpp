#include "core/image/PixelPreset.h"
#include "tests/TestPrograms.h"

#include <QtTest>

using namespace resnet;

class PixelPresetTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyPresetIsRecognised_data() {
        QTest::addColumn<int>("preset");
        QTest::addColumn<float>("ofBlack");
        QTest::addColumn<float>("ofWhite");
        QTest::newRow("ImageNet, red") << int(PixelPreset::ImageNet) << -2.1179f << 2.2489f;
        QTest::newRow("0 to 1") << int(PixelPreset::ZeroToOne) << 0.0f << 1.0f;
        QTest::newRow("-1 to 1") << int(PixelPreset::MinusOneToOne) << -1.0f << 1.0f;
        QTest::newRow("0 to 255") << int(PixelPreset::Bytes) << 0.0f << 255.0f;
    }

    void everyPresetIsRecognised() {
        QFETCH(const int, preset);
        QFETCH(const float, ofBlack);
        QFETCH(const float, ofWhite);
        for (const ChannelOrder order : {ChannelOrder::RGB, ChannelOrder::BGR}) {
            Preprocessing preprocessing = preprocessingOf(PixelPreset(preset), order);
            preprocessing.shorterSide = 256;
            QCOMPARE(presetOf(preprocessing), std::optional(PixelPreset(preset)));
            const FeatureMaps maps = normalise({2, 1, {0, 0, 0, 255, 255, 255}}, preprocessing, 3);
            const int red = order == ChannelOrder::RGB ? 0 : 2;
            QVERIFY(std::abs(maps.at(red, 0, 0) - ofBlack) < 1e-4f);
            QVERIFY(std::abs(maps.at(red, 0, 1) - ofWhite) < 1e-4f);
        }
    }

    void anythingElseIsOnesOwn() {
        Preprocessing preprocessing;
        preprocessing.mean[1] = 0.5f;
        QVERIFY(!presetOf(preprocessing));
        preprocessing = {};
        preprocessing.channelOrder = ChannelOrder::BGR;  // ImageNet's red mean for blue
        QVERIFY(!presetOf(preprocessing));
    }
};

RESNET_TEST(PixelPresetTest)
#include "PixelPresetTest.moc"
