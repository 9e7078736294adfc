#include "tests/TestPrograms.h"
#include "tests/ui/SmallNetwork.h"
#include "tests/ui/window/Drop.h"
#include "tests/ui/window/OpenWindow.h"
#include "ui/diagram/DiagramCanvas.h"
#include "ui/painting/StyleSheet.h"
#include "ui/steps/StepSlider.h"
#include "ui/window/FindBox.h"
#include "ui/window/MainWindow.h"
#include "ui/window/NoticeStrip.h"
#include "ui/window/Workbench.h"
#include "ui/workspace/Playback.h"

#include <QAbstractButton>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QScrollBar>
#include <QTemporaryDir>
#include <QtTest>

using namespace resnet;
using namespace resnet::ui;
using namespace resnet::ui::test;

// The window as a person uses it: by keys, clicks and drops.
class MainWindowTest : public QObject {
    Q_OBJECT
private:
    OpenWindow m_open;
    std::unique_ptr<Workspace>& m_workspace = m_open.workspace;
    std::unique_ptr<MainWindow>& m_window = m_open.window;

    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) {
        QTest::keyClick(m_window.get(), key, modifiers);
    }

    template <typename Widget>
    Widget* named(const QString& accessibleName) {
        for (Widget* each : m_window->findChildren<Widget*>())
            if (each->accessibleName() == accessibleName)
                return each;
        return nullptr;
    }

    const Graph& graph() const { return m_workspace->model()->graph(); }
    std::string currentName() const { return graph().stepName(m_workspace->currentStep()); }

