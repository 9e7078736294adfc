#include "core/image/PixelPreset.h"
#include "core/model/ModelSettings.h"
#include "tests/TestPrograms.h"
#include "tests/ui/SmallWeightsFile.h"
#include "ui/model/ModelPanel.h"
#include "ui/workspace/Workspace.h"

#include <QComboBox>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QtTest>

using namespace resnet;
using namespace resnet::ui;
using namespace resnet::ui::test;

// The panel as a person uses it: fields are found by their labels, filled by keys, and buttons are clicked.
class ModelPanelTest : public QObject {
    Q_OBJECT
private:
    QTemporaryDir m_folder;
    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<ModelPanel> m_panel;

    QString path(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }

    template <typename Widget>
    Widget* field(const char* label) const {
        for (QLabel* each : m_panel->findChildren<QLabel*>())
            if (each->buddy() && each->text().remove(QLatin1Char('&')) == QString::fromUtf8(label))
                return qobject_cast<Widget*>(each->buddy());
        return nullptr;
    }
    QPushButton* button(const char* text) const {
        for (QPushButton* each : m_panel->findChildren<QPushButton*>())
            if (each->text().remove(QLatin1Char('&')) == QString::fromUtf8(text))
                return each;
        return nullptr;
    }
    bool says(const QString& text) const {
        for (QLabel* each : m_panel->findChildren<QLabel*>())
            if (each->isVisible() && each->text().contains(text))
                return true;
        return false;
    }
    bool says(const char* text) const { return says(QString::fromUtf8(text)); }
    static void type(QWidget* into, const char* text) {
        into->setFocus();
        QTest::keyClick(into, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(into, QString::fromUtf8(text));
    }
    static void pick(QComboBox* box, int index) {
        box->setFocus();
        QTest::keyClick(box, Qt::Key_Home);
        for (int i = 0; i < index; ++i)
            QTest::keyClick(box, Qt::Key_Down);
        QVERIFY(box->currentIndex() >= index);
    }
    void write(const char* name, const QByteArray& text) const {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
    }
    const Preprocessing& preprocessing() const { return m_workspace->model()->preprocessing; }

private Q_SLOTS:
    void init() {
        writeSmallWeights(path("small.safetensors"));
        m_workspace = std::make_unique<Workspace>(1);
        m_workspace->setPicture(gradientPicture());
        m_workspace->openWeightsFile(path("small.safetensors"));
        QTRY_VERIFY(m_workspace->activations().input() && m_workspace->activations().isComplete());
        QTRY_VERIFY(!m_workspace->isBusy());
        m_panel = std::make_unique<ModelPanel>(*m_workspace);
        m_panel->show();
    }

    void aGreyInputHasOneRow() {
        QVERIFY(says("Red") && says("Blue") && !says("Grey"));
        m_workspace->openWeightsFile(
            QStringLiteral(RESNET_SOURCE_DIR "/tests/data/family/grey18-same-64/weights.safetensors"));
        QTRY_VERIFY(says("Grey") && !says("Red") && !says("Green") && !says("Blue"));
    }

    void whatShapesDoNotTellIsAChoice() {
        QVERIFY(!field<QComboBox>("Unit")->isEnabled());
        QVERIFY(!field<QComboBox>("Stride in")->isEnabled());
        QCOMPARE(field<QComboBox>("Stride in")->currentIndex(), -1);  // it is in the first convolution
        QVERIFY(field<QComboBox>("Stride in")->toolTip().contains(QStringLiteral("bottleneck")));
        QVERIFY(!field<QComboBox>("Shortcut")->isEnabled());
        m_workspace->openWeightsFile(
            QStringLiteral(RESNET_SOURCE_DIR "/tests/data/family/narrow50-same-96/weights.safetensors"));
        QTRY_VERIFY(field<QComboBox>("Stride in")->isEnabled());
        QTRY_VERIFY(!m_workspace->isBusy());
        const auto strideIn = [this] { return m_workspace->model()->network->spec().strideIn; };
        const int other = strideIn() == StrideIn::Conv1 ? 1 : 0;
        pick(field<QComboBox>("Stride in"), other);
        QVERIFY(says("by you"));
        QTest::mouseClick(button("Apply"), Qt::LeftButton);
        QTRY_COMPARE(int(strideIn()), other);
        QTest::mouseClick(button("Reset"), Qt::LeftButton);
        QTRY_COMPARE(int(strideIn()), 1 - other);
    }

    void shortcutsWithoutParametersAreAChoice() {
        m_workspace->openWeightsFile(
            QStringLiteral(RESNET_SOURCE_DIR "/tests/data/family/cifar20-a-32/weights.safetensors"));
        QTRY_VERIFY(field<QComboBox>("Shortcut")->isEnabled());
        QTRY_VERIFY(!m_workspace->isBusy());
        QVERIFY(!field<QComboBox>("Stem")->isEnabled());
        pick(field<QComboBox>("Shortcut"), 2);  // those that need projections are passed over
        QCOMPARE(field<QComboBox>("Shortcut")->currentText(), QStringLiteral("none"));
        QTest::mouseClick(button("Apply"), Qt::LeftButton);
        QTRY_VERIFY(!m_workspace->model()->network->spec().hasShortcuts());
    }

    // A 7 x 7 stem and no projections: the plain network, or one whose shortcuts have no parameters.
    void shortcutsThatNothingTellsAreGuessed() {
        const auto shortcut = [this] { return m_workspace->model()->network->spec().shortcut; };
        writeSmallWeights(path("plain.safetensors"), 7, 5, ShortcutKind::None);
        m_workspace->openWeightsFile(path("plain.safetensors"));
        QTRY_COMPARE(shortcut(), ShortcutKind::Padding);
        QTRY_VERIFY(field<QComboBox>("Shortcut")->isEnabled() && !m_workspace->isBusy());
        QCOMPARE(m_workspace->model()->sources.shortcut, SettingSource::Guess);
        pick(field<QComboBox>("Shortcut"), 2);
        QTest::mouseClick(button("Apply"), Qt::LeftButton);
        QTRY_COMPARE(shortcut(), ShortcutKind::None);
    }

    void cleanup() {
        m_panel.reset();
        m_workspace.reset();
    }

    void tellsWhatWasDetected() {
        QVERIFY(says("small.safetensors"));
        QVERIFY(says("safetensors"));
        QVERIFY(says("ResNet 1-2"));
        QVERIFY(says("a guess"));
        QVERIFY(says("As detected."));
        QCOMPARE(field<QComboBox>("Padding")->currentText(), QStringLiteral("symmetric (PyTorch)"));
        QCOMPARE(field<QLineEdit>("Epsilon")->text(), QStringLiteral("1e-05"));
        QCOMPARE(field<QLineEdit>("Scale")->text(), QStringLiteral("1/255"));
        QCOMPARE(field<QComboBox>("Pixel values")->currentIndex(), 0);
        QVERIFY(!button("Apply")->isEnabled());
        QVERIFY(!button("Reset")->isEnabled());
    }

    void applyComputesAndResetGoesBack() {
        const FeatureMapsPtr before = m_workspace->activations().input();
        pick(field<QComboBox>("Pixel values"), 3);
        QVERIFY(says("as set here"));
        QVERIFY2(says("−2.118") && says("2.640"), "what black and white are now");
        QVERIFY2(says("255"), "what white would be");
        QVERIFY(says("by you"));
        QVERIFY(says("Not applied yet."));
        QCOMPARE(m_workspace->activations().input(), before);

        QTest::mouseClick(button("Apply"), Qt::LeftButton);
        QTRY_VERIFY(m_workspace->activations().input() != before);
        QCOMPARE(presetOf(preprocessing()), std::optional(PixelPreset::Bytes));
        QVERIFY(!says("as set here"));
        QVERIFY(says("Your settings, remembered for this file."));
        QVERIFY(!button("Apply")->isEnabled());

        QTest::mouseClick(button("Reset"), Qt::LeftButton);
        QTRY_VERIFY(!m_workspace->model()->detected);
        QCOMPARE(presetOf(preprocessing()), std::optional(PixelPreset::ImageNet));
        QTRY_VERIFY(says("As detected."));
        QVERIFY(!button("Reset")->isEnabled());
    }

    void enterApplies() {
        type(field<QSpinBox>("Input size"), "96");
        QTest::keyClick(m_panel.get(), Qt::Key_Return);
        QTRY_COMPARE(m_workspace->model()->network->spec().inputHeight, 96);
        QCOMPARE(m_workspace->activations().input()->height(), 96);
        QCOMPARE(m_workspace->model()->network->spec().inputWidth, 224);
    }

    void problemsAreSaidAtOnce_data() {
        QTest::addColumn<QString>("label");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("problem");
        const auto row = [](const char* label, const char* text, const char* problem) {
            QTest::newRow(label + QByteArray(" ") + text)
                << QString::fromLatin1(label) << QString::fromLatin1(text) << QString::fromLatin1(problem);
        };
        row("Epsilon", "abc", "epsilon: expected a number, found 'abc'");
        row("Epsilon", "0", "epsilon: expected a number above 0");
        row("Epsilon", "0,001", "epsilon: expected a number, found '0,001'");
        row("Scale", "1/0", "scale: expected a number, found '1/0'");
        row("Scale", "-1", "scale: expected a number above 0");
        row("Mean", "", "mean: expected a number, found ''");
        row("Mean", "1e300", "mean: expected three finite numbers");
        row("Std. deviation", "0", "standard deviation: expected three finite numbers other than 0");
        row("Std. deviation", "nan", "standard deviation: expected a number, found 'nan'");
    }

    void problemsAreSaidAtOnce() {
        QFETCH(const QString, label);
        QFETCH(const QString, text);
        QFETCH(const QString, problem);
        pick(field<QComboBox>("Pixel values"), 4);
        auto* edit = field<QLineEdit>(label.toLatin1().constData());
        type(edit, text.isEmpty() ? "0" : text.toLatin1().constData());
        if (text.isEmpty())
            QTest::keyClick(edit, Qt::Key_Backspace);
        QVERIFY2(says(problem), qPrintable(problem));
        QVERIFY(!button("Apply")->isEnabled());
        QCOMPARE(button("Apply")->toolTip(), QStringLiteral("What is in the fields cannot be used"));
        QTest::mouseClick(button("Reset"), Qt::LeftButton);
        QVERIFY(says("As detected."));
    }

    void numbersOfOnesOwn() {
        QVERIFY(!field<QLineEdit>("Mean")->isEnabled());
        pick(field<QComboBox>("Pixel values"), 4);
        type(field<QLineEdit>("Scale"), "1/127.5");
        type(field<QLineEdit>("Mean"), "1");
        pick(field<QComboBox>("Colours"), 1);
        type(field<QSpinBox>("Shorter side"), "80");
        QTest::mouseClick(button("Apply"), Qt::LeftButton);
        QTRY_COMPARE(preprocessing().shorterSide, 80);
        QCOMPARE(preprocessing().scale, float(1.0 / 127.5));
        QCOMPARE(preprocessing().mean[0], 1.0f);
        QCOMPARE(preprocessing().mean[1], 0.0f);  // of "0 to 255", which the keys passed
        QCOMPARE(preprocessing().channelOrder, ChannelOrder::BGR);
    }

    void coloursTurnThePresetRound() {
        pick(field<QComboBox>("Colours"), 1);
        QTest::mouseClick(button("Apply"), Qt::LeftButton);
        QTRY_COMPARE(preprocessing().channelOrder, ChannelOrder::BGR);
        QCOMPARE(preprocessing().mean[0], 0.406f);
    }

    void classNamesComeFromAFile() {
        write("names.txt", "ant\nbee\ncat\r\ndog\neel\n");
        auto* names = field<QComboBox>("Class names");
        names->setFocus();
        for (int i = 0; i < 3; ++i)
            QTest::keyClick(names, Qt::Key_Down);
        auto* dialog = m_panel->findChild<QFileDialog*>();
        QVERIFY(dialog);
        dialog->selectFile(path("names.txt"));
        QTest::keyClick(dialog, Qt::Key_Return);
        QTRY_VERIFY(names->currentText().contains(QStringLiteral("names.txt: 5: ant, bee, cat")));
        QTest::mouseClick(button("Apply"), Qt::LeftButton);
        QTRY_COMPARE(m_workspace->model()->classNames[2], std::string("cat"));
        QTRY_VERIFY(says("ant") || says("bee") || says("cat") || says("dog") || says("eel"));
    }

    void wrongNumberOfNamesIsAProblem() {
        pick(field<QComboBox>("Class names"), 1);
        QVERIFY(says("class names: expected 5, one per class, found 1000"));
        QVERIFY(!button("Apply")->isEnabled());
        pick(field<QComboBox>("Class names"), 0);
        QVERIFY(says("As detected."));
    }

    void anotherModelFillsTheFields() {
        type(field<QLineEdit>("Epsilon"), "abc");
        m_workspace->createModel(smallRequest(96));
        QTRY_COMPARE(field<QSpinBox>("Input size")->value(), 96);
        QTRY_VERIFY(says("none: random weights"));  // new labels appear with the next event
        QVERIFY(says("As detected."));
    }

    void worksWithoutAModel() {
        Workspace empty(1);
        m_panel = std::make_unique<ModelPanel>(empty);
        m_panel->show();
        QVERIFY(says("There is no network yet."));
        empty.createModel(smallRequest());
        QTRY_VERIFY(says("As detected."));
        QTRY_VERIFY(says("not computed yet"));
        m_panel.reset();
    }

    void opensOnce() {
        QWidget window;
        showModelSettings(*m_workspace, &window);
        showModelSettings(*m_workspace, &window);
        QCOMPARE(window.findChildren<ModelPanel*>().size(), 1);
        QVERIFY(!window.findChild<ModelPanel*>()->isModal());
    }
};

RESNET_WINDOW_TEST(ModelPanelTest)
#include "ModelPanelTest.moc"
