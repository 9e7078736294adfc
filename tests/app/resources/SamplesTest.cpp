#include "app/cli/OpenNetwork.h"
#include "app/resources/ResourcePaths.h"
#include "app/resources/Samples.h"
#include "core/Error.h"
#include "tests/TestPrograms.h"
#include "ui/images/PictureReader.h"

#include <QDir>
#include <QFile>
#include <QtTest>

using namespace resnet;

// The samples that come with the program: all there, all usable, all with their licence.
class SamplesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everySampleOpensAndIsCredited() {
        const QList<app::Sample> samples = app::samples();
        QVERIFY(samples.size() >= 3);
        QVERIFY(samples.first().path.endsWith(QStringLiteral("china.jpg")));
        QFile licences(QStringLiteral(RESNET_SOURCE_DIR "/resources/samples/LICENSES.md"));
        QVERIFY(licences.open(QIODevice::ReadOnly));
        const QString credits = QString::fromUtf8(licences.readAll());
        for (const app::Sample& sample : samples) {
            const ui::PicturePtr picture = ui::readPicture(sample.path, sample.title, sample.caption);
            for (const QString& note : picture->notes)
                QVERIFY2(note.contains(QStringLiteral("colours converted to sRGB")), qPrintable(note));
            QCOMPARE(picture->name, sample.title);
            QVERIFY(!sample.caption.text.isEmpty() && !sample.licence.isEmpty() && !sample.source.isEmpty());
            QVERIFY2(credits.contains(sample.attribution), qPrintable(sample.attribution));
            QVERIFY(credits.contains(QFileInfo(sample.path).fileName()));
        }
    }

    // A caption is shown while the network says just this.
    void captionsTellWhatTheBundledNetworkSays() {
        const ModelPtr model = openModel(app::bundledWeights().toStdString(), {});
        Executor executor(model->network, 2);
        for (const app::Sample& sample : app::samples()) {
            const ui::PicturePtr picture = ui::readPicture(sample.path);
            const StepId last = model->graph().softmaxStep();
            const FeatureMapsPtr shares =
                app::runImage(executor, *model, picture->image, last, {}).output(last);
            const auto best = std::max_element(shares->data(), shares->data() + shares->size());
            QCOMPARE(sample.caption.prediction,
                     QStringLiteral("%1 %2 %")
                         .arg(QString::fromStdString(model->classNames[std::size_t(best - shares->data())]))
                         .arg(std::lround(*best * 100.0f)));
        }
    }

    void damagedListIsAnError_data() {
        QTest::addColumn<QByteArray>("json");
        QTest::newRow("not JSON") << QByteArray("[{");
        QTest::newRow("a field is missing") << QByteArray(R"([{"file": "a.jpg", "title": "A"}])");
        QTest::newRow("not a string") << QByteArray(R"([{"file": 1}])");
        QTest::newRow("no list of objects") << QByteArray(R"([1, 2])");
    }
    void damagedListIsAnError() {
        QFETCH(QByteArray, json);
        QVERIFY_EXCEPTION_THROWN(app::parseSamples(json, QStringLiteral("/f")), Error);
    }
};

RESNET_EVENT_LOOP_TEST(SamplesTest)
#include "SamplesTest.moc"
