#include "core/Error.h"
#include "core/network/Edits.h"
#include "core/network/Network.h"
#include "tests/TestPrograms.h"

#include <QtTest>

using namespace resnet;

namespace {

const Graph& graph() {
    static const Graph made{resNet34()};
    return made;
}

std::string errorOf(const std::string& text, const Graph& of = graph()) {
    try {
        editsFrom(text, of);
    } catch (const Error& error) {
        return error.what();
    }
    return "";
}

}  // namespace

class EditsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void textIsReadAndWritten_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("written");
        const auto row = [](const char* text, const char* written = nullptr) {
            QTest::newRow(text) << QByteArray(text) << QByteArray(written ? written : text);
        };
        row("");
        row("   ", "");
        row("layer3.2:F=0");
        row("layer3.2:F=0,layer1.1:x=0.5", "layer1.1:x=0.5,layer3.2:F=0");
        row("layer1.1:x=-2,layer1.1:F=0.25", "layer1.1:F=0.25,layer1.1:x=-2");
        row(" layer1.1 : x = 5e-1 , layer1.2:F=1e2", "layer1.1:x=0.5,layer1.2:F=100");
        row("layer1.1:F=0.1,layer3.10:F=3", nullptr);
        row("layer3.1:weights=layer3.2,layer3.2:weights=layer3.1");
        row("layer2.3:x=0,layer2.3:seed=18446744073709551615");
        // What changes nothing is no edit.
        row("layer1.0:F=1,layer1.0:x=1", "");
        row("layer3.1:weights=layer3.1", "");
        row("layer1.0:F=-0", "layer1.0:F=0");
    }
    void textIsReadAndWritten() {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, written);
        NetworkSpec spec;
        spec.unitsPerStage[2] = 12;
        const Graph deep(spec);
        const Edits edits = editsFrom(text.toStdString(), deep);
        QCOMPARE(QByteArray::fromStdString(textOf(edits, deep)), written);
        QVERIFY(editsFrom(written.toStdString(), deep) == edits);
        QCOMPARE(edits.isEmpty(), written.isEmpty());
    }

    void aGainIsReadBackBitForBit() {
        for (const float gain : {0.1f, 1.0f / 3.0f, -1.9999999f, 3.4e38f, 1e-30f}) {
            Edits edits;
            edits.set({2, 2}, {gain, 1.0f, {}});
            QCOMPARE(editsFrom(textOf(edits, graph()), graph()).of({2, 2}).mainPathGain, gain);
        }
    }

    void whatCannotBeDoneIsOneClearLine_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("error");
        const auto row = [](const char* text, const char* error) {
            QTest::newRow(text) << QByteArray(text) << QByteArray(error);
        };
        row("layer9.0:F=0", "'layer9.0': no unit of this network, which has layer1.0 to layer4.2");
        row("layer3.6:F=0", "'layer3.6': no unit of this network, which has layer1.0 to layer4.2");
        row("conv1:F=0", "'conv1': no unit of this network, which has layer1.0 to layer4.2");
        row("layer3.2:F=off", "layer3.2:F: expected a finite number, found 'off'");
        row("layer3.2:F=", "layer3.2:F: expected a finite number, found ''");
        row("layer3.2:F=0x", "layer3.2:F: expected a finite number, found '0x'");
        row("layer3.2:x=nan", "layer3.2:x: expected a finite number, found 'nan'");
        row("layer3.2:x=inf", "layer3.2:x: expected a finite number, found 'inf'");
        row("layer3.2:x=1e99", "layer3.2:x: expected a finite number, found '1e99'");
        row("layer3.2:G=0", "layer3.2:G: expected F, x, weights or seed");
        row("layer3.2:f=0", "layer3.2:f: expected F, x, weights or seed");
        row("layer3.2",
            "'layer3.2': expected UNIT:F=NUMBER, UNIT:x=NUMBER, UNIT:weights=UNIT or UNIT:seed=NUMBER");
        row("layer3.2:F",
            "'layer3.2:F': expected UNIT:F=NUMBER, UNIT:x=NUMBER, UNIT:weights=UNIT or UNIT:seed=NUMBER");
        row(",layer3.2:F=0",
            "'': expected UNIT:F=NUMBER, UNIT:x=NUMBER, UNIT:weights=UNIT or UNIT:seed=NUMBER");
        row("layer3.2:F=0,", "an edit is missing after the last comma");
        row("layer3.2:F=0,layer3.2:F=1", "layer3.2:F: given twice");
        row("layer3.2:weights=layer9.1",
            "'layer9.1': no unit of this network, which has layer1.0 to layer4.2");
        row("layer3.2:weights=layer2.2",
            "layer3.2:weights: expected a unit of the same stage, found layer2.2");
        row("layer3.2:weights=layer3.0", "layer3.2:weights: layer3.0 has other shapes");
        row("layer3.2:seed=-1",
            "layer3.2:seed: expected a whole number from 0 to 18446744073709551615, found '-1'");
        row("layer3.2:seed=1.5",
            "layer3.2:seed: expected a whole number from 0 to 18446744073709551615, found '1.5'");
        row("layer3.2:seed=1,layer3.2:weights=layer3.1",
            "layer3.2:weights: a unit has either weights or a seed");
    }
    void whatCannotBeDoneIsOneClearLine() {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, error);
        QCOMPARE(QByteArray::fromStdString(errorOf(text.toStdString())), error);
    }

    void aPlainNetworkHasNoGains() {
        const Graph plain{plain34()};
        QCOMPARE(QByteArray::fromStdString(errorOf("layer3.2:x=0", plain)),
                 QByteArray("layer3.2:x: the units of a plain network have no shortcut and no sum"));
        QCOMPARE(QByteArray::fromStdString(errorOf("layer3.2:F=0", plain)),
                 QByteArray("layer3.2:F: the units of a plain network have no shortcut and no sum"));
        QVERIFY(!editsFrom("layer3.2:weights=layer3.1,layer3.1:seed=3", plain).isEmpty());
    }

    void valuesAreCheckedAsTextIs() {
        Edits outside;
        outside.set({4, 0}, {0.0f, 1.0f, {}});
        QVERIFY_EXCEPTION_THROWN(validate(outside, graph()), Error);
        Edits infinite;
        infinite.set({0, 0}, {std::numeric_limits<float>::infinity(), 1.0f, {}});
        QVERIFY_EXCEPTION_THROWN(validate(infinite, graph()), Error);
        Edits foreign;
        foreign.set({0, 0}, {1.0f, 1.0f, WeightsOf{{0, 3}}});
        QVERIFY_EXCEPTION_THROWN(validate(foreign, graph()), Error);
    }

    void anEditThatIsTakenBackIsNone() {
        Edits edits;
        edits.set({1, 1}, {0.0f, 1.0f, {}});
        QCOMPARE(edits.of({1, 1}).mainPathGain, 0.0f);
        QCOMPARE(edits.of({1, 2}), UnitEdit());
        edits.set({1, 1}, {});
        QVERIFY(edits == Edits());
    }

    void theFirstStepThatCanDiffer() {
        const auto first = [](const char* a, const char* b) {
            return graph().stepName(
                firstDifferentStep(graph(), editsFrom(a, graph()), editsFrom(b, graph())));
        };
        QCOMPARE(first("", "layer3.2:F=0"), std::string("layer3.2.add"));
        QCOMPARE(first("layer3.2:x=0.5", ""), std::string("layer3.2.add"));
        QCOMPARE(first("", "layer3.2:seed=1,layer3.2:x=0"), std::string("layer3.2.conv1"));
        QCOMPARE(first("layer3.2:F=0,layer1.1:x=2", "layer1.1:x=2,layer3.2:F=0.5,layer4.0:x=0"),
                 std::string("layer3.2.add"));
        QCOMPARE(first("layer2.1:weights=layer2.2", "layer2.1:weights=layer2.3"),
                 std::string("layer2.1.conv1"));
        QCOMPARE(firstDifferentStep(graph(), {}, {}), graph().stepCount());
    }

    void weightsOfAnotherUnitAreItsTensors() {
        NetworkSpec spec;
        spec.channelsPerStage = {4, 8, 8, 8};
        const Network network = Network::initialised(spec, 3);
        const Graph& of = network.graph();
        const Network swapped =
            network.with(editsFrom("layer2.1:weights=layer2.3,layer2.3:weights=layer2.1", of));
        const StepId one = *of.find("layer2.1.conv2");
        const StepId other = *of.find("layer2.3.conv2");
        QCOMPARE(&swapped.parameter(one, "weight"), &network.parameter(other, "weight"));
        QCOMPARE(&swapped.parameter(other, "weight"), &network.parameter(one, "weight"));
        QCOMPARE(swapped.sourceOf(one), std::optional(other));
        const StepId elsewhere = *of.find("layer2.2.bn1");
        QCOMPARE(&swapped.parameter(elsewhere, "bias"), &network.parameter(elsewhere, "bias"));
        QCOMPARE(&swapped.parameters(), &network.parameters());
    }

    void aSeedStartsAUnitAsItWouldANetwork() {
        NetworkSpec spec;
        spec.channelsPerStage = {4, 8, 8, 8};
        const Network network = Network::initialised(spec, 3);
        const Graph& of = network.graph();
        const auto started = [&](const char* text) { return network.with(editsFrom(text, of)); };
        const StepId conv = *of.find("layer2.0.conv1");
        const StepId projection = *of.find("layer2.0.downsample.0");
        const Network once = started("layer2.0:seed=9");
        QVERIFY(once.parameter(conv, "weight").values != network.parameter(conv, "weight").values);
        QVERIFY(once.parameter(projection, "weight").values !=
                network.parameter(projection, "weight").values);
        QVERIFY(!once.sourceOf(conv));
        QCOMPARE(once.parameter(*of.find("layer2.0.bn2"), "running_var").values, std::vector<float>(8, 1.0f));
        // The same every time, and what another unit has of this one is what was there before.
        QVERIFY(started("layer2.0:seed=9").parameter(conv, "weight") == once.parameter(conv, "weight"));
        QVERIFY(started("layer2.0:seed=8").parameter(conv, "weight").values !=
                once.parameter(conv, "weight").values);
        const Network both = started("layer2.1:seed=9,layer2.2:weights=layer2.1");
        QCOMPARE(&both.parameter(*of.find("layer2.2.conv1"), "weight"),
                 &network.parameter(*of.find("layer2.1.conv1"), "weight"));
        // He-normal: the deviation is sqrt(2 / fan-in), here of 4 x 3 x 3.
        double squares = 0.0;
        const std::vector<float>& values = once.parameter(conv, "weight").values;
        for (const float value : values)
            squares += double(value) * value;
        QVERIFY(std::abs(std::sqrt(squares / double(values.size())) / std::sqrt(2.0 / 36.0) - 1.0) < 0.15);
    }
};

RESNET_TEST(EditsTest)
#include "EditsTest.moc"
