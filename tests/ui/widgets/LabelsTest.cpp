#include "tests/TestPrograms.h"
#include "tests/ui/Painted.h"
#include "ui/widgets/Labels.h"

#include <QButtonGroup>
#include <QMenu>
#include <QToolButton>
#include <QWidgetAction>
#include <QtTest>

using namespace resnet::ui;
using namespace resnet::ui::test;

class LabelsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void ofChipsOneIsChosen() {
        QWidget owner;
        QButtonGroup* group = chips({{QStringLiteral("Maps"), QStringLiteral("every channel")},
                                     {QStringLiteral("Units"), QStringLiteral("every unit")}},
                                    &owner);
        for (QAbstractButton* each : group->buttons())
            each->setParent(&owner);
        QCOMPARE(group->checkedId(), 0);
        QCOMPARE(group->button(1)->text(), QStringLiteral("Units"));
        QCOMPARE(group->button(1)->toolTip(), QStringLiteral("every unit"));
        QCOMPARE(group->button(1)->accessibleName(), QStringLiteral("Units"));
        QTest::mouseClick(group->button(1), Qt::LeftButton);
        QCOMPARE(group->checkedId(), 1);
        QVERIFY(!group->button(0)->isChecked());
        QTest::mouseClick(group->button(1), Qt::LeftButton);  // not none
        QCOMPARE(group->checkedId(), 1);
    }

    void aLabelWithoutRoomEndsInDotsAndItsTooltipIsTheWhole() {
        const QString text = QStringLiteral("a line of quite a few words");
        ElidedLabel label;
        label.setText(text);
        QCOMPARE(label.minimumSizeHint().width(), 0);
        QVERIFY(label.minimumSizeHint().height() >= label.fontMetrics().height());
        label.resize(label.sizeHint() + QSize(20, 0));
        const QImage whole = seenOf(label);
        QVERIFY(inkWithin(whole, whole.rect()) > 0);
        QCOMPARE(label.toolTip(), QString());

        label.resize(label.fontMetrics().horizontalAdvance(text.left(9)), label.height());
        const QImage cut = seenOf(label);
        QCOMPARE(label.toolTip(), text);
        QCOMPARE(label.text(), text);
        QVERIFY(inkWithin(cut, cut.rect()) > 0);
        QVERIFY(cut != whole.copy(cut.rect()));  // not merely cut off

        label.resize(whole.size());
        QCOMPARE(seenOf(label), whole);
        QCOMPARE(label.toolTip(), QString());
    }

    void itsTextIsPlain() {
        ElidedLabel label;
        label.setText(QStringLiteral("<b>x</b>"));
        QVERIFY(label.sizeHint().width() >= label.fontMetrics().horizontalAdvance(label.text()));
    }

    void aHeadingIsNoChoiceAndHasALineAboveIt() {
        QMenu menu;
        addHeading(menu, QStringLiteral("First"));
        QCOMPARE(menu.actions().size(), 1);  // nothing comes before it
        menu.addAction(QStringLiteral("choice"));
        addHeading(menu, QStringLiteral("Second"));
        const QList<QAction*> entries = menu.actions();
        QCOMPARE(entries.size(), 4);
        QVERIFY(entries[2]->isSeparator());
        for (const auto& [entry, title] :
             {std::pair(entries[0], QStringLiteral("First")), {entries[3], QStringLiteral("Second")}}) {
            QVERIFY(!entry->isEnabled());
            const auto* heading = qobject_cast<QWidgetAction*>(entry);
            QVERIFY(heading);
            QCOMPARE(qobject_cast<QLabel*>(heading->defaultWidget())->text(), title);
        }
    }

    void everyBoldWordIsSemibold() {
        QCOMPARE(withSemibold(QStringLiteral("<b>a</b> b <b>c</b>")),
                 QStringLiteral("<b style='font-weight:600'>a</b> b <b style='font-weight:600'>c</b>"));
        QCOMPARE(withSemibold(QStringLiteral("a < b")), QStringLiteral("a < b"));
    }

    void aParagraphIsHigherWhereItIsNarrower() {
        const Paragraph paragraph(QStringLiteral("some words that take a line where there is room for one"));
        QVERIFY(paragraph.heightForWidth(80) > paragraph.heightForWidth(2000));
        QVERIFY(paragraph.textInteractionFlags() & Qt::TextSelectableByMouse);
    }
};

RESNET_WINDOW_TEST(LabelsTest)
#include "LabelsTest.moc"
