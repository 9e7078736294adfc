#include "tests/TestPrograms.h"
#include "tests/ui/Painted.h"
#include "ui/widgets/Badge.h"

#include <QLabel>
#include <QPushButton>
#include <QtTest>

using namespace resnet::ui;
using namespace resnet::ui::test;

class BadgeTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void itLiesOnTheColourOfWhatIsChanged() {
        Badge badge(QStringLiteral("Reset"), QStringLiteral("Reset all parts"), QStringLiteral("as it was"),
                    Theme::light());
        badge.setWords(QStringLiteral("2 parts changed"), QStringLiteral("which they are"));
        badge.resize(badge.sizeHint());
        const QPoint edge(badge.width() / 2, 1);
        QCOMPARE(seenOf(badge).pixelColor(edge), Theme::light().shortcutFill);
        badge.setTheme(Theme::dark());
        QCOMPARE(seenOf(badge).pixelColor(edge), Theme::dark().shortcutFill);
        QVERIFY(Theme::light().shortcutFill != Theme::dark().shortcutFill);
    }

    void itHasWordsDetailsAndAWayBack() {
        Badge badge(QStringLiteral("Reset"), QStringLiteral("Reset all parts"), QStringLiteral("as it was"),
                    Theme::light());
        const int before = badge.sizeHint().width();
        badge.setWords(QStringLiteral("2 parts changed"), QStringLiteral("which they are"));
        QVERIFY(badge.sizeHint().width() > before);
        QCOMPARE(badge.toolTip(), QStringLiteral("which they are"));
        QCOMPARE(badge.findChild<QLabel*>()->text(), QStringLiteral("2 parts changed"));
        auto* back = badge.findChild<QPushButton*>();
        QCOMPARE(back->text(), QStringLiteral("Reset"));
        QCOMPARE(back->accessibleName(), QStringLiteral("Reset all parts"));
        QCOMPARE(back->toolTip(), QStringLiteral("as it was"));
    }
};

RESNET_WINDOW_TEST(BadgeTest)
#include "BadgeTest.moc"
