#include "tests/TestPrograms.h"
#include "tests/ui/SmallNetwork.h"
#include "ui/activations/ChannelDetail.h"
#include "ui/activations/ChannelStrip.h"
#include "ui/activations/MapGrid.h"
#include "ui/activations/UnitLens.h"

#include <QMenu>
#include <QTest>
#include <QToolButton>

#include <algorithm>
#include <cmath>

using namespace resnet;
using namespace resnet::ui;

// A row of channels beside the unit of one of them.
class ChannelStripTest : public QObject {
    Q_OBJECT

    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<ChannelDetail> m_detail;
    std::unique_ptr<ChannelStrip> m_strip;

    const ResidualUnit& unit() const { return m_workspace->model()->graph().units().front(); }
    const UnitLens& lens() const { return *m_detail->findChild<UnitLens*>(); }
    QToolButton* button(const char* name) const {
        for (QToolButton* each : m_strip->findChildren<QToolButton*>())
            if (each->accessibleName().startsWith(QLatin1String(name)))
                return each;
        return nullptr;
    }

private Q_SLOTS:
    void init() {
        m_workspace = std::make_unique<Workspace>(1);
        m_detail = std::make_unique<ChannelDetail>(*m_workspace, ChannelDetail::About::Unit);
        m_strip = std::make_unique<ChannelStrip>(*m_workspace);
        m_detail->resize(900, 320);
        m_detail->show();
        m_strip->resize(420, 100);
        m_strip->show();
        ModelRequest request = test::smallRequest();
        request.channelsPerStage = {13, 16};
        m_workspace->setModel(newModel(request));
        m_workspace->setPicture(test::gradientPicture());
        QTRY_VERIFY_WITH_TIMEOUT(m_workspace->activations().isComplete(), 30000);
        m_workspace->goToStep(unit().branchOutput());
    }
    void cleanup() {
        m_strip.reset();
        m_detail.reset();
        m_workspace.reset();
    }

    // F(x) was nearly white in the unit and deep in the strip.
    void aMapHasOneLook() {
        for (const int channel : {0, 3, 5}) {
            m_workspace->selectChannel(channel);
            QTRY_COMPARE(lens().content().channel, channel);
            const auto& terms = lens().content().terms;
            const auto term = std::size_t(
                std::ranges::find(terms, m_workspace->currentStep(), &UnitTerm::step) - terms.begin());
            QVERIFY(term < terms.size());
            const FeatureMaps& maps = *m_workspace->shown().of(m_workspace->currentStep());
            int strongest = 0;
            const float* map = maps.data() + std::size_t(channel) * maps.shape().pixels();
            for (int i = 1; i < int(maps.shape().pixels()); ++i)
                if (std::abs(map[i]) > std::abs(map[strongest]))
                    strongest = i;
            const auto colorIn = [&](QWidget& painted, const QRectF& rect) {
                const QPointF share((strongest % maps.width() + 0.5) / maps.width(),
                                    (strongest / maps.width() + 0.5) / maps.height());
                return painted.grab().toImage().pixel(
                    (rect.topLeft() + QPointF(share.x() * rect.width(), share.y() * rect.height()))
                        .toPoint());
            };
            MapGrid& grid = *m_strip->grid();
            auto& large = const_cast<EnlargedMap&>(lens().map(int(term)));
            QCOMPARE(colorIn(*grid.viewport(), grid.channelRect(channel)), colorIn(large, large.mapRect()));
            QCOMPARE(grid.content().scales.front().high, lens().content().scale.high);
        }
        QVERIFY(button("Scale: as in the unit"));
        // Another scale that is wanted is that of the strip.
        ViewSettings settings = m_workspace->settings();
        settings.scope = ScaleScope::Channel;
        m_workspace->setSettings(settings);
        QVERIFY(button("Scale: this channel"));
        QCOMPARE(int(m_strip->grid()->content().scales.size()), 13);
    }

    void theLastPageIsFull() {
        const auto shown = [&] { return int(m_strip->grid()->content().order.size()); };
        const int page = shown();
        QVERIFY(page > 1 && page < 13);
        QToolButton* next = button("The channels after");
        for (int i = 0; i < 13 && next->isEnabled(); ++i)
            QTest::mouseClick(next, Qt::LeftButton);
        QVERIFY(!next->isEnabled());
        QCOMPARE(shown(), page);
        QCOMPARE(m_strip->grid()->content().order.back(), 12);
        m_workspace->selectChannel(0);
        m_workspace->selectChannel(12);
        QCOMPARE(shown(), page);
    }

    void theLabelSaysWhatIsTicked() {
        QToolButton* colors = button("Colours");
        QCOMPARE(colors->accessibleName(), QStringLiteral("Colours: automatic"));
        QVERIFY(colors->menu()->actions().front()->isChecked());
        QVERIFY(colors->toolTip().contains(QLatin1String("diverging")));
        colors->menu()->actions().at(1)->trigger();
        QVERIFY(button("Colours")->accessibleName() != QStringLiteral("Colours: automatic"));
    }
};

RESNET_WINDOW_TEST(ChannelStripTest)
#include "ChannelStripTest.moc"
