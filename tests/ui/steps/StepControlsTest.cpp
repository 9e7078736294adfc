#include "tests/TestPrograms.h"
#include "tests/ui/window/OpenWindow.h"
#include "ui/steps/StepControls.h"
#include "ui/words/StepWords.h"

#include <QLabel>

using namespace resnet;
using namespace resnet::ui;
using namespace resnet::ui::test;

// The transport in the window, where the style sheet sets the fonts.
class StepControlsTest : public QObject {
    Q_OBJECT

    OpenWindow m_open;

private Q_SLOTS:
    void init() { m_open.open(); }
    void cleanup() { m_open.close(); }

    void everyNameIsShownWhole_data() {
        QTest::addColumn<std::vector<int>>("units");
        QTest::newRow("short names") << std::vector{3, 2};
        QTest::newRow("long names") << std::vector{2, 12};
    }
    void everyNameIsShownWhole() {
        QFETCH(std::vector<int>, units);
        ModelRequest request = smallRequest();
        request.unitsPerStage = units;
        m_open.workspace->createModel(request);
        QTRY_VERIFY(!m_open.workspace->isBusy());
        const Graph& graph = m_open.workspace->model()->graph();
        const auto labels = m_open.window->findChild<StepControls*>()->findChildren<QLabel*>();
        for (const Step& step : graph.steps()) {
            m_open.workspace->goToStep(step.id);
            QCoreApplication::processEvents();
            const QString name = titleOf(graph, step.id);
            const auto shown = std::ranges::find(labels, name, &QLabel::text);
            QVERIFY2(shown != labels.end(), step.name.c_str());
            QVERIFY2((*shown)->fontMetrics().horizontalAdvance(name) <= (*shown)->contentsRect().width(),
                     step.name.c_str());
        }
    }
};

RESNET_WINDOW_TEST(StepControlsTest)
#include "StepControlsTest.moc"
