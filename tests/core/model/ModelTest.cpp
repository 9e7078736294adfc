#include "core/Error.h"
#include "core/model/ClassNames.h"
#include "core/model/Model.h"
#include "tests/TestPrograms.h"

#include <QtTest>

using namespace resnet;

namespace {
const std::string bundled = RESNET_SOURCE_DIR "/resources/models/resnet34-imagenette.safetensors";
}

class ModelTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void bundledModelSaysAllOfItself() {
        const ModelPtr model = openModel(bundled);
        QCOMPARE(model->title, std::string("ResNet-34 · Imagenette"));
        QVERIFY(model->notes.empty());
        QCOMPARE(model->network->spec(), NetworkSpec{});
        QCOMPARE(model->classNames.size(), std::size_t(10));
        QCOMPARE(model->classNames[4], std::string("church"));
        QCOMPARE(model->preprocessing, Preprocessing{});
        QVERIFY(model->isTrained());
    }

    void requestGoesBeforeFile() {
        ModelRequest request;
        request.padding = Padding::Symmetric;
        request.inputHeight = 96;
        const ModelPtr model = openModel(bundled, request);
        QCOMPARE(model->network->spec().padding, Padding::Symmetric);
        QCOMPARE(model->network->spec().inputHeight, 96);
        QCOMPARE(model->network->spec().inputWidth, 224);
    }

    void contradictionsAreErrors() {
        ModelRequest request;
        request.architecture = "resnet18";
        request.classes = 7;
        try {
            openModel(bundled, request);
            QFAIL("opened");
        } catch (const Error& error) {
            QVERIFY(QString::fromStdString(error.what()).contains(QStringLiteral("resnet18 was asked for")));
            QCOMPARE(error.details().size(), std::size_t(1));
            QVERIFY(QString::fromStdString(error.details()[0]).contains(QStringLiteral("7 was asked for")));
        }
    }

    void newModelIsTheTextbookNetwork() {
        const ModelPtr model = newModel();
        QCOMPARE(model->title, std::string("ResNet-34 · untrained"));
        QCOMPARE(model->network->spec(), NetworkSpec{});
        QVERIFY(!model->isTrained());
        QVERIFY(!model->isOfFile());
        QCOMPARE(model->classNames.back(), std::string("class 9"));
    }

    void newModelTakesOwnUnits() {
        ModelRequest request;
        request.unitsPerStage = std::vector{3, 3, 3};
        request.classes = 1000;
        const ModelPtr model = newModel(request);
        QCOMPARE(model->network->spec().channelsPerStage, (std::vector{64, 128, 256}));
        request.channelsPerStage = std::vector{64};
        QVERIFY_EXCEPTION_THROWN(newModel(request), Error);
    }

    void imageNetNames() {
        QCOMPARE(imageNetClassNames().size(), std::size_t(1000));
        QCOMPARE(imageNetClassNames().front(), std::string("tench"));
        QCOMPARE(imageNetClassNames()[999], std::string("toilet tissue"));
    }
};

RESNET_TEST(ModelTest)
#include "ModelTest.moc"
