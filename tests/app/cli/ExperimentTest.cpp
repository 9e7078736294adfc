#include "core/weights/SafetensorsWriter.h"
#include "tests/TestPrograms.h"
#include "tests/app/cli/Program.h"
#include "tests/core/weights/ReadSafetensors.h"

#include <QDir>
#include <QImage>
#include <QTemporaryDir>
#include <QtTest>

#include <nlohmann/json.hpp>

#include <cmath>

using namespace resnet::test;
using Json = nlohmann::json;

// The commands `experiment` and `compare`, by the real program.
class ExperimentTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    QString path(const QString& name) const { return m_folder.filePath(name); }

    static QStringList words(const QString& text) { return text.split(QLatin1Char(' '), Qt::SkipEmptyParts); }
    static Finished experiment(const QString& subject, const QString& options) {
        return execute(QStringList{QStringLiteral("experiment"), subject} + smallNetwork() +
                       words(QStringLiteral("--units 2,2 ") + options));
    }
    static Json json(const Finished& finished) {
        if (finished.status != 0)
            qWarning("%s", qPrintable(finished.messages));
        return Json::parse(finished.output.toStdString());
    }
    // `count` pictures of noise.
    void makePictures(const QString& folder, int count, int first = 0) const {
        QDir().mkpath(path(folder));
        for (int i = 0; i < count; ++i) {
            QImage image(48, 40, QImage::Format_RGB32);
            unsigned state = unsigned(first + i) * 2654435761u + 1;
            for (int y = 0; y < image.height(); ++y)
                for (int x = 0; x < image.width(); ++x)
                    image.setPixel(x, y, (state = state * 1664525u + 1013904223u) >> 8);
            QVERIFY(image.save(path(folder) + QStringLiteral("/%1.png").arg(first + i)));
        }
    }

