#include "core/network/Graph.h"
#include "core/weights/TorchNames.h"
#include "tests/TestPrograms.h"
#include "tests/core/weights/OtherNames.h"

#include <QtTest>

using namespace resnet;

namespace {

// A small network's parameters, each of its own value so that a mix-up shows.
StateDict canonical() {
    NetworkSpec spec;
    spec.unitsPerStage = {2, 11};
    spec.channelsPerStage = {4, 8};
    StateDict parameters;
    float value = 0.0f;
    for (const ParameterInfo& parameter : parametersOf(Graph(spec)))
        parameters[parameter.name] = {
            parameter.shape, std::vector<float>(std::size_t(elementCount(parameter.shape)), ++value)};
    return parameters;
}

}  // namespace

class TorchNamesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void finds_data() {
        QTest::addColumn<QString>("kind");
        for (const char* kind : {"torchvision", "module.", "model.", "a.b.c.", "_orig_mod.module.", "fc.1",
                                 "head", "linear", "Hugging Face", "module.Hugging Face"})
            QTest::newRow(kind) << QString::fromLatin1(kind);
    }

    void finds() {
        QFETCH(QString, kind);
        const std::string way = kind.toStdString();
        const StateDict expected = canonical();
        StateDict found = renamed(expected, [&](const std::string& name) {
            if (way == "torchvision")
                return name;
            if (way == "fc.1" || way == "head" || way == "linear")
                return replaced(name, "fc.", way + ".");
            if (way.ends_with("Hugging Face"))
                return way.substr(0, way.size() - 12) + huggingFace(name);
            return way + name;
        });
        std::vector<std::string> notes;
        renameToTorchvision(found, notes);
        QVERIFY(found == expected);
        QCOMPARE(notes.empty(), way == "torchvision");
    }

    void leavesStrangersAlone() {
        StateDict strangers{{"features.0.weight", {{2}, {1, 2}}},
                            {"module.classifier.weight", {{1, 2}, {1, 2}}}};
        const StateDict before = strangers;
        std::vector<std::string> notes;
        renameToTorchvision(strangers, notes);
        QVERIFY(strangers == before);
        QVERIFY(notes.empty());
    }

    void aPrefixDoesNotOverwrite() {
        StateDict tensors = canonical();
        const Tensor own = tensors.at("conv1.weight");
        tensors["ema.conv1.weight"] = {{1}, {-1}};
        std::vector<std::string> notes;
        renameToTorchvision(tensors, notes);
        QVERIFY(tensors.at("conv1.weight") == own);
        QVERIFY(tensors.contains("ema.conv1.weight"));
    }
};

RESNET_TEST(TorchNamesTest)
#include "TorchNamesTest.moc"
