#include "core/files/Crc32.h"
#include "core/network/Initialization.h"
#include "tests/TestPrograms.h"

#include <QtTest>

#include <vector>

using namespace resnet;

class Crc32Test : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void checkValue() { QCOMPARE(crc32(0, "123456789", 9), 0xcbf43926u); }

    void foldingAgreesWithTables() {
        Random random(1);
        std::vector<unsigned char> bytes(1500);
        for (auto& byte : bytes)
            byte = static_cast<unsigned char>(random.next());
        for (std::size_t length = 0; length < 700; ++length) {
            const auto start = std::uint32_t(random.next());
            QCOMPARE(crc32(start, bytes.data() + length % 13, length),
                     crc32ByTables(start, bytes.data() + length % 13, length));
        }
    }

    void continuesWhereItStopped() {
        const std::vector<char> bytes(1000, 'x');
        const std::uint32_t half = crc32(0, bytes.data(), 481);
        QCOMPARE(crc32(half, bytes.data() + 481, 519), crc32(0, bytes.data(), 1000));
    }
};

RESNET_TEST(Crc32Test)
#include "Crc32Test.moc"
