#include "core/Error.h"
#include "tests/TestPrograms.h"
#include "tests/app/cli/Program.h"
#include "tests/core/weights/ReadSafetensors.h"
#include "ui/training/TrainingFolder.h"

#include <QDir>
#include <QImage>
#include <QTemporaryDir>
#include <QtTest>

#include <nlohmann/json.hpp>

#include <cmath>

using namespace resnet;
using namespace resnet::test;
using Json = nlohmann::json;

// The commands `landscape` and `training`, by the real program.
class LandscapeCommandTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    QString path(const QString& name) const { return m_folder.filePath(name); }

    static QStringList words(const QString& text) { return text.split(QLatin1Char(' '), Qt::SkipEmptyParts); }
    static QString twin(const char* name) {
        return QStringLiteral(RESNET_SOURCE_DIR "/resources/models/twins/") + QLatin1String(name);
    }
    Finished landscape(const QString& output, const QString& options) const {
        return execute(QStringList{QStringLiteral("landscape"), QStringLiteral("--output"), path(output)} +
                       words(options));
    }
    static QByteArray contents(const QString& file) {
        QFile in(file);
        return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
    }
    static Json readJson(const QString& file) { return Json::parse(contents(file).toStdString()); }
    static QString small() {
        return QStringLiteral("--units 1,2 --channels 4,8 --classes 3 --input 32x32 --grid 3 --seed 5 ");
    }

