#include "tests/TestPrograms.h"
#include "ui/widgets/FactList.h"

#include <QLabel>
#include <QtTest>

using namespace resnet::ui;

class FactListTest : public QObject {
    Q_OBJECT
    std::unique_ptr<FactList> m_list;

    QList<QLabel*> labels() const { return m_list->findChildren<QLabel*>(); }
    // Name, value, name, value, as they stand from top to bottom.
    QStringList shown() const {
        QList<QLabel*> all = labels();
        std::ranges::stable_sort(
            all, {}, [](const QLabel* each) { return std::pair(each->geometry().center().y(), each->x()); });
        QStringList texts;
        for (const QLabel* each : all)
            texts << each->text();
        return texts;
    }
    void set(const FactList::Facts& facts) {
        m_list->setFacts(facts);
        QCoreApplication::processEvents();
    }

private Q_SLOTS:
    void init() {
        m_list = std::make_unique<FactList>();
        m_list->resize(300, 200);
        m_list->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_list.get(), resnet::tests::patience(5'000)));
    }
    void cleanup() { m_list.reset(); }

    void everyFactIsARow() {
        set({{QStringLiteral("Mean"), QStringLiteral("0.5")},
             {QStringLiteral("Minimum"), QStringLiteral("−1")}});
        QCOMPARE(shown(), (QStringList{QStringLiteral("Mean"), QStringLiteral("0.5"),
                                       QStringLiteral("Minimum"), QStringLiteral("−1")}));
        for (const QLabel* each : labels())
            QVERIFY(m_list->rect().contains(each->geometry()));
    }

    // What is selected in a value stays selected while other steps are looked at.
    void otherValuesOfTheSameNamesStayInTheirLabels() {
        set({{QStringLiteral("Mean"), QStringLiteral("0.5")},
             {QStringLiteral("Cells"), QStringLiteral("9")}});
        const QList<QLabel*> before = labels();
        set({{QStringLiteral("Mean"), QStringLiteral("0.7")},
             {QStringLiteral("Cells"), QStringLiteral("9")}});
        QCOMPARE(labels(), before);
        QCOMPARE(shown()[1], QStringLiteral("0.7"));
    }

    void otherNamesAreOtherRows() {
        set({{QStringLiteral("Mean"), QStringLiteral("0.5")},
             {QStringLiteral("Cells"), QStringLiteral("9")}});
        set({{QStringLiteral("Kernel"), QStringLiteral("3 × 3")}});
        QCOMPARE(shown(), (QStringList{QStringLiteral("Kernel"), QStringLiteral("3 × 3")}));
        set({});
        QVERIFY(labels().isEmpty());
    }

    void aMeaningIsTheTooltipOfNameAndValue() {
        m_list->setMeanings({{QStringLiteral("Stride"), QStringLiteral("cells from one place to the next")}});
        set({{QStringLiteral("Stride"), QStringLiteral("2")},
             {QStringLiteral("Kernel"), QStringLiteral("7")}});
        int explained = 0;
        for (const QLabel* each : labels()) {
            const bool isStride =
                each->text() == QLatin1String("Stride") || each->text() == QLatin1String("2");
            QCOMPARE(each->toolTip().isEmpty(), !isStride);
            explained += isStride;
        }
        QCOMPARE(explained, 2);
    }

    void aValueIsSpokenWithItsName() {
        set({{QStringLiteral("Stride"), QStringLiteral("2")}});
        for (const QLabel* each : labels())
            if (each->text() == QLatin1String("2"))
                QCOMPARE(each->accessibleName(), QStringLiteral("Stride"));
    }
};

RESNET_WINDOW_TEST(FactListTest)
#include "FactListTest.moc"
