#include "core/explain/Statistics.h"
#include "core/explain/UnitNorms.h"
#include "tests/TestPrograms.h"
#include "tests/ui/SmallNetwork.h"
#include "ui/inspector/InspectorCard.h"
#include "ui/words/NumberText.h"
#include "ui/workspace/Workspace.h"

#include <QLabel>
#include <QTest>
#include <QToolButton>

#include <algorithm>

using namespace resnet;
using namespace resnet::ui;

class InspectorCardTest : public QObject {
    Q_OBJECT

    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<InspectorCard> m_card;

    void goTo(const char* step) { m_workspace->goToStep(*m_workspace->model()->graph().find(step)); }
    const FeatureMaps& maps() const { return *m_workspace->activations().output(m_workspace->currentStep()); }
    QToolButton* chip(const QString& text) const {
        for (QToolButton* each : m_card->findChildren<QToolButton*>())
            if (each->text() == text)
                return each;
        return nullptr;
    }
    // The value beside a name.
    QString fact(const char* name) const {
        const QList<QLabel*> labels = m_card->findChildren<QLabel*>();
        for (const QLabel* each : labels)
            if (each->text() == QLatin1String(name))
                for (const QLabel* value : labels)
                    if (value->parent() == each->parent() && value != each && value->y() == each->y())
                        return value->text();
        return {};
    }

private Q_SLOTS:
    void init() {
        m_workspace = std::make_unique<Workspace>(1);
        m_card = std::make_unique<InspectorCard>(*m_workspace);
        m_card->resize(280, 700);
        m_card->show();
        m_workspace->setModel(newModel(test::smallRequest()));
        m_workspace->setPicture(test::gradientPicture());
        QTRY_VERIFY(m_workspace->activations().input() && m_workspace->activations().isComplete());
    }
    void cleanup() {
        m_card.reset();
        m_workspace.reset();
    }

    void theFormulaOfAChangedSumHasItsFactors() {
        const auto isShown = [&](const char* formula) {
            const auto labels = m_card->findChildren<QLabel*>();
            return std::ranges::any_of(
                labels, [&](const QLabel* each) { return each->text() == QString::fromUtf8(formula); });
        };
        goTo("layer2.0.add");
        QVERIFY(isShown("y = F(x) + P(x)"));
        Edits edits;
        UnitEdit edit;
        edit.shortcutGain = 0.5f;
        edits.set({1, 0}, edit);
        m_workspace->setEdits(edits);
        QTRY_VERIFY(isShown("y = F(x) + 0.5 · P(x)"));
    }

    void theUnitTellsByHowMuchItChangesX() {
        goTo("layer1.0.add");
        const auto norms = unitNormsOf(m_workspace->model()->graph().units()[0], m_workspace->activations());
        QTRY_COMPARE(fact("F(x) changes x by"), percentText(norms->ratio()));
        goTo("layer2.0.add");
        QTRY_VERIFY(!fact("F(x) changes P(x) by").isEmpty());
        QVERIFY(fact("F(x) changes x by").isEmpty());
    }

    void theFiguresAreThoseOfTheStep() {
        goTo("layer1.0.conv2");
        const Statistics statistics = statisticsOf(maps());
        QTRY_COMPARE(fact("Minimum"), valueText(statistics.minimum));
        QCOMPARE(fact("Maximum"), valueText(statistics.maximum));
        QCOMPARE(fact("Std. deviation"), valueText(statistics.deviation));
    }

    void aChipShowsThoseOfTheChannel() {
        goTo("layer1.0.conv2");
        m_workspace->selectChannel(3);
        QTRY_VERIFY(chip(QStringLiteral("Channel 3"))->isVisible());
        QTest::mouseClick(chip(QStringLiteral("Channel 3")), Qt::LeftButton);
        QTRY_COMPARE(fact("Mean"), valueText(statisticsOf(maps(), 3).mean));
        m_workspace->selectChannel(5);
        QTRY_COMPARE(fact("Mean"), valueText(statisticsOf(maps(), 5).mean));
        QVERIFY(chip(QStringLiteral("Channel 5")));
        m_workspace->goToStep(inputStep);
        m_workspace->selectChannel(2);
        QVERIFY(chip(QStringLiteral("Blue")));
        goTo("layer1.0.add");
        QTRY_COMPARE(fact("Std. deviation"),
                     valueText(statisticsOf(maps(), m_workspace->channel()).deviation));
        QTest::mouseClick(chip(QStringLiteral("Step")), Qt::LeftButton);
        QTRY_COMPARE(fact("Std. deviation"), valueText(statisticsOf(maps()).deviation));
    }

    void aChannelOfOneNumberHasNoDistribution() {
        goTo("layer1.0.conv2");
        m_workspace->selectChannel(1);
        QTest::mouseClick(chip(QStringLiteral("Channel 1")), Qt::LeftButton);
        goTo("fc");
        QTRY_VERIFY(!chip(QStringLiteral("Step"))->isVisible());
        QTRY_COMPARE(fact("Mean"), valueText(statisticsOf(maps()).mean));
    }
};

RESNET_WINDOW_TEST(InspectorCardTest)
#include "InspectorCardTest.moc"
