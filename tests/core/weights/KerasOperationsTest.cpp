#include "tests/TestPrograms.h"
#include "tests/core/weights/KerasConfiguration.h"
#include "tests/core/weights/Refusal.h"

#include <QtTest>

using namespace resnet;

// What a configuration may write in other ways than as a layer of its own: operations, objects for
// activations, layers that are called again.
class KerasOperationsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void operationsArePreparationWhereTheyStateIt_data() {
        QTest::addColumn<QByteArray>("operation");
        QTest::addColumn<QByteArray>("scale");
        QTest::addColumn<QByteArray>("mean");
        QTest::addColumn<QByteArray>("deviation");
        QTest::addColumn<QByteArray>("order");
        QTest::addColumn<QString>("refusal");
        const auto row = [](const char* name, const char* operation, const char* scale, const char* mean,
                            const char* deviation, const char* order) {
            QTest::newRow(name) << QByteArray(operation) << QByteArray(scale) << QByteArray(mean)
                                << QByteArray(deviation) << QByteArray(order) << QString();
        };
        const auto refused = [](const char* name, const char* operation, const char* refusal) {
            QTest::newRow(name) << QByteArray(operation) << QByteArray() << QByteArray() << QByteArray()
                                << QByteArray() << QString::fromLatin1(refusal);
        };
        // The class, what stands before the tensor among the arguments, what behind it, and the settings.
        row("x / 255", R"(["TrueDivide",[],[2],{}])", "0.5", "[0,0,0]", "[1,1,1]", "RGB");
        row("x - list", R"(["Subtract",[],[[1,2,3]],{}])", "1", "[1,2,3]", "[1,1,1]", "RGB");
        row("number - x", R"(["Subtract",[255],[],{}])", "1", "[255,255,255]", "[-1,-1,-1]", "RGB");
        refused("number / x", R"(["TrueDivide",[255],[],{}])", "a division of a number by the pixels");
        const char* all = R"({"class_name":"__slice__","config":{"start":null,"stop":null,"step":null}})";
        const char* back = R"({"class_name":"__slice__","config":{"start":null,"stop":null,"step":-1}})";
        const char* rest = R"({"class_name":"__ellipsis__","config":{}})";
        const auto slice = [](std::initializer_list<const char*> entries) {
            QByteArray list;
            for (const char* entry : entries)
                list += (list.isEmpty() ? "" : ",") + QByteArray(entry);
            return R"(["GetItem",[],[[)" + list + "]],{}]";
        };
        const char *one = "1", *none = "[0,0,0]", *ones = "[1,1,1]";
        row("[..., ::-1]", slice({rest, back}), one, none, ones, "BGR");
        row("[:, :, :, ::-1]", slice({all, all, all, back}), one, none, ones, "BGR");
        refused("[:, ::-1]", slice({all, back}), "no reversal of the channels");
        refused("[:, :, ::-1]", slice({all, all, back}), "no reversal of the channels");
        refused("[..., ::-1, :]", slice({rest, back, all}), "no reversal of the channels");
        row("flip(-1)", R"(["Flip",[],[],{"axis":-1}])", one, none, ones, "BGR");
        refused("flip(1)", R"(["Flip",[],[],{"axis":1}])", "not that of the channels");
        refused("to whole numbers", R"(["Cast",[],[],{"dtype":"int32"}])", "to whole numbers");
    }

    void operationsArePreparationWhereTheyStateIt() {
        QFETCH(QByteArray, operation);
        QFETCH(QString, refusal);
        const Json stated = Json::parse(operation.toStdString());
        Configuration configuration;
        const std::string last = configuration.add(stated[0].get<std::string>(), {"input"}, stated[3]);
        Json& arguments = configuration.layers().back()["inbound_nodes"][0]["args"];
        Json made = stated[1];
        made.push_back(arguments[0]);
        for (const Json& item : stated[2])
            made.push_back(item);
        arguments = made;
        configuration.head(configuration.units(configuration.convolution(last, 4)));
        if (!refusal.isEmpty()) {
            const QString message = refusalOf([&] { graphOf(configuration); });
            QVERIFY2(message.contains(refusal), qPrintable(message));
            return;
        }
        const KerasGraph graph = graphOf(configuration);
        QTEST(QByteArray::fromStdString(graph.metadata.at("scale")), "scale");
        QTEST(QByteArray::fromStdString(graph.metadata.at("mean")), "mean");
        QTEST(QByteArray::fromStdString(graph.metadata.at("std")), "deviation");
        QTEST(QByteArray::fromStdString(graph.metadata.at("channel_order")), "order");
    }

    void activationsMayBeObjects() {
        const auto activation = [](const Json& stated) {
            Configuration configuration;
            configuration.head(
                configuration.units(configuration.convolution("input", 4, {{"activation", stated}})));
            return graphOf(configuration).layers.layers.at(1);
        };
        const Layer leaky = activation({{"class_name", "LeakyReLU"}, {"config", {{"negative_slope", 0.05}}}});
        QVERIFY(leaky.settings.function == ActivationFunction::LeakyReLU);
        QCOMPARE(leaky.settings.slope, 0.05);
        const Layer older = activation(
            {{"class_name", "LeakyReLU"}, {"config", {{"alpha", {{"type", "ndarray"}, {"value", 0.4}}}}}});
        QCOMPARE(older.settings.slope, 0.4);
        QVERIFY(activation({{"class_name", "function"}, {"config", "elu"}}).settings.function ==
                ActivationFunction::ELU);
        QVERIFY(activation({{"class_name", "ReLU"}, {"config", Json::object()}}).kind == StepKind::ReLU);
        const QString message = refusalOf([&] {
            activation({{"class_name", "ReLU"}, {"config", {{"max_value", 1.0}}}});
        });
        QVERIFY2(message.contains(QStringLiteral("max_value: expected 6")), qPrintable(message));
    }

    void whatHasNoNumbersMayBeCalledAgain() {
        Configuration configuration;
        const std::string stem = configuration.convolution("input", 4);
        const std::string relu = configuration.add("ReLU", {stem}, Json::object(), "relu");
        const std::string first = configuration.convolution(relu, 4);
        // relu(first) is the second call of the one layer; what reads it says so.
        Json nodes = configuration.layers()[2]["inbound_nodes"];
        nodes.push_back(nodes[0]);
        nodes[1]["args"][0][0]["config"]["keras_history"] = {first, 0, 0};
        configuration.layers()[2]["inbound_nodes"] = nodes;
        const std::string second = configuration.convolution(relu, 4);
        configuration.layers().back()["inbound_nodes"][0]["args"][0][0]["config"]["keras_history"] = {relu, 1,
                                                                                                      0};
        configuration.head(configuration.add("Add", {second, relu}));
        const KerasGraph graph = graphOf(configuration);
        const auto& layers = graph.layers.layers;
        QCOMPARE(std::ranges::count(layers, StepKind::ReLU, &Layer::kind), std::ptrdiff_t(2));
        const Layer& last = layerNamed(graph, second);
        QCOMPARE(layers[std::size_t(last.inputs.front())].kind, StepKind::ReLU);
        QCOMPARE(layers[std::size_t(layers[std::size_t(last.inputs.front())].inputs.front())].name, first);
    }

    void theCallOfANestedModelIsItsOnlyOne() {  // Keras 2 counts from the one that the model is born with
        Configuration inner;
        inner.units(inner.convolution("input", 4));
        Configuration outer;
        outer.layers().push_back(inner.json());
        outer.layers().back()["name"] = "backbone";
        outer.layers().back()["inbound_nodes"] =
            Json::array({Json::array({Json::array({"input", 0, 0, Json::object()})})});
        outer.head("backbone");
        outer.layers()[2]["inbound_nodes"] =
            Json::array({Json::array({Json::array({"backbone", 1, 0, Json::object()})})});
        QVERIFY(graphOf(outer).parameters.contains("layers/functional/layers/conv2d_1/vars/0"));
    }

    void aVectorMayBeReshapedToOne() {
        const auto graphWith = [](const Json& shape) {
            Configuration configuration;
            const std::string mean = configuration.add(
                "GlobalAveragePooling2D", {configuration.units(configuration.convolution("input", 4))});
            configuration.add("Dense", {configuration.add("Reshape", {mean}, {{"target_shape", shape}})},
                              {{"units", 5}});
            return graphOf(configuration);
        };
        QCOMPARE(graphWith({1, 1, 4}).layers.layers.size(), graphWith({-1}).layers.layers.size());
        const QString message = refusalOf([&] { graphWith({2, 2}); });
        QVERIFY2(message.contains(QStringLiteral("a vector that stays one")), qPrintable(message));
    }
};

RESNET_TEST(KerasOperationsTest)
#include "KerasOperationsTest.moc"
