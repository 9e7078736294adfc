#include "core/files/ByteSource.h"
#include "core/files/Npy.h"
#include "tests/TestPrograms.h"
#include "tests/app/cli/Program.h"

#include <QFile>
#include <QImage>
#include <QTemporaryDir>
#include <QtTest>

#include <nlohmann/json.hpp>

#include <cmath>

using namespace resnet;
using namespace resnet::test;

using Json = nlohmann::json;

// What explain, trace and stats write, from the real program.
class ExplanationsTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    QString path(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }

    static Finished call(const char* command, const char* options) {
        return execute(QStringList{QString::fromLatin1(command), sample("china.jpg")} + smallNetwork() +
                       QString::fromLatin1(options).split(QLatin1Char(' '), Qt::SkipEmptyParts));
    }
    Finished explain(const char* options, const char* file) const {
        return execute(QStringList{QStringLiteral("explain"), sample("china.jpg"), QStringLiteral("--output"),
                                   path(file)} +
                       smallNetwork() +
                       QString::fromLatin1(options).split(QLatin1Char(' '), Qt::SkipEmptyParts));
    }
    QList<QByteArray> linesOf(const char* file) const {
        QFile read(path(file));
        return read.open(QIODevice::ReadOnly) ? read.readAll().trimmed().split('\n') : QList<QByteArray>();
    }

