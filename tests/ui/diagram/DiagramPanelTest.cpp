#include "tests/TestPrograms.h"
#include "tests/ui/Painted.h"
#include "tests/ui/SmallNetwork.h"
#include "ui/diagram/Breadcrumbs.h"
#include "ui/diagram/DiagramCanvas.h"
#include "ui/diagram/DiagramPanel.h"
#include "ui/diagram/OtherRiver.h"
#include "ui/steps/StepTree.h"
#include "ui/window/ExportDialog.h"
#include "ui/workspace/Comparing.h"
#include "ui/workspace/Workspace.h"

#include <QClipboard>
#include <QComboBox>
#include <QMimeData>
#include <QPushButton>
#include <QToolButton>
#include <QtTest>

#include <ranges>

using namespace resnet;
using namespace resnet::ui;
using namespace resnet::ui::test;

// The diagram with what stands around it: tree and breadcrumbs.
class DiagramPanelTest : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<DiagramPanel> m_panel;
    StepTree* m_tree = nullptr;

    const Graph& graph() const { return m_workspace->model()->graph(); }
    StepId step(const char* name) const { return *graph().find(name); }
    std::string current() const { return graph().stepName(m_workspace->currentStep()); }
    std::set<std::string> names(const std::set<StepId>& steps) const {
        std::set<std::string> found;
        for (const StepId each : steps)
            found.insert(graph().stepName(each));
        return found;
    }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) {
        QTest::keyClick(m_panel->canvas(), key, modifiers);
    }
    template <typename Widget>
    Widget* named(QWidget& parent, const QString& accessibleName) {
        for (Widget* each : parent.findChildren<Widget*>())
            if (each->accessibleName() == accessibleName)
                return each;
        return nullptr;
    }

