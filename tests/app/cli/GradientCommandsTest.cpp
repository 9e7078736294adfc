#include "core/files/ByteSource.h"
#include "core/files/Npy.h"
#include "core/tensor/ChannelsFirst.h"
#include "tests/TestPrograms.h"
#include "tests/app/cli/Program.h"
#include "tests/core/weights/ReadSafetensors.h"

#include <QImage>
#include <QTemporaryDir>
#include <QtTest>

#include <nlohmann/json.hpp>

#include <cmath>

using namespace resnet;
using namespace resnet::test;

using Json = nlohmann::json;

// What gradients, paths, trust and explain by gradients write, from the real program.
class GradientCommandsTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    QString path(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }

    static Finished call(const char* command, const QStringList& options) {
        return execute(QStringList{QString::fromLatin1(command), sample("china.jpg")} + smallNetwork() +
                       options);
    }
    static QStringList words(const char* text) {
        return QString::fromLatin1(text).split(QLatin1Char(' '), Qt::SkipEmptyParts);
    }
    Finished callTo(const char* command, const char* file, const char* options) const {
        return call(command, words(options) + QStringList{QStringLiteral("--output"), path(file)});
    }
    StateDict tensorsOf(const char* file) const { return readSafetensors(path(file).toStdString()).tensors; }
    Tensor arrayOf(const char* file) const {
        return readNpy(readFileBytes(path(file).toStdString(), 1 << 24), file);
    }

    QByteArray bytesOf(const char* file) const {
        QFile read(path(file));
        return read.open(QIODevice::ReadOnly) ? read.readAll() : QByteArray();
    }
    std::int64_t columnsOf(const char* file) const { return arrayOf(file).shape.back(); }
    void writeInput(const char* file, const FeatureMaps& input) const {
        // 1 x C x H x W
        std::string header = "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 3, 32, 48), }";
        header.resize(117, ' ');
        QFile written(path(file));
        QVERIFY(written.open(QIODevice::WriteOnly));
        written.write(QByteArray("\x93NUMPY\x01\x00\x76\x00", 10));
        written.write(QByteArray::fromStdString(header + '\n'));
        const std::vector<float> values = toChannelsFirst(input);
        written.write(reinterpret_cast<const char*>(values.data()), qint64(values.size() * sizeof(float)));
    }

