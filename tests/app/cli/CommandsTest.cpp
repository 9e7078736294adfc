#include "core/files/ByteSource.h"
#include "core/files/Npy.h"
#include "tests/TestPrograms.h"
#include "tests/app/cli/Program.h"
#include "tests/core/weights/ReadSafetensors.h"

#include <QFile>
#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QtTest>

#include <cmath>

using namespace resnet;
using namespace resnet::test;

namespace {

QStringList keysOf(const QJsonValue& value) {
    return value.toObject().keys();  // sorted
}

QJsonArray numbers(std::initializer_list<int> values) {
    QJsonArray array;
    for (const int value : values)
        array.append(value);
    return array;
}

}  // namespace

// What each subcommand writes, from the real program.
class CommandsTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    QString path(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }

    Tensor readNpyFile(const char* name) const {
        return readNpy(readFileBytes(path(name).toStdString(), 1 << 24), name);
    }
    Finished maps(const char* step, const char* output) const {
        return execute(QStringList{QStringLiteral("maps"), sample("china.jpg"), QStringLiteral("--step"),
                                   QString::fromLatin1(step), QStringLiteral("--output"), path(output)} +
                       smallNetwork());
    }
    // The shape is C x H x W; `run` wants a batch of one before it.
    void writeBatch(const char* from, const char* to) const {
        QFile in(path(from));
        QVERIFY(in.open(QIODevice::ReadOnly));
        QByteArray bytes = in.readAll();
        QVERIFY(bytes.contains("(3, 32, 48), }   "));
        QFile out(path(to));
        QVERIFY(out.open(QIODevice::WriteOnly));
        out.write(bytes.replace("(3, 32, 48), }   ", "(1, 3, 32, 48), }"));
    }

