#include "tests/TestPrograms.h"
#include "tests/ui/window/OpenWindow.h"
#include "ui/activations/EnlargedMap.h"
#include "ui/diagram/DiagramCanvas.h"
#include "ui/predictions/PredictionBars.h"
#include "ui/window/WorkbenchTabs.h"
#include "ui/words/NumberText.h"
#include "ui/words/StepWords.h"

#include <QAccessible>

using namespace resnet;
using namespace resnet::ui;
using namespace resnet::ui::test;

// What a screen reader is told.
class AccessibilityTest : public QObject {
    Q_OBJECT
private:
    OpenWindow m_open;

    static QString told(QWidget& widget, QAccessible::Text kind) {
        return QAccessible::queryAccessibleInterface(&widget)->text(kind);
    }

private Q_SLOTS:
    void init() { m_open.open(); }
    void cleanup() { m_open.close(); }

    void everyPaintedViewHasANameAndARole() {
        QStringList nameless;
        auto* workbench = m_open.window->findChild<Workbench*>();
        for (int tab = 0; tab < workbench->tabCount(); ++tab)
            for (const ViewEntry& entry : workbench->tab(tab).views) {
                workbench->choose(entry.key);
                QCoreApplication::processEvents();
                for (Canvas* each : m_open.window->findChildren<Canvas*>()) {
                    if (!each->isVisible())
                        continue;
                    QAccessibleInterface* interface = QAccessible::queryAccessibleInterface(each);
                    QVERIFY(interface);
                    QVERIFY(interface->role() != QAccessible::NoRole &&
                            interface->role() != QAccessible::Client);
                    const QString place = QString::fromLatin1(each->metaObject()->className());
                    if (interface->text(QAccessible::Name).isEmpty() && !nameless.contains(place))
                        nameless << place;
                }
            }
        QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(QStringLiteral(", "))));
    }

    void theDiagramTellsTheCurrentStep() {
        auto* canvas = m_open.window->findChild<DiagramCanvas*>();
        const Graph& graph = m_open.workspace->session().graph();
        for (const char* name : {"layer1.0.add", "layer2.0.conv1"}) {
            const StepId step = *graph.find(name);
            m_open.workspace->goToStep(step);
            const QString value = told(*canvas, QAccessible::Value);
            QVERIFY2(value.contains(titleOf(graph, step)), qPrintable(value));
            QVERIFY(value.contains(QStringLiteral("step %1 of %2").arg(step + 1).arg(graph.stepCount())));
        }
    }

    void aMapTellsItsCellAndItsNumber() {
        m_open.window->findChild<Workbench*>()->choose(ViewSettings::unit);
        const StepId step = *m_open.workspace->session().graph().find("layer1.0.add");
        m_open.workspace->goTo(step, 3, Cell{4, 5});
        QCoreApplication::processEvents();
        for (EnlargedMap* each : m_open.window->findChildren<EnlargedMap*>()) {
            if (!each->isVisible() || each->maps() != m_open.workspace->session().output(step).get())
                continue;
            const QString value = told(*each, QAccessible::Value);
            QCOMPARE(value, QStringLiteral("channel 3, row 4, column 5: %1")
                                .arg(signedValueText(each->maps()->at(3, 4, 5))));
            return;
        }
        QFAIL("no map of the step is to be seen");
    }

    void thePredictionsAreToldWithPercent() {
        auto* bars = m_open.window->findChild<PredictionBars*>();
        QCOMPARE(QAccessible::queryAccessibleInterface(bars)->role(), QAccessible::List);
        const QString value = told(*bars, QAccessible::Value);
        for (const ClassShare& each : bars->predictions())
            QVERIFY2(value.contains(each.label + QLatin1Char(' ') + percentText(each.probability)),
                     qPrintable(value));
        QVERIFY(value.contains(QStringLiteral("selected")));
    }
};

RESNET_WINDOW_TEST(AccessibilityTest)
#include "AccessibilityTest.moc"
