#include "tests/TestPrograms.h"
#include "tests/ui/SmallNetwork.h"
#include "ui/workspace/Workspace.h"

#include <QtTest>

using namespace resnet;
using namespace resnet::ui;
using namespace resnet::ui::test;

namespace {

// What is selected lies in the network and in the run that are there.
QString problemOf(const Workspace& workspace) {
    if (!workspace.model())
        return {};
    const Graph& graph = workspace.model()->graph();
    const Run& run = workspace.activations();
    const StepId step = workspace.currentStep();
    if (step < inputStep || step > graph.softmaxStep())
        return QStringLiteral("step %1 of %2").arg(step).arg(graph.stepCount());
    if (run.stepCount() > 0 && run.stepCount() != graph.stepCount())
        return QStringLiteral("a run of %1 steps of %2").arg(run.stepCount()).arg(graph.stepCount());
    const FeatureShape shape = graph.outputShape(step);
    if (workspace.channel() < 0 || workspace.channel() >= shape.channels)
        return QStringLiteral("channel %1 of %2").arg(workspace.channel()).arg(shape.channels);
    const std::optional<Cell> cell = workspace.cell();
    if (cell && (cell->y < 0 || cell->y >= shape.height || cell->x < 0 || cell->x >= shape.width))
        return QStringLiteral("cell %1, %2 of %3 x %4")
            .arg(cell->y)
            .arg(cell->x)
            .arg(shape.height)
            .arg(shape.width);
    const int shown = workspace.classInQuestion();
    if (shown < 0 || shown >= graph.spec().classes)
        return QStringLiteral("class %1 of %2").arg(shown).arg(graph.spec().classes);
    return {};
}

}  // namespace

// Another network in place of the one that is open, whatever was looked at: every signal finds a selection
// that is in the network it comes with.
class NetworkChangeTest : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<Workspace> m_workspace;
    QStringList m_problems;

    void open(const ModelPtr& model) {
        m_workspace->setModel(model);
        QTRY_VERIFY(m_workspace->model() == model && !m_workspace->isBusy());
        QVERIFY(m_workspace->activations().isComplete());
    }

private Q_SLOTS:
    void init() {
        m_workspace = std::make_unique<Workspace>(1);
        m_problems.clear();
        connect(m_workspace.get(), &Workspace::changed, this, [this] {
            if (const QString problem = problemOf(*m_workspace); !problem.isEmpty())
                m_problems << problem;
        });
        m_workspace->setPicture(gradientPicture());
    }

    void theSelectionIsValidWheneverItIsAnnounced_data() { addNetworkPairs(); }

    void theSelectionIsValidWheneverItIsAnnounced() {
        QFETCH(ModelPtr, before);
        QFETCH(ModelPtr, after);
        for (const StepId step : oneStepOfEachKind(before->graph())) {
            open(before);
            m_workspace->goToStep(step);
            const FeatureShape shape = before->graph().outputShape(step);
            m_workspace->selectChannel(shape.channels - 1);
            m_workspace->selectCell(Cell{shape.height - 1, shape.width - 1});
            m_problems.clear();
            open(after);
            QVERIFY2(
                m_problems.isEmpty(),
                qPrintable(
                    QStringLiteral("from %1: ").arg(QString::fromStdString(before->graph().stepName(step))) +
                    m_problems.join(QStringLiteral(", "))));
        }
    }

    void allOfItIsAnnouncedAtOnce() {
        open(newModel(smallRequest()));
        m_workspace->goToLast();
        const ModelPtr other = unlikeNetworks().front().second;
        QList<Changes> announced;
        connect(m_workspace.get(), &Workspace::changed, this, [&](const Changes& changes) {
            if (changes.have(Changes::Model | Changes::OtherRun | Changes::Channel))
                announced << changes;
        });
        open(other);
        QCOMPARE(announced.size(), 1);
        QVERIFY(announced[0].have(Changes::Model) && announced[0].have(Changes::OtherRun));
    }

    // Class 4 of one network is not class 4 of another.
    void aChosenClassGoesWithItsNetwork() {
        open(newModel(smallRequest()));
        m_workspace->goToLast();
        m_workspace->selectChannel((m_workspace->classInQuestion() + 1) % 5);
        ModelRequest other = smallRequest();
        other.seed = 8;
        open(newModel(other));
        const FeatureMaps& logits =
            *m_workspace->activations().output(m_workspace->model()->graph().logitsStep());
        const float* best = std::max_element(logits.data(), logits.data() + logits.size());
        QCOMPARE(m_workspace->classInQuestion(), int(best - logits.data()));
        QCOMPARE(m_workspace->channel(), int(best - logits.data()));
    }
};

RESNET_EVENT_LOOP_TEST(NetworkChangeTest)
#include "NetworkChangeTest.moc"