private Q_SLOTS:
    void initTestCase() {
        for (int c = 0; c < 3; ++c)
            for (int i = 0; i < 2; ++i) {
                QDir().mkpath(path(QStringLiteral("classes/%1").arg(c)));
                QImage image(40, 36, QImage::Format_RGB32);
                image.fill(QColor(80 * c, 90 * i + 20, 10 + 50 * c));
                QVERIFY(image.save(path(QStringLiteral("classes/%1/%2.png").arg(c).arg(i))));
            }
        QDir().mkpath(path(QStringLiteral("one/0")));
        QFile::copy(path(QStringLiteral("classes/0/0.png")), path(QStringLiteral("one/0/0.png")));
        QDir().mkpath(path(QStringLiteral("empty")));
    }

    void measuresTheLoss() {
        const QString pictures = QStringLiteral("--pictures ") + path(QStringLiteral("classes"));
        QCOMPARE(landscape(QStringLiteral("a.json"), small() + pictures).status, 0);
        const Json report = readJson(path(QStringLiteral("a.json")));
        QVERIFY(report.at("axis") == Json({-1.0, 0.0, 1.0}));
        QCOMPARE(report.at("loss").size(), std::size_t(3));
        QVERIFY(report.at("loss").at(1).at(1) == report.at("centre").at("loss"));
        QVERIFY(report.at("accuracy").at(1).at(1) == report.at("centre").at("accuracy"));
        QCOMPARE(report.at("measure").get<std::string>(), std::string("cross-entropy"));
        QCOMPARE(report.at("seed").get<int>(), 5);
        QVERIFY(report.at("loss").at(0).at(0) != report.at("loss").at(2).at(2));
        QCOMPARE(landscape(QStringLiteral("b.json"), small() + pictures).status, 0);
        QCOMPARE(contents(path(QStringLiteral("a.json"))), contents(path(QStringLiteral("b.json"))));
    }

    void measuresBothTwinsWithoutClasses() {
        const QString options =
            QStringLiteral("--weights %1 --against %2 --grid 3 --span 0.5 --directions %3")
                .arg(twin("residual-e20.safetensors"), twin("plain-e20.safetensors"),
                     path(QStringLiteral("directions")));
        const Finished finished = landscape(QStringLiteral("twins.json"), options);
        QCOMPARE(finished.status, 0);
        QVERIFY(finished.messages.contains(QLatin1String("divergence")));
        const Json report = readJson(path(QStringLiteral("twins.json")));
        QCOMPARE(report.at("centre").at("loss").get<double>(), 0.0);
        QCOMPARE(report.at("against").at("centre").at("loss").get<double>(), 0.0);
        QCOMPARE(report.at("images").get<int>(), 64);
        QVERIFY(report.at("loss").at(0).at(0).get<double>() > 0.01);
        for (const char* name : {"network-direction-1", "network-direction-2", "against-direction-1"}) {
            const StateDict direction = readSafetensors((path(QStringLiteral("directions/")) +
                                                         QLatin1String(name) + QStringLiteral(".safetensors"))
                                                            .toStdString())
                                            .tensors;
            QVERIFY(direction.contains("conv1.weight") && direction.contains("fc.weight"));
            QVERIFY(!direction.contains("bn1.weight"));
        }
    }

    void drawsAndTabulates() {
        const QString pictures = QStringLiteral("--pictures ") + path(QStringLiteral("classes"));
        QCOMPARE(landscape(QStringLiteral("a.svg"), small() + pictures).status, 0);
        QVERIFY(contents(path(QStringLiteral("a.svg"))).contains("Loss around the weights"));
        QCOMPARE(landscape(QStringLiteral("a.png"), small() + pictures).status, 0);
        QVERIFY(QImage(path(QStringLiteral("a.png"))).width() > 600);
        QCOMPARE(landscape(QStringLiteral("a.csv"), small() + pictures).status, 0);
        const QByteArray table = contents(path(QStringLiteral("a.csv")));
        QVERIFY(table.startsWith("network,first,second,loss,accuracy\n"));
        QCOMPARE(table.count('\n'), 10);
    }

    void refusesWhatItCannotUse_data() {
        QTest::addColumn<QString>("options");
        QTest::addColumn<QString>("message");
        const auto row = [](const char* name, const QString& options, const char* message) {
            QTest::newRow(name) << options << QString::fromLatin1(message);
        };
        row("even grid", QStringLiteral("--grid 4"), "odd");
        row("no pictures", QStringLiteral("--pictures ") + path(QStringLiteral("empty")), "no pictures");
        row("no folder", QStringLiteral("--pictures ") + path(QStringLiteral("nowhere")),
            "expected a folder");
        row("one class", QStringLiteral("--pictures ") + path(QStringLiteral("one")), "found one class");
        row("other shape",
            QStringLiteral("--weights %1 --against %2")
                .arg(twin("residual-e20.safetensors"),
                     QStringLiteral(RESNET_SOURCE_DIR
                                    "/tests/data/reference/narrow18-same-64/weights.safetensors")),
            "--against: expected a network of the same units");
    }
    void refusesWhatItCannotUse() {
        QFETCH(QString, options);
        QFETCH(QString, message);
        const QString network = options.contains(QLatin1String("--weights")) ? QString() : small();
        const Finished finished = landscape(QStringLiteral("x.json"), network + options);
        QCOMPARE(finished.status, 2);
        QVERIFY2(finished.messages.contains(message), qPrintable(finished.messages));
        QVERIFY(!QFile::exists(path(QStringLiteral("x.json"))));
    }

    void listsTheTwinsTraining() {
        const Finished csv = execute({QStringLiteral("training"), twin("")});
        QCOMPARE(csv.status, 0);
        QCOMPARE(csv.output.count('\n'), 43);  // twice the start and 20 epochs
        const Finished finished = execute(
            {QStringLiteral("training"), twin(""), QStringLiteral("--format"), QStringLiteral("json")});
        const Json report = Json::parse(finished.output.toStdString());
        QCOMPARE(int(report.at("networks").size()), 2);
        const Json& residual = report.at("networks").at(1);
        QCOMPARE(residual.at("name").get<std::string>(), std::string("residual"));
        const Json& last = residual.at("epochs").at(20);
        QCOMPARE(last.at("epoch").get<int>(), 20);
        QVERIFY(last.at("file").get<std::string>().ends_with("residual-e20.safetensors"));
        QVERIFY(std::abs(last.at("validationAccuracy").get<double>() - 0.789) < 1e-3);
        QVERIFY(
            residual.at("epochs").at(0).at("file").get<std::string>().ends_with("residual-e00.safetensors"));
        QVERIFY(residual.at("epochs").at(1).at("file").is_null());
    }

    void tellsCheckpointsApart() {
        const QString folder = path(QStringLiteral("mine"));
        QDir().mkpath(folder);
        const QString small = QStringLiteral(RESNET_SOURCE_DIR "/tests/data/reference/narrow18-same-64/");
        QVERIFY(QFile::copy(small + QStringLiteral("weights.safetensors"),
                            folder + QStringLiteral("/run_epoch_2.safetensors")));
        QVERIFY(QFile::copy(small + QStringLiteral("weights.safetensors"),
                            folder + QStringLiteral("/run_epoch_10.safetensors")));
        const std::vector<ui::Training> trainings = ui::trainingsIn(folder);
        QCOMPARE(int(trainings.size()), 1);
        QCOMPARE(trainings[0].name, QStringLiteral("run"));
        QCOMPARE(trainings[0].checkpoints[0].epoch, 2);
        QCOMPARE(trainings[0].checkpoints[1].epoch, 10);
        QVERIFY(
            QFile::copy(twin("plain-e20.safetensors"), folder + QStringLiteral("/run_epoch_11.safetensors")));
        const Finished mixed = execute({QStringLiteral("training"), folder});
        QCOMPARE(mixed.status, 2);
        QVERIFY2(mixed.messages.contains(QLatin1String("another network's")), qPrintable(mixed.messages));
        QCOMPARE(execute({QStringLiteral("training"), path(QStringLiteral("empty"))}).status, 2);
        QCOMPARE(execute({QStringLiteral("training"), path(QStringLiteral("nowhere"))}).status, 2);
    }
};

RESNET_TEST(LandscapeCommandTest)
#include "LandscapeCommandTest.moc"
