#include "core/Error.h"
#include "core/files/ZipArchive.h"
#include "tests/TestPrograms.h"
#include "tests/core/weights/Refusal.h"
#include "tests/core/weights/ZipBytes.h"

#include <QtTest>

using namespace resnet;

namespace {

std::string someText(std::size_t size) {
    std::string text;
    for (std::size_t i = 0; text.size() < size; ++i)
        text += std::to_string(i * i) + " ";
    return text;
}

// What an archive of these parts says of its only entry when it is read.
QString refusalReading(const ZipPart& part) {
    const std::string bytes = zipBytes({part});
    const auto source = memorySource(bytes, "a.zip");
    return refusalOf([&] {
        const ZipArchive archive(*source);
        archive.read(archive.entries().front(), [](const char*, std::size_t) {});
    });
}

}  // namespace

class ZipArchiveTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsStoredAndDeflated() {
        // Longer than a piece, and empty.
        for (const std::string& content : {someText(700'000), someText(100), std::string()}) {
            const std::string bytes = zipBytes({{"s", content}, deflatedPart({"d", content})});
            const auto source = memorySource(bytes, "a.zip");
            const ZipArchive archive(*source);
            for (const char* name : {"s", "d"}) {
                const ZipEntry& entry = *archive.find(name);
                QCOMPARE(archive.readText(entry, 1'000'000), content);
                std::string pieces;
                archive.read(entry,
                             [&](const char* piece, std::size_t count) { pieces.append(piece, count); });
                QCOMPARE(pieces, content);
                const ZipEntryFile part = archive.openEntry(entry);
                QCOMPARE(part.file->readText(part.begin, std::size_t(part.size)), content);
                QCOMPARE(part.unpacked != nullptr, entry.isDeflated);
            }
            QVERIFY(refusalOf([&] {
                        archive.readText(*archive.find("d"), content.size() - 1);
                    }).contains(QStringLiteral("expected at most")) ||
                    content.empty());
        }
    }

    void damagedEntriesAreRefused() {
        const std::string content = someText(100'000);
        const ZipPart good = deflatedPart({"d", content});
        QCOMPARE(refusalReading(good), QString());

        ZipPart larger = good;
        larger.claimedSize = std::uint32_t(content.size() - 1);
        QVERIFY2(refusalReading(larger).contains(QStringLiteral("larger than it claims")),
                 qPrintable(refusalReading(larger)));
        ZipPart smaller = good;
        smaller.claimedSize = std::uint32_t(content.size() + 1);
        QVERIFY(refusalReading(smaller).contains(QStringLiteral("compressed bytes are wrong")));
        ZipPart cut = good;
        cut.packed.resize(cut.packed.size() / 2);
        QVERIFY(refusalReading(cut).contains(QStringLiteral("compressed bytes are wrong")));
        ZipPart longer = good;
        longer.packed += "more";
        QVERIFY(refusalReading(longer).contains(QStringLiteral("larger than it claims")));
        ZipPart other = good;
        other.crcError = 1;
        QVERIFY(refusalReading(other).contains(QStringLiteral("CRC-32")));
        ZipPart noise = good;
        for (std::size_t i = 50; i < 90; ++i)
            noise.packed[i] = char(noise.packed[i] ^ 0x5a);
        QVERIFY(refusalReading(noise).contains(QStringLiteral("is damaged")));
    }

    // An archive may unpack to 100 times its size and 16 MB.
    void bombsAreRefusedUnopened() {
        const ZipPart zeros = deflatedPart({"d", std::string(30'000'000, '\0')});
        QVERIFY(refusalReading(zeros).contains(QStringLiteral("more than 100 times its size")));
        QCOMPARE(refusalReading(deflatedPart({"d", std::string(10'000'000, '\0')})), QString());
        std::vector<ZipPart> many;
        for (char name = 'a'; name < 'e'; ++name)
            many.push_back(deflatedPart({std::string(1, name), std::string(8'000'000, '\0')}));
        const std::string bytes = zipBytes(many);
        const auto source = memorySource(bytes, "a.zip");
        QVERIFY(
            refusalOf([&] { ZipArchive archive(*source); }).contains(QStringLiteral("100 times its size")));
    }

    void everyFlippedByteIsSeen() {
        const std::string good = zipBytes({deflatedPart({"d", someText(300)})});
        for (std::size_t i = 0; i < good.size(); ++i) {
            std::string bytes = good;
            bytes[i] = char(bytes[i] ^ 0x10);
            const auto source = memorySource(bytes, "a.zip");
            std::string content;
            const QString message = refusalOf([&] {
                const ZipArchive archive(*source);
                content = archive.readText(archive.entries().at(0), 1000);
            });
            QVERIFY(!message.isEmpty() || content == someText(300));
        }
    }
};

RESNET_TEST(ZipArchiveTest)
#include "ZipArchiveTest.moc"
