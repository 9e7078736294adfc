#include "core/ops/Pad.h"
#include "tests/TestPrograms.h"
#include "tests/core/ops/Naive.h"

#include <QtTest>

using namespace resnet;

class PadTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void copiesAndFillsWithZeros() {
        struct Case {
            FeatureShape in, out;
            PadWindow window;
        };
        const Case cases[] = {
            {{3, 5, 6}, {3, 8, 9}, {1, 2, 1, 0}},    // zeros around
            {{3, 8, 7}, {3, 4, 5}, {1, -2, -1, 0}},  // cut off
            {{4, 7, 8}, {8, 4, 4}, {2, 0, 0, 2}},    // every second cell, channels on both sides
            {{4, 6, 6}, {9, 3, 3}, {2, 0, 0, 0}}};   // channels behind
        for (const Case& each : cases) {
            const FeatureMaps in = naive::someMaps(each.in, 7);
            FeatureMaps out(each.out);
            pad(in, each.window, out);
            for (int c = 0; c < out.channels(); ++c)
                for (int y = 0; y < out.height(); ++y)
                    for (int x = 0; x < out.width(); ++x) {
                        const int ic = c - each.window.channelsBefore;
                        const int iy = y * each.window.stride - each.window.padTop;
                        const int ix = x * each.window.stride - each.window.padLeft;
                        const bool isThere = ic >= 0 && ic < in.channels() && iy >= 0 && iy < in.height() &&
                                             ix >= 0 && ix < in.width();
                        QCOMPARE(out.at(c, y, x), isThere ? in.at(ic, iy, ix) : 0.0f);
                    }
        }
    }

    void takesEachImageOfABatch() {
        const FeatureShape shape{2, 3, 3}, padded{2, 5, 5};
        const auto in = naive::someValues(shape.size() * 2, 4);
        std::vector<float> out(padded.size() * 2, 9.0f);
        pad({in.data(), shape, 2}, {1, 1, 1, 0}, {out.data(), padded, 2});
        QCOMPARE(out[padded.size() + (5 + 1) * 2], in[shape.size()]);
        QCOMPARE(out[padded.size()], 0.0f);
    }
};

RESNET_TEST(PadTest)
#include "PadTest.moc"
