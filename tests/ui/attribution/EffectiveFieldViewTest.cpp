#include "tests/TestPrograms.h"
#include "tests/ui/attribution/AttributionParts.h"
#include "ui/attribution/EffectiveFieldView.h"
#include "ui/attribution/MapTiles.h"

#include <QSpinBox>

using namespace resnet;
using namespace resnet::ui;
using namespace resnet::ui::test;

namespace {

class SampledView : public EffectiveFieldView {
public:
    explicit SampledView(Workspace& workspace)
        : EffectiveFieldView(workspace, {QStringLiteral(RESNET_SOURCE_DIR "/resources/samples/china.jpg")}) {}
};

using ShownField = Shown<SampledView>;

void goTo(ShownField& subject, const char* step, int channel, std::optional<Cell> cell) {
    subject.workspace->goTo(*subject.workspace->model()->graph().find(step), channel, cell);
    subject.finish();
}

}  // namespace

class EffectiveFieldViewTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void itFollowsTheSelectedCell() {
        ShownField subject;
        goTo(subject, "layer1.0.add", 1, Cell{2, 3});
        subject.show();
        const Workspace& workspace = *subject.workspace;
        FieldMeter meter(std::make_shared<const PackedNetwork>(workspace.model()->network),
                         {*workspace.session().graph().find("layer1.0.add"), 1, {2, 3}});
        meter.add(workspace.activations());
        const EffectiveField wanted = meter.mean();
        const FeatureMaps& shown = subject.view->trained()->influence;
        QVERIFY(std::equal(shown.data(), shown.data() + shown.size(), wanted.influence.data()));
        QCOMPARE(subject.view->maps()->tiles().size(), std::size_t(3));
        QCOMPARE(subject.view->maps()->tiles()[1].frames.size(), std::size_t(3));
        QVERIFY(subject.view->sentence().contains(
            QStringLiteral("%1 × %2 pixels with").arg(qRound(wanted.height())).arg(qRound(wanted.width()))));
        const EffectiveField* before = subject.view->trained();
        goTo(subject, "layer1.0.add", 1, Cell{5, 5});
        QTRY_VERIFY(subject.view->trained() != before);
        subject.finish();
        QVERIFY(subject.view->trained()->middleY > wanted.middleY);
        goTo(subject, "layer1.0.add", 2, Cell{5, 5});
        QVERIFY(subject.view->subtitle().contains(QStringLiteral("channel 2")));
    }

    void theInputSeesItself() {
        ShownField subject;
        subject.show();
        subject.workspace->goToStep(inputStep);
        QTRY_VERIFY(subject.view->sentence().contains(QStringLiteral("seen by itself")));
        QVERIFY(subject.view->maps()->tiles().empty());
    }

    void untrainedIsFromTheSeedAndTheMeanIsOverTheSamples() {
        ShownField subject;
        goTo(subject, "layer1.0.add", 0, Cell{4, 4});
        subject.show();
        const float before = subject.view->untrained()->influence.at(0, 16, 16);
        auto* seed = subject.view->findChild<QSpinBox*>();
        seed->setFocus();
        QTest::keyClick(seed, Qt::Key_Up);
        QTest::qWait(0);
        subject.finish();
        QVERIFY(subject.view->untrained()->influence.at(0, 16, 16) != before);
        QVERIFY(subject.view->maps()->tiles()[2].title.startsWith(QStringLiteral("Started anew, channel")));
        QVERIFY(!subject.view->untrained()->isNothing());
        click(*subject.view, "Mean over 4 pictures");
        subject.finish();
        QCOMPARE(subject.view->trained()->pictures, 4);
        QVERIFY(subject.view->sentence().contains(QStringLiteral("mean of 4 pictures")));
    }
};

RESNET_WINDOW_TEST(EffectiveFieldViewTest)
#include "EffectiveFieldViewTest.moc"
