#include "tests/TestPrograms.h"
#include "tests/ui/window/OpenWindow.h"
#include "ui/predictions/InputCard.h"
#include "ui/window/MissingLine.h"
#include "ui/window/Workbench.h"

#include <QAction>
#include <QDialog>
#include <QLabel>
#include <QPushButton>

using namespace resnet;
using namespace resnet::ui;
using namespace resnet::ui::test;

// Where results are missing, the rest is computed by a click.
class MissingLineTest : public QObject {
    Q_OBJECT

    OpenWindow m_open;

    Workspace& workspace() const { return *m_open.workspace; }
    Workbench& workbench() const { return *m_open.window->findChild<Workbench*>(); }
    MissingLine& line() const { return *workbench().findChild<MissingLine*>(); }
    static QPushButton* computeIn(const QWidget& place) {
        for (auto* each : place.findChildren<QPushButton*>())
            if (each->isVisible() && each->text() == QStringLiteral("Compute all"))
                return each;
        return nullptr;
    }
    bool isComputed() const { return workspace().activations().isComplete() && !workspace().isBusy(); }

private Q_SLOTS:
    void init() { m_open.open(); }
    void cleanup() { m_open.close(); }

    void aClickComputesTheRest() {
        workbench().choose(QStringLiteral("steps"));
        QVERIFY(!line().isVisible() && !computeIn(line()));
        workspace().restart();
        workspace().goForward();
        QTRY_VERIFY(!workspace().isBusy() && line().isVisible());
        QCOMPARE(line().findChild<QLabel*>()->text(),
                 QStringLiteral("1 of %1 steps are computed.").arg(workspace().activations().stepCount()));
        QTest::mouseClick(computeIn(line()), Qt::LeftButton);
        QTRY_VERIFY(isComputed());
        QVERIFY(!line().isVisible());
    }

    // What is opened is computed anyway.
    void itDoesNotComeWhileSomethingIsOpened() {
        int seen = 0;
        connect(&workspace(), &Workspace::progressChanged, this, [&] { seen += line().isVisible(); });
        workspace().createModel(smallRequest(128));
        QTRY_VERIFY(isComputed() && workspace().activations().input()->shape().height == 128);
        QCOMPARE(seen, 0);
    }

    void aPredictionThatIsMissingIsComputedThere() {
        auto& card = *m_open.window->findChild<InputCard*>();
        QVERIFY(!computeIn(card));
        workspace().restart();
        QVERIFY(computeIn(card));
        computeIn(card)->setFocus();
        QTest::keyClick(computeIn(card), Qt::Key_Return);
        QTRY_VERIFY(isComputed());
        QVERIFY(!computeIn(card));
    }

    void whatIsOfNoRunDoesNotAskForIt() {
        workspace().restart();
        QTRY_VERIFY(line().isVisible());
        workbench().choose(QStringLiteral("weights"));
        QVERIFY(!line().isVisible());
        workbench().choose(ViewSettings::maps);
        QTRY_VERIFY(line().isVisible());
        workbench().tearOffAction()->trigger();
        QTRY_VERIFY(computeIn(*m_open.window->findChild<QDialog*>()));
    }
};

RESNET_WINDOW_TEST(MissingLineTest)
#include "MissingLineTest.moc"
