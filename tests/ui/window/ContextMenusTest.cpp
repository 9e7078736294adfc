#include "tests/TestPrograms.h"
#include "tests/ui/window/OpenWindow.h"
#include "ui/activations/EnlargedMap.h"
#include "ui/activations/MapGrid.h"
#include "ui/explain/TraceView.h"
#include "ui/predictions/PictureView.h"
#include "ui/predictions/PredictionBars.h"
#include "ui/window/ContextMenus.h"
#include "ui/window/WorkbenchTabs.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QLabel>
#include <QMenu>
#include <QMimeData>

using namespace resnet;
using namespace resnet::ui;
using namespace resnet::ui::test;

// What the right button offers, and what can be dragged out of the window.
class ContextMenusTest : public QObject {
    Q_OBJECT
private:
    OpenWindow m_open;

    Workspace& workspace() const { return *m_open.workspace; }
    template <typename Widget>
    Widget& visible() const {
        for (Widget* each : m_open.window->findChildren<Widget*>())
            if (each->isVisible())
                return *each;
        qFatal("not visible");
    }
    static QMenu* menuAt(QWidget& widget, const QPoint& position) {
        QContextMenuEvent event(QContextMenuEvent::Mouse, position, widget.mapToGlobal(position));
        QApplication::sendEvent(&widget, &event);
        return qobject_cast<QMenu*>(QApplication::activePopupWidget());
    }
    static void choose(QMenu& menu, const char* text) {
        for (QAction* each : menu.actions())
            if (each->text().remove(QLatin1Char('&')).startsWith(QLatin1String(text)))
                return QTest::mouseClick(&menu, Qt::LeftButton, {}, menu.actionGeometry(each).center());
        QFAIL(text);
    }
    QMimeData* dragged(QWidget& widget, const QPoint& position, Qt::KeyboardModifiers modifiers = {}) const {
        return m_open.window->findChild<ContextMenus*>()->draggedFrom(widget, position, modifiers);
    }
    static void hasPng(const QMimeData* data) {
        QVERIFY(data && data->hasImage());
        const QImage image = QImage::fromData(data->data(QStringLiteral("image/png")), "PNG");
        QVERIFY(!image.isNull());
        QCOMPARE(image.size(), qvariant_cast<QImage>(data->imageData()).size());
    }

private Q_SLOTS:
    void init() { m_open.open(); }
    void cleanup() { m_open.close(); }

    void aMapLeadsToTheCellUnderTheMouseAndToItsNumber() {
        m_open.window->findChild<Workbench*>()->choose(ViewSettings::maps);
        QCoreApplication::processEvents();
        auto& grid = visible<MapGrid>();
        const QPoint position = grid.channelRect(grid.content().order[2]).center();
        const auto hit = grid.hitAt(position);
        QVERIFY(hit);
        QMenu* menu = menuAt(*grid.viewport(), position);
        QVERIFY(menu);
        choose(*menu, "Where does this number");
        QCOMPARE(workspace().channel(), hit->channel);
        QCOMPARE(workspace().cell(), std::optional(hit->cell));
        QCOMPARE(workspace().settings().panelView, QStringLiteral("number"));
    }

    void aNumberAndAPictureAreCopied() {
        m_open.window->findChild<Workbench*>()->choose(ViewSettings::maps);
        QCoreApplication::processEvents();
        auto& grid = visible<MapGrid>();
        const QPoint position = grid.channelRect(grid.content().order[0]).center();
        const auto hit = grid.hitAt(position);
        choose(*menuAt(*grid.viewport(), position), "Copy number");
        const float value = workspace()
                                .session()
                                .output(workspace().currentStep())
                                ->at(hit->channel, hit->cell.y, hit->cell.x);
        QCOMPARE(QGuiApplication::clipboard()->text().toFloat(), value);
        choose(*menuAt(*grid.viewport(), position), "Copy picture");
        hasPng(QGuiApplication::clipboard()->mimeData());
    }

    void aBarSelectsItsClassAndSaysWhy() {
        auto& bars = visible<PredictionBars>();
        choose(*menuAt(bars, bars.rowRect(3).center().toPoint()), "Why this class");
        QCOMPARE(workspace().classInQuestion(), bars.predictions()[3].index);
        QCOMPARE(workspace().settings().panelView, QStringLiteral("class"));
    }

    void aNumberOfTheTraceIsGoneTo() {
        m_open.window->findChild<Workbench*>()->choose(QStringLiteral("number"));
        QCoreApplication::processEvents();
        auto& trace = visible<TraceView>();
        std::optional<QPoint> found;
        for (int y = 0; y < trace.height() && !found; y += 4)
            for (int x = 0; x < trace.width() && !found; x += 4)
                if (trace.sourceAt(QPoint(x, y)))
                    found = QPoint(x, y);
        QVERIFY(found);
        const TraceSource source = *trace.sourceAt(*found);
        QWidget* at = trace.childAt(*found);
        choose(*menuAt(*at, at->mapFrom(&trace, *found)), "Go there");
        QCOMPARE(workspace().currentStep(), source.step);
        QCOMPARE(workspace().channel(), source.channel);
    }

    void mapsPictureAndViewsAreDraggedOutAsPng() {
        m_open.window->findChild<Workbench*>()->choose(ViewSettings::maps);
        QCoreApplication::processEvents();
        auto& grid = visible<MapGrid>();
        const std::unique_ptr<QMimeData> map(
            dragged(*grid.viewport(), grid.channelRect(grid.content().order[0]).center()));
        hasPng(map.get());
        auto& picture = visible<PictureView>();
        const std::unique_ptr<QMimeData> whole(dragged(picture, picture.rect().center()));
        hasPng(whole.get());
        m_open.window->findChild<Workbench*>()->choose(ViewSettings::unit);
        QCoreApplication::processEvents();
        auto& enlarged = visible<EnlargedMap>();
        QVERIFY(!dragged(enlarged, enlarged.rect().center()));
        const std::unique_ptr<QMimeData> large(
            dragged(enlarged, enlarged.rect().center(), Qt::ControlModifier));
        hasPng(large.get());
        for (QLabel* each : m_open.window->findChild<Workbench*>()->view()->findChildren<QLabel*>())
            if (each->property("role") == QStringLiteral("title")) {
                const std::unique_ptr<QMimeData> figure(dragged(*each, each->rect().center()));
                hasPng(figure.get());
            }
    }
};

RESNET_WINDOW_TEST(ContextMenusTest)
#include "ContextMenusTest.moc"
