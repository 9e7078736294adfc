#include "core/weights/NetworkChoice.h"
#include "core/weights/NetworkNames.h"
#include "tests/TestPrograms.h"
#include "tests/core/weights/ListedTensors.h"
#include "tests/core/weights/Refusal.h"
#include "tests/core/weights/SmallParameters.h"

#include <QtTest>

using namespace resnet;

namespace {

ListedTensors copies(const std::vector<std::string>& prefixes, bool areEqual) {
    StateDict tensors;
    float offset = 0.0f;
    for (const std::string& prefix : prefixes) {
        for (const auto& [name, tensor] : smallParameters(offset))
            tensors[prefix + name] = tensor;
        offset += areEqual ? 0.0f : 1.0f;
    }
    return ListedTensors(tensors);
}

// What was read, and what was said.
struct Taken {
    StateDict tensors;
    QString notes;
};

Taken take(const TensorFile& file, const std::string& copy = {}) {
    const NetworkNames found = nameNetwork(file, copy);
    std::string notes;
    for (const std::string& note : found.notes)
        notes += note + "\n";
    return {file.read(found.names), QString::fromStdString(notes)};
}

}  // namespace

class NetworkChoiceTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void averagesAreLeftOut_data() {
        QTest::addColumn<QByteArray>("own");
        QTest::addColumn<QByteArray>("average");
        const auto row = [](const char* own, const char* average) {
            QTest::newRow(average) << QByteArray(own) << QByteArray(average);
        };
        row("model", "model_ema.module");
        row("state_dict", "state_dict_ema");
        row("state_dict.model", "state_dict.ema_model");
        row("model", "swa_model.module");
        row("model", "callbacks.EMA.shadow");
    }

    void averagesAreLeftOut() {
        QFETCH(const QByteArray, own);
        QFETCH(const QByteArray, average);
        const std::string first = own.toStdString(), second = average.toStdString();
        const ListedTensors file = copies({first + ".", second + "."}, false);
        const Taken taken = take(file);
        QVERIFY(taken.tensors == smallParameters(0));
        QVERIFY2(taken.notes.contains(QString::fromStdString("'" + first + "' was taken and '" + second +
                                                             "' left out; --copy")),
                 qPrintable(taken.notes));
        QVERIFY(take(file, second).tensors == smallParameters(1));
        QVERIFY(take(file, first).tensors == smallParameters(0));
    }

    void anAverageAmongTheNetworksOwnLayersIsLeftOut() {
        for (const char* average : {"ema.", "model_ema.module."}) {
            const ListedTensors file = copies({"", average}, false);
            const Taken taken = take(file);
            QVERIFY(taken.tensors == smallParameters(0));
            QVERIFY2(taken.notes.contains(QStringLiteral("'.' was taken and '")), qPrintable(taken.notes));
            QVERIFY(take(file, std::string(average, strlen(average) - 1)).tensors == smallParameters(1));
            QVERIFY(take(file, ".").tensors == smallParameters(0));
        }
        QVERIFY(refusalOf([] {
                    take(copies({"", "teacher."}, false));
                }).contains(QStringLiteral("holds 2 networks, '.' and 'teacher'")));
    }

    void theSameTwiceIsTakenOnce() {
        const Taken taken = take(copies({"module.attacker.model.", "module.model."}, true));
        QVERIFY(taken.tensors == smallParameters(0));
        QVERIFY2(taken.notes.contains(QStringLiteral("2 networks")) &&
                     taken.notes.contains(QStringLiteral("are the same")),
                 qPrintable(taken.notes));
    }

    void severalAreRefusedByName() {
        const ListedTensors file = copies({"student.", "teacher."}, false);
        const QString message = refusalOf([&] { take(file); });
        QVERIFY2(message.contains(QStringLiteral("holds 2 networks, 'student' and 'teacher'")) &&
                     message.contains(QStringLiteral("--copy")),
                 qPrintable(message));
        QVERIFY(take(file, "teacher").tensors == smallParameters(1));
        const QString unknown = refusalOf([&] { take(file, "parent"); });
        QVERIFY2(unknown.contains(QStringLiteral("expected one of 'student' and 'teacher', found 'parent'")),
                 qPrintable(unknown));
        const QString single = refusalOf([&] { take(copies({"model."}, true), "ema"); });
        QVERIFY2(single.contains(QStringLiteral("there is one network in the file")), qPrintable(single));
    }

    // Each stage begins with a convolution of its own: that makes it no network that reads pictures.
    void stagesAreNoNetworks() {
        StateDict tensors;
        const auto add = [&](const std::string& name, std::int64_t outputs, std::int64_t inputs) {
            tensors[name + "conv.weight"] = {{outputs, inputs, 3, 3},
                                             std::vector<float>(std::size_t(outputs * inputs * 9), 0.1f)};
            for (const char* vector : {"weight", "bias", "running_mean", "running_var"})
                tensors[name + "bn." + vector] = {{outputs}, std::vector<float>(std::size_t(outputs), 1.0f)};
        };
        add("stem.", 8, 3);
        for (const int stage : {1, 2}) {
            const std::string prefix = "layer" + std::to_string(stage) + ".";
            add(prefix + "0.", 8, 8);
            for (const char* unit : {"1.", "2."})
                for (const char* half : {"a.", "b."})
                    add(prefix + unit + half, 8, 8);
        }
        const NetworkNames found = nameNetwork(ListedTensors(tensors), {});
        QVERIFY2(found.problem.starts_with(
                     "there are 3 convolutions outside of its residual units ('layer1.0.conv', "),
                 found.problem.c_str());
    }
};

RESNET_TEST(NetworkChoiceTest)
#include "NetworkChoiceTest.moc"
