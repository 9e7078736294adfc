#include "tests/TestPrograms.h"
#include "tests/ui/window/OpenWindow.h"
#include "ui/window/WorkbenchTabs.h"

#include <QDialog>

using namespace resnet;
using namespace resnet::ui;
using namespace resnet::ui::test;

// The window with every view open, while networks of all kinds take each other's place: whatever is looked
// at, every view finds its way in the new one. A view that does not throws in a slot, and the program ends.
class ChangedNetworkTest : public QObject {
    Q_OBJECT
private:
    OpenWindow m_open;

    void openAllViews() {
        auto* workbench = m_open.window->findChild<Workbench*>();
        for (const WorkbenchTab& tab : workbenchTabs())
            for (const ViewEntry& entry : tab.views)
                QVERIFY(workbench->choose(entry.key));
        QVERIFY(m_open.action("Model settings"));
        m_open.action("Model settings")->trigger();
    }

    void change(const ModelPtr& model) {
        m_open.workspace->setModel(model);
        QTRY_VERIFY_WITH_TIMEOUT(m_open.workspace->model() == model && !m_open.workspace->isBusy(), 20'000);
        QCoreApplication::processEvents();
    }

private Q_SLOTS:
    void init() { m_open.open(); }
    void cleanup() { m_open.close(); }

    void everyViewFindsItsWay_data() {
        QTest::addColumn<QString>("view");
        for (const WorkbenchTab& tab : workbenchTabs())
            for (const ViewEntry& entry : tab.views)
                QTest::newRow(qPrintable(entry.key)) << entry.key;
    }

    void everyViewFindsItsWay() {
        QFETCH(QString, view);
        openAllViews();
        ViewSettings settings = m_open.workspace->settings();
        settings.panelView = view;
        settings.areNormsShown = true;
        m_open.workspace->setSettings(settings);
        const auto networks = unlikeNetworks();
        const ModelPtr deep = networks[0].second;
        for (std::size_t i = 1; i < networks.size(); ++i)
            for (const StepId step : oneStepOfEachKind(deep->graph())) {
                change(deep);
                m_open.workspace->goToStep(step);
                const FeatureShape shape = deep->graph().outputShape(step);
                m_open.workspace->selectChannel(shape.channels - 1);
                m_open.workspace->selectCell(Cell{shape.height - 1, shape.width - 1});
                change(networks[i].second);
                QVERIFY(m_open.workspace->activations().isComplete());
            }
    }
};

RESNET_WINDOW_TEST(ChangedNetworkTest)
#include "ChangedNetworkTest.moc"
