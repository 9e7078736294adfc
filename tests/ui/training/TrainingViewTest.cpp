#include "core/model/SaveModel.h"
#include "tests/TestPrograms.h"
#include "tests/ui/training/TrainingParts.h"
#include "ui/exports/SvgWriter.h"
#include "ui/training/EpochChart.h"
#include "ui/training/TrainingView.h"

#include <QDir>
#include <QFile>
#include <QImage>
#include <QSlider>

using namespace resnet;
using namespace resnet::ui;
using namespace resnet::ui::test;

namespace {

const QString twins = QStringLiteral(RESNET_SOURCE_DIR "/resources/models/twins/");

TrainingResources twinResources() {
    return {{},
            twins + QStringLiteral("residual-e20.safetensors"),
            twins + QStringLiteral("plain-e20.safetensors"),
            {}};
}

}  // namespace

class TrainingViewTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<TrainingView> m_view;

    QString path(const QString& name) const { return m_folder->filePath(name); }
    void write(const QString& name, const QByteArray& bytes) const {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }
    // As of a training: a network without one says that it is of epoch 0.
    void writeNetwork(const QString& name, const ModelRequest& request) const {
        Model model = *newModel(request);
        model.isInitialisation = false;
        write(name, QByteArray::fromStdString(serialiseModel(model)));
    }
    QString openFile() const { return QString::fromStdString(m_workspace->model()->source); }
    void open(const QString& file) {
        m_workspace->openWeightsFile(file);
        QTRY_VERIFY_WITH_TIMEOUT(m_workspace->model() && openFile() == file && !m_workspace->isBusy(), 30000);
        QTRY_VERIFY_WITH_TIMEOUT(!m_view->isReading(), 30000);
    }
    void start(const TrainingResources& resources = twinResources()) {
        m_view.reset();
        m_workspace = std::make_unique<Workspace>(1);
        m_view = std::make_unique<TrainingView>(*m_workspace, resources);
        m_view->resize(m_view->sizeHint());
        m_view->show();
        m_workspace->setPicture(gradientPicture());
    }

