#include "core/Error.h"
#include "core/image/PixelPreset.h"
#include "core/model/ClassNames.h"
#include "core/model/ModelSettings.h"
#include "tests/TestPrograms.h"

#include <QtTest>

using namespace resnet;

namespace {

ModelPtr smallModel() {
    ModelRequest request;
    request.unitsPerStage = std::vector{1, 1};
    request.channelsPerStage = std::vector{4, 8};
    request.classes = 3;
    request.inputHeight = 32;
    request.inputWidth = 32;
    return newModel(request);
}

// As if opened from a file that says nothing.
ModelPtr guessedModel() {
    Model model = *smallModel();
    using enum SettingSource;
    model.sources = {Guess, Guess, Guess, Guess, Guess};
    model.notes = {"A tensor is all zeros."};
    for (const std::string& line : guessesIn(model))
        model.notes.push_back(line);
    return std::make_shared<const Model>(model);
}

QString messageOf(const ModelPtr& model, const ModelRequest& settings) {
    try {
        withSettings(model, settings);
    } catch (const Error& error) {
        return QString::fromStdString(error.what());
    }
    return {};
}

ModelRequest everySetting() {
    ModelRequest settings;
    settings.padding = Padding::Symmetric;
    settings.batchNormEpsilon = 1e-5;
    settings.inputHeight = 48;
    settings.inputWidth = 64;
    settings.preprocessing = preprocessingOf(PixelPreset::Bytes, ChannelOrder::BGR);
    settings.preprocessing->mean = {103.939f, 116.779f, 123.68f};
    settings.preprocessing->shorterSide = 72;
    settings.classNames = {"tench", "Größe", "with \"quotes\" and, commas"};
    return settings;
}

}  // namespace

class ModelSettingsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everySettingIsPutIn() {
        const ModelPtr model = smallModel();
        const ModelPtr changed = withSettings(model, everySetting());
        const NetworkSpec& spec = changed->network->spec();
        QCOMPARE(spec.padding, Padding::Symmetric);
        QCOMPARE(spec.batchNormEpsilon, 1e-5);
        QCOMPARE(spec.inputShape(), (FeatureShape{3, 48, 64}));
        QCOMPARE(changed->preprocessing, *everySetting().preprocessing);
        QCOMPARE(changed->classNames, *everySetting().classNames);
        QCOMPARE(changed->detected, model);
        QCOMPARE(model->network->spec().inputHeight, 32);
        QVERIFY(changedSettings(*changed) == everySetting());
    }

    void parametersAreShared() {
        const ModelPtr model = smallModel();
        ModelRequest settings;
        settings.padding = Padding::Symmetric;
        const ModelPtr padded = withSettings(model, settings);
        QCOMPARE(&padded->network->parameters(), &model->network->parameters());
        settings = {};
        settings.preprocessing = preprocessingOf(PixelPreset::Bytes);
        QCOMPARE(withSettings(model, settings)->network, model->network);
    }

    void theFamilyChangesWhereShapesLeaveItOpen() {
        ModelRequest request;
        request.unit = UnitKind::Bottleneck;
        request.unitsPerStage = std::vector{1, 1};
        request.channelsPerStage = std::vector{4, 8};
        request.inputHeight = request.inputWidth = 32;
        const ModelPtr model = newModel(request);
        ModelRequest settings;
        settings.strideIn = StrideIn::Conv1;
        const ModelPtr moved = withSettings(model, settings);
        const auto strideOf = [](const ModelPtr& of, const char* step) {
            return of->graph().step(*of->graph().find(step)).window.stride;
        };
        QCOMPARE(strideOf(model, "layer2.0.conv2"), 2);
        QCOMPARE(strideOf(moved, "layer2.0.conv1"), 2);
        QCOMPARE(strideOf(moved, "layer2.0.conv2"), 1);
        QCOMPARE(&moved->network->parameters(), &model->network->parameters());
        QCOMPARE(moved->sources.strideIn, SettingSource::User);
        QVERIFY(*settingsFromText(settingsText(changedSettings(*moved))) == settings);
        QVERIFY(messageOf(smallModel(), settings).contains(QStringLiteral("only bottleneck units")));

        request = {};
        request.stem = StemKind::Small;
        request.unitsPerStage = std::vector{1, 1};
        request.channelsPerStage = std::vector{4, 8};
        request.shortcut = ShortcutKind::Padding;
        const ModelPtr padded = newModel(request);
        settings = {};
        settings.shortcut = ShortcutKind::None;
        QVERIFY(!withSettings(padded, settings)->network->spec().hasShortcuts());
        settings.shortcut = ShortcutKind::Projection;
        QVERIFY(messageOf(padded, settings).contains(QStringLiteral("projection was asked for")));
    }

    void resetIsTheDetectedModel() {
        const ModelPtr model = smallModel();
        const ModelPtr changed = withSettings(model, everySetting());
        QCOMPARE(withSettings(changed, {}), model);
        QCOMPARE(withSettings(changed, settingsOf(*model)), model);
        QVERIFY(changedSettings(*model) == ModelRequest{});
    }

    void changesStartFromWhatWasDetected() {
        const ModelPtr changed = withSettings(smallModel(), everySetting());
        ModelRequest settings;
        settings.inputWidth = 96;
        const ModelPtr again = withSettings(changed, settings);
        QCOMPARE(again->network->spec().padding, Padding::Same);
        QCOMPARE(again->network->spec().inputShape(), (FeatureShape{3, 32, 96}));
        QCOMPARE(again->detected, changed->detected);
    }

    void sourcesAndNotesFollow() {
        const ModelPtr model = guessedModel();
        QCOMPARE(model->notes.size(), std::size_t(3));
        ModelRequest settings;
        settings.padding = Padding::Symmetric;
        const ModelPtr padded = withSettings(model, settings);
        QCOMPARE(padded->sources.padding, SettingSource::User);
        QCOMPARE(padded->sources.batchNormEpsilon, SettingSource::Guess);
        QCOMPARE(padded->notes.size(), std::size_t(3));
        QVERIFY(
            QString::fromStdString(padded->notes[1]).contains(QStringLiteral("epsilon of 0.001 is a guess")));
        QVERIFY(!QString::fromStdString(padded->notes[1]).contains(QStringLiteral("padding")));
        const ModelPtr told = withSettings(padded, everySetting());
        QCOMPARE(told->notes, std::vector<std::string>{"A tensor is all zeros."});
        QCOMPARE(withSettings(told, {})->notes, model->notes);
    }

    void whatCannotBeUsedIsNamed_data() {
        QTest::addColumn<QString>("field");
        for (const char* field : {"class names: expected 3, one per class, found 1000", "input height",
                                  "epsilon", "scale", "shorter side", "deviation", "mean"})
            QTest::newRow(field) << QString::fromLatin1(field);
    }

    void whatCannotBeUsedIsNamed() {
        QFETCH(const QString, field);
        ModelRequest settings;
        Preprocessing preprocessing;
        if (field.startsWith(QStringLiteral("class")))
            settings.classNames = imageNetClassNames();
        else if (field == QStringLiteral("input height"))
            settings.inputHeight = 31;
        else if (field == QStringLiteral("epsilon"))
            settings.batchNormEpsilon = 0.0;
        else if (field == QStringLiteral("scale"))
            preprocessing.scale = 0.0f;
        else if (field == QStringLiteral("shorter side"))
            preprocessing.shorterSide = 8193;
        else if (field == QStringLiteral("deviation"))
            preprocessing.deviation[2] = 0.0f;
        else
            preprocessing.mean[0] = std::numeric_limits<float>::quiet_NaN();
        settings.preprocessing = preprocessing;
        const QString message = messageOf(smallModel(), settings);
        const QString named =
            field == QStringLiteral("deviation") ? QStringLiteral("standard deviation") : field;
        QVERIFY2(message.startsWith(named), qPrintable(message));
    }

    void textComesBackTheSame() {
        QCOMPARE(settingsText({}), std::string());
        const auto read = settingsFromText(settingsText(everySetting()));
        QVERIFY(read);
        QVERIFY(*read == everySetting());
        ModelRequest one;
        one.padding = Padding::Same;
        QVERIFY(settingsFromText(settingsText(one)) == one);
    }

    void damagedTextIsNoSettings_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("cut") << QByteArray::fromStdString(settingsText(everySetting())).chopped(2);
        QTest::newRow("binary") << QByteArray("\x00\xff\xfe{}", 5);
        QTest::newRow("list") << QByteArray("[1]");
        QTest::newRow("number for text") << QByteArray("{\"bn_epsilon\": 1}");
        QTest::newRow("nested") << QByteArray("{\"padding\": {\"a\": {}}}");
        QTest::newRow("very deep") << QByteArray(100'000, '[');
        QTest::newRow("unknown padding") << QByteArray("{\"padding\": \"reflect\"}");
        QTest::newRow("deviation 0") << QByteArray("{\"std\": \"[1,0,1]\"}");
        QTest::newRow("no names") << QByteArray("{\"classes\": \"[]\"}");
    }

    void damagedTextIsNoSettings() {
        QFETCH(const QByteArray, text);
        QVERIFY(!settingsFromText(text.toStdString()));
    }
};

RESNET_TEST(ModelSettingsTest)
#include "ModelSettingsTest.moc"
