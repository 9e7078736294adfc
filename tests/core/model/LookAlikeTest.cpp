#include "core/model/LookAlike.h"
#include "tests/TestPrograms.h"

#include <QtTest>

using namespace resnet;

namespace {

Tensor kernel(std::int64_t side) {
    return {{4, 4, side, side}, std::vector<float>(std::size_t(16 * side * side), 0.5f)};
}

QString lookOf(const StateDict& parameters) {
    return QString::fromStdString(lookAlike(parameters).value_or(""));
}

}  // namespace

class LookAlikeTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatIsLikeAResNetDIsSaid() {
        const StateDict deep{{"conv1.0.weight", kernel(3)}, {"conv1.3.weight", kernel(3)}};
        QVERIFY(lookOf(deep).contains(QStringLiteral("its stem is three convolutions")));
        const StateDict pooled{{"conv1.weight", kernel(7)}, {"layer2.0.downsample.1.weight", kernel(1)}};
        QVERIFY(lookOf(pooled).contains(QStringLiteral("pool on their average before the projection")));
        QVERIFY(!lookOf(pooled).contains(QStringLiteral("stem")));
    }

    // A convolution and its norm in one Sequential are no stem of three convolutions.
    void aPairInFrontIsNone() {
        const Tensor norm{{4}, {1, 1, 1, 1}};
        QVERIFY(lookOf({{"conv1.0.weight", kernel(3)}, {"conv1.1.weight", norm}}).isEmpty());
    }

    void clipIsNamed() {
        const StateDict parameters{{"conv1.weight", kernel(3)}, {"attnpool.q_proj.weight", {{1, 1}, {1.0f}}}};
        QVERIFY(lookOf(parameters).startsWith(QStringLiteral("CLIP's network of pictures")));
    }
};

RESNET_TEST(LookAlikeTest)
#include "LookAlikeTest.moc"