private Q_SLOTS:
    // Three epochs of one training, with a history of two.
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        for (const int epoch : {0, 2, 10}) {
            ModelRequest request = tinyRequest();
            request.seed = std::uint64_t(epoch);
            writeNetwork(QStringLiteral("run-e%1.safetensors").arg(epoch, 2, 10, QLatin1Char('0')), request);
        }
        write(QStringLiteral("run-history.json"),
              R"([{"epoch": 1, "train_loss": 2.0, "train_top1": 0.25, "val_loss": 2.1, "val_top1": 0.2},
                  {"epoch": 2, "train_loss": 1.0, "train_top1": 0.5, "val_loss": 1.5, "val_top1": 0.4}])");
        start();
    }
    void cleanup() {
        m_view.reset();
        m_workspace.reset();
    }

    void theSliderOpensTheFilesAndKeepsThePicture() {
        open(path(QStringLiteral("run-e02.safetensors")));
        QSlider* slider = m_view->slider();
        QVERIFY(slider->isEnabled());
        QCOMPARE(slider->maximum(), 2);
        QCOMPARE(slider->value(), 1);
        const PicturePtr picture = m_workspace->picture();
        QVERIFY(picture);
        slider->setFocus();
        QTest::keyClick(slider, Qt::Key_Right);
        QTRY_COMPARE(openFile(), path(QStringLiteral("run-e10.safetensors")));
        QCOMPARE(m_workspace->picture(), picture);
        QTest::keyClick(slider, Qt::Key_Home);
        QTRY_COMPARE(openFile(), path(QStringLiteral("run-e00.safetensors")));
        QVERIFY2(m_view->sentence().startsWith(
                     QStringLiteral("run-e00.safetensors is the network after epoch 0, one of 3 files")),
                 qPrintable(m_view->sentence()));
        QCOMPARE(slider->value(), 0);
    }

    void theOpenEpochIsMarkedInItsCurves() {
        open(path(QStringLiteral("run-e02.safetensors")));
        const std::vector<LineChart>& charts = m_view->chart()->charts();
        QCOMPARE(charts.size(), std::size_t(2));
        QCOMPARE(charts[0].lines.at(0).values, (std::vector<std::optional<double>>{std::nullopt, 2.0, 1.0}));
        QCOMPARE(charts[1].lines.at(1).values, (std::vector<std::optional<double>>{std::nullopt, 0.2, 0.4}));
        QCOMPARE(charts[1].mark, std::optional(2.0));
        QCOMPARE(
            m_view->epochText(2),
            QStringLiteral("Epoch 2. run: 50.0 % of the pictures trained with, 40.0 % of those never seen"));
        QCOMPARE(m_view->epochText(0), QStringLiteral("Epoch 0. Nothing is written down of it."));
    }

    void aClickOnAnEpochOpensItsFile() {
        open(path(QStringLiteral("run-e02.safetensors")));
        QCoreApplication::processEvents();
        EpochChart* chart = m_view->chart();
        QTest::mouseClick(chart, Qt::LeftButton, {}, chart->pointOf(1, 1).toPoint());  // has none
        QCOMPARE(openFile(), path(QStringLiteral("run-e02.safetensors")));
        QTest::mouseClick(chart, Qt::LeftButton, {}, chart->pointOf(1, 0).toPoint());
        QTRY_COMPARE(openFile(), path(QStringLiteral("run-e00.safetensors")));
        chart->setFocus();
        for (int i = 0; i < 3; ++i)
            QTest::keyClick(chart, Qt::Key_Right);
        QTest::keyClick(chart, Qt::Key_Return);
        QTRY_COMPARE(openFile(), path(QStringLiteral("run-e02.safetensors")));
    }

    void theTwinsStandTogether() {
        open(twins + QStringLiteral("plain-e20.safetensors"));
        const std::vector<LineChart>& charts = m_view->chart()->charts();
        QCOMPARE(charts.at(1).lines.size(), std::size_t(4));
        QCOMPARE(charts[1].places.back(), 20.0);
        QVERIFY(m_view->epochText(20).contains(QStringLiteral("with shortcuts: 88.3 %")));
        QVERIFY(m_view->epochText(20).contains(QStringLiteral("without: 61.4 %")));
        QVERIFY(m_view->sentence().contains(QStringLiteral("one of 3 files of this training")));
        QCOMPARE(m_view->slider()->value(), 2);
        m_view->slider()->setFocus();
        QTest::keyClick(m_view->slider(), Qt::Key_Left);
        QTRY_COMPARE(openFile(), twins + QStringLiteral("plain-e03.safetensors"));
        QCOMPARE(m_view->chart()->charts().at(0).mark, std::optional(3.0));
    }

    // Without a history of its own, and without an epoch.
    void aFileAloneSaysSo() {
        writeNetwork(QStringLiteral("mine.safetensors"), tinyRequest());
        open(path(QStringLiteral("mine.safetensors")));
        QVERIFY2(m_view->sentence().contains(QStringLiteral("says no epoch")),
                 qPrintable(m_view->sentence()));
        QVERIFY(m_view->sentence().contains(QStringLiteral("those of the twins")));
        QCOMPARE(m_view->chart()->charts().at(0).mark, std::optional<double>());
        QVERIFY(!m_view->slider()->isEnabled());
        writeNetwork(QStringLiteral("one-e05.safetensors"), tinyRequest());
        open(path(QStringLiteral("one-e05.safetensors")));
        QVERIFY(m_view->sentence().contains(QStringLiteral("the only file of this training here")));
        QVERIFY(!m_view->slider()->isEnabled());
        start({});
        open(path(QStringLiteral("mine.safetensors")));
        QVERIFY(m_view->chart()->charts().empty());
    }

    void anotherNetworkAmongThemIsTold() {
        ModelRequest other = tinyRequest();
        other.channelsPerStage = {6, 12};
        writeNetwork(QStringLiteral("run-e11.safetensors"), other);
        open(path(QStringLiteral("run-e02.safetensors")));
        QVERIFY2(m_view->sentence().contains(QStringLiteral("another network's")),
                 qPrintable(m_view->sentence()));
        QVERIFY(!m_view->slider()->isEnabled());
    }

    // The slider goes back to the file that is open.
    void aFileThatWentLeavesTheOpenOne() {
        open(path(QStringLiteral("run-e02.safetensors")));
        QVERIFY(QFile::remove(path(QStringLiteral("run-e10.safetensors"))));
        m_view->slider()->setFocus();
        QTest::keyClick(m_view->slider(), Qt::Key_Right);
        QTRY_COMPARE(m_view->slider()->value(), 1);
        QCOMPARE(openFile(), path(QStringLiteral("run-e02.safetensors")));
    }

    void theFigureHasTheCurves() {
        open(twins + QStringLiteral("residual-e20.safetensors"));
        const QByteArray svg = svgOf(m_view->figure());
        QVERIFY(svg.contains("with shortcuts: pictures trained with"));
        QVERIFY(svg.contains("Right answers"));
    }

    void playingOpensOneAfterTheOther() {
        open(path(QStringLiteral("run-e10.safetensors")));
        click(*m_view, "Play");
        QVERIFY(m_view->isPlaying());
        QStringList seen;
        connect(m_workspace.get(), &Workspace::changed, m_view.get(), [&](const Changes& changes) {
            if (changes.have(Changes::Model))
                seen << openFile().section(QLatin1Char('/'), -1);
        });
        QTRY_VERIFY_WITH_TIMEOUT(!m_view->isPlaying(), 60000);
        QCOMPARE(seen,
                 QStringList({QStringLiteral("run-e00.safetensors"), QStringLiteral("run-e02.safetensors"),
                              QStringLiteral("run-e10.safetensors")}));
        click(*m_view, "Play");
        click(*m_view, "Stop");
        QVERIFY(!m_view->isPlaying());
    }

    void epochsAreWrittenAsPictures() {
        open(path(QStringLiteral("run-e02.safetensors")));
        m_workspace->goToStep(0);
        const QString folder = path(QStringLiteral("frames/"));
        m_view->exportEpochs(folder);
        QTRY_VERIFY_WITH_TIMEOUT(!m_view->isExporting(), 60000);
        const QStringList files = QDir(folder).entryList({QStringLiteral("*.png")}, QDir::Files, QDir::Name);
        QCOMPARE(files.size(), 3);
        const QImage first(folder + files[0]);
        const QImage last(folder + files[2]);
        QVERIFY(!first.isNull() && first.size() == last.size() && first != last);
        m_view->exportEpochs(path(QStringLiteral("epochs.gif")));
        QTRY_VERIFY_WITH_TIMEOUT(!m_view->isExporting(), 60000);
        QFile gif(path(QStringLiteral("epochs.gif")));
        QVERIFY(gif.open(QIODevice::ReadOnly) && gif.readAll().startsWith("GIF89a"));
    }
};

RESNET_WINDOW_TEST(TrainingViewTest)
#include "TrainingViewTest.moc"