private Q_SLOTS:
    void everyKindOfStepAddsUpInJson_data() {
        QTest::addColumn<QByteArray>("options");
        QTest::addColumn<int>("terms");
        const auto row = [](const char* options, int terms) {
            QTest::newRow(options) << QByteArray(options) << terms;
        };
        row("--step conv1 --channel 3 --at 0,23", 3);
        row("--step bn1 --channel 0 --at 15,0", 2);
        row("--step relu --channel 1 --at 7,9", 1);
        row("--step maxpool --channel 2 --at 7,11", 9);
        row("--step layer2.0.conv1 --channel 7 --at 3,5", 4);
        row("--step layer2.0.downsample.0 --channel 0 --at 0,0", 4);
        row("--step layer2.0.add --channel 4 --at 1,1", 2);
        row("--step avgpool --channel 5 --at 0,0", 24);
        row("--step fc --channel 2 --at 0,0", 9);
        row("--step softmax --channel 1 --at 0,0", 3);
    }
    void everyKindOfStepAddsUpInJson() {
        QFETCH(QByteArray, options);
        QFETCH(int, terms);
        const Finished finished = call("trace", options + " --format json");
        QCOMPARE(finished.status, 0);
        QCOMPARE(finished.messages, QString());
        const Json json = Json::parse(finished.output.toStdString());
        QVERIFY(options.contains("--step " + QByteArray::fromStdString(json.at("step"))));
        QCOMPARE(int(json.at("terms").size()), terms);
        QCOMPARE(int(json.at("at").size()), 2);
        double sum = 0.0;
        for (const Json& term : json.at("terms"))
            sum += term.at("contribution").get<double>();
        QVERIFY(std::abs(sum - json.at("sum").get<double>()) < 1e-6);
        QVERIFY(std::abs(sum - json.at("value").get<double>()) < 1e-4);
    }

    void aConvolutionShowsValuesAndWeights() {
        const Finished finished = call("trace", "--step conv1 --channel 0 --at 0,0 --format json");
        const Json json = Json::parse(finished.output.toStdString());
        for (const Json& term : json.at("terms")) {
            double sum = 0.0;
            for (std::size_t y = 0; y < 7; ++y)
                for (std::size_t x = 0; x < 7; ++x) {
                    const Json& value = term.at("values").at(y).at(x);
                    const bool isPadding = y < 2 || x < 2;
                    QCOMPARE(value.is_null(), isPadding);
                    if (!isPadding)
                        sum += value.get<double>() * term.at("weights").at(y).at(x).get<double>();
                }
            QVERIFY(std::abs(sum - term.at("contribution").get<double>()) < 1e-6);
        }
        QCOMPARE(json.at("window").at("top").get<int>(), -2);
    }

    void traceTellsForReading() {
        const Finished finished = call("trace", "--step layer1.0.add --channel 3 --at 1,2");
        QCOMPARE(finished.status, 0);
        QVERIFY(finished.output.startsWith("layer1.0.add (add), channel 3, cell 1,2\n"));
        QVERIFY(finished.output.contains("main path F(x), layer1.0.bn2"));
        QVERIFY(finished.output.contains("+ shortcut, maxpool"));
        for (const char* options : {"--step conv1 --channel 0 --at 0,0", "--step fc --channel 0 --at 0,0",
                                    "--step softmax --channel 0 --at 0,0", "--step bn1 --channel 0 --at 0,0",
                                    "--step maxpool --channel 0 --at 0,0", "--step relu --channel 0 --at 0,0",
                                    "--step avgpool --channel 0 --at 0,0"}) {
            const Finished each = call("trace", options);
            QCOMPARE(each.status, 0);
            QVERIFY2(each.output.contains("value in the map"), each.output.constData());
        }
    }

    void refusalsAreOneLine_data() {
        QTest::addColumn<QByteArray>("command");
        QTest::addColumn<QByteArray>("options");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("message");
        const auto row = [](const char* command, const char* options, int status, const char* message) {
            QTest::newRow(message) << QByteArray(command) << QByteArray(options) << status
                                   << QString::fromLatin1(message);
        };
        row("trace", "--step layer2.0.cnv1 --channel 0 --at 0,0", 2, "nearest: layer2.0.conv1");
        row("trace", "--step input --channel 0 --at 0,0", 2, "no step computes it");
        row("trace", "--step conv1 --channel 4 --at 0,0", 2, "expected a channel from 0 to 3, found 4");
        row("trace", "--step conv1 --channel 0 --at 16,0", 2,
            "expected a cell from 0,0 to 15,23, found 16,0");
        row("trace", "--step fc --channel 0 --at 1,0", 2, "expected a cell from 0,0 to 0,0, found 1,0");
        row("trace", "--step conv1 --channel 0 --at 3", 2, "--at: expected Y,X such as 3,5, found '3'");
        row("trace", "--step conv1 --at 3,3", 2, "--channel is needed");
        row("explain", "--output a.gif", 2, "ending in .png, .svg, .npy, .csv or .json");
        row("explain", "--output a.png --method magic", 2, "--method: expected cam or occlusion");
        row("explain", "--output a.png --class 3", 2, "--class: expected a whole number from 0 to 2");
        row("explain", "--output a.png --method occlusion --stride 0", 2, "--stride");
        row("stats", "--format text", 2, "--format: expected csv or json, found 'text'");
    }
    void refusalsAreOneLine() {
        QFETCH(QByteArray, command);
        QFETCH(QByteArray, options);
        QFETCH(int, status);
        QFETCH(QString, message);
        const Finished finished = call(command, options);
        QCOMPARE(finished.status, status);
        QCOMPARE(finished.messageLines().size(), 1);
        QVERIFY2(finished.messages.contains(message), qPrintable(finished.messages));
        QCOMPARE(finished.output, QByteArray());
    }

    void theTermsAreATable() {
        const Finished finished = call("trace", "--step layer1.0.add --channel 1 --at 2,3 --format csv");
        QCOMPARE(finished.status, 0);
        const QList<QByteArray> lines = finished.output.trimmed().split('\n');
        QCOMPARE(lines.size(), 3);
        QCOMPARE(lines[0], QByteArray("term,y,x,value,weight,contribution"));
        QVERIFY2(lines[1].startsWith("layer1.0.bn2,2,3,"), lines[1].constData());
    }

    // The evidence of the table and the array are one, and add up to the logit of predict.
    void classActivationAddsUpToTheLogit() {
        QCOMPARE(explain("--class 1", "cam.npy").status, 0);
        QCOMPARE(explain("--class 1", "cam.csv").status, 0);
        const Tensor array = readNpy(readFileBytes(path("cam.npy").toStdString(), 1 << 20), "cam.npy");
        QCOMPARE(array.shape, (std::vector<std::int64_t>{1, 4, 6}));
        const QList<QByteArray> lines = linesOf("cam.csv");
        QCOMPARE(lines.front(), QByteArray("y,x,evidence,positive,negative"));
        QCOMPARE(lines.size(), 25);
        double sum = 0.0;
        for (int i = 0; i < 24; ++i) {
            const QList<QByteArray> cells = lines[i + 1].split(',');
            QCOMPARE(cells[0].toInt(), i / 6);
            QCOMPARE(cells[1].toInt(), i % 6);
            QCOMPARE(cells[2].toFloat(), array.values[std::size_t(i)]);
            QVERIFY(std::abs(cells[3].toDouble() + cells[4].toDouble() - cells[2].toDouble()) < 1e-6);
            sum += cells[2].toDouble();
        }
        const Finished logit = call("trace", "--step fc --channel 1 --at 0,0 --format json");
        const Json json = Json::parse(logit.output.toStdString());
        const double bias = json.at("terms").back().at("contribution");
        QVERIFY(std::abs(sum + bias - json.at("value").get<double>()) < 1e-5);
    }

    void occlusionWritesItsGrid() {
        QCOMPARE(explain("--method occlusion --patch 10 --stride 16", "occlusion.csv").status, 0);
        QCOMPARE(linesOf("occlusion.csv").front(), QByteArray("y,x,probability_drop,logit_drop"));
        QCOMPARE(linesOf("occlusion.csv").size(), 1 + 2 * 3);
    }

    void pagesAreReadablePictures() {
        for (const char* method : {"--method cam", "--method occlusion"}) {
            QCOMPARE(explain(method, "page.png").status, 0);
            const QImage page(path("page.png"));
            QVERIFY(page.width() >= 448 && page.height() >= 300);
            bool isColoured = false;
            for (int y = 80; y < page.height() - 60; ++y)
                for (int x = 24; x < page.width() - 24; ++x)
                    isColoured |= qAbs(qGreen(page.pixel(x, y)) - qRed(page.pixel(x, y))) > 20;
            QVERIFY(isColoured);
        }
    }

    void statsHaveARowAStep() {
        const Finished table = call("stats", "");
        QCOMPARE(table.status, 0);
        const QList<QByteArray> lines = table.output.trimmed().split('\n');
        QVERIFY(lines.front().startsWith("step,kind,channels,height,width,mean,deviation,minimum,maximum,"));
        const Finished list = call("stats", "--format json");
        const Json json = Json::parse(list.output.toStdString());
        QCOMPARE(std::size_t(lines.size()), 1 + json.at("steps").size());
        QCOMPARE(int(json.at("units").size()), 2);
        for (int i = 1; i < lines.size(); ++i) {
            const QList<QByteArray> cells = lines[i].split(',');
            QCOMPARE(cells.size(), lines.front().split(',').size());
            const Json& step = json.at("steps").at(std::size_t(i) - 1);
            QCOMPARE(cells[0].toStdString(), step.at("step").get<std::string>());
            QVERIFY(std::abs(cells[5].toDouble() - step.at("mean").get<double>()) < 1e-9);
            if (step.at("kind") == "ReLU")
                QVERIFY(step.at("minimum").get<double>() >= 0.0 &&
                        step.at("shareOfZeros").get<double>() > 0.0);
        }
    }
};

RESNET_EVENT_LOOP_TEST(ExplanationsTest)
#include "ExplanationsTest.moc"
