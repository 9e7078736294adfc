#include "tests/TestPrograms.h"
#include "tests/ui/window/OpenWindow.h"
#include "ui/window/FindBox.h"

#include <QListView>
#include <QSignalSpy>

using namespace resnet;
using namespace resnet::ui;
using namespace resnet::ui::test;

// Find or do with a thousand classes and all steps of ResNet-34. What a letter costs is counted, not timed:
// no more entries than are kept, nothing made for rows that are not seen, the diagram marked once.
class FindBoxTest : public QObject {
    Q_OBJECT

    OpenWindow m_open;
    FindBox* m_box = nullptr;
    FindList* m_list = nullptr;

private Q_SLOTS:
    void initTestCase() {
        m_open.open();
        ModelRequest request;
        request.classes = 1000;
        request.inputHeight = request.inputWidth = 32;
        request.channelsPerStage = {4, 4, 8, 8};
        request.unitsPerStage = {3, 4, 6, 3};
        m_open.workspace->createModel(request);
        QTRY_VERIFY(m_open.workspace->model()->classNames.size() == 1000 && !m_open.workspace->isBusy());
        m_box = m_open.window->findChild<FindBox*>();
        m_list = m_box->findChild<FindList*>();
    }
    void cleanupTestCase() { m_open.close(); }
    void init() {
        m_box->setFocus();
        m_box->clear();
    }

    // Under Wayland a window of its own would be put where the compositor likes.
    void theListIsBelowTheBoxInsideTheWindow() {
        m_box->setText(QStringLiteral("class"));
        const QListView* view = listView();
        QVERIFY(view && view->isVisible() && !view->isWindow() && view->window() == m_open.window.get());
        const QRect box(m_box->mapTo(m_open.window.get(), QPoint()), m_box->size());
        QVERIFY(view->y() >= box.bottom());
        QCOMPARE(view->geometry().right(), box.right());
        QVERIFY(m_open.window->rect().contains(view->geometry()));
        QTest::keyClick(m_box, Qt::Key_Escape);
        QVERIFY(!view->isVisible());
    }

    void theInputIsAStepToo() {
        for (const char* text : {"input", "Input", "picture"}) {
            m_box->setText(QString::fromLatin1(text));
            QStringList told;
            for (int row = 0; row < m_list->rowCount(); ++row)
                told << m_list->index(row).data().toString();
            QVERIFY2(told.contains(QStringLiteral("Input")), qPrintable(told.join(QLatin1Char('\n'))));
        }
        m_box->setText(QStringLiteral("re"));  // "picture" has it, too
        QVERIFY(m_box->marked().contains(QStringLiteral("relu")));
        m_box->setText(QStringLiteral("input"));
        QCOMPARE(m_box->marked(), QStringLiteral("Input"));
        m_open.workspace->goToStep(3);
        QTest::keyClick(m_box, Qt::Key_Return);
        QCOMPARE(m_open.workspace->currentStep(), inputStep);
    }

    void whereNothingWasOpenedNothingIsFound() {
        m_box->setText(QStringLiteral("recent"));
        for (const FindEntry& each : m_list->entries())
            QVERIFY2(!each.text.contains(QStringLiteral("None")), qPrintable(each.text));
    }

    void aLetterMakesNoMoreThanIsKept() {
        for (const char* text : {"c", "cl", "class 1", "1", "relu"}) {
            m_box->setText(QString::fromLatin1(text));
            QVERIFY2(m_list->rowCount() <= 80, text);
            QVERIFY(!m_box->marked().isEmpty());
        }
    }

    void onlyRowsThatAreSeenAreAskedFor() {
        struct Counted : QIdentityProxyModel {
            mutable std::set<int> rows;
            QVariant data(const QModelIndex& index, int role) const override {
                rows.insert(index.row());
                return QIdentityProxyModel::data(index, role);
            }
        } counted;
        counted.setSourceModel(m_list);
        QListView* view = listView();
        QVERIFY(view);
        m_box->setText(QStringLiteral("class"));
        QVERIFY(m_list->rowCount() > 40);
        QListView like;
        like.setUniformItemSizes(view->uniformItemSizes());
        like.setItemDelegate(view->itemDelegate());
        like.setModel(&counted);
        like.resize(view->size());
        like.grab();
        QVERIFY(!counted.rows.empty() && counted.rows.size() < 20);
    }

    void theDiagramIsMarkedOnceForAWord() {
        QSignalSpy marks(m_box, &FindBox::found);
        QTest::keyClicks(m_box, QStringLiteral("layer2"));
        QVERIFY(marks.size() <= 1);  // none but on a machine that stood still between two letters
        QTRY_VERIFY(!marks.isEmpty());
        QTest::qWait(300);
        const auto found = marks.last().first().value<std::vector<StepId>>();
        QVERIFY(!found.empty());
        const int before = int(marks.size());
        QTest::keyClick(m_box, Qt::Key_Down);
        QTest::qWait(200);
        QCOMPARE(int(marks.size()), before);
    }

    void theBestClassesComeFirst() {
        m_box->setText(QStringLiteral("class"));
        const Session& session = m_open.workspace->session();
        const FeatureMaps& shares = *session.output(session.graph().softmaxStep());
        int best = 0;
        for (int i = 0; i < shares.channels(); ++i)
            if (shares.at(i, 0, 0) > shares.at(best, 0, 0))
                best = i;
        QStringList classes;
        for (const FindEntry& entry : m_list->entries())
            if (entry.detail.startsWith(QLatin1String("class, ")))
                classes << entry.text;
        QVERIFY(classes.size() > 10);
        QCOMPARE(classes.first(),
                 QString::fromStdString(m_open.workspace->model()->classNames[std::size_t(best)]));
    }

    // Searching "projection" once answered with six steps and no word that they are three projections.
    void projectionsAreCountedAsWhatTheyAre() {
        m_box->setText(QStringLiteral("projection"));
        const auto& units = m_open.workspace->session().graph().units();
        const auto count = std::ranges::count_if(units, &ResidualUnit::hasProjection);
        QStringList told;
        for (const FindEntry& entry : m_list->entries())
            if (entry.detail.startsWith(QLatin1String("projection ")))
                told << entry.detail.section(QLatin1Char(':'), 0, 0);
        QCOMPARE(told.size(), 2 * count);  // a convolution and a batch norm each
        for (int i = 0; i < count; ++i)
            QCOMPARE(told.count(QStringLiteral("projection %1 of %2").arg(i + 1).arg(count)), 2);
    }

private:
    QListView* listView() const {
        for (auto* view : m_open.window->findChildren<QListView*>())
            if (view->model() == m_list)
                return view;
        return nullptr;
    }
};

RESNET_WINDOW_TEST(FindBoxTest)
#include "FindBoxTest.moc"
