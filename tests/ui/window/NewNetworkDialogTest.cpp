#include "tests/TestPrograms.h"
#include "ui/window/NewNetworkDialog.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QtTest>

#include <algorithm>

using namespace resnet;
using namespace resnet::ui;

class NewNetworkDialogTest : public QObject {
    Q_OBJECT
private:
    static QPushButton* create(NewNetworkDialog& dialog) {
        for (QPushButton* button : dialog.findChildren<QPushButton*>())
            if (button->text().contains(QStringLiteral("Create")))
                return button;
        return nullptr;
    }

private Q_SLOTS:
    void startsWithTheTextbookNetwork() {
        const NewNetworkDialog dialog;
        const ModelRequest request = dialog.request();
        QCOMPARE(request.architecture, std::optional<std::string>("resnet34"));
        QCOMPARE(request.unitsPerStage, std::optional(std::vector{3, 4, 6, 3}));
        QCOMPARE(request.channelsPerStage, std::optional(std::vector{64, 128, 256, 512}));
        QCOMPARE(request.classes, std::optional(10));
        QCOMPARE(request.padding, std::optional(Padding::Same));
    }

    void saysAtOnceWhatIsWrong_data() {
        QTest::addColumn<QString>("units");
        QTest::addColumn<bool>("isValid");
        QTest::newRow("two stages, four widths") << QStringLiteral("1, 2") << false;
        QTest::newRow("words") << QStringLiteral("three, four") << false;
        QTest::newRow("zero units") << QStringLiteral("3, 0, 6, 3") << false;
        QTest::newRow("empty") << QString() << false;
        QTest::newRow("fine") << QStringLiteral("1,2, 1 ,1") << true;
    }

    void saysAtOnceWhatIsWrong() {
        QFETCH(QString, units);
        QFETCH(bool, isValid);
        NewNetworkDialog dialog;
        dialog.show();
        auto* architecture = dialog.findChildren<QComboBox*>().front();
        architecture->setCurrentIndex(architecture->count() - 1);
        auto* edit = dialog.findChildren<QLineEdit*>(QString(), Qt::FindDirectChildrenOnly).front();
        QVERIFY(edit->isEnabled());
        edit->selectAll();
        QTest::keyClick(edit, Qt::Key_Delete);
        QTest::keyClicks(edit, units);
        QCOMPARE(create(dialog)->isEnabled(), isValid);
        if (isValid)
            QCOMPARE(dialog.request().unitsPerStage, std::optional(std::vector{1, 2, 1, 1}));
    }

    void saysWhatItTakesAndRefusesWhatIsTooMuch() {
        constexpr std::int64_t available = 300'000'000;
        NewNetworkDialog dialog(nullptr, available);
        const auto says = [&](const char* text) {
            const auto labels = dialog.findChildren<QLabel*>();
            return std::ranges::any_of(
                labels, [&](QLabel* label) { return label->text().contains(QLatin1String(text)); });
        };
        QVERIFY(says("of memory"));
        QVERIFY(create(dialog)->isEnabled());
        auto* channels = dialog.findChildren<QLineEdit*>(QString(), Qt::FindDirectChildrenOnly)[1];
        channels->setText(QStringLiteral("64, 128, 256, 1024"));
        QVERIFY(says("memory: expected at most the 300 MB that are available, found "));
        QVERIFY(!create(dialog)->isEnabled());
        channels->setText(QStringLiteral("64, 128, 256, 256"));
        QVERIFY(create(dialog)->isEnabled());
    }

    void eachKnownNetworkIsOne() {
        NewNetworkDialog dialog;
        dialog.show();
        auto* architecture = dialog.findChildren<QComboBox*>().front();
        for (int i = 0; i + 1 < architecture->count(); ++i) {
            architecture->setCurrentIndex(i);
            QVERIFY2(create(dialog)->isEnabled(), qPrintable(architecture->currentText()));
            const NetworkSpec named = specNamed(architecture->currentData().toString().toStdString());
            const NetworkSpec made = specOf(dialog.request());
            QVERIFY(made == named);
        }
        QVERIFY(architecture->findData(QStringLiteral("cifar110")) >= 0);
    }
};

RESNET_WINDOW_TEST(NewNetworkDialogTest)
#include "NewNetworkDialogTest.moc"
