#include "tests/TestPrograms.h"
#include "tests/ui/SmallNetwork.h"
#include "ui/workspace/View.h"
#include "ui/workspace/Workspace.h"

#include <QLabel>
#include <QVBoxLayout>
#include <QtTest>

#include <memory>

using namespace resnet;
using namespace resnet::ui;
using namespace resnet::ui::test;

namespace {

class RecordingView : public View {
public:
    explicit RecordingView(Workspace& workspace) : View(workspace, QStringLiteral("Recorded")) {
        body()->addWidget(new QLabel(QStringLiteral("what it shows")));
        addFoot();
        setHint(QStringLiteral("what can be done"));
    }
    QList<Changes> seen;
    using View::tell;

protected:
    void refresh(const Changes& changes) override { seen << changes; }
};

// Says when the focus leaves it.
class Focused : public QWidget {
public:
    Focused() { setFocusPolicy(Qt::StrongFocus); }

protected:
    void focusOutEvent(QFocusEvent*) override { Q_EMIT windowTitleChanged({}); }
};

QStringList labelsOf(const View& view) {
    QStringList texts;
    for (const QLabel* label : view.findChildren<QLabel*>())
        texts << label->text();
    return texts;
}

}  // namespace

class ViewTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatIsMissedWhileHiddenIsFollowedWhenShown() {
        Workspace workspace(1);
        RecordingView view(workspace);
        workspace.setModel(newModel(smallRequest()));
        QTRY_VERIFY(workspace.model());
        QVERIFY(view.seen.isEmpty());
        view.show();
        QCOMPARE(view.seen.size(), 1);
        QVERIFY(view.seen[0].have(Changes::Model) && view.seen[0].have(Changes::Theme));

        workspace.goToStep(3);
        QCOMPARE(view.seen.size(), 2);
        QVERIFY(view.seen[1].have(Changes::Step) && !view.seen[1].have(Changes::Model));
        view.hide();
        workspace.goToStep(4);
        workspace.setThemeKind(Theme::Kind::Dark);
        QCOMPARE(view.seen.size(), 2);
        view.show();
        QCOMPARE(view.seen.size(), 3);
        QVERIFY(view.seen[2].have(Changes::Step) && view.seen[2].have(Changes::Theme));
        view.hide();
        view.show();
        QCOMPARE(view.seen.size(), 3);  // nothing was missed
    }

    void outputsAreNamed() {
        Workspace workspace(1);
        RecordingView view(workspace);
        workspace.setModel(newModel(smallRequest()));
        workspace.setPicture(gradientPicture());
        QTRY_VERIFY(workspace.session().isComputed() && !workspace.isBusy());
        view.show();
        workspace.restart();
        QVERIFY(view.seen.back().have(Changes::OtherRun) && view.seen.back().concernOutput(5));
        view.seen.clear();
        workspace.goToStep(2);
        QTRY_COMPARE(workspace.currentStep(), 2);
        Changes all;
        for (const Changes& each : view.seen)
            all |= each;
        QVERIFY(!all.have(Changes::OtherRun));
        for (StepId step = 0; step < 6; ++step)
            QCOMPARE(all.concernOutput(step), step <= 2);
    }

    void theFootTellsWhatIsPointedAtElseTheHint() {
        Workspace workspace(1);
        RecordingView view(workspace);
        QVERIFY(labelsOf(view).contains(QStringLiteral("what can be done")));
        view.tell(QStringLiteral("row 1, column 2"));
        QVERIFY(labelsOf(view).contains(QStringLiteral("row 1, column 2")));
        view.tell({});
        QVERIFY(labelsOf(view).contains(QStringLiteral("what can be done")));
        QCOMPARE(view.hint(), QStringLiteral("what can be done"));
    }

    // A window that goes takes the focus from what is in it, after what the view keeps is gone.
    void itHearsNothingAnyMoreWhenItGoes() {
        Workspace workspace(1);
        auto view = std::make_unique<RecordingView>(workspace);
        auto* inside = new Focused;
        view->body()->addWidget(inside);
        int said = 0;
        int heard = 0;
        connect(inside, &QWidget::windowTitleChanged, this, [&] { ++said; });
        connect(inside, &QWidget::windowTitleChanged, view.get(), [&] { ++heard; });
        view->show();
        QVERIFY(QTest::qWaitForWindowActive(view.get(), tests::patience(5'000)));
        inside->setFocus();
        QTRY_VERIFY(inside->hasFocus());
        view.reset();
        QCOMPARE(said, 1);
        QCOMPARE(heard, 0);
    }

    void itsFigureHasItsTitle() {
        Workspace workspace(1);
        RecordingView view(workspace);
        view.show();
        const Figure figure = view.figure();
        QCOMPARE(figure.title, QStringLiteral("Recorded"));
        QVERIFY(figure.size.width() > 50 && figure.size.height() > 50);
    }
};

RESNET_WINDOW_TEST(ViewTest)
#include "ViewTest.moc"