private Q_SLOTS:
    void gradientsAreOfEveryStepAndTheInput() {
        QCOMPARE(callTo("gradients", "g.safetensors", "--class 1").status, 0);
        const SafetensorsContent file = readSafetensors(path("g.safetensors").toStdString());
        QCOMPARE(file.metadata.at("gradient_of"), std::string("fc"));
        QVERIFY(file.tensors.at("input").shape == std::vector<std::int64_t>({1, 3, 32, 48}));
        QVERIFY(file.tensors.at("avgpool").shape == std::vector<std::int64_t>({1, 8}));
        QVERIFY(file.tensors.at("fc").values == std::vector<float>({0.0f, 1.0f, 0.0f}));
        QVERIFY(file.tensors.contains("layer2.0.downsample.1"));
        QVERIFY(!file.tensors.contains("softmax"));
        QCOMPARE(callTo("gradients", "d.safetensors", "--class 1 --against 0").status, 0);
        QVERIFY(tensorsOf("d.safetensors").at("fc").values == std::vector<float>({-1.0f, 1.0f, 0.0f}));
    }

    void gradientsAreOfAnyCellAndOfEditedNetworks() {
        QCOMPARE(callTo("gradients", "c.safetensors",
                        "--step layer1.0.add --channel 2 --at 3,5 --edit layer1.0:F=-0.5")
                     .status,
                 0);
        const StateDict tensors = tensorsOf("c.safetensors");
        QVERIFY(!tensors.contains("layer1.0.relu2"));
        const std::size_t at = (2 * 8 + 3) * 12 + 5;
        QCOMPARE(tensors.at("layer1.0.add").values[at], 1.0f);
        QCOMPARE(tensors.at("layer1.0.bn2").values[at], -0.5f);
    }

    // The map of the last unit is the class activation map.
    void gradCamIsTheClassActivationMap() {
        QCOMPARE(callTo("explain", "cam.npy", "--class 2 --against 1").status, 0);
        const Finished finished = callTo("explain", "gradcam.npy", "--method gradcam --class 2 --against 1");
        QCOMPARE(finished.status, 0);
        QVERIFY(finished.messages.contains(QStringLiteral("not trained")));
        const Tensor cam = arrayOf("cam.npy");
        const Tensor gradCam = arrayOf("gradcam.npy");
        QVERIFY(cam.shape == gradCam.shape);
        for (std::size_t i = 0; i < cam.values.size(); ++i)
            QVERIFY(std::abs(cam.values[i] - gradCam.values[i]) < 1e-5f);
    }

    void everyMethodWritesEveryFormat_data() {
        QTest::addColumn<QString>("method");
        QTest::addColumn<bool>("isOfPixels");
        for (const char* method : {"gradcam", "hirescam", "layercam"})
            QTest::newRow(method) << QString::fromLatin1(method) << false;
        for (const char* method : {"gradient", "input-x-gradient", "integrated", "smoothgrad", "guided"})
            QTest::newRow(method) << QString::fromLatin1(method) << true;
    }
    void everyMethodWritesEveryFormat() {
        QFETCH(QString, method);
        QFETCH(bool, isOfPixels);
        const auto write = [&](const char* file) {
            return call("explain",
                        {QStringLiteral("--method"), method, QStringLiteral("--output"), path(file)});
        };
        QCOMPARE(write("m.png").status, 0);
        QVERIFY(!QImage(path("m.png")).isNull());
        QCOMPARE(write("m.npy").status, 0);
        const std::vector<std::int64_t> ofPixels{3, 32, 48};
        QCOMPARE(arrayOf("m.npy").shape == ofPixels, isOfPixels);
        QCOMPARE(write("m.csv").status, 0);
        QFile csv(path("m.csv"));
        QVERIFY(csv.open(QIODevice::ReadOnly));
        QCOMPARE(csv.readLine(),
                 isOfPixels ? QByteArray("y,x,sum,channel0,channel1,channel2\n") : QByteArray("y,x,value\n"));
        QCOMPARE(write("m.json").status, 0);
        const Json report = Json::parse(bytesOf("m.json").toStdString());
        QCOMPARE(report.at("method").get<std::string>(), method.toStdString());
        QCOMPARE(report.at("maps").at(isOfPixels ? "channel1" : "value")[1][2].get<float>(),
                 arrayOf("m.npy")
                     .values[std::size_t(isOfPixels ? 32 * 48 : 0) + std::size_t(columnsOf("m.npy")) + 2]);
        QCOMPARE(write("m.svg").status, 0);
        const QByteArray svg = bytesOf("m.svg");
        QVERIFY(svg.contains("china.jpg") && svg.contains("what speaks for"));  // the title as text
    }

    // A tensor as it is, and a picture of it below the map.
    void tensorsAreExplainedLikePictures() {
        FeatureMaps input({3, 32, 48});
        for (std::size_t i = 0; i < input.size(); ++i)
            input.data()[i] = float(i % 17) / 9.0f - 0.9f;
        writeInput("t.npy", input);
        const QStringList network = words("--units 1,1 --channels 4,8 --classes 3 --seed 7");
        for (const char* command : {"explain", "paths", "trust"}) {
            const QString figure = path((QByteArray(command) + ".png").constData());
            const Finished finished = execute(QStringList{QString::fromLatin1(command), path("t.npy")} +
                                              network + QStringList{QStringLiteral("--output"), figure});
            QVERIFY2(finished.status == 0, qPrintable(finished.messages));
            QVERIFY(!QImage(figure).isNull());
        }
        const Finished other =
            call("explain", {QStringLiteral("--method"), QStringLiteral("integrated"),
                             QStringLiteral("--input"), QStringLiteral("32x32"), QStringLiteral("--baseline"),
                             path("t.npy"), QStringLiteral("--output"), path("x.png")});
        QCOMPARE(other.status, 1);
        QVERIFY2(other.messages.contains(
                     QStringLiteral("expected an array of 1 x 3 x 32 x 32, found 1 x 3 x 32 x 48")),
                 qPrintable(other.messages));
    }

    void integratedTellsItsGapFromEveryBaseline() {
        for (const char* baseline : {"mean", "black", "blur"}) {
            const Finished finished =
                callTo("explain", "i.npy",
                       ("--method integrated --nodes 8 --baseline " + QByteArray(baseline)).constData());
            QCOMPARE(finished.status, 0);
            QVERIFY2(finished.messages.contains(QStringLiteral("gap")), qPrintable(finished.messages));
        }
        const Finished own =
            call("explain", {QStringLiteral("--method"), QStringLiteral("integrated"),
                             QStringLiteral("--nodes"), QStringLiteral("2"), QStringLiteral("--baseline"),
                             sample("china.jpg"), QStringLiteral("--output"), path("i.npy")});
        QVERIFY2(own.messages.contains(QStringLiteral("flat")), qPrintable(own.messages));
    }

    void pathsAddUp() {
        const Finished finished = callTo("paths", "part.npy", "--class 1 --format json --length 0");
        QCOMPARE(finished.status, 0);
        const Json report = Json::parse(finished.output.toStdString());
        QCOMPARE(report.at("parts").size(), std::size_t(3));
        QCOMPARE(report.at("parts")[1].at("ways").get<double>(), 2.0);
        QVERIFY(report.at("sumError").get<double>() < 1e-5);
        double sum = 0.0;
        for (const float value : arrayOf("part.npy").values)
            sum += double(value) * value;
        const double norm = report.at("parts")[0].at("norm");
        QVERIFY(std::abs(std::sqrt(sum) - norm) < 1e-5 * norm);
        QVERIFY(call("paths", {}).output.startsWith("units   ways"));
        QVERIFY(callTo("paths", "all.svg", "").output.isEmpty());
        QVERIFY(bytesOf("all.svg").contains("units whose F(x) is passed"));
        QCOMPARE(callTo("paths", "part.svg", "--length 1").status, 0);
        QVERIFY(bytesOf("part.svg").contains("through 1 units"));
        QVERIFY(call("paths", words("--format csv")).output.startsWith("units,ways,norm\n0,1,"));
    }

    void trustTellsOfEveryUnit() {
        const Finished finished = call("trust", words("--method guided --format json"));
        QCOMPARE(finished.status, 0);
        const Json report = Json::parse(finished.output.toStdString());
        QCOMPARE(report.at("randomisation").size(), std::size_t(3));
        QVERIFY(report.at("randomisation")[0].at("randomisedFrom").is_null());
        QCOMPARE(report.at("randomisation")[2].at("randomisedFrom").get<std::string>(),
                 std::string("layer1.0"));
        QCOMPARE(report.at("deletion").at("probability").size(), report.at("share").size());
        QVERIFY(call("trust", {}).output.startsWith("randomised_from,rank_correlation"));
        QVERIFY(call("trust", words("--format curves-csv")).output.startsWith("share,deletion,insertion"));
        QVERIFY(callTo("trust", "maps.npy", "--method gradient").output.isEmpty());
        QVERIFY(arrayOf("maps.npy").shape == std::vector<std::int64_t>({3, 32, 48}));
        QCOMPARE(callTo("trust", "t.svg", "--method integrated --nodes 3 --start 5").status, 0);
        const QByteArray figure = bytesOf("t.svg");
        for (const char* said : {"as it is", "layer1.0 on", "seed 5", "3 nodes", "Deletion", "Insertion"})
            QVERIFY2(figure.contains(said), said);
    }

    void receptiveStandsInsideWhatTheWaysSee() {
        QCOMPARE(callTo("receptive", "r.json", "--step layer2.0.add --channel 1 --at 2,3 --start 4").status,
                 0);
        const Json report = Json::parse(bytesOf("r.json").toStdString());
        QCOMPARE(report.at("pictures").get<int>(), 1);
        QCOMPARE(report.at("seed").get<int>(), 4);
        const int first = report.at("longest").at("rows")[0];
        const int last = report.at("longest").at("rows")[1];
        QVERIFY(report.at("field").at("height").get<double>() < last - first + 1);
        QCOMPARE(callTo("receptive", "r.npy", "--step layer2.0.add --channel 1 --at 2,3").status, 0);
        QVERIFY(arrayOf("r.npy").shape == std::vector<std::int64_t>({1, 32, 48}));
        QCOMPARE(float(report.at("maps").at("influence")[12][13]), arrayOf("r.npy").values[12 * 48 + 13]);
        QCOMPARE(callTo("receptive", "r.svg", "").status, 0);
        QVERIFY(bytesOf("r.svg").contains("two standard deviations"));
        QDir().mkpath(path("pictures"));
        QFile::copy(sample("china.jpg"), path("pictures/a.jpg"));
        QFile::copy(sample("rocket.jpg"), path("pictures/b.jpg"));
        const Finished mean =
            execute(QStringList{QStringLiteral("receptive"), path("pictures")} + smallNetwork() +
                    QStringList{QStringLiteral("--output"), path("mean.json")});
        QCOMPARE(mean.status, 0);
        QCOMPARE(Json::parse(bytesOf("mean.json").toStdString()).at("pictures").get<int>(), 2);
    }

    void wrongUsageIsOneLine_data() {
        QTest::addColumn<QByteArray>("arguments");
        QTest::addColumn<QString>("message");
        const auto row = [](const char* arguments, const char* message) {
            QTest::newRow(arguments) << QByteArray(arguments) << QString::fromLatin1(message);
        };
        row("explain --output a.png --method grad", "--method");
        row("explain --output a.png --nodes 5", "--nodes is of --method integrated");
        row("explain --output a.png --method gradient --step conv1", "--step is of --method gradcam");
        row("explain --output a.png --method occlusion --against 1",
            "--against is not of --method occlusion");
        row("explain --output a.png --method gradcam --step input", "--step: expected a step");
        row("explain --output a.png --method gradcam --against 3", "--against: expected");
        row("gradients --output a.txt", "expected a name ending in .safetensors");
        row("gradients --output a.safetensors --at 1,1", "--at needs --step");
        row("gradients --output a.safetensors --step conv1 --channel 0 --at 99,0",
            "conv1: no channel 0, row 99");
        row("gradients --output a.safetensors --step conv1 --class 1", "of --class or of --step");
        row("paths --length 3", "--length needs --output");
        row("paths --output a.npy", "--length says which");
        row("explain --output a.txt", "expected a name ending in .png, .svg, .npy, .csv or .json");
        row("receptive --output a.png --step input", "seen by itself alone");
        row("receptive --output a.png --step conv1 --at 99,0", "conv1: no channel 0, row 99");
        row("trust --method occlusion", "--method");
    }
    void wrongUsageIsOneLine() {
        QFETCH(QByteArray, arguments);
        QFETCH(QString, message);
        const QStringList all = words(arguments.constData());
        const Finished finished = call(arguments.left(arguments.indexOf(' ')).constData(), all.mid(1));
        QCOMPARE(finished.status, 2);
        QVERIFY2(finished.messages.contains(message), qPrintable(finished.messages));
    }
};

RESNET_TEST(GradientCommandsTest)
#include "GradientCommandsTest.moc"
