#include "app/cli/OpenNetwork.h"
#include "app/resources/ResourcePaths.h"
#include "core/files/ByteSource.h"
#include "core/files/Npy.h"
#include "core/inference/FusedExecutor.h"
#include "tests/TestPrograms.h"
#include "tests/app/cli/Program.h"
#include "tests/core/inference/Experiments.h"
#include "tests/core/weights/ReadSafetensors.h"
#include "ui/images/PictureReader.h"

#include <QTemporaryDir>
#include <QtTest>

#include <nlohmann/json.hpp>

using namespace resnet;
using namespace resnet::test;

using Json = nlohmann::json;

// --edit, by the real program; and what the bundled network says when parts of it are off.
class EditTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    QString path(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }

    static QStringList words(const char* text) {
        return QString::fromLatin1(text).split(QLatin1Char(' '), Qt::SkipEmptyParts);
    }
    static Finished call(const char* command, const char* options) {
        return execute(QStringList{QString::fromLatin1(command), sample("china.jpg")} + smallNetwork() +
                       words("--units 2,2") + words(options));
    }
    Finished maps(const char* step, const char* file, const char* options = "") const {
        return execute(QStringList{QStringLiteral("maps"), sample("china.jpg"), QStringLiteral("--step"),
                                   QString::fromLatin1(step), QStringLiteral("--output"), path(file)} +
                       smallNetwork() + words("--units 2,2") + words(options));
    }
    static std::vector<float> valuesOf(const QString& file, const char* step) {
        return readSafetensors(file.toStdString()).tensors.at(step).values;
    }
    static std::vector<double> logitsOf(const Finished& finished) {
        std::vector<double> logits(3);
        const Json report = Json::parse(finished.output.toStdString());
        for (const Json& each : report.at(0).at("predictions"))
            logits[each.at("index")] = each.at("logit");
        return logits;
    }