private Q_SLOTS:
    void initTestCase() { loadFonts(); }

    void init() {
        m_workspace = std::make_unique<Workspace>(2);
        m_panel = std::make_unique<DiagramPanel>(*m_workspace, nullptr);
        m_tree = new StepTree(*m_workspace);
        m_panel->setSideView(m_tree, QStringLiteral("Tree"));
        m_panel->resize(1100, 560);
        m_panel->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_panel.get(), tests::patience(5'000)));
        ModelRequest request = smallRequest();
        request.unitsPerStage = {3, 2};
        m_workspace->createModel(request);
        m_workspace->setPicture(gradientPicture());
        QTRY_VERIFY(m_workspace->activations().input() && m_workspace->activations().isComplete() &&
                    !m_workspace->isBusy());
    }

    void cleanup() {
        m_panel.reset();
        m_workspace.reset();
    }

    void arrowsWalkAlongTheDataAndBetweenTheWays() {
        press(Qt::Key_3);
        m_workspace->goToStep(step("layer2.0.conv1"));
        press(Qt::Key_Right);
        QCOMPARE(current(), std::string("layer2.0.bn1"));
        press(Qt::Key_Up);
        QCOMPARE(current(), std::string("layer2.0.downsample.0"));
        press(Qt::Key_Right);
        QCOMPARE(current(), std::string("layer2.0.downsample.1"));
        press(Qt::Key_Right);
        QCOMPARE(current(), std::string("layer2.0.add"));
        press(Qt::Key_Left);
        QCOMPARE(current(), std::string("layer2.0.bn2"));
        m_workspace->goToStep(step("layer2.0.downsample.1"));
        press(Qt::Key_Down);
        QCOMPARE(current(), std::string("layer2.0.bn2"));
        m_workspace->goToStep(step("layer1.1.bn1"));
        press(Qt::Key_Up);  // an identity carries what came in
        QCOMPARE(current(), std::string("layer1.0.relu2"));
    }

    void theTreeIsAlwaysInStep() {
        const auto* tree = qobject_cast<const StepTreeModel*>(m_tree->model());
        for (const char* name : {"layer1.2.bn2", "conv1", "softmax"}) {
            m_workspace->goToStep(step(name));
            QCOMPARE(tree->stepAt(m_tree->currentIndex()), step(name));
        }
        m_tree->show();
        QTest::keyClick(m_tree, Qt::Key_Up);
        QCOMPARE(current(), std::string("fc"));
        QCOMPARE(*m_panel->content().current, step("fc"));
    }

    void whatASearchFoundIsMarked() {
        m_panel->showFound({step("layer2.0.downsample.0"), step("layer2.0.downsample.1")});
        QCOMPARE(names(m_panel->content().found),
                 (std::set<std::string>{"layer2.0.downsample.0", "layer2.0.downsample.1"}));
        m_panel->showFound({});
        QVERIFY(m_panel->content().found.empty());
    }

    void twinsAreMarked() {
        m_workspace->goToStep(step("layer1.1.conv2"));
        QCOMPARE(names(m_panel->content().twins),
                 (std::set<std::string>{"layer1.0.conv2", "layer1.2.conv2"}));
        m_workspace->goToStep(step("layer2.0.conv1"));
        QVERIFY(m_panel->content().twins.empty());
    }

    void backAndForwardGoThroughWhatWasVisited() {
        for (const char* name : {"conv1", "layer1.0.add", "fc"})
            m_workspace->goToStep(step(name));
        press(Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(current(), std::string("layer1.0.add"));
        press(Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(current(), std::string("conv1"));
        press(Qt::Key_Right, Qt::AltModifier);
        QCOMPARE(current(), std::string("layer1.0.add"));
    }

    void breadcrumbsNameThePlaceAndOpenIt() {
        m_workspace->goToStep(step("layer2.1.bn1"));
        auto* crumbs = m_panel->findChild<Breadcrumbs*>();
        for (const char* part : {">Stage 2<", ">Unit 2<", ">bn1<"})
            QVERIFY2(crumbs->text().contains(QLatin1String(part)), part);
        QVERIFY(crumbs->toolTip().contains(QStringLiteral("in PyTorch: layer2.1.bn1")));
        Q_EMIT crumbs->linkActivated(QStringLiteral("1"));
        QVERIFY(m_panel->canvas()->openNodes().isUnitOpen(1, 1));
        Q_EMIT crumbs->linkActivated(QStringLiteral("0"));
        QVERIFY(!m_panel->canvas()->openNodes().contains({Group::Kind::Stage, 1, -1}));
        m_workspace->goToStep(step("fc"));
        QVERIFY(crumbs->text().contains(QStringLiteral(">Head<")));
        m_workspace->goToStep(inputStep);
        QVERIFY(crumbs->text().contains(QStringLiteral(">Input<")));
        QVERIFY(!crumbs->text().contains(QStringLiteral("Stem")));
    }

    void whatTheTourSpeaksOfHasARing() {
        m_workspace->goToStep(step("layer1.0.add"));
        const StepId sum = step("layer2.0.add");
        DiagramCanvas* canvas = m_panel->canvas();
        QTRY_VERIFY(!canvas->isMoving());
        const DiagramNode* node = canvas->drawing().nodeOf(sum);
        QVERIFY(node);
        const QRect around = canvas->rectOf(*node).toRect().adjusted(-7, -7, 7, 7);
        const QImage before = seenOf(*canvas);
        m_workspace->highlight().mark(sum, Highlight::Part::None);
        const QImage marked = seenOf(*canvas);
        QVERIFY(marked.copy(around) != before.copy(around));
        m_workspace->highlight().clear();
        QCOMPARE(seenOf(*canvas), before);
    }

    void levelButtonsAndKeysAgree() {
        auto* layers = named<QToolButton>(*m_panel, QStringLiteral("Level of detail: Layers"));
        QTest::mouseClick(layers, Qt::LeftButton);
        QVERIFY(m_panel->canvas()->detail() == Detail::Layer);
        press(Qt::Key_1);
        QVERIFY(!layers->isChecked());
        QVERIFY(named<QToolButton>(*m_panel, QStringLiteral("Level of detail: Network"))->isChecked());
    }

    void statesTellFinishedFromMissingAndLightTheStepAtWork() {
        const DiagramContent& content = m_panel->content();
        QVERIFY(std::ranges::all_of(content.states, [](StepState s) { return s == StepState::Done; }));
        m_workspace->restart();
        QVERIFY(std::ranges::all_of(content.states, [](StepState s) { return s == StepState::Empty; }));
        m_workspace->goToStep(step("layer1.0.add"));
        QVERIFY2(content.running.has_value(), "a step being computed is lit");
        QTRY_COMPARE(content.state(step("layer1.0.add")), StepState::Done);
        QTRY_VERIFY(!content.running);
        QCOMPARE(content.state(step("fc")), StepState::Empty);
    }

    void whatItIsComparedWithIsASecondRow() {
        auto* other = m_panel->findChild<OtherRiver*>();
        QVERIFY(!other->isVisibleTo(m_panel.get()));
        ModelRequest plain = smallRequest();
        plain.architecture = "plain34";
        m_workspace->compareWith({QStringLiteral("plain"), newModel(plain), nullptr, {}});
        QTRY_VERIFY(other->isVisibleTo(m_panel.get()));
        QVERIFY(other->caption().startsWith(QStringLiteral("B: plain: class ")));
        // A click on one of its blocks goes to the same unit here.
        m_workspace->goToFirst();
        QCoreApplication::processEvents();
        const DiagramCanvas* canvas = other->canvas();
        const auto& nodes = canvas->drawing().nodes;
        const auto last = std::ranges::find_if(std::views::reverse(nodes), [](const DiagramNode& node) {
            return node.step >= 0 && node.shape.height > 1;
        });
        QTest::mouseClick(other->canvas(), Qt::LeftButton, {}, canvas->rectOf(*last).center().toPoint());
        QTRY_VERIFY(m_workspace->currentStep() > 0);
        m_workspace->compareWith({});
        QVERIFY(!other->isVisibleTo(m_panel.get()));
    }

    void shadingAndNormsReachTheDrawing() {
        m_panel->setShadedBy(ShadedBy::MultiplyAdds);
        m_panel->setNormsShown(true);
        const DiagramContent& content = m_panel->content();
        QCOMPARE(content.shading->title, QStringLiteral("Multiply-adds"));
        const Step& conv = graph().step(step("conv1"));
        QCOMPARE(content.shading->values[std::size_t(conv.id)], double(conv.multiplyAdds) / 1e6);
        QTRY_COMPARE(int(content.norms.size()), graph().stepCount());
        QVERIFY(content.norms[std::size_t(conv.id)] > 0.0);
        m_panel->setShadedBy(ShadedBy::Nothing);
        QVERIFY(!content.shading);
    }

    void theExportDialogStartsWithWhatIsOnTheScreen() {
        m_panel->setShadedBy(ShadedBy::Parameters);
        press(Qt::Key_1);
        ExportDialog dialog(*m_workspace, m_panel->exportOptions(), nullptr);
        QTRY_VERIFY(dialog.hasContent());
        QVERIFY(dialog.content().shading && dialog.content().shading->title == QStringLiteral("Parameters"));
        QVERIFY(dialog.options().open == m_panel->canvas()->openNodes());
        auto* filling = named<QComboBox>(dialog, QStringLiteral("Blocks show"));
        filling->setCurrentIndex(0);
        QTRY_VERIFY(dialog.hasContent());
        QVERIFY(!dialog.content().shading && !dialog.content().states.empty());
    }

    void copyPutsAPictureAndSvgOnTheClipboard() {
        ExportDialog dialog(*m_workspace, m_panel->exportOptions(), nullptr);
        dialog.show();
        QTRY_VERIFY(dialog.hasContent());
        QGuiApplication::clipboard()->clear();
        for (QPushButton* button : dialog.findChildren<QPushButton*>())
            if (button->text().remove(QLatin1Char('&')) == QStringLiteral("Copy"))
                QTest::mouseClick(button, Qt::LeftButton);
        const auto copied = [] { return QGuiApplication::clipboard()->mimeData(); };
        QTRY_VERIFY(copied() && copied()->hasImage());
        QVERIFY(copied()->data(QStringLiteral("image/svg+xml")).startsWith("<?xml"));
    }
};

RESNET_WINDOW_TEST(DiagramPanelTest)
#include "DiagramPanelTest.moc"