private Q_SLOTS:
    void untrainedNetworksPredictChance() {
        const Finished finished =
            execute({QStringLiteral("predict"), sample("china.jpg"), QStringLiteral("--units"),
                     QStringLiteral("1,1"), QStringLiteral("--channels"), QStringLiteral("4,8"),
                     QStringLiteral("--input"), QStringLiteral("32x32")});
        QCOMPARE(finished.status, 0);
        QVERIFY2(finished.messages.contains(QStringLiteral("untrained")), qPrintable(finished.messages));
    }

    void predictsTheSamples() {
        const Finished finished = execute(
            {QStringLiteral("predict"), sample("china.jpg"), sample("rocket.jpg"), QStringLiteral("--format"),
             QStringLiteral("json"), QStringLiteral("--top"), QStringLiteral("3")});
        QCOMPARE(finished.status, 0);
        // The rocket's profile is Adobe RGB.
        QVERIFY2(finished.messages.contains(QStringLiteral("rocket.jpg: colours converted to sRGB")),
                 qPrintable(finished.messages));
        QCOMPARE(finished.messages.count(QLatin1Char('\n')), 1);
        const QJsonArray results = QJsonDocument::fromJson(finished.output).array();
        QCOMPARE(results.size(), 2);
        for (const QJsonValue& result : results) {
            QCOMPARE(keysOf(result), (QStringList{QStringLiteral("image"), QStringLiteral("milliseconds"),
                                                  QStringLiteral("predictions")}));
            QCOMPARE(result[QLatin1String("predictions")].toArray().size(), 3);
            const QJsonValue best = result[QLatin1String("predictions")][0];
            QCOMPARE(keysOf(best), (QStringList{QStringLiteral("index"), QStringLiteral("label"),
                                                QStringLiteral("logit"), QStringLiteral("probability")}));
            QCOMPARE(best[QLatin1String("label")].toString(), QStringLiteral("church"));
            QCOMPARE(best[QLatin1String("index")].toInt(), 4);
        }
        const auto best = [&](int i, const char* field) {
            return results[i][QLatin1String("predictions")][0][QLatin1String(field)].toDouble();
        };
        // PyTorch's float64 logits on Pillow's crop; the JPEG decoder may differ a little.
        QVERIFY(std::abs(best(0, "logit") - 3.3916) < 0.05);
        QVERIFY(std::abs(best(0, "probability") - 0.780) < 0.01);
        QVERIFY(std::abs(best(1, "probability") - 0.963) < 0.01);
        QCOMPARE(results[0][QLatin1String("image")].toString(), sample("china.jpg"));
    }

    void oneBadImageDoesNotStopTheOthers() {
        const QStringList images{sample("china.jpg"), QStringLiteral("/nowhere.jpg"), sample("coffee.png")};
        const Finished json =
            execute(QStringList{QStringLiteral("predict")} + images +
                    QStringList{QStringLiteral("--format"), QStringLiteral("json")} + smallNetwork());
        QCOMPARE(json.status, 1);
        QCOMPARE(json.messageLines().size(), 2);  // and that the network is untrained
        QVERIFY(json.messages.contains(QStringLiteral("/nowhere.jpg")));
        const QJsonArray results = QJsonDocument::fromJson(json.output).array();
        QCOMPARE(results.size(), 2);
        QCOMPARE(results[1][QLatin1String("image")].toString(), sample("coffee.png"));
        const Finished text = execute(QStringList{QStringLiteral("predict")} + images + smallNetwork());
        QCOMPARE(text.status, 1);
        QVERIFY(text.output.contains("china.jpg") && text.output.contains("coffee.png"));
    }

    void theNumberOfThreadsChangesNothing() {
        QByteArray one;
        for (const char* threads : {"1", "2", "5"}) {
            QFile::remove(path("out.npy"));
            const Finished finished = execute(
                QStringList{QStringLiteral("maps"), sample("coffee.png"), QStringLiteral("--step"),
                            QStringLiteral("layer2.0.relu2"), QStringLiteral("--output"), path("out.npy"),
                            QStringLiteral("--threads"), QString::fromLatin1(threads)} +
                smallNetwork());
            QCOMPARE(finished.status, 0);
            QFile file(path("out.npy"));
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QByteArray bytes = file.readAll();
            if (one.isEmpty())
                one = bytes;
            QVERIFY(bytes == one);
        }
    }

    void summaryHasEveryField() {
        const Finished finished =
            execute({QStringLiteral("summary"), QStringLiteral("--format"), QStringLiteral("json"),
                     QStringLiteral("--architecture"), QStringLiteral("resnet34")});
        QCOMPARE(finished.status, 0);
        const QJsonObject root = QJsonDocument::fromJson(finished.output).object();
        QCOMPARE(root.keys(), (QStringList{QStringLiteral("multiplyAdds"), QStringLiteral("parameters"),
                                           QStringLiteral("steps")}));
        QCOMPARE(root[QLatin1String("parameters")][QLatin1String("trainable")].toInt(), 21'289'802);
        QCOMPARE(root[QLatin1String("multiplyAdds")].toDouble(), 3'663'254'528.0);
        const QJsonArray steps = root[QLatin1String("steps")].toArray();
        QCOMPARE(steps.size(), 125);
        for (const QJsonValue& step : steps)
            QCOMPARE(keysOf(step), (QStringList{QStringLiteral("inputs"), QStringLiteral("kind"),
                                                QStringLiteral("multiplyAdds"), QStringLiteral("name"),
                                                QStringLiteral("output"), QStringLiteral("parameters"),
                                                QStringLiteral("receptiveField")}));
        QCOMPARE(steps[0][QLatin1String("inputs")].toArray(), (QJsonArray{QStringLiteral("input")}));
        QCOMPARE(steps[0][QLatin1String("output")].toArray(), numbers({64, 112, 112}));
        const QJsonValue field = steps[0][QLatin1String("receptiveField")];
        QCOMPARE(field[QLatin1String("size")].toArray(), numbers({7, 7}));
        QCOMPARE(field[QLatin1String("stride")].toArray(), numbers({2, 2}));
        QCOMPARE(field[QLatin1String("start")].toArray(), numbers({-2, -2}));
        QCOMPARE(steps[124][QLatin1String("output")].toArray(), numbers({10}));
        QCOMPARE(steps[124][QLatin1String("name")].toString(), QStringLiteral("softmax"));
    }

    void mapsWritesAnArrayAndAPicture() {
        QCOMPARE(maps("layer2.0.add", "add.npy").status, 0);
        QCOMPARE(readNpyFile("add.npy").shape, (std::vector<std::int64_t>{8, 4, 6}));
        const Finished picture = maps("layer2.0.add", "add.png");
        QCOMPARE(picture.status, 0);
        QCOMPARE(picture.messages, QString());
        QVERIFY(QImage(path("add.png")).width() > 50);
        QCOMPARE(maps("softmax", "softmax.npy").status, 0);
        QCOMPARE(readNpyFile("softmax.npy").shape, (std::vector<std::int64_t>{3, 1, 1}));
    }

    void runComputesWhatMapsShows() {
        QCOMPARE(maps("input", "input.npy").status, 0);
        writeBatch("input.npy", "batch.npy");
        // The array tells the size; --input is not needed.
        QStringList network = smallNetwork();
        network.removeAll(QStringLiteral("--input"));
        network.removeAll(QStringLiteral("32x48"));
        const Finished all = execute(QStringList{QStringLiteral("run"), path("batch.npy"),
                                                 QStringLiteral("--output"), path("all.safetensors")} +
                                     network);
        QCOMPARE(all.messages, QString());
        QCOMPARE(all.status, 0);
        const SafetensorsContent file = readSafetensors(path("all.safetensors").toStdString());
        QCOMPARE(file.tensors.size(), std::size_t(4 + 7 + 9 + 3));
        QCOMPARE(file.tensors.at("layer2.0.add").shape, (std::vector<std::int64_t>{1, 8, 4, 6}));
        QCOMPARE(file.tensors.at("avgpool").shape, (std::vector<std::int64_t>{1, 8}));
        QCOMPARE(file.tensors.at("softmax").shape, (std::vector<std::int64_t>{1, 3}));
        QCOMPARE(maps("layer2.0.add", "add.npy").status, 0);
        QCOMPARE(file.tensors.at("layer2.0.add").values, readNpyFile("add.npy").values);
    }

    void runWritesOnlyTheStepsNamed() {
        QCOMPARE(maps("input", "input.npy").status, 0);
        writeBatch("input.npy", "batch.npy");
        const QStringList arguments =
            QStringList{QStringLiteral("run"), path("batch.npy"), QStringLiteral("--output"),
                        path("two.safetensors"), QStringLiteral("--steps")};
        QCOMPARE(execute(arguments + QStringList{QStringLiteral("fc,conv1")} + smallNetwork()).status, 0);
        const SafetensorsContent file = readSafetensors(path("two.safetensors").toStdString());
        QCOMPARE(file.tensors.size(), std::size_t(2));
        QVERIFY(file.tensors.contains("fc") && file.tensors.contains("conv1"));
        QCOMPARE(execute(arguments + QStringList{QStringLiteral("conv9")} + smallNetwork()).status, 2);
        // A size that contradicts the array.
        const Finished wrong =
            execute({QStringLiteral("run"), path("batch.npy"), QStringLiteral("--output"),
                     path("no.safetensors"), QStringLiteral("--input"), QStringLiteral("64x64"),
                     QStringLiteral("--units"), QStringLiteral("1")});
        QCOMPARE(wrong.status, 1);
        QVERIFY2(wrong.messages.contains(QStringLiteral("1 x 3 x 64 x 64")), qPrintable(wrong.messages));
        QVERIFY(!QFile::exists(path("no")));
    }

    // A damaged file in the installed tree is noticed, so that is where the program looks.
    void anInstalledProgramFindsItsOwnModel() {
        const QString prefix = path("prefix");
        QCOMPARE(
            execute(QStringLiteral("cmake"), {QStringLiteral("--install"), QStringLiteral(RESNET_BINARY_DIR),
                                              QStringLiteral("--prefix"), prefix})
                .status,
            0);
        const QString program = prefix + QStringLiteral("/bin/resnet-explorer");
        QCOMPARE(execute(program, {QStringLiteral("summary")}).status, 0);
        QVERIFY(QFile::exists(prefix + QStringLiteral("/share/resnet-explorer/samples/samples.json")));
        for (const char* each : {"guide.md", "command-line.md", "images/window.png"})
            QVERIFY(
                QFile::exists(prefix + QStringLiteral("/share/resnet-explorer/docs/") + QLatin1String(each)));
        QFile model(prefix + QStringLiteral("/share/resnet-explorer/models/resnet34-imagenette.safetensors"));
        QVERIFY(model.open(QIODevice::WriteOnly | QIODevice::Truncate));
        const Finished damaged = execute(program, {QStringLiteral("summary")});
        QCOMPARE(damaged.status, 1);
        QVERIFY2(damaged.messages.contains(prefix), qPrintable(damaged.messages));
    }
};

RESNET_EVENT_LOOP_TEST(CommandsTest)
#include "CommandsTest.moc"