private Q_SLOTS:
    void theBundledNetworkAgreesWithPyTorch() {
        const ModelPtr model = openModel(app::bundledWeights().toStdString(), {});
        const std::vector<experiments::Row> rows = experiments::readRows("bundled-china", model->graph());
        QCOMPARE(rows.size(), std::size_t(33));
        Executor executor(model->network, 2);
        FusedExecutor fused(executor.packed());
        const Run known = app::runImage(executor, *model, ui::readPicture(sample("china.jpg"))->image,
                                        model->graph().softmaxStep(), {});
        double worst = 0.0;
        for (const experiments::Row& row : rows) {
            fused.finish(known.with(row.edits));
            const double error = experiments::relativeError(fused.logits(), row.logits);
            worst = std::max(worst, error);
            QVERIFY2(error < 1e-4, (row.change + " " + std::to_string(error)).c_str());
        }
        qInfo("largest error %.1e of the largest logit", worst);
    }

    void predictRunAndMapsAreOfTheEditedNetwork() {
        const char* edits = "--edit layer1.1:F=0,layer2.1:x=0.5";
        const Finished plain = call("predict", "--format json");
        const Finished edited = call("predict", "--format json --edit layer1.1:F=0,layer2.1:x=0.5");
        QCOMPARE(edited.status, 0);
        QVERIFY(edited.messages.contains(QStringLiteral("untrained")));
        QVERIFY(logitsOf(edited) != logitsOf(plain));
        // Given twice, both hold; and what changes nothing does so.
        QCOMPARE(logitsOf(call("predict", "--format json --edit layer2.1:x=0.5 --edit layer1.1:F=0")),
                 logitsOf(edited));
        QCOMPARE(logitsOf(call("predict", "--format json --edit layer1.1:F=1")), logitsOf(plain));

        QCOMPARE(maps("fc", "edited.npy", edits).status, 0);
        QCOMPARE(maps("fc", "plain.npy").status, 0);
        QCOMPARE(maps("layer1.1.add", "edited.png", edits).status, 0);
        const auto numbers = [&](const char* file) {
            return readNpy(readFileBytes(path(file).toStdString(), 1 << 20), file).values;
        };
        QVERIFY(numbers("edited.npy") != numbers("plain.npy"));
        for (std::size_t i = 0; i < 3; ++i)
            QVERIFY(std::abs(numbers("edited.npy")[i] - logitsOf(edited)[i]) < 1e-5);
    }

    // F(x) = 0 in an identity unit gives x, bit for bit; its steps show what it would add.
    void runWritesTheEditedSteps() {
        QCOMPARE(maps("input", "input.npy").status, 0);
        QFile in(path("input.npy"));
        QFile batch(path("batch.npy"));  // the same as a batch of one, as `run` wants it
        QVERIFY(in.open(QIODevice::ReadOnly) && batch.open(QIODevice::WriteOnly));
        batch.write(in.readAll().replace("(3, 32, 48), }   ", "(1, 3, 32, 48), }"));
        batch.close();
        const auto run = [&](const char* file, const char* options) {
            return execute(QStringList{QStringLiteral("run"), path("batch.npy"), QStringLiteral("--output"),
                                       path(file)} +
                           words("--units 2,2 --channels 4,8 --classes 3 --seed 7") + words(options));
        };
        QCOMPARE(run("off.safetensors", "--edit layer1.1:F=0").status, 0);
        QCOMPARE(run("plain.safetensors", "").status, 0);
        const QString off = path("off.safetensors");
        const QString plain = path("plain.safetensors");
        QVERIFY(valuesOf(off, "layer1.1.relu2") == valuesOf(off, "layer1.0.relu2"));
        QVERIFY(valuesOf(off, "layer1.1.bn2") == valuesOf(plain, "layer1.1.bn2"));
        QVERIFY(valuesOf(off, "layer2.0.conv1") != valuesOf(plain, "layer2.0.conv1"));
    }

    void explanationsAreOfTheEditedNetwork() {
        const Finished text = call("trace", "--step layer1.1.add --channel 3 --at 1,2 --edit layer1.1:F=0.5");
        QCOMPARE(text.status, 0);
        QVERIFY2(text.output.contains("main path F(x), layer1.1.bn2: 0.5 x "), text.output.constData());
        const Finished json =
            call("trace", "--step layer1.1.add --channel 3 --at 1,2 --format json --edit layer1.1:F=0.5");
        const Json trace = Json::parse(json.output.toStdString());
        const Json& term = trace.at("terms").at(0);
        QCOMPARE(term.at("gain").get<double>(), 0.5);
        QVERIFY(std::abs(term.at("contribution").get<double>() - 0.5 * term.at("value").get<double>()) <
                1e-6);
        QVERIFY(std::abs(trace.at("difference").get<double>()) < 1e-5);
        for (const char* call :
             {"stats --format json", "explain --class 1 --output cam.csv",
              "explain --class 1 --method occlusion --output hidden.csv --patch 8 --stride 8"}) {
            const auto outputOf = [&](const QStringList& edit) {
                QStringList arguments = words(call);
                arguments.insert(1, sample("china.jpg"));
                QProcess process;
                process.setWorkingDirectory(m_folder.path());
                process.start(programPath(),
                              arguments + smallNetwork() + words("--units 2,2 --threads 1") + edit);
                process.waitForFinished(resnet::tests::patience(60'000));
                const QByteArray output = process.readAllStandardOutput();
                QFile file(path(QByteArray(call).contains("hidden") ? "hidden.csv" : "cam.csv"));
                // Of stats the norms of the units alone: the steps have their times.
                return output.isEmpty() && file.open(QIODevice::ReadOnly)
                           ? file.readAll()
                           : output.mid(output.indexOf("\"units\""));
            };
            const QByteArray edited = outputOf(words("--edit layer2.0:x=-1"));
            QVERIFY(!edited.isEmpty());
            QVERIFY2(edited != outputOf({}), call);
        }
    }

    void refusalsAreOneLine_data() {
        QTest::addColumn<QByteArray>("options");
        QTest::addColumn<QString>("message");
        const auto row = [](const char* options, const char* message) {
            QTest::newRow(options) << QByteArray(options) << QString::fromLatin1(message);
        };
        row("--edit layer9.0:F=0",
            "--edit: 'layer9.0': no unit of this network, which has layer1.0 to layer2.1");
        row("--edit layer1.0:F=much", "--edit: layer1.0:F: expected a finite number, found 'much'");
        row("--edit layer1.0:F=0 --edit layer1.0:F=1", "--edit: layer1.0:F: given twice");
        row("--edit layer1.0", "--edit: 'layer1.0': expected UNIT:F=NUMBER");
    }
    void refusalsAreOneLine() {
        QFETCH(QByteArray, options);
        QFETCH(QString, message);
        const Finished finished = call("predict", options);
        QCOMPARE(finished.status, 2);
        QCOMPARE(finished.messageLines().size(), 1);
        QVERIFY2(finished.messages.contains(message), qPrintable(finished.messages));
        QCOMPARE(finished.output, QByteArray());
    }

    void aPlainNetworkHasNoShortcutToEdit() {
        const Finished finished =
            execute(QStringList{QStringLiteral("predict"), sample("china.jpg")} +
                    words("--architecture plain34 --channels 4,4,4,4 --edit layer1.0:x=0"));
        QCOMPARE(finished.status, 2);
        QVERIFY(finished.messages.contains(
            QStringLiteral("layer1.0:x: the units of a plain network have no shortcut")));
    }
};

RESNET_EVENT_LOOP_TEST(EditTest)
#include "EditTest.moc"
