#include "core/tensor/BufferPool.h"
#include "core/tensor/FeatureMaps.h"
#include "tests/TestPrograms.h"

#include <QtTest>

using namespace resnet;

class BufferPoolTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void mapsOfOneSizeShareMemoryOneAfterTheOther() {
        const auto pool = std::make_shared<BufferPool>(1000);
        const float* memory = nullptr;
        {
            const FeatureMaps maps({10, 5, 5}, pool);
            memory = maps.data();
            QCOMPARE(pool->kept(), std::size_t(0));
        }
        QCOMPARE(pool->kept(), std::size_t(250));
        const FeatureMaps other({5, 5, 5}, pool);
        QVERIFY(other.data() != memory);
        const FeatureMaps again({2, 25, 5}, pool);
        QCOMPARE(again.data(), memory);
        QCOMPARE(pool->kept(), std::size_t(0));
    }

    void keepsNoMoreThanItsCapacity() {
        const auto pool = std::make_shared<BufferPool>(300);
        {
            const FeatureMaps first({10, 5, 5}, pool);
            const FeatureMaps second({10, 5, 5}, pool);
        }
        QCOMPARE(pool->kept(), std::size_t(250));
    }

    void mapsOutliveThePoolsOwner() {
        auto pool = std::make_shared<BufferPool>(1000);
        FeatureMaps maps({1, 2, 2}, pool);
        pool.reset();
        maps.at(0, 1, 1) = 3.0f;
        const FeatureMaps moved = std::move(maps);
        QCOMPARE(moved.at(0, 1, 1), 3.0f);
    }
};

RESNET_TEST(BufferPoolTest)
#include "BufferPoolTest.moc"
