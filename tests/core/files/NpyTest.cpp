#include "core/Error.h"
#include "core/files/Npy.h"
#include "tests/TestPrograms.h"

#include <QtTest>

#include <bit>

using namespace resnet;

namespace {

using Bytes = std::vector<std::uint8_t>;

// A .npy file with this header text and `count` floats 0, 1, 2, ...
Bytes file(const QByteArray& header, int count, int version = 1) {
    QByteArray bytes("\x93NUMPY", 6);
    bytes.append(char(version)).append('\0');
    const auto length = std::uint32_t(header.size());
    for (int i = 0; i < (version == 1 ? 2 : 4); ++i)
        bytes.append(char(length >> (8 * i)));
    bytes.append(header);
    for (int i = 0; i < count; ++i) {
        const auto value = float(i);
        bytes.append(reinterpret_cast<const char*>(&value), 4);
    }
    return {bytes.begin(), bytes.end()};
}

QByteArray header(const QByteArray& shape) {
    return "{'descr': '<f4', 'fortran_order': False, 'shape': " + shape + ", }\n";
}

}  // namespace

class NpyTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsWhatItWrites() {
        FeatureMaps maps({2, 3, 4});
        for (std::size_t i = 0; i < maps.size(); ++i)
            maps.data()[i] = float(i) * 0.5f;
        const Bytes bytes = npyBytes(maps);
        const Tensor tensor = readNpy(bytes, "maps.npy");
        QCOMPARE(tensor.shape, (std::vector<std::int64_t>{2, 3, 4}));
        for (int c = 0; c < 2; ++c)
            for (int y = 0; y < 3; ++y)
                for (int x = 0; x < 4; ++x)
                    QCOMPARE(tensor.values[std::size_t(c * 12 + y * 4 + x)], maps.at(c, y, x));
        QCOMPARE((bytes.size() - maps.size() * 4) % 64, std::size_t(0));
    }

    void readsAllVersionsAndRanks() {
        for (int version = 1; version <= 3; ++version)
            QCOMPARE(readNpy(file(header("(1, 3)"), 3, version), "a").shape,
                     (std::vector<std::int64_t>{1, 3}));
        QCOMPARE(readNpy(file(header("()"), 1), "a").shape.size(), std::size_t(0));
        QCOMPARE(readNpy(file(header("(5,)"), 5), "a").values[4], 4.0f);
        QCOMPARE(readNpy(file(header("(0, 7)"), 0), "a").values.size(), std::size_t(0));
    }

    void refuses_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("message");
        const auto row = [](const char* name, const Bytes& bytes, const char* message) {
            QTest::newRow(name) << QByteArray(reinterpret_cast<const char*>(bytes.data()),
                                              qsizetype(bytes.size()))
                                << QString::fromLatin1(message);
        };
        row("empty", {}, "expected a .npy file");
        row("another file", Bytes(100, 'x'), "expected a .npy file");
        row("version", file(header("(1,)"), 1, 9), "version: expected 1 to 3, found 9");
        Bytes cut = file(header("(1,)"), 1);
        cut.resize(20);
        row("cut header", cut, "cut short");
        cut.resize(10);
        cut[6] = 2;
        row("cut length", cut, "cut short");
        row("float64", file("{'descr': '<f8', 'fortran_order': False, 'shape': (1,), }", 2),
            "dtype: expected float32 ('<f4'), found '<f8'");
        row("big-endian", file("{'descr': '>f4', 'fortran_order': False, 'shape': (1,), }", 1), "dtype");
        row("fields", file("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }", 1), "dtype");
        row("Fortran", file("{'descr': '<f4', 'fortran_order': True, 'shape': (1,), }", 1), "order");
        row("no shape", file("{'descr': '<f4', 'fortran_order': False, }", 1), "'shape'");
        row("no dictionary", file("", 0), "'descr'");
        row("open end", file("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2", 2), "no end");
        row("negative", file(header("(-1,)"), 1), "shape");
        row("fraction", file(header("(1.5,)"), 1), "shape");
        row("empty extent", file(header("(1,,2)"), 2), "shape");
        row("not a tuple", file(header("7"), 7), "shape");
        row("overflow", file(header("(4294967296, 4294967296, 4)"), 1), "impossible shape");
        row("bomb", file(header("(1000000, 1000000)"), 1), "data");
        row("too little", file(header("(2, 3)"), 5), "data: expected 2 x 3 numbers");
        row("too much", file(header("(2, 3)"), 7), "data: expected 2 x 3 numbers");
    }
    void refuses() {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, message);
        QString found;
        try {
            readNpy({reinterpret_cast<const std::uint8_t*>(bytes.constData()), std::size_t(bytes.size())},
                    "in.npy");
        } catch (const Error& error) {
            found = QString::fromUtf8(error.what());
        }
        QVERIFY2(found.startsWith(QStringLiteral("in.npy: ")), qPrintable(found));
        QVERIFY2(found.contains(message), qPrintable(found));
        QVERIFY(!found.contains(QLatin1Char('\n')));
    }
};

RESNET_TEST(NpyTest)
#include "NpyTest.moc"