private Q_SLOTS:
    void initTestCase() {
        makePictures(QStringLiteral("loose"), 9);
        for (int c = 0; c < 3; ++c)
            makePictures(QStringLiteral("classes/%1").arg(c), 3, c * 3);
        QDir().mkpath(path(QStringLiteral("empty")));
    }

    void triesOneEdit() {
        const Json report =
            json(experiment(sample("china.jpg"), QStringLiteral("--edit layer2.1:F=0 --format json")));
        QCOMPARE(int(report.at("results").size()), 1);
        const Json& result = report.at("results").at(0);
        QCOMPARE(result.at("edit").get<std::string>(), std::string("layer2.1:F=0"));
        const Json predicted =
            json(execute(QStringList{QStringLiteral("predict"), sample("china.jpg")} + smallNetwork() +
                         words(QStringLiteral("--units 2,2 --format json --edit layer2.1:F=0"))));
        for (const Json& each : predicted.at(0).at("predictions")) {
            QVERIFY(result.at("logits").at(each.at("index").get<std::size_t>()) == each.at("logit"));
            QVERIFY(result.at("probabilities").at(each.at("index").get<std::size_t>()) ==
                    each.at("probability"));
        }
        QVERIFY(report.at("reference").at("logits") != result.at("logits"));
        QVERIFY(result.at("divergence").get<double>() > 0.0);
        QVERIFY(!result.contains("images"));
    }

    void sweeps() {
        const Json report = json(experiment(
            sample("china.jpg"), QStringLiteral("--sweep units,shortcuts --class 1 --format json")));
        QCOMPARE(int(report.at("results").size()), 8);
        QCOMPARE(report.at("results").at(5).at("edit").get<std::string>(), std::string("layer1.1:x=0"));
        const double logit = report.at("reference").at("logits").at(1);
        QVERIFY(std::abs(report.at("reference").at("classLogit").get<double>() - logit) < 1e-5);
        const Json& score = report.at("score");
        double sum = score.at("stem").get<double>() + score.at("bias").get<double>();
        for (const Json& unit : score.at("units"))
            sum += unit.at("wrote").get<double>() + unit.at("projectionShift").get<double>();
        QVERIFY(std::abs(sum - logit) < 1e-4 * std::max(1.0, std::abs(logit)));
        const Finished text = experiment(sample("china.jpg"), QStringLiteral("--sweep units"));
        QVERIFY2(text.output.contains("Who wrote the logit"), text.output.constData());
        QVERIFY(text.output.contains("layer1.0:F=0"));
        for (const char* kind : {"count", "swaps", "exits"})
            QVERIFY(json(experiment(sample("china.jpg"),
                                    QStringLiteral("--format json --draws 2 --sweep ") + QLatin1String(kind)))
                        .at("results")
                        .size() >= 1);
    }

    void goesOverFolders() {
        const Json loose =
            json(experiment(path(QStringLiteral("loose")), QStringLiteral("--sweep units --format json")));
        QCOMPARE(loose.at("reference").at("images").get<int>(), 9);
        QCOMPARE(loose.at("reference").at("agreement").get<double>(), 1.0);
        QVERIFY(!loose.at("reference").contains("accuracy"));
        const Json named =
            json(experiment(path(QStringLiteral("classes")), QStringLiteral("--sweep units --format json")));
        QCOMPARE(named.at("results").at(3).at("images").get<int>(), 9);
        const double right = named.at("reference").at("accuracy").get<double>() * 9.0;
        QVERIFY(std::abs(right - std::round(right)) < 1e-9);
        // The same pictures, so the same means but for the order of the sums.
        for (std::size_t c = 0; c < 3; ++c)
            QVERIFY(std::abs(named.at("reference").at("logits").at(c).get<double>() -
                             loose.at("reference").at("logits").at(c).get<double>()) < 1e-4);
    }

    void measuresBatchNormAnew() {
        const Finished finished = experiment(
            sample("china.jpg"), QStringLiteral("--sweep shortcuts --format json --remeasure-batch-norm ") +
                                     path(QStringLiteral("loose")));
        const Json report = json(finished);
        QVERIFY2(finished.messages.contains(QLatin1String("rough")), qPrintable(finished.messages));
        for (const Json& result : report.at("results"))
            QVERIFY(result.at("remeasured").at("logits") != result.at("logits"));
        QVERIFY(report.at("reference").contains("remeasured"));
        const Json folder =
            json(experiment(path(QStringLiteral("classes")),
                            QStringLiteral("--edit layer1.0:F=0 --format json --remeasure-batch-norm ") +
                                path(QStringLiteral("loose"))));
        QCOMPARE(folder.at("results").at(0).at("remeasured").at("images").get<int>(), 9);
    }

    void writesFiles() {
        for (const char* name : {"sweep.svg", "sweep.png", "sweep.csv"}) {
            const QString file = path(QString::fromLatin1(name));
            const Finished finished = experiment(
                sample("china.jpg"),
                QStringLiteral("--sweep units,shortcuts,count,swaps,exits --draws 3 --output ") + file);
            QCOMPARE(finished.status, 0);
            QCOMPARE(finished.output, QByteArray());
            QFile written(file);
            QVERIFY(written.open(QIODevice::ReadOnly));
            const QByteArray bytes = written.readAll();
            if (file.endsWith(QLatin1String("svg")))
                QVERIFY(bytes.contains("One shortcut off") && bytes.contains("Stage 2"));
            else if (file.endsWith(QLatin1String("csv")))
                QVERIFY(
                    bytes.startsWith("edit,sweep,position,probability,logit,top_class,divergence,images\n"));
            else
                QVERIFY(QImage::fromData(bytes).width() > 1000);
        }
    }

    void takesTensorsAndFilesOfEdits() {
        QFile edits(path(QStringLiteral("edits.txt")));
        QVERIFY(edits.open(QIODevice::WriteOnly));
        edits.write("# two units\nlayer1.1:F=0\nlayer2.0:x=0.5\n");
        edits.close();
        const Json fromFile =
            json(experiment(sample("china.jpg"), QStringLiteral("--format json --edit ") + edits.fileName()));
        QCOMPARE(fromFile.at("results").at(0).at("edit").get<std::string>(),
                 std::string("layer1.1:F=0,layer2.0:x=0.5"));
        const Json given = json(experiment(
            sample("china.jpg"), QStringLiteral("--format json --edit layer2.0:x=0.5,layer1.1:F=0")));
        QVERIFY(given.at("results") == fromFile.at("results"));
    }

    void refusesWhatItCannotUse_data() {
        QTest::addColumn<QString>("subject");
        QTest::addColumn<QString>("options");
        QTest::addColumn<QString>("message");
        const auto row = [](const char* name, const QString& subject, const char* options,
                            const char* message) {
            QTest::newRow(name) << subject << QString::fromLatin1(options) << QString::fromLatin1(message);
        };
        const QString picture = sample("china.jpg");
        row("no such unit", picture, "--edit layer9.0:F=0", "no unit of this network");
        row("no number", picture, "--edit layer1.0:F=abc", "expected a finite number");
        row("other shapes", picture, "--edit layer2.0:weights=layer2.1", "has other shapes");
        row("nothing asked", picture, "", "either --edit or --sweep");
        row("both asked", picture, "--edit layer1.0:F=0 --sweep units", "either --edit or --sweep");
        row("no such sweep", picture, "--sweep everything", "expected units, shortcuts");
        row("no such class", picture, "--sweep units --class 3", "from 0 to 2");
        row("no pictures", path(QStringLiteral("empty")), "--sweep units", "no pictures");
        row("no such ending", picture, "--sweep units --output a.gif", ".svg, .png or .csv");
        row("plain", picture, "--sweep units --architecture plain34", "no shortcuts");
    }
    void refusesWhatItCannotUse() {
        QFETCH(QString, subject);
        QFETCH(QString, options);
        QFETCH(QString, message);
        const Finished finished =
            options.contains(QLatin1String("plain34"))
                ? execute(QStringList{QStringLiteral("experiment"), subject, QStringLiteral("--input"),
                                      QStringLiteral("32x32")} +
                          words(options))
                : experiment(subject, options);
        QCOMPARE(finished.status, 2);
        QCOMPARE(finished.messageLines().size(), 1);
        QVERIFY2(finished.messages.contains(message), qPrintable(finished.messages));
        const Finished measuring = experiment(
            subject, QStringLiteral("--sweep units --remeasure-batch-norm ") + path(QStringLiteral("empty")));
        QCOMPARE(measuring.status, 2);
    }

    // predict says so, and so does whatever else tells predictions.
    void sayThatTheNetworkIsUntrained() {
        const QString note = QStringLiteral("the network is untrained");
        QVERIFY(experiment(sample("china.jpg"), QStringLiteral("--sweep exits")).messages.contains(note));
        const QStringList two{sample("china.jpg"), sample("rocket.jpg")};
        QVERIFY(
            execute(QStringList{QStringLiteral("compare")} + two + smallNetwork()).messages.contains(note));
    }

    void leavesOutUnreadablePictures() {
        makePictures(QStringLiteral("mixed"), 2);
        QFile broken(path(QStringLiteral("mixed/a.png")));
        QVERIFY(broken.open(QIODevice::WriteOnly));
        broken.write("no picture");
        broken.close();
        const Finished finished =
            experiment(path(QStringLiteral("mixed")), QStringLiteral("--sweep units --format json"));
        QVERIFY(finished.messages.contains(QLatin1String("left out")));
        QCOMPARE(json(finished).at("reference").at("images").get<int>(), 2);
    }

    void comparesPictures() {
        const auto compare = [&](const QString& a, const QString& b, const QString& options = {}) {
            return execute(QStringList{QStringLiteral("compare"), a, b} + smallNetwork() + words(options));
        };
        const Finished same =
            compare(sample("china.jpg"), sample("china.jpg"), QStringLiteral("--format json"));
        QCOMPARE(same.status, 0);
        const Json equal = Json::parse(same.output.toStdString());
        QVERIFY(equal.at("firstDifference").is_null() && equal.at("explainedBy").is_null());
        QCOMPARE(equal.at("largestDifference").get<double>(), 0.0);
        QCOMPARE(equal.at("steps").at(0).at("step").get<std::string>(), std::string("input"));
        const Finished other = compare(sample("china.jpg"), sample("rocket.jpg"));
        QCOMPARE(other.status, 1);
        QVERIFY(other.output.contains("First difference: input"));
        QCOMPARE(
            compare(sample("china.jpg"), sample("rocket.jpg"), QStringLiteral("--tolerance 1000")).status, 0);
    }

    void comparesNetworks() {
        const QString reference =
            QStringLiteral(RESNET_SOURCE_DIR "/tests/data/experiments/narrow-same-96/weights.safetensors");
        // The same but for one unit.
        resnet::SafetensorsContent changed = resnet::readSafetensors(reference.toStdString());
        for (float& value : changed.tensors.at("layer2.1.conv1.weight").values)
            value *= 1.5f;
        std::vector<resnet::TensorToWrite> tensors;
        for (const auto& [name, tensor] : changed.tensors)
            tensors.push_back({name, tensor.shape, tensor.values, resnet::ElementType::F32});
        const QString second = path(QStringLiteral("changed.safetensors"));
        QFile file(second);
        QVERIFY(file.open(QIODevice::WriteOnly));
        const std::string bytes = resnet::serialiseSafetensors(tensors, changed.metadata);
        file.write(bytes.data(), qint64(bytes.size()));
        file.close();
        const auto compare = [&](const QString& a, const QString& b, const QString& options = {}) {
            return execute(QStringList{QStringLiteral("compare"), a, b, QStringLiteral("--input"),
                                       QStringLiteral("64x64"), QStringLiteral("--image"),
                                       sample("china.jpg")} +
                           words(options));
        };
        QCOMPARE(compare(reference, reference).status, 0);
        const Finished other = compare(reference, second, QStringLiteral("--format json"));
        QCOMPARE(other.status, 1);
        const Json report = Json::parse(other.output.toStdString());
        QCOMPARE(report.at("firstDifference").get<std::string>(), std::string("layer2.1.conv1"));
        QVERIFY(report.at("explainedBy").get<std::string>().find("the weights of") != std::string::npos);
        QVERIFY(report.at("explainedBy").get<std::string>().find("layer2.1") != std::string::npos);
    }

    void compareTellsErrorsFromDifferences() {
        const QStringList wrong[] = {
            {sample("china.jpg"), path(QStringLiteral("nothing.jpg"))},
            {sample("china.jpg"), sample("samples.json")},
            {sample("samples.json"), sample("samples.json")},
            {sample("china.jpg")},
        };
        for (const QStringList& arguments : wrong) {
            const Finished finished = execute(QStringList{QStringLiteral("compare")} + arguments);
            QCOMPARE(finished.status, 2);
            QCOMPARE(finished.messageLines().size(), 1);
        }
    }
};

RESNET_TEST(ExperimentTest)
#include "ExperimentTest.moc"
