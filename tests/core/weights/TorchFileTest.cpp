#include "core/files/ZipArchive.h"
#include "core/weights/TorchFile.h"
#include "core/weights/WeightsFile.h"
#include "tests/TestPrograms.h"
#include "tests/core/weights/ReadAll.h"
#include "tests/core/weights/ReadSafetensors.h"
#include "tests/core/weights/Refusal.h"
#include "tests/core/weights/TorchBytes.h"

#include <QtTest>

#include <array>
#include <cstring>
#include <memory>
#include <optional>

using namespace resnet;
using namespace resnet::pickled;

namespace {

const std::string data = RESNET_SOURCE_DIR "/tests/data/";

// Four numbers as a storage "0", and a pickle with one tensor of them.
std::string numbers(const std::array<float, 4>& values = {1, 2, 3, 4}) {
    return {reinterpret_cast<const char*>(values.data()), sizeof values};
}
const ZipPart storage0{"archive/data/0", numbers()};
std::string oneTensor(const std::string& tensorBytes) {
    return dictionary({{"w", tensorBytes}});
}
std::string plainTensor() {
    return tensor(storage("FloatStorage", "0", 4), 0, {2, 2}, {2, 1});
}

struct Content {
    StateDict tensors;
    std::vector<std::string> others;
    std::vector<std::string> notes;
};

// An open file and what it reads from.
struct Opened {
    explicit Opened(std::string content)
        : bytes(std::move(content)), source(memorySource(bytes, "weights.pth")) {
        if (looksLikeTorchLegacy(*source))
            file.emplace(openTorchLegacy(*source));
        else
            file.emplace(openTorchZip(*source, archive.emplace(*source)));
    }
    Opened(const Opened&) = delete;
    Opened& operator=(const Opened&) = delete;

    std::string bytes;
    std::unique_ptr<ByteSource> source;
    std::optional<ZipArchive> archive;
    std::optional<TorchFile> file;
};

Content parsed(const std::string& bytes) {
    const Opened opened(bytes);
    return {readAll(*opened.file), opened.file->others(), opened.file->notes()};
}

}  // namespace

class TorchFileTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void bothContainersHoldTheReference() {
        const StateDict expected =
            readSafetensors(data + "reference/narrow18-same-64/weights.safetensors").tensors;
        for (const char* file : {"weights/weights.pth", "weights/weights-legacy.pth"}) {
            const WeightsFile found = readWeights(data + file);
            QCOMPARE(found.format, WeightsFormat::PyTorch);
            QVERIFY(found.notes.empty());
            QVERIFY(found.parameters == expected);
        }
    }

    void refuses_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const std::string& bytes, const char* expected) {
            QTest::newRow(name) << QByteArray(bytes.data(), qsizetype(bytes.size()))
                                << QString::fromUtf8(expected);
        };
        const auto view = [](int offset, const std::vector<int>& size, const std::vector<int>& stride) {
            return archive(oneTensor(tensor(storage("FloatStorage", "0", 4), offset, size, stride)),
                           {storage0});
        };
        const auto pickle = [](const std::string& bytes) { return zipBytes({{"a/data.pkl", bytes}}); };
        const std::string good = archive(oneTensor(plainTensor()), {storage0});
        const auto with = [](ZipPart part) { return archive(oneTensor(plainTensor()), {part}); };

        row("21 no end record", good.substr(0, good.size() - 22), "no end record");
        row("22 cut short", good.substr(0, good.size() / 2), "no end record");
        row("22 directory cut", good.substr(0, good.size() - 80) + good.substr(good.size() - 22),
            "zip archive");
        row("23 no data.pkl", zipBytes({{"a/b.pkl", "x"}}), "found neither");
        row("24 a bomb", with(deflatedPart({"archive/data/0", std::string(40'000'000, '\0')})),
            "100 times its size");
        row("24 compressed otherwise", with({"archive/data/0", numbers(), 12}), "is compressed by method 12");
        row("25 two data.pkl", zipBytes({{"a/data.pkl", "x"}, {"b/data.pkl", "x"}}), "found two");
        row("25 one twice", zipBytes({{"a/data.pkl", "x"}, {"a/data.pkl", "x"}}), "is there twice");
        row("26 parent", with({"archive/../data/0", numbers()}), "out of the archive");
        row("26 absolute", with({"/etc/passwd", numbers()}), "out of the archive");
        row("26 backslash", with({"archive\\0", numbers()}), "out of the archive");
        row("27 encrypted", with({"archive/data/0", numbers(), 0, 1}), "is encrypted");
        row("28 larger than the file", with({"archive/data/0", numbers(), 0, 0, 1u << 30, 1u << 30}),
            "claims");
        row("28 two sizes", with({"archive/data/0", numbers(), 0, 0, 16, 12}), "two sizes");
        row("29 wrong sum", with({"archive/data/0", numbers(), 0, 0, 0, 0, 1}), "CRC-32");
        row("29 wrong sum of the pickle",
            zipBytes({{"a/data.pkl", whole(oneTensor(plainTensor())), 0, 0, 0, 0, 1}}), "CRC-32");
        row("30 big-endian", archive(oneTensor(plainTensor()), {storage0, {"archive/byteorder", "big"}}),
            "big-endian files are not read");
        row("30 big-endian, older", legacy(oneTensor(plainTensor()), "](" + text("0") + "e", "", "\x89"),
            "big-endian files are not read");
        row("31 missing storage", archive(oneTensor(plainTensor())), "'data/0' is not in the archive");
        row("32 other size", with({"archive/data/0", numbers().substr(0, 12)}), "found 12 bytes");
        row("33 beyond the end", view(1, {2, 2}, {2, 1}), "reaches beyond its storage");
        row("33 negative offset", view(-1, {2, 2}, {2, 1}), "reaches beyond its storage");
        row("33 negative stride", view(3, {2, 2}, {-2, 1}), "reaches beyond its storage");
        row("33 negative size", view(0, {-2, 2}, {2, 1}), "impossible shape");
        row("33 huge stride", view(0, {2, 2}, {2147483647, 1}), "reaches beyond its storage");
        row("33 repeated elements", view(0, {1000, 1000}, {0, 0}), "reaches beyond its storage");
        row("33 strides of other rank", view(0, {2, 2}, {1}), "dimensions");
        row("33 product overflow", view(0, {2147483647, 2147483647, 2147483647}, {0, 0, 0}),
            "impossible shape");
        row("34 os.system", archive(global("os", "system") + tuple({text("touch /tmp/owned")}) + "R"),
            "'os system', which was not run");
        row("34 in place of a state dict", archive(dictionary({{"x", global("os", "system") + ")R"}})),
            "'os system', which was not run");
        row("34 as a storage",
            archive(oneTensor(tensor(
                        tuple({text("storage"), global("os", "system"), text("0"), text("cpu"), integer(4)}) +
                            "Q",
                        0, {4}, {1})),
                    {storage0}),
            "'os system', which was not run");
        row("35 whole model", archive(global("torchvision.models.resnet", "ResNet") + ")\x81}b"),
            "whole pickled object (torchvision.models.resnet ResNet), which only its own program can make");
        row("35 whole model, copyreg",
            archive(global("copy_reg", "_reconstructor") + tuple({global("m", "Net")}) + "R}b"),
            "save model.state_dict()");
        row("36 underflow", pickle("\x80\x02\x85."), "the stack is empty");
        row("36 underflow at a mark", pickle("\x80\x02](a."), "the stack is empty");
        row("36 nothing left", pickle("\x80\x02."), "the stack is empty");
        row("37 unknown memo", pickle("\x80\x02h\x07."), "never remembered");
        row("38 items of a tuple", pickle("\x80\x02)(" + text("a") + text("b") + "u."), "no dictionary");
        row("38 append to a tuple", pickle("\x80\x02)Na."), "no list");
        row("39 no stop", pickle("\x80\x02}"), "cut short");
        row("40 a million marks", pickle("\x80\x02" + std::string(1'000'000, '(')), "marks");
        row("40 a million lists", pickle("\x80\x02" + std::string(1'000'000, ']')), "values");
        row("40 a deep nest", pickle("\x80\x02]" + std::string(150'000, '\x85') + "."), "without tensors");
        row("41 a 4 GB text", pickle(std::string("\x80\x02X\xff\xff\xff\xff", 7)), "cut short");
        row("42 TorchScript", zipBytes({{"a/data.pkl", "x"}, {"a/constants.pkl", "x"}, {"a/code/c.py", "x"}}),
            "TorchScript");
        row("43 older, no storages", legacy(oneTensor(plainTensor()), "](" + text("0") + "e", ""),
            "ends early");
        row("43 older, cut storage",
            legacy(oneTensor(plainTensor()), "](" + text("0") + "e", counted(4, numbers().substr(0, 8))),
            "cut short");
        row("43 older, cut pickle", legacy(oneTensor(plainTensor()), "", "").substr(0, 100), "cut short");
        row("43 older, other count",
            legacy(oneTensor(plainTensor()), "](" + text("0") + "e", counted(3, numbers())), "found 3");
        row("43 older, huge count",
            legacy(oneTensor(tensor(storage("FloatStorage", "0", 2147483647), 0, {4}, {1})),
                   "](" + text("0") + "e", counted(2147483647, numbers())),
            "cut short");
        row("unknown opcode", pickle("\x80\x02\xff."), "unknown opcode 255");
        row("a list", archive("]"), "without tensors");
        row("a number", archive("K\x01"), "a pickle of something else");
        row("no tensors", archive(dictionary({{"epoch", integer(3)}})), "dictionary without tensors");
        row("integers", archive(oneTensor(tensor(storage("LongStorage", "0", 2), 0, {2}, {1})), {storage0}),
            "found I64");
        row("overlapping tensors",
            archive(dictionary({{"a", plainTensor()}, {"b", plainTensor()}, {"c", plainTensor()}}),
                    {storage0}),
            "overlap");
    }

    void refuses() {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, expected);
        const QString message = refusalOf([&] { parsed(bytes.toStdString()); });
        QVERIFY2(message.startsWith(QStringLiteral("weights.pth: ")), qPrintable(message));
        QVERIFY2(message.contains(expected), qPrintable(message));
    }

    void everyCutIsRefused() {
        for (const std::string& bytes :
             {archive(oneTensor(plainTensor()), {storage0}),
              legacy(oneTensor(plainTensor()), "](" + text("0") + "e", counted(4, numbers()))}) {
            QVERIFY(refusalOf([&] { parsed(bytes); }).isEmpty());
            for (std::size_t length = 15; length < bytes.size(); ++length)
                QVERIFY(!refusalOf([&] { parsed(bytes.substr(0, length)); }).isEmpty());
        }
    }

    void stridedTensors() {
        const std::string object =
            dictionary({{"turned", tensor(storage("FloatStorage", "0", 4), 0, {2, 2}, {1, 2})},
                        {"last", tensor(storage("FloatStorage", "0", 4), 3, {1}, {1})}});
        const Content file = parsed(archive(object, {storage0}));
        QCOMPARE(file.tensors.at("turned").values, (std::vector<float>{1, 3, 2, 4}));
        QCOMPARE(file.tensors.at("last").values, std::vector<float>{4});
    }

    // The largest stride there is, along an axis that has one element (UBSan sees the sum overflow).
    void aStrideThatIsNotTakenMayBeHuge() {
        const std::string huge = std::string("\x8a\x08") + std::string(7, '\xff') + '\x7f';
        const std::string object = oneTensor(
            global("torch._utils", "_rebuild_tensor_v2") +
            tuple({storage("FloatStorage", "0", 4), integer(1), integers({1, 2}), tuple({huge, integer(2)}),
                   "\x89", global("collections", "OrderedDict") + ")R"}) +
            "R");
        QCOMPARE(parsed(archive(object, {storage0})).tensors.at("w").values, (std::vector<float>{2, 4}));
    }

    void halfAndDouble() {
        const std::uint16_t half[] = {0x3c00, 0xc000};
        const double full[] = {0.5, -0.25};
        const std::string object = dictionary({{"h", tensor(storage("HalfStorage", "0", 2), 0, {2}, {1})},
                                               {"d", tensor(storage("DoubleStorage", "1", 2), 0, {2}, {1})}});
        const Content file = parsed(
            archive(object, {{"archive/data/0", std::string(reinterpret_cast<const char*>(half), 4)},
                             {"archive/data/1", std::string(reinterpret_cast<const char*>(full), 16)}}));
        QCOMPARE(file.tensors.at("h").values, (std::vector<float>{1, -2}));
        QCOMPARE(file.tensors.at("d").values, (std::vector<float>{0.5, -0.25}));
    }

    void compressedEntries() {
        const std::string pickle = whole(oneTensor(plainTensor()));
        const Content file =
            parsed(zipBytes({deflatedPart({"archive/data.pkl", pickle}), deflatedPart(storage0)}));
        QCOMPARE(file.tensors.at("w").values, (std::vector<float>{1, 2, 3, 4}));
    }

    // Tensors keep the keys of the dictionaries and lists that they are in.
    void trainingCheckpoint() {
        const std::string object =
            dictionary({{"epoch", integer(90)},
                        {"args", global("argparse", "Namespace") + ")\x81}b"},
                        {"optimizer", dictionary({{"state", "}"}})},
                        {"best_acc1", tensor(storage("FloatStorage", "0", 4), 3, {}, {})},
                        {"parts", "](" + dictionary({{"v", plainTensor()}}) + "e"},
                        {"state_dict", dictionary({{"module.w", plainTensor()}})}});
        const Opened opened(archive(object, {storage0}));
        const TorchFile& file = *opened.file;
        std::vector<std::string> names;
        for (const ListedTensor& each : file.tensors())
            names.push_back(each.name);
        QCOMPARE(names, (std::vector<std::string>{"best_acc1", "parts.0.v", "state_dict.module.w"}));
        QCOMPARE(file.others(), (std::vector<std::string>{"epoch", "args", "optimizer"}));
        QVERIFY(file.notes().at(0).find("'argparse Namespace'; nothing of it was run") != std::string::npos);
        QCOMPARE(file.read({{2, "w"}}).at("w").values, (std::vector<float>{1, 2, 3, 4}));
    }

    void dictionariesThatHoldEachOtherEnd() {
        // a = {"b": {"a": a}} with a tensor in b.
        const std::string object =
            "}q\x01" + text("b") + "}q\x02(" + text("a") + "h\x01" + text("w") + plainTensor() + "us";
        QCOMPARE(parsed(archive(object, {storage0})).tensors.begin()->first, std::string("b.w"));
    }

    void tensorsOfOtherKindsAreLeftOut() {
        const std::string object = dictionary(
            {{"c", tensor(storage("ComplexFloatStorage", "1", 2), 0, {2}, {1})}, {"w", plainTensor()}});
        QCOMPARE(parsed(archive(object, {storage0})).tensors.size(), std::size_t(1));
    }

    void protocolFour() {
        // What torch.save(..., pickle_protocol=4) adds: frames, short names, globals from the stack.
        std::string frame = "\x95";
        appendNumber(frame, std::uint64_t(100));
        const auto shortText = [](const std::string& value) {
            std::string bytes = "\x8c";
            bytes += char(value.size());
            return bytes + value + "\x94";
        };
        const std::string type = shortText("torch") + shortText("FloatStorage") + "\x93";
        const std::string place =
            "(" + shortText("storage") + type + shortText("0") + shortText("cpu") + "K\x04t\x94Q";
        const std::string object = "\x80\x04" + frame + "}\x94" + shortText("w") + shortText("torch._utils") +
                                   shortText("_rebuild_tensor_v2") + "\x93(" + place +
                                   std::string("K\0K\4\x85K\1\x85\x89}t\x94Rs.", 15);
        const Content file = parsed(zipBytes({{"archive/data.pkl", object}, storage0}));
        QCOMPARE(file.tensors.at("w").values, (std::vector<float>{1, 2, 3, 4}));
    }
};

RESNET_TEST(TorchFileTest)
#include "TorchFileTest.moc"
