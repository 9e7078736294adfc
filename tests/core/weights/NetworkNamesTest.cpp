#include "core/weights/NetworkNames.h"
#include "tests/TestPrograms.h"
#include "tests/core/weights/ListedTensors.h"
#include "tests/core/weights/OtherNames.h"
#include "tests/core/weights/Refusal.h"
#include "tests/core/weights/SmallParameters.h"

#include <QtTest>

#include <algorithm>

using namespace resnet;

namespace {

StateDict canonical(std::vector<int> units = {2, 11}, std::vector<int> channels = {4, 8}) {
    return smallParameters(0.0f, std::move(units), std::move(channels));
}

StateDict readNamed(const TensorFile& file, std::vector<std::string>* notes = nullptr) {
    NetworkNames found = nameNetwork(file, {});
    if (notes != nullptr)
        *notes = std::move(found.notes);
    return file.read(found.names);
}

QString joined(const std::vector<std::string>& lines) {
    std::string all;
    for (const std::string& line : lines)
        all += line + "\n";
    return QString::fromStdString(all);
}

QString refusal(const TensorFile& file) {
    return refusalOf([&] { nameNetwork(file, {}); });
}

// A file in the order in which the modules are made, which is that of the graph.
ListedTensors inOrder(const std::function<std::string(const std::string&)>& rename,
                      std::vector<int> units = {2, 3}, std::vector<int> channels = {4, 8}) {
    NetworkSpec spec;
    spec.unitsPerStage = units;
    spec.channelsPerStage = channels;
    const StateDict parameters = canonical(units, channels);
    ListedTensors::Named tensors;
    for (const ParameterInfo& parameter : parametersOf(Graph(spec)))
        tensors.emplace_back(rename(parameter.name), parameters.at(parameter.name));
    return ListedTensors(std::move(tensors), true);
}

}  // namespace

class NetworkNamesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void finds_data() {
        QTest::addColumn<QString>("scheme");
        QTest::addColumn<QString>("note");
        for (const OtherNames& names : otherNames())
            QTest::newRow(names.scheme)
                << QString::fromLatin1(names.scheme) << QString::fromLatin1(names.note);
    }

    void finds() {
        QFETCH(const QString, scheme);
        QFETCH(const QString, note);
        const auto& names = *std::ranges::find_if(
            otherNames(), [&](const OtherNames& each) { return scheme == QLatin1String(each.scheme); });
        const StateDict expected = canonical();
        std::vector<std::string> notes;
        QVERIFY(readNamed(ListedTensors(renamed(expected, names.rename)), &notes) == expected);
        QVERIFY2(joined(notes).contains(note), qPrintable(joined(notes)));
        QCOMPARE(notes.empty(), note.isEmpty());
    }

    // The same in bottleneck units, as far as their convolutions are numbered.
    void findsBottlenecks() {
        StateDict expected;
        float value = 0.0f;
        const auto add = [&](const std::string& name, std::vector<std::int64_t> shape) {
            const std::size_t count = std::size_t(elementCount(shape));
            expected[name] = {std::move(shape), std::vector<float>(count, ++value)};
        };
        const auto addPair = [&](const std::string& convolution, const std::string& norm, std::int64_t out,
                                 std::int64_t in, std::int64_t side) {
            add(convolution + ".weight", {out, in, side, side});
            for (const char* vector : {".weight", ".bias", ".running_mean", ".running_var"})
                add(norm + vector, {out});
        };
        addPair("conv1", "bn1", 4, 3, 7);
        std::int64_t in = 4;
        for (int stage = 1; stage <= 2; ++stage)
            for (int unit = 0; unit < 2; ++unit) {
                const std::string place = "layer" + std::to_string(stage) + "." + std::to_string(unit) + ".";
                const std::int64_t width = 4 * stage;
                addPair(place + "conv1", place + "bn1", width, in, 1);
                addPair(place + "conv2", place + "bn2", width, width, 3);
                addPair(place + "conv3", place + "bn3", 4 * width, width, 1);
                if (unit == 0)
                    addPair(place + "downsample.0", place + "downsample.1", 4 * width, in, 1);
                in = 4 * width;
            }
        add("fc.weight", {5, in});
        add("fc.bias", {5});
        for (const OtherNames& names : otherNames())
            QVERIFY2(readNamed(ListedTensors(renamed(expected, names.rename))) == expected, names.scheme);
    }

    void shapesDecideBeforeNames() {
        // Names that lie: the second convolution is called conv_a. Where it grows, the shapes show it.
        const StateDict expected = canonical({1, 2});
        const ListedTensors file(renamed(expected, [](const std::string& name) {
            std::string text = replaced(name, ".conv1.", ".conv_b.");
            text = replaced(text, ".conv2.", ".conv_a.");
            text = replaced(text, ".bn1.", ".bn_b.");
            return replaced(text, ".bn2.", ".bn_a.");
        }));
        QVERIFY(readNamed(file) == expected);
    }

    void orderOfTheFileDecidesWhereNamesDoNot() {
        const auto rename = [](const std::string& name) {
            std::string text = replaced(name, ".0.", ".zebra.");
            text = replaced(text, ".1.conv", ".ape.conv");
            text = replaced(text, ".1.bn", ".ape.bn");
            text = replaced(text, ".2.", ".bee.");
            text = replaced(text, "zebra.conv1", "zebra.thin");
            return replaced(text, "downsample.ape", "downsample.1");
        };
        const StateDict expected = canonical({2, 3});
        QVERIFY(readNamed(inOrder(rename)) == expected);
        const QString message = refusal(ListedTensors(renamed(canonical({2}, {4}), rename)));
        QVERIFY2(message.contains(QStringLiteral("do not say which")), qPrintable(message));
    }

    // In a state dict that was sorted since, numbers go before the order.
    void numbersGoBeforeTheOrderOfTheFile() {
        const StateDict expected = canonical();
        QVERIFY(readNamed(ListedTensors(ListedTensors::Named(expected.begin(), expected.end()), true)) ==
                expected);
    }

    void twoThatCouldChangePlacesAreRefused() {
        const QString message = refusal(ListedTensors(renamed(canonical({2, 2}), [](const std::string& name) {
            return replaced(replaced(replaced(replaced(name, ".conv1.", ".wide.conv."), ".bn1.", ".wide.bn."),
                                     ".conv2.", ".narrow.conv."),
                            ".bn2.", ".narrow.bn.");
        })));
        // Shapes tell it in layer2.0, and by it everywhere.
        QVERIFY2(message.isEmpty(), qPrintable(message));
        const QString other = refusal(ListedTensors(renamed(canonical({2}, {4}), [](const std::string& name) {
            return replaced(replaced(replaced(replaced(name, ".conv1.", ".wide.conv."), ".bn1.", ".wide.bn."),
                                     ".conv2.", ".narrow.conv."),
                            ".bn2.", ".narrow.bn.");
        })));
        QVERIFY2(other.contains(QStringLiteral("'layer1.0.narrow.conv' and 'layer1.0.wide.conv'")),
                 qPrintable(other));
    }

    void hiddenLayersAreRefused_data() {
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        QTest::addColumn<QString>("expected");
        QTest::newRow("a pooling before the projection")
            << QStringLiteral("downsample.") << QStringLiteral("downsample.+1.")
            << QStringLiteral("average pooling");
        QTest::newRow("a unit is missing") << QStringLiteral("layer2.4.") << QStringLiteral("")
                                           << QStringLiteral("'layer2.3' and 'layer2.5'");
        QTest::newRow("no statistics") << QStringLiteral("running_") << QStringLiteral("")
                                       << QStringLiteral(
                                              "statistics (running_mean and running_var) of 28 of 28 norms "
                                              "are missing");
        QTest::newRow("no norms") << QStringLiteral("layer1.0.bn") << QStringLiteral("")
                                  << QStringLiteral("the 2 convolutions of 'layer1.0' have no batch norms");
        QTest::newRow("a norm is missing")
            << QStringLiteral("layer1.0.bn2.") << QStringLiteral("")
            << QStringLiteral("'layer1.0' has 2 convolutions and 1 batch norms; expected one each");
        QTest::newRow("two dense layers") << QStringLiteral("fc.") << QStringLiteral("fc.0.+fc.2.")
                                          << QStringLiteral("2 dense layers, 'fc.0' and 'fc.2'");
    }

    void hiddenLayersAreRefused() {
        QFETCH(const QString, from);
        QFETCH(const QString, to);
        QFETCH(const QString, expected);
        StateDict changed;
        for (const auto& [name, tensor] : canonical()) {
            const std::string part = from.toStdString();
            if (name.find(part) == name.npos) {
                changed[name] = tensor;
            } else if (from == QStringLiteral("downsample.")) {
                changed[replaced(replaced(name, "downsample.1", "downsample.2"), "downsample.0",
                                 "downsample.1")] = tensor;
            } else if (from == QStringLiteral("fc.")) {
                changed[replaced(name, "fc.", "fc.0.")] = tensor;
                changed[replaced(name, "fc.", "fc.2.")] = {{tensor.shape[0], tensor.shape[0]},
                                                           std::vector<float>(100, 1.0f)};
                changed["fc.2.bias"] = {{10}, std::vector<float>(10, 1.0f)};
            }
        }
        const QString message = refusal(ListedTensors(changed));
        QVERIFY2(message.contains(expected), qPrintable(message));
    }

    void groupedConvolutionsAreNamed() {
        StateDict grouped;
        for (auto& [name, tensor] : canonical({2, 2}, {8, 8})) {
            grouped[name] = tensor;
            if (!name.starts_with("layer"))
                continue;
            if (name.ends_with("conv1.weight"))
                grouped[name] = {{8, 8, 1, 1}, std::vector<float>(64, 1.0f)};
            if (name.ends_with("conv2.weight")) {
                grouped[name] = {{8, 2, 3, 3}, std::vector<float>(144, 1.0f)};
                grouped[replaced(name, "conv2", "conv3")] = {{8, 8, 1, 1}, std::vector<float>(64, 1.0f)};
            }
            if (name.find(".bn2.") != std::string::npos)
                grouped[replaced(name, "bn2", "bn3")] = tensor;
        }
        const QString message = refusal(ListedTensors(grouped));
        QVERIFY2(message.contains(QStringLiteral("4 groups: a ResNeXt")), qPrintable(message));
    }

    void leavesStrangersAlone() {
        const StateDict strangers{{"features.0.weight", {{2}, {1, 2}}},
                                  {"module.classifier.weight", {{1, 2}, {1, 2}}}};
        std::vector<std::string> notes;
        QVERIFY(readNamed(ListedTensors(strangers), &notes) == strangers);
        QVERIFY(notes.empty());
    }

    // What is in the network and no part of one is not left out without a word.
    void aStrangerInTheNetworkIsKept() {
        StateDict tensors = canonical();
        tensors["layer1.0.prelu.weight"] = {{4}, {1, 2, 3, 4}};
        tensors["prelu.weight"] = {{4}, {1, 2, 3, 4}};
        const StateDict found = readNamed(ListedTensors(tensors));
        QVERIFY(found.contains("layer1.0.prelu.weight") && found.contains("prelu.weight"));
    }
};

RESNET_TEST(NetworkNamesTest)
#include "NetworkNamesTest.moc"
