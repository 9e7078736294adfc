#include "tests/TestPrograms.h"
#include "tests/ui/Painted.h"
#include "ui/painting/StyleSheet.h"
#include "ui/painting/Theme.h"
#include "ui/widgets/ChoiceBox.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QScreen>
#include <QScrollBar>
#include <QVBoxLayout>
#include <QtTest>

using namespace resnet::ui;
using namespace resnet::ui::test;

class ChoiceBoxTest : public QObject {
    Q_OBJECT
    std::unique_ptr<QWidget> m_window;
    ChoiceBox* m_box = nullptr;

    static QString longest() {
        return QStringLiteral("a choice of many more words than have room in a box as narrow as this one");
    }
    // The list, once it is open.
    QAbstractItemView* opened(const QStringList& choices) {
        m_box->addItems(choices);
        m_box->showPopup();
        return QTest::qWaitForWindowExposed(m_box->view()->window(), resnet::tests::patience(5'000))
                   ? m_box->view()
                   : nullptr;
    }

private Q_SLOTS:
    void init() {
        applyTheme(*qApp, Theme::light());
        m_window = std::make_unique<QWidget>();
        m_box = new ChoiceBox(m_window.get());
        m_box->setGeometry(40, 30, 90, 28);
        m_window->resize(300, 200);
        m_window->move(m_window->screen()->availableGeometry().topLeft() + QPoint(20, 20));
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get(), resnet::tests::patience(5'000)));
    }
    void cleanup() {
        m_box->hidePopup();
        m_window.reset();
    }

    void theListIsAsWideAsItsLongestChoice() {
        const QAbstractItemView* list = opened({QStringLiteral("one"), longest(), QStringLiteral("two")});
        QVERIFY(list);
        const QRect row = list->visualRect(list->model()->index(1, 0));
        QVERIFY(row.width() > m_box->width() && list->viewport()->rect().contains(row));
        const int ink = inkWithin(seenOf(*list->viewport()), row);
        QVERIFY(ink > 0);
        list->window()->resize(2 * list->window()->width(), list->window()->height());
        QCoreApplication::processEvents();
        const QRect wideRow = list->visualRect(list->model()->index(1, 0));
        QVERIFY(wideRow.width() > row.width());
        QCOMPARE(inkWithin(seenOf(*list->viewport()), wideRow), ink);  // else it ended in dots before
    }

    void beforeABarOfItsOwnToo() {
        QStringList many{longest()};
        for (int i = 0; i < 2 * m_box->maxVisibleItems(); ++i)
            many << QString::number(i);
        const QAbstractItemView* list = opened(many);
        QVERIFY(list);
        QVERIFY(list->viewport()->width() >= list->sizeHintForColumn(0));
    }

    void itIsNoNarrowerThanTheBox() {
        m_box->resize(200, 28);
        const QAbstractItemView* list = opened({QStringLiteral("a"), QStringLiteral("b")});
        QVERIFY(list);
        QVERIFY(list->window()->width() >= m_box->width());
    }

    // Whichever is chosen: nothing of the box is covered.
    void itOpensBelowTheBox() {
        m_box->addItems({QStringLiteral("first"), QStringLiteral("second"), QStringLiteral("third")});
        m_box->setCurrentIndex(2);
        const QAbstractItemView* list = opened({});
        QVERIFY(list);
        const QRect box(m_box->mapToGlobal(QPoint()), m_box->size());
        QVERIFY2(
            list->window()->geometry().top() >= box.bottom(),
            qPrintable(
                QStringLiteral("%1, box to %2").arg(list->window()->geometry().top()).arg(box.bottom())));
    }

    void aClickInTheListChooses() {
        QAbstractItemView* list = opened({QStringLiteral("one"), QStringLiteral("two")});
        QVERIFY(list);
        const QPoint second = list->visualRect(list->model()->index(1, 0)).center();
        QTest::mouseMove(list->viewport(), second);
        QTest::mousePress(list->viewport(), Qt::LeftButton, {}, second);
        QTest::qWait(QApplication::doubleClickInterval());  // else it is the click that opened the list
        QTest::mouseRelease(list->viewport(), Qt::LeftButton, {}, second);
        QTRY_COMPARE(m_box->currentIndex(), 1);
        QTRY_VERIFY(!list->isVisible());
    }
};

RESNET_WINDOW_TEST(ChoiceBoxTest)
#include "ChoiceBoxTest.moc"
