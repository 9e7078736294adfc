#include "tests/TestPrograms.h"
#include "ui/widgets/Card.h"

#include <QLabel>
#include <QTest>

using namespace resnet::ui;

// A title never ends in the middle of a letter.
class CardTest : public QObject {
    Q_OBJECT

    static QLabel* titleOf(const Card& card) {
        for (QLabel* each : card.findChildren<QLabel*>())
            if (each->property("role") == QLatin1String("title"))
                return each;
        return nullptr;
    }

private Q_SLOTS:
    void aTitleThatIsTooLongEndsInThreeDots() {
        Card card(QStringLiteral("Where does this number come from?"));
        card.setSubtitle(QStringLiteral("stage 1, unit 1"));
        card.resize(500, 100);
        card.show();
        QVERIFY(QTest::qWaitForWindowExposed(&card));
        QLabel* title = titleOf(card);
        card.grab();
        QVERIFY(title->toolTip().isEmpty());
        QVERIFY(title->width() >= title->sizeHint().width());

        card.setMinimumSize(1, 1);  // as a narrow rail makes it
        card.resize(150, 100);
        QTRY_VERIFY(title->width() < title->sizeHint().width());
        QVERIFY(title->geometry().right() < card.width());
        card.grab();
        QCOMPARE(title->toolTip(), card.title());

        card.resize(500, 100);
        QTRY_VERIFY(title->width() >= title->sizeHint().width());
        card.grab();
        QVERIFY(title->toolTip().isEmpty());
    }

    void theLineBesideATitleFollowsIt() {
        Card card(QStringLiteral("Where does this number come from?"));
        card.setSubtitle(QStringLiteral("stage 1, unit 1"));
        card.resize(500, 100);
        card.show();
        QVERIFY(QTest::qWaitForWindowExposed(&card));
        QLabel* title = titleOf(card);
        const int before = title->width();
        card.setTitle(QStringLiteral("Short"));
        QTRY_VERIFY(title->width() < before / 2);
        card.setTitle(QStringLiteral("Where does this number come from?"));
        QTRY_COMPARE(title->width(), before);
    }

    // The line beside it gives up its room first.
    void theTitleComesFirst() {
        Card card(QStringLiteral("Where does this number come from?"));
        card.setSubtitle(QStringLiteral("of a cell of the second convolution of stage 1, unit 1"));
        card.setMinimumSize(1, 1);
        QLabel* title = titleOf(card);
        card.show();
        card.resize(title->sizeHint().width() + 80, 100);
        QVERIFY(QTest::qWaitForWindowExposed(&card));
        QTRY_VERIFY(title->width() >= title->sizeHint().width());
    }
};

RESNET_WINDOW_TEST(CardTest)
#include "CardTest.moc"
