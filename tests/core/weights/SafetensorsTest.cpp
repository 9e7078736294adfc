#include "core/weights/SafetensorsWriter.h"
#include "tests/TestPrograms.h"
#include "tests/core/weights/ReadSafetensors.h"
#include "tests/core/weights/Refusal.h"

#include <QTemporaryDir>
#include <QtTest>

#include <bit>
#include <cmath>
#include <cstring>

using namespace resnet;

namespace {

std::string file(const std::string& header, std::size_t dataSize) {
    const std::uint64_t length = header.size();
    return std::string(reinterpret_cast<const char*>(&length), 8) + header + std::string(dataSize, '\0');
}

SafetensorsContent parse(const std::string& bytes) {
    return readSafetensors(*memorySource(bytes, "weights.safetensors"));
}

// The value of a half by its definition.
float halfByDefinition(int code) {
    const int exponent = (code >> 10) & 31, fraction = code & 1023;
    const float sign = code & 0x8000 ? -1.0f : 1.0f;
    if (exponent == 31)
        return fraction != 0 ? std::nanf("") : sign * INFINITY;
    return exponent == 0 ? sign * std::ldexp(float(fraction), -24)
                         : sign * std::ldexp(float(fraction + 1024), exponent - 25);
}

}  // namespace

class SafetensorsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // Entries 1 to 20 of the table of hostile inputs, and some of our own.
    void refuses_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const std::string& bytes, const char* expected) {
            QTest::newRow(name) << QByteArray(bytes.data(), qsizetype(bytes.size()))
                                << QString::fromUtf8(expected);
        };
        const auto tensor = [](const std::string& fields, std::size_t size) {
            return file("{\"a\":{" + fields + "}}", size);
        };
        const std::string good = R"("dtype":"F32","shape":[1],"data_offsets":[0,4])";
        row("1 empty file", "", "the file is empty");
        row("2 under 8 bytes", "1234567", "found only 7 bytes");
        row("3 header beyond the file", std::string("\x40\0\0\0\0\0\0\0{}", 10), "the file is cut short");
        row("4 header over the cap", std::string("\x01\xe1\xf5\x05\0\0\0\0{}", 10),
            "at most 100000000 bytes");
        row("5 largest length", std::string(8, '\xff') + "{}", "found a length of 18446744073709551615");
        row("6 not UTF-8", file("{\"\xff\":1}", 0), "expected UTF-8");
        row("6 overlong UTF-8", file("{\"\xc0\x80\":1}", 0), "expected UTF-8");
        row("6 half a surrogate", file("{\"\xed\xa0\x80\":1}", 0), "expected UTF-8");
        row("6 cut character", file("{\"\xe2\x82", 0), "cut short");
        row("7 not JSON", file("{\"a\":", 0), "not JSON");
        row("7 nothing", file("", 0), "not JSON");
        row("7 two roots", file("{}{}", 0), "not JSON");
        row("8 root is a list", file("[]", 0), "expected an object, found a list");
        row("8 root is a number", file("3", 0), "expected an object, found a number");
        row("9 duplicate tensor", file("{\"a\":{" + good + "},\"a\":{" + good + "}}", 4),
            "'a' is there twice");
        row("9 duplicate field", tensor(R"("dtype":"F32",)" + good, 4), "'dtype' is there twice");
        row("9 duplicate metadata", file(R"({"__metadata__":{"k":"1","k":"2"}})", 0), "'k' is there twice");
        row("10 overlap",
            file(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},)"
                 R"("b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}})",
                 8),
            "overlaps");
        row("11 hole", file(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}})", 8),
            "a hole before it");
        row("12 trailing bytes", tensor(good, 9), "found 5 further bytes");
        row("12 cut short", tensor(good, 3), "the file is cut short");
        row("13 begin behind end", tensor(R"("dtype":"F32","shape":[1],"data_offsets":[4,0])", 4),
            "after its end");
        row("14 negative offset", tensor(R"("dtype":"F32","shape":[1],"data_offsets":[-4,0])", 4),
            "the negative number -4");
        row("14 fractional offset", tensor(R"("dtype":"F32","shape":[1],"data_offsets":[0,4.0])", 4), "4.0");
        row("14 huge offset",
            tensor(R"("dtype":"F32","shape":[1],"data_offsets":[0,99999999999999999999])", 4),
            "99999999999999999999");
        row("15 product overflow",
            tensor(R"("dtype":"F32","shape":[4294967296,4294967296,4],"data_offsets":[0,4])", 4),
            "impossible shape");
        row("16 wrong size", tensor(R"("dtype":"F32","shape":[3],"data_offsets":[0,4])", 4),
            "takes 12 bytes, found 4");
        row("17 unknown format", tensor(R"("dtype":"F31","shape":[1],"data_offsets":[0,4])", 4), "'F31'");
        row("18 metadata number", file(R"({"__metadata__":{"k":1}})", 0),
            "'k': expected a string, found a number");
        row("18 metadata null", file(R"({"__metadata__":null})", 0), "__metadata__: expected an object");
        row("19 nested", file(std::string(100'000, '[') + std::string(100'000, ']'), 0), "found a list");
        row("19 nested objects", file(R"({"a":{"dtype":{"b":{"c":1}}}})", 0), "found an object");
        row("20 no tensors", file("{}", 0), "holds no tensors");
        row("20 only metadata", file(R"({"__metadata__":{"k":"v"}})", 0), "holds no tensors");
        row("missing field", tensor(R"("dtype":"F32","shape":[1])", 0), "data_offsets is missing");
        row("unknown field", tensor(good + R"(,"colour":1)", 4), "found 'colour'");
        row("three offsets", tensor(R"("dtype":"F32","shape":[1],"data_offsets":[0,4,4])", 4),
            "expected two");
        row("integers", tensor(R"("dtype":"I32","shape":[1],"data_offsets":[0,4])", 4), "found I32");
        row("many dimensions",
            tensor(R"("dtype":"F32","shape":[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1],)"
                   R"("data_offsets":[0,4])",
                   4),
            "more than 16");
    }

    void refuses() {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, expected);
        const QString message = refusalOf([&] { parse(bytes.toStdString()); });
        QVERIFY2(message.startsWith(QStringLiteral("weights.safetensors: ")), qPrintable(message));
        QVERIFY2(message.contains(expected), qPrintable(message));
        QVERIFY2(message.size() < 300, qPrintable(message));
    }

    void takesWhatTheSpecificationAllows() {
        const SafetensorsContent read =
            parse(file(R"(   {"__metadata__":{"k":"\u00e9"},)"
                       R"("scalar":{"dtype":"F32","shape":[],"data_offsets":[0,4]},)"
                       R"("none":{"dtype":"F64","shape":[0,18446744073709551],)"
                       R"("data_offsets":[4,4]},)"
                       R"("bn.num_batches_tracked":{"dtype":"I64","shape":[],)"
                       R"("data_offsets":[4,12]}}   )",
                       12));
        QCOMPARE(read.tensors.size(), std::size_t(2));
        QCOMPARE(read.tensors.at("scalar").values.size(), std::size_t(1));
        QVERIFY(read.tensors.at("none").values.empty());
        QCOMPARE(read.metadata.at("k"), std::string("é"));
    }

    void tensorsMayComeInAnyOrder() {
        std::string bytes = file(R"({"z":{"dtype":"F32","shape":[1],"data_offsets":[4,8]},)"
                                 R"("a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})",
                                 8);
        const float first = 1.0f, second = 2.0f;
        std::memcpy(bytes.data() + bytes.size() - 8, &first, 4);
        std::memcpy(bytes.data() + bytes.size() - 4, &second, 4);
        QCOMPARE(parse(bytes).tensors.at("a").values[0], 1.0f);
        QCOMPARE(parse(bytes).tensors.at("z").values[0], 2.0f);
    }

    void longHeaderTakesNoMemory() {
        // 30 MB of spaces, which are legal.
        const std::string bytes = file(
            R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})" + std::string(30'000'000, ' '), 4);
        QCOMPARE(parse(bytes).tensors.size(), std::size_t(1));
        const QString message =
            refusalOf([] { parse(file("{\"" + std::string(20'000'000, 'x') + "\":1}", 0)); });
        QVERIFY2(message.contains(QStringLiteral("16 MB")), qPrintable(message));
    }

    void everyHalf() {
        std::vector<std::uint16_t> codes(65'536);
        for (std::size_t i = 0; i < codes.size(); ++i)
            codes[i] = std::uint16_t(i);
        std::vector<float> values(codes.size());
        decode(reinterpret_cast<const char*>(codes.data()), ElementType::F16, values.data(), values.size());
        for (int code = 0; code < 65'536; ++code) {
            const float expected = halfByDefinition(code);
            const float found = values[std::size_t(code)];
            if (std::isnan(expected)) {
                QVERIFY(std::isnan(found));
                continue;
            }
            QCOMPARE(std::bit_cast<std::uint32_t>(found), std::bit_cast<std::uint32_t>(expected));
            QCOMPARE(int(toHalf(found)), code);
        }
    }

    void otherFormats() {
        const std::uint16_t bfloat[] = {0x3f80, 0xc000, 0x7f80};
        float values[3];
        decode(reinterpret_cast<const char*>(bfloat), ElementType::BF16, values, 3);
        QCOMPARE(values[0], 1.0f);
        QCOMPARE(values[1], -2.0f);
        QVERIFY(std::isinf(values[2]));
        const double doubles[] = {0.1, -3.0, 1e300};
        decode(reinterpret_cast<const char*>(doubles), ElementType::F64, values, 3);
        QCOMPARE(values[0], 0.1f);
        QVERIFY(std::isinf(values[2]));
    }

    void writesWhatItReads() {
        const std::vector<float> numbers{1.0f, -0.5f, 3.25f, 65504.0f};
        const std::vector<TensorToWrite> tensors{{"b", {2, 2}, numbers, ElementType::F32},
                                                 {"a", {4}, numbers, ElementType::F16}};
        const std::string bytes = serialiseSafetensors(tensors, {{"key", "\"quoted\"\n"}});
        const auto source = memorySource(bytes, "x");
        FrontToBack front(*source);
        const SafetensorsHeader header = readSafetensorsHeader(front);
        QCOMPARE(header.tensors[0].name, std::string("b"));
        QCOMPARE(header.tensors[0].begin % 8, std::uint64_t(0));
        const SafetensorsContent read = readSafetensors(*source);
        QCOMPARE(read.tensors.at("a").values, numbers);
        QCOMPARE(read.tensors.at("b").shape, (std::vector<std::int64_t>{2, 2}));
        QCOMPARE(read.metadata.at("key"), std::string("\"quoted\"\n"));
    }

    void refusesWhatIsNoFile() {
        QTemporaryDir folder;
        QVERIFY(refusalOf([&] {
                    readSafetensors(folder.path().toStdString());
                }).contains(QStringLiteral("found a folder")));
        QVERIFY(refusalOf([] { readSafetensors("/dev/zero"); }).contains(QStringLiteral("pipe or device")));
        QVERIFY(refusalOf([] {
                    readSafetensors("/nowhere/at.all");
                }).contains(QStringLiteral("cannot be opened")));
    }
};

RESNET_TEST(SafetensorsTest)
#include "SafetensorsTest.moc"