private Q_SLOTS:
    void init() { m_open.open(); }
    void cleanup() { m_open.close(); }

    void keysWalkTheForwardPass() {
        press(Qt::Key_Home);
        QCOMPARE(m_workspace->currentStep(), 0);
        press(Qt::Key_PageDown);
        press(Qt::Key_PageDown);
        QCOMPARE(m_workspace->currentStep(), 2);
        press(Qt::Key_PageUp);
        QCOMPARE(m_workspace->currentStep(), 1);
        press(Qt::Key_PageDown, Qt::ControlModifier);
        QCOMPARE(currentName(), std::string("maxpool"));
        press(Qt::Key_End);
        QCOMPARE(currentName(), std::string("softmax"));
    }

    void spacePlaysAndEscapeStops() {
        press(Qt::Key_Home);
        press(Qt::Key_Space);
        QVERIFY(m_workspace->playback().isPlaying());
        QTRY_VERIFY(m_workspace->currentStep() >= 1);
        press(Qt::Key_Escape);
        QVERIFY(!m_workspace->playback().isPlaying());
    }

    void restartEmptiesAndStepsExecute() {
        press(Qt::Key_R, Qt::ControlModifier);
        QCOMPARE(m_workspace->activations().computedCount(), 0);
        press(Qt::Key_PageDown);
        QTRY_COMPARE(m_workspace->activations().computedCount(), 1);
        press(Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY(m_workspace->activations().isComplete());
    }

    void buttonsAndSliderDoWhatTheySay() {
        press(Qt::Key_Home);
        auto* forward = named<QAbstractButton>(QStringLiteral("Step forward"));
        auto* back = named<QAbstractButton>(QStringLiteral("Step back"));
        QVERIFY(forward && back);
        QTest::mouseClick(forward, Qt::LeftButton);
        QTest::mouseClick(forward, Qt::LeftButton);
        QTest::mouseClick(back, Qt::LeftButton);
        QCOMPARE(m_workspace->currentStep(), 1);
        auto* slider = m_window->findChild<StepSlider*>();
        QTest::mouseClick(slider, Qt::LeftButton, {}, QPoint(slider->width() - 2, slider->height() / 2));
        QCOMPARE(currentName(), std::string("softmax"));
        QVERIFY2(!forward->isEnabled() && !forward->toolTip().isEmpty(), "a disabled button says why");
    }

    void findOrDoGoesToAStep() {
        press(Qt::Key_K, Qt::ControlModifier);
        auto* box = m_window->findChild<FindBox*>();
        QTRY_VERIFY(box->hasFocus());
        QTest::keyClicks(box, QStringLiteral("downsample"));
        QCOMPARE(box->marked(), QStringLiteral("Stage 2, unit 1: downsample.0"));
        QTest::keyClick(box, Qt::Key_Down);
        QTest::keyClick(box, Qt::Key_Return);
        QCOMPARE(currentName(), std::string("layer2.0.downsample.1"));
        QVERIFY(box->text().isEmpty() && !box->hasFocus());
    }

    void findOrDoDoesACommand() {
        auto* box = m_window->findChild<FindBox*>();
        box->setFocus();
        QTest::keyClicks(box, QStringLiteral("charts all units"));
        QCOMPARE(box->marked(), QStringLiteral("All units"));
        QTest::keyClick(box, Qt::Key_Return);
        QCOMPARE(m_workspace->settings().panelView, QStringLiteral("units"));
        box->setFocus();
        QTest::keyClicks(box, QStringLiteral("terms of the selected"));
        const StepId before = m_workspace->currentStep();
        QTest::keyClick(box, Qt::Key_Return);  // no cell is selected: it says why, and does nothing
        QCOMPARE(box->count(), 1);
        QCOMPARE(m_workspace->currentStep(), before);
        QTest::keyClick(box, Qt::Key_Escape);
        QVERIFY(!box->hasFocus());
        auto* canvas = m_window->findChild<DiagramCanvas*>();
        canvas->setFocus();
        box->setFocus();
        QTest::keyClick(box, Qt::Key_Escape);
        QVERIFY2(canvas->hasFocus(), "the keyboard goes back to what had it");
        box->setFocus();
        QTest::keyClicks(box, QStringLiteral("no such thing"));
        QCOMPARE(box->count(), 0);
        QTest::keyClick(box, Qt::Key_Return);
    }

    void aDroppedPictureIsOpenedAndAWrongFileIsTold() {
        QTemporaryDir folder;
        const QString picture = folder.filePath(QStringLiteral("dropped.bin"));  // the content decides
        QVERIFY(gradient(120, 80).save(picture, "PNG"));
        dropFile(*m_window, picture);
        QTRY_COMPARE(m_workspace->picture()->name, QStringLiteral("dropped.bin"));
        QTRY_VERIFY(!m_workspace->isBusy());

        const ModelPtr model = m_workspace->model();
        QFile file(folder.filePath(QStringLiteral("wrong.jpg")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("not a picture, not weights");
        file.close();
        dropFile(*m_window, file.fileName());
        auto* strip = m_window->findChild<NoticeStrip*>();
        const auto toldOfIt = [&] {
            return strip->notice() && strip->notice()->text.contains(QStringLiteral("wrong.jpg"));
        };
        QTRY_VERIFY(strip->isVisible() && toldOfIt());
        QCOMPARE(m_workspace->model(), model);
        QCOMPARE(m_workspace->picture()->name, QStringLiteral("dropped.bin"));
        QTest::mouseClick(named<QAbstractButton>(QStringLiteral("Dismiss")), Qt::LeftButton);
        QVERIFY(!toldOfIt());
    }

    void aPictureIsPasted() {
        QGuiApplication::clipboard()->setImage(gradient(50, 60));
        press(Qt::Key_V, Qt::ControlModifier);
        QTRY_VERIFY(!m_workspace->isBusy() && m_workspace->picture()->name == QStringLiteral("Clipboard"));
        QCOMPARE(m_workspace->picture()->image.width, 50);
        QCOMPARE(m_workspace->picture()->image.height, 60);
        QVERIFY(m_workspace->activations().isComplete());

        QGuiApplication::clipboard()->setText(QStringLiteral("no picture"));
        QList<Notice> notices;
        connect(m_workspace.get(), &Workspace::noticePosted, m_window.get(),
                [&](const Notice& notice) { notices << notice; });
        press(Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(notices.size(), 1);
        QCOMPARE(m_workspace->picture()->name, QStringLiteral("Clipboard"));
    }

    void ofAHundredDropsTheLastIsShown() {
        QTemporaryDir folder;
        for (int i = 0; i < 100; ++i) {
            const QString path = folder.filePath(QStringLiteral("%1.png").arg(i));
            QVERIFY(gradient(40 + i, 50).save(path));
            dropFile(*m_window, path);
        }
        QTRY_VERIFY_WITH_TIMEOUT(
            !m_workspace->isBusy() && m_workspace->picture()->name == QStringLiteral("99.png"), 20'000);
        QVERIFY(m_workspace->activations().isComplete());
        QCOMPARE(m_workspace->croppedImage().width, 64);
    }

    void closingDuringAPassDoesNotWait() {
        m_workspace->createModel(slowRequest());
        QTRY_VERIFY_WITH_TIMEOUT(m_workspace->progress().first > 0, 20'000);
        const double began = tests::processorMilliseconds();
        m_window->close();
        m_window.reset();
        m_workspace.reset();
        // The rest of the pass would take seconds of it.
        const double computed = tests::processorMilliseconds() - began;
        QVERIFY2(computed < tests::patience(1000), qPrintable(QString::number(computed)));
    }

    void everyControlHasATooltipAndAName() {
        QStringList missing;
        for (QWidget* each : m_window->findChildren<QWidget*>()) {
            const bool isControl = qobject_cast<QAbstractButton*>(each) || qobject_cast<QComboBox*>(each) ||
                                   qobject_cast<QLineEdit*>(each) || qobject_cast<QAbstractSlider*>(each);
            if (!isControl || !each->isVisible() || qobject_cast<QScrollBar*>(each))
                continue;
            auto* button = qobject_cast<QAbstractButton*>(each);
            const bool hasName = !each->accessibleName().isEmpty() || (button && !button->text().isEmpty());
            if (!hasName || each->toolTip().isEmpty())
                missing << QString::fromLatin1(each->metaObject()->className()) + QStringLiteral(" '") +
                               (button ? button->text() : each->accessibleName()) + QLatin1Char('\'');
        }
        QVERIFY2(missing.isEmpty(), qPrintable(missing.join(QStringLiteral(", "))));
    }

    void noLabelIsCutOff_data() {
        QTest::addColumn<QSize>("size");
        QTest::newRow("1024x680") << QSize(1024, 680);
        QTest::newRow("1280x800") << QSize(1280, 800);
        QTest::newRow("1920x1080") << QSize(1920, 1080);
    }

    void noLabelIsCutOff() {
        QFETCH(QSize, size);
        m_window->resize(size);
        QStringList cut;
        for (const StepId step : {inputStep, 0, 3, 9, 20, graph().softmaxStep()}) {
            m_workspace->goToStep(step);
            QTest::qWait(20);
            for (QLabel* label : m_window->findChildren<QLabel*>()) {
                const bool mayShorten = label->wordWrap() || label->minimumSizeHint().width() == 0;
                const int needed = label->fontMetrics().horizontalAdvance(label->text());
                if (label->isVisible() && !mayShorten && !Qt::mightBeRichText(label->text()) &&
                    needed > label->width() + 1)
                    cut << label->text();
            }
        }
        QVERIFY2(cut.isEmpty(), qPrintable(cut.join(QStringLiteral(" | "))));
    }

    void panelSizesComeBack() {
        QTest::qWait(50);  // until the layout has come to rest
        const QByteArray state = m_window->panelState();
        m_window->restorePanelState(QByteArray("nonsense"));
        m_window->restorePanelState(state);
        QCOMPARE(m_window->panelState(), state);
    }

    // It lies over a rail, whichever is open, and over nothing of what it is about.
    void anErrorCoversNeitherDiagramNorWorkbench() {
        auto* strip = m_window->findChild<NoticeStrip*>();
        m_window->resize(1280, 800);
        m_workspace->post(
            {Notice::Kind::Error, QString(QStringLiteral("some long words of it ")).repeated(8), {}});
        const auto place = [&](const QWidget* of) {
            return QRect(of->mapTo(m_window.get(), QPoint()), of->size());
        };
        const auto check = [&] {
            QTest::qWait(20);
            QVERIFY(strip->isVisible());
            for (const QWidget* each : std::initializer_list<const QWidget*>{
                     m_window->findChild<DiagramCanvas*>(), m_window->findChild<Workbench*>()})
                QVERIFY(!place(strip).intersects(place(each)));
        };
        check();
        press(Qt::Key_F9);
        check();
        press(Qt::Key_F9);
        check();
        QTest::mouseClick(named<QAbstractButton>(QStringLiteral("Dismiss")), Qt::LeftButton);
    }
};

RESNET_WINDOW_TEST(MainWindowTest)
#include "MainWindowTest.moc"
