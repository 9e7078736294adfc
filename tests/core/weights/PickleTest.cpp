#include "core/weights/Pickle.h"
#include "tests/TestPrograms.h"
#include "tests/core/weights/PickleBytes.h"
#include "tests/core/weights/Refusal.h"

#include <QtTest>

using namespace resnet;
using namespace resnet::pickled;

namespace {

using Kind = PickleValue::Kind;

std::string bytesOf(std::initializer_list<int> values) {
    std::string bytes;
    for (const int value : values)
        bytes += char(value);
    return bytes;
}

QString refusal(const std::string& bytes) {
    return refusalOf([&] { readPickle(bytes, "file"); });
}

// The kinds of the items of the outermost value, one letter each.
std::string kindsIn(const std::string& bytes) {
    const Pickle pickle = readPickle(bytes, "file");
    std::string kinds;
    for (const std::uint32_t item : pickle.at(pickle.root).items) {
        static constexpr std::string_view letters = "nbirtyTldgSXs";
        kinds += letters[std::size_t(pickle.at(item).kind)];
    }
    return kinds;
}

}  // namespace

class PickleTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // Everything that protocols 2 to 5 have, as Python writes it.
    void readsEveryOpcode_data() {
        QTest::addColumn<QByteArray>("items");
        QTest::addColumn<QByteArray>("kinds");
        const auto row = [](const char* name, const std::string& items, const char* kinds) {
            QTest::newRow(name) << QByteArray(items.data(), qsizetype(items.size())) << QByteArray(kinds);
        };
        const std::string one = "K\x01";
        row("none, true, false", "N\x88\x89", "nbb");
        row("integers", "K\x07M\x01\x02J\xff\xff\xff\xff", "iii");
        row("long integers", bytesOf({0x8a, 1, 0x80, 0x8b, 2, 0, 0, 0, 1, 2}), "ii");
        row("real", "G" + std::string(8, '\0'), "r");
        row("texts",
            "X" + bytesOf({1, 0, 0, 0}) + "a\x8c\x01" + "bU\x01" + "cT" + bytesOf({1, 0, 0, 0}) + "d\x8d" +
                bytesOf({1, 0, 0, 0, 0, 0, 0, 0}) + "e",
            "ttttt");
        row("bytes",
            "C\x01" + std::string("aB") + bytesOf({1, 0, 0, 0}) + "b\x8e" +
                bytesOf({1, 0, 0, 0, 0, 0, 0, 0}) + "c\x96" + bytesOf({2, 0, 0, 0, 0, 0, 0, 0}) + "de",
            "yyyy");
        row("tuples", ")" + one + "\x85" + one + one + "\x86" + one + one + one + "\x87(" + one + "t",
            "TTTTT");
        row("lists", "]" + one + "a](" + one + one + "e(" + one + "l", "lll");
        row("dictionaries", "}" + one + one + "s}(" + one + one + "u(" + one + one + "d", "ddd");
        row("sets",
            "\x8f(" + one + one + "\x90(" + one + "\x91" + global("builtins", "set") + "]" + one + "a\x85R" +
                global("__builtin__", "frozenset") + "]\x85R",
            "llll");
        row("memo",
            one + "q\x05" + "h\x05" + one + "\x94r" + bytesOf({9, 1, 0, 0}) + "j" + bytesOf({9, 1, 0, 0}),
            "iiii");
        row("taken away", one + one + "0(" + one + "1" + one + "2(0", "iii");
        row("a frame", bytesOf({0x95, 9, 0, 0, 0, 0, 0, 0, 0}) + one, "i");
        row("an encoded text", global("_codecs", "encode") + text("x") + text("latin1") + "\x86R", "y");
        row("a size", global("torch", "Size") + one + one + "\x86\x85R", "T");
        row("a NumPy number",
            global("numpy.core.multiarray", "scalar") + global("numpy", "dtype") + text("f8") +
                "\x89\x88\x87R" + "(K\x03" + text("<") + "NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK" +
                bytesOf({0}) + "tbC\x08" + std::string(8, '\0') + "\x86R",
            "s");
        row("objects", global("argparse", "Namespace") + ")\x81}b" + text("m") + text("C") + "\x93)}\x92",
            "ss");
        row("an object that is a dictionary",
            global("collections", "OrderedDict") + ")R" + global("collections", "defaultdict") +
                global("builtins", "list") + "\x85R(" + one + one + "u",
            "dd");
    }

    void readsEveryOpcode() {
        QFETCH(const QByteArray, items);
        QFETCH(const QByteArray, kinds);
        QCOMPARE(kindsIn("\x80\x05(" + items.toStdString() + "t."), kinds.toStdString());
    }

    // A parameter that has attributes, as torch._tensor writes it.
    void readsTensorsWithAttributes() {
        const std::string place = storage("FloatStorage", "0", 4);
        const std::string inner = tuple({place, integer(0), integers({4}), integers({1}), "\x89",
                                         global("collections", "OrderedDict") + ")R"});
        const std::string object =
            global("torch._tensor", "_rebuild_from_type_v2") +
            tuple({global("torch._utils", "_rebuild_tensor_v2"), global("torch.nn.parameter", "Parameter"),
                   inner, dictionary({{"tag", integer(1)}})}) +
            "R";
        const Pickle pickle = readPickle(whole(object), "file");
        QCOMPARE(pickle.at(pickle.root).kind, Kind::Tensor);
        const std::string nested = global("torch._tensor", "_rebuild_from_type_v2") +
                                   tuple({global("torch._tensor", "_rebuild_from_type_v2"), "N", tuple({})}) +
                                   "R";
        QVERIFY(refusal(whole(nested)).contains(QStringLiteral("makes none")));
    }

    void namesWhatItDoesNotRead() {
        QVERIFY(refusal("\x80\x05\x97.").contains(QStringLiteral("buffers that are not in the file")));
        QVERIFY(refusal("\x80\x02\x82\x01.").contains(QStringLiteral("registry of extensions")));
        QVERIFY(refusal("\x80\x06N.").contains(QStringLiteral("unknown protocol")));
        QVERIFY(refusal(bytesOf({0x80, 5, 0x96, 255, 255, 255, 255, 255, 255, 255, 255}) + "x.")
                    .contains(QStringLiteral("cut short")));
        QVERIFY(refusal("\x80\x04" + std::string(1'000'000, '\x8f')).contains(QStringLiteral("values")));
        QVERIFY(refusal("\x80\x04" + global("torch", "FloatStorage") + ")R.")
                    .contains(QStringLiteral("no function")));
    }
};

RESNET_TEST(PickleTest)
#include "PickleTest.moc"
