#include "core/network/Graph.h"
#include "tests/TestPrograms.h"
#include "tests/core/weights/KerasConfiguration.h"
#include "tests/core/weights/Refusal.h"

#include <QtTest>

using namespace resnet;

class KerasGraphTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void otherNumbersThanFloatsAreTold() {
        const auto graphWith = [](const Json& type) {
            Configuration configuration;
            const std::string stem = configuration.convolution("input", 4, {{"dtype", type}});
            configuration.head(configuration.units(stem), "softmax");
            return graphOf(configuration);
        };
        const Json policy = {{"class_name", "DTypePolicy"}, {"config", {{"name", "mixed_float16"}}}};
        for (const Json& type : {Json("mixed_float16"), policy}) {
            const KerasGraph graph = graphWith(type);
            QVERIFY(std::ranges::any_of(graph.notes, [](const std::string& note) {
                return note.find("mixed_float16") != std::string::npos;
            }));
        }
        QVERIFY(graphWith("float32").notes.empty());
        const QString message = refusalOf([&] { graphWith("int8_from_float32"); });
        QVERIFY2(message.contains(QStringLiteral("quantised")), qPrintable(message));
    }

    void statedSettingsAreTaken() {
        Configuration configuration;
        std::string last = configuration.add("ZeroPadding2D", {"input"}, {{"padding", {{2, 1}, {3, 0}}}});
        const std::string stem = last =
            configuration.convolution(last, 4, {{"padding", "valid"}, {"strides", 2}});
        last = configuration.add("BatchNormalization", {last}, {{"epsilon", 0.02}, {"scale", true}});
        last = configuration.add("Activation", {last}, {{"activation", "swish"}});
        const std::string pool = last = configuration.add("AveragePooling2D", {last}, {{"pool_size", 2}});
        last = configuration.add("Dropout", {last}, {{"rate", 0.5}});
        configuration.head(configuration.units(last), "sigmoid");
        const KerasGraph graph = graphOf(configuration);

        const Layer& convolution = layerNamed(graph, stem);
        QCOMPARE(convolution.inputs.front(), inputStep);
        QVERIFY((convolution.window == WindowRule{3, 2, true, 2, 3, 1, 0}));
        QVERIFY(layerNamed(graph, pool).kind == StepKind::AveragePool);
        QCOMPARE(graph.metadata.at("bn_epsilon"), std::string("0.02"));
        QVERIFY(graph.layers.layers.back().settings.function == ActivationFunction::Sigmoid);
        NetworkSpec settings;
        settings.inputHeight = settings.inputWidth = 32;
        const Graph made(std::make_shared<LayerGraph>(graph.layers), settings);
        QCOMPARE(made.units().size(), std::size_t(2));
        QCOMPARE(made.stepName(made.softmaxStep()), std::string("softmax"));
    }

    void paddingBeforeAMaxPoolIsItsOwnOnlyBehindReLU() {
        for (const bool isReLU : {true, false}) {
            Configuration configuration;
            std::string last = configuration.convolution("input", 4);
            if (isReLU)
                last = configuration.add("ReLU", {last});
            last = configuration.add("ZeroPadding2D", {last}, {{"padding", 1}});
            const std::string pool =
                configuration.add("MaxPooling2D", {last}, {{"pool_size", 3}, {"strides", 2}});
            configuration.head(configuration.units(pool));
            const KerasGraph graph = graphOf(configuration);
            QCOMPARE(layerNamed(graph, pool).window.padTop, isReLU ? 1 : 0);
            const bool hasPadding = std::ranges::any_of(
                graph.layers.layers, [](const Layer& layer) { return layer.kind == StepKind::Padding; });
            QCOMPARE(hasPadding, !isReLU);
        }
    }

    void picturesArePreparedAsStated_data() {
        QTest::addColumn<QByteArray>("layers");
        QTest::addColumn<QByteArray>("scale");
        QTest::addColumn<QByteArray>("mean");
        QTest::addColumn<QByteArray>("deviation");
        const auto row = [](const char* name, const char* layers, const char* scale, const char* mean,
                            const char* deviation) {
            QTest::newRow(name) << QByteArray(layers) << QByteArray(scale) << QByteArray(mean)
                                << QByteArray(deviation);
        };
        row("one", R"([["Rescaling",{"scale":0.5,"offset":-1}]])", "0.5", "[1,1,1]", "[1,1,1]");
        row("a list a channel", R"([["Rescaling",{"scale":1.0,"offset":[-1,-2,-3]}]])", "1", "[1,2,3]",
            "[1,1,1]");
        row("two", R"([["Rescaling",{"scale":0.25}],["Rescaling",{"scale":2.0,"offset":-1.0}]])", "0.5",
            "[1,1,1]", "[1,1,1]");
        row("mean and variance", R"([["Normalization",{"mean":[1,2,3],"variance":[4,9,16]}]])", "1",
            "[1,2,3]", "[2,3,4]");
        row("adapted", R"([["Normalization",{"mean":null,"variance":null}]])", "1", "[10,20,30]", "[2,3,4]");
        row("augmentation passes", R"([["RandomFlip",{"mode":"horizontal"}],["Rescaling",{"scale":0.5}]])",
            "0.5", "[0,0,0]", "[1,1,1]");
    }

    void picturesArePreparedAsStated() {
        QFETCH(QByteArray, layers);
        Configuration configuration;
        std::string last = "input";
        for (const Json& layer : Json::parse(layers.toStdString()))
            last = configuration.add(layer[0].get<std::string>(), {last}, layer[1]);
        configuration.head(configuration.units(configuration.convolution(last, 4)));
        const KerasGraph graph = graphOf(configuration);
        QTEST(QByteArray::fromStdString(graph.metadata.at("scale")), "scale");
        QTEST(QByteArray::fromStdString(graph.metadata.at("mean")), "mean");
        QTEST(QByteArray::fromStdString(graph.metadata.at("std")), "deviation");
        QVERIFY(!graph.guessed.contains("scale"));
    }

    void greyAndChannelsFirst() {
        Configuration grey({nullptr, 28, 36, 1});
        grey.head(grey.units(grey.convolution("input", 4)));
        QCOMPARE(graphOf(grey).layers.inputChannels, 1);
        Configuration first({nullptr, 3, 28, 36});
        first.head(first.units(first.convolution("input", 4, {{"data_format", "channels_first"}})));
        for (Json& layer : first.layers())
            if (layer["class_name"] == "Conv2D")
                layer["config"]["data_format"] = "channels_first";
        QCOMPARE(graphOf(first).metadata.at("input_size"), std::string("[28,36]"));
    }

    void nestedModelsAreOne() {
        Configuration inner;
        inner.units(inner.convolution("input", 4));
        Configuration outer;
        outer.layers().push_back(inner.json());
        outer.layers().back()["name"] = "backbone";
        outer.layers().back()["inbound_nodes"] =
            Json::array({{{"args", Json::array({{{"class_name", "__keras_tensor__"},
                                                 {"config", {{"keras_history", {"input", 0, 0}}}}}})}}});
        outer.head("backbone");
        const KerasGraph graph = graphOf(outer);
        QVERIFY(graph.parameters.contains("layers/functional/layers/conv2d_1/vars/0"));
        QVERIFY(graph.parameters.contains("layers/dense/vars/1"));
    }

    void olderKerasOnTorchIsKnown() {
        const auto padding = [](const char* version, const char* backend) {
            KerasGraph graph;
            completeKerasSettings({version, backend}, graph);
            return graph.metadata.at("padding");
        };
        QCOMPARE(padding("3.3.3", "torch"), std::string("same-torch"));
        QCOMPARE(padding("3.9.0", "torch"), std::string("same"));
        QCOMPARE(padding("3.10.0", "torch"), std::string("same"));
        QCOMPARE(padding("3.3.3", "tensorflow"), std::string("same"));
        QCOMPARE(padding("2.15.0", "tensorflow"), std::string("same"));
        QCOMPARE(padding("3.3.3", ""), std::string("same"));
    }

    void noLayersSayNothing() {
        for (const char* text : {"{}", "[]", "7", R"({"config":7})", R"({"class_name":"Mine","config":{}})"})
            QVERIFY(kerasNodes(Json::parse(text)).nodes.empty());
    }

    void refusesWhatItDoesNotCompute_data() {
        QTest::addColumn<QByteArray>("layer");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* layer, const char* expected) {
            QTest::newRow(expected) << QByteArray(layer) << QString::fromLatin1(expected);
        };
        row(R"(["Activation",{"activation":"selu"}])",
            "layer 'odd' (Activation): activation 'selu' is not one");
        row(R"(["Conv2D",{"filters":4,"kernel_size":3,"dilation_rate":2}])",
            "(Conv2D): dilation_rate: expected 1");
        row(R"(["Conv2D",{"filters":4,"kernel_size":3,"groups":2}])",
            "(Conv2D): groups: expected 1, found 2");
        row(R"(["Conv2D",{"filters":4,"kernel_size":[3,5]}])",
            "(Conv2D): kernel_size: expected the same number");
        row(R"(["Conv2D",{"filters":-4,"kernel_size":3}])", "(Conv2D): filters: expected a whole number");
        row(R"(["Conv2D",{"filters":4,"kernel_size":3,"padding":"causal"}])",
            "padding: expected same or valid");
        row(R"(["DepthwiseConv2D",{"kernel_size":3}])",
            "layer 'odd' (DepthwiseConv2D): layers of this class");
        row(R"(["MaxPooling2D",{"pool_size":1000}])", "(MaxPooling2D): pool_size: expected a whole number");
        row(R"(["BatchNormalization",{"axis":1}])", "(BatchNormalization): axis");
        row(R"(["BatchNormalization",{"epsilon":-1}])", "(BatchNormalization): epsilon");
        row(R"(["ZeroPadding2D",{"padding":1000000}])", "(ZeroPadding2D): padding");
        row(R"(["Lambda",{"function":"os.system"}])", "(Lambda): holds a program, which is not run");
        row(R"(["Softmax",{}])", "a softmax inside of the network");
        row(R"(["ReLU",{"max_value":3}])", "(ReLU): max_value: expected 6 or none, found 3");
        row(R"(["BatchNormalization",{"renorm":true}])", "(BatchNormalization): renorm");
        row(R"(["Conv2D",{"filters":4,"kernel_size":3,"use_bias":false,"lora_rank":2}])",
            "(Conv2D): lora_rank");
        row(R"(["Activation",{"activation":{"module":"mine","class_name":"function","config":"relu"}}])",
            "(Activation): activation: \"relu\" is of the file's own making");
        row(R"(["Activation",{"activation":{"class_name":"LeakyReLU","registered_name":"my>LeakyReLU"}}])",
            "(Activation): activation: \"LeakyReLU\" is of the file's own making");
    }

    void refusesWhatItDoesNotCompute() {
        QFETCH(QByteArray, layer);
        QFETCH(QString, expected);
        const Json stated = Json::parse(layer.toStdString());
        Configuration configuration;
        const std::string odd = configuration.add(stated[0].get<std::string>(),
                                                  {configuration.convolution("input", 4)}, stated[1], "odd");
        configuration.head(configuration.units(odd));
        const QString message = refusalOf([&] { graphOf(configuration); });
        QVERIFY2(message.contains(expected), qPrintable(message));
        QVERIFY(!message.contains(QLatin1Char('\n')));
    }

    // In the form of Keras 3 and of Keras 2, told to the layer or to the model that it stands in.
    void refusesWhatIsCalledInTraining() {
        const auto messageOf = [](const char* className, const Json& config, bool isKeras2,
                                  const Json& said) {
            Configuration configuration;
            const std::string stem = configuration.convolution("input", 4);
            configuration.head(configuration.units(configuration.add(className, {stem}, config, "odd")));
            Json& odd = configuration.layers()[2];
            if (isKeras2)
                odd["inbound_nodes"] = Json::array({Json::array({Json::array({stem, 0, 0, said})})});
            else
                odd["inbound_nodes"][0]["kwargs"] = said;
            return refusalOf([&] { graphOf(configuration); });
        };
        const Json yes{{"training", true}}, no{{"training", false}};
        for (const bool isKeras2 : {false, true}) {
            for (const char* className : {"BatchNormalization", "Dropout", "RandomFlip"}) {
                const QString message = messageOf(className, Json::object(), isKeras2, yes);
                QVERIFY2(message.startsWith(QStringLiteral("layer 'odd' (%1): is called with training=True")
                                                .arg(QLatin1String(className))),
                         qPrintable(message));
                QVERIFY(messageOf(className, Json::object(), isKeras2, no).isEmpty());
            }
            QVERIFY(messageOf("BatchNormalization", {{"trainable", false}}, isKeras2, yes).isEmpty());
            QVERIFY(messageOf("Dropout", {{"rate", 0}}, isKeras2, yes).isEmpty());
        }
        Configuration inner;
        inner.add("BatchNormalization", {inner.convolution("input", 4)}, Json::object(), "deep");
        Configuration outer;
        outer.head(outer.units(outer.add("Functional", {"input"}, inner.json()["config"], "model")));
        QVERIFY(refusalOf([&] { graphOf(outer); }).isEmpty());
        outer.layers()[1]["inbound_nodes"][0]["kwargs"] = yes;
        const QString message = refusalOf([&] { graphOf(outer); });
        QVERIFY2(message.startsWith(QStringLiteral("layer 'deep' (BatchNormalization): is called")),
                 qPrintable(message));
    }

    // A class of the file's own is none of Keras', even if it is called so.
    void refusesClassesThatOnlyHaveAName() {
        for (const char* key : {"module", "registered_name"}) {
            Configuration configuration;
            const std::string odd = configuration.add("MaxPooling2D", {configuration.convolution("input", 4)},
                                                      Json::object(), "odd");
            configuration.head(configuration.units(odd));
            configuration.layers()[2][key] = std::string(key) == "module" ? "keras.layers" : "MaxPooling2D";
            QVERIFY(refusalOf([&] { graphOf(configuration); }).isEmpty());
            configuration.layers()[2][key] = std::string(key) == "module" ? "mine" : "mine>MaxPooling2D";
            const QString message = refusalOf([&] { graphOf(configuration); });
            QVERIFY2(message.contains(QStringLiteral("layer 'odd' (MaxPooling2D)")), qPrintable(message));
            QVERIFY2(message.contains(QStringLiteral("of the file's own")), qPrintable(message));
        }
    }

    void refusesTwoOrdersOfAxes() {
        Configuration configuration;
        const std::string stem = configuration.convolution("input", 4, {{"data_format", "channels_last"}});
        configuration.head(configuration.units(
            configuration.add("MaxPooling2D", {stem}, {{"data_format", "channels_first"}}, "odd")));
        const QString message = refusalOf([&] { graphOf(configuration); });
        QVERIFY2(message.contains(QStringLiteral("layer 'odd' (MaxPooling2D): data_format: channels_first")),
                 qPrintable(message));
    }

    void refusesGraphsThatAreNone() {
        const auto expect = [](const Json& json, const char* expected) {
            const QString message = refusalOf([&] { graphOf(json); });
            QVERIFY2(message.contains(QString::fromLatin1(expected)), qPrintable(message));
        };
        Configuration circle;
        circle.add("ReLU", {"second"}, Json::object(), "first");
        circle.add("ReLU", {"first"}, Json::object(), "second");
        expect(circle.json(), "circle");

        Configuration unknown;
        unknown.add("ReLU", {"nowhere"});
        expect(unknown.json(), "reads 'nowhere', which is no layer");

        Configuration three;
        const std::string a = three.convolution("input", 4), b = three.convolution(a, 4),
                          c = three.convolution(a, 4);
        three.head(three.add("Add", {a, b, c}));
        expect(three.json(), "merges 3 layers");

        Configuration many;
        std::string last = many.convolution("input", 4);
        for (int i = 0; i < 1100; ++i)
            last = many.add("ReLU", {last});
        many.head(last);
        expect(many.json(), "more than 1000 layers");

        Configuration named;
        named.head(named.units(named.add("ReLU", {"input"}, Json::object(), std::string(1 << 20, 'x'))));
        expect(named.json(), "a name of 1048576 bytes");

        Configuration twice;
        twice.head(twice.units(twice.convolution("input", 4)));
        Json shared = twice.json();
        Json& nodes = shared["config"]["layers"][1]["inbound_nodes"];
        nodes.push_back(nodes[0]);
        expect(shared, "is used 2 times");

        Configuration inputs;
        inputs.add("InputLayer", {}, {{"batch_shape", {nullptr, 32, 32, 3}}});
        inputs.head(inputs.units(inputs.convolution("input", 4)));
        expect(inputs.json(), "a second input");
    }
};

RESNET_TEST(KerasGraphTest)
#include "KerasGraphTest.moc"
