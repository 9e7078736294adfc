#include "core/experiments/EditSweep.h"
#include "tests/TestPrograms.h"
#include "tests/ui/SmallNetwork.h"
#include "ui/diagram/DiagramCanvas.h"
#include "ui/diagram/DiagramPanel.h"
#include "ui/diagram/OpenUnitView.h"
#include "ui/diagram/SectionView.h"
#include "ui/workspace/Workspace.h"

#include <QContextMenuEvent>
#include <QMenu>
#include <QtTest>

using namespace resnet;
using namespace resnet::ui;
using namespace resnet::ui::test;

namespace {

const UnitId here{1, 1};

}  // namespace

class UnitSwitchesTest : public QObject {
    Q_OBJECT
    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<DiagramPanel> m_panel;
    QList<Notice> m_notices;

    void open(const ModelRequest& request) {
        m_workspace->createModel(request);
        m_workspace->setPicture(gradientPicture());
        QTRY_VERIFY(m_workspace->session().isComputed() && !m_workspace->isBusy());
    }
    bool isWith(const Edits& edits) const { return m_workspace->edits() == edits && !m_workspace->isBusy(); }
    void press(Qt::KeyboardModifiers modifiers = {}) {
        QTest::keyClick(m_panel->canvas(), Qt::Key_X, modifiers);
    }
    void rightClick(QWidget* on, const QPoint& at) {
        QContextMenuEvent event(QContextMenuEvent::Mouse, at, on->mapToGlobal(at));
        QCoreApplication::sendEvent(on, &event);
    }
    // The one that is open.
    static QMenu* menu(const QWidget& view) {
        for (QMenu* each : view.findChildren<QMenu*>())
            if (each->isVisible())
                return each;
        return nullptr;
    }
    void choose(const QString& text) { choose(text, *m_panel); }
    void choose(const QString& text, const QWidget& view) {
        QVERIFY(menu(view));
        for (QAction* action : menu(view)->actions())
            if (action->text() == text) {
                QVERIFY(action->isEnabled());
                action->trigger();
                menu(view)->close();
                return;
            }
        QFAIL(qPrintable(text));
    }

private Q_SLOTS:
    void init() {
        m_notices.clear();
        m_workspace = std::make_unique<Workspace>(2);
        connect(m_workspace.get(), &Workspace::noticePosted, this,
                [this](const Notice& notice) { m_notices << notice; });
        open(smallRequest());
        m_workspace->goToStep(*m_workspace->model()->graph().find("layer2.1.conv1"));
        m_panel = std::make_unique<DiagramPanel>(*m_workspace, nullptr);
        m_panel->resize(1100, 560);
        m_panel->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_panel.get(), tests::patience(5'000)));
    }
    void cleanup() {
        m_panel.reset();
        m_workspace.reset();
    }

    void xSwitchesTheCurrentUnit() {
        press();
        QTRY_VERIFY(isWith(withoutMainPath(here)));
        QCOMPARE(m_panel->content().edits, withoutMainPath(here));  // drawn so
        press(Qt::ShiftModifier);
        QTRY_VERIFY(isWith(withShortcutToggled(withoutMainPath(here), here)));
        press();
        QTRY_VERIFY(isWith(withoutShortcut(here)));
        press(Qt::ShiftModifier);
        QTRY_VERIFY(isWith({}));
        press();
        press();  // before the first is computed
        QTRY_VERIFY(isWith({}));
    }

    void xSaysWhatToDoWhereThereIsNothingToSwitch() {
        m_workspace->goToFirst();
        press();
        QCOMPARE(m_notices.size(), 1);
        ModelRequest plain = smallRequest();
        plain.architecture = "plain34";
        open(plain);
        m_workspace->goToStep(*m_workspace->model()->graph().find("layer2.1.conv1"));
        press(Qt::ShiftModifier);
        QCOMPARE(m_notices.size(), 2);
        QVERIFY(isWith({}));
    }

    void blockArcAndPlusHaveAMenu() {
        DiagramCanvas* canvas = m_panel->canvas();
        const DiagramLayout& drawing = canvas->drawing();
        const auto isOfUnit = [](const DiagramNode& node) { return node.stage == 0 && node.unit == 0; };
        for (const NodeKind kind : {NodeKind::Unit, NodeKind::Sum}) {
            const auto node = std::ranges::find_if(
                drawing.nodes, [&](const auto& each) { return each.kind == kind && isOfUnit(each); });
            QVERIFY(node != drawing.nodes.end());
            rightClick(canvas, canvas->rectOf(*node).center().toPoint());
            choose(QStringLiteral("Switch F(x) off"));
            QTRY_VERIFY(isWith(withoutMainPath({0, 0})));
            rightClick(canvas, canvas->rectOf(*node).center().toPoint());
            choose(QStringLiteral("Switch F(x) on"));
            QTRY_VERIFY(isWith({}));
        }
        const auto arc = std::ranges::find_if(drawing.edges, [&](const DiagramEdge& edge) {
            return edge.way == Way::Shortcut && isOfUnit(drawing.nodes[std::size_t(edge.to)]);
        });
        DiagramNode top;  // the middle of its stretch above
        top.box = QRectF((arc->points[1] + arc->points[2]) / 2, QSizeF(0, 0));
        rightClick(canvas, canvas->rectOf(top).center().toPoint());
        choose(QStringLiteral("Switch the shortcut off"));
        QTRY_VERIFY(isWith(withoutShortcut({0, 0})));
        rightClick(canvas, canvas->rectOf(top).center().toPoint());
        choose(QStringLiteral("Reset this unit"));
        QTRY_VERIFY(isWith({}));
        rightClick(canvas, {2, 2});
        QVERIFY(!menu(*m_panel));
    }

    void theOpenUnitHasTheSameMenu() {
        OpenUnitView unit(*m_workspace);
        unit.resize(800, 240);
        unit.show();
        rightClick(unit.drawing(), unit.drawing()->rect().center());
        choose(QStringLiteral("Switch the shortcut off"), unit);
        QTRY_VERIFY(isWith(withoutShortcut(here)));
    }
};

RESNET_WINDOW_TEST(UnitSwitchesTest)
#include "UnitSwitchesTest.moc"
