#include "tests/TestPrograms.h"
#include "tests/core/inference/MadeUpRun.h"
#include "ui/diagram/LiveContent.h"
#include "ui/painting/ColorMap.h"
#include "ui/painting/DiagramPainter.h"
#include "ui/painting/Thumbnails.h"

#include <QPainter>
#include <QtTest>

#include <algorithm>
#include <limits>

using namespace resnet;
using namespace resnet::ui;

namespace {

// Every step's output is its own number everywhere.
Run activationsUpTo(const Graph& graph, StepId last) {
    Run activations = resnet::test::madeUpRun(graph);
    for (const Step& step : graph.steps()) {
        if (step.id > last)
            break;
        auto maps = std::make_shared<FeatureMaps>(step.output);
        std::fill_n(maps->data(), maps->size(), float(step.id));
        activations = std::move(activations).withOutput(step.id, maps, 2.0);
    }
    return activations;
}

QImage painted(const DiagramLayout& layout, const DiagramContent& content, const Theme& theme) {
    QImage image(layout.bounds.size().toSize(), QImage::Format_RGB32);
    image.fill(theme.panel);
    QPainter painter(&image);
    paintDiagram(painter, layout, content, theme);
    return image;
}

// Where a node and the marks around it are.
QRect around(const DiagramNode& node) {
    return node.box.adjusted(-8, -8, 8, 8).toAlignedRect();
}

}  // namespace

class LiveContentTest : public QObject {
    Q_OBJECT
private:
    const Graph m_graph{resNet18()};
    const DiagramLayout m_layout = layoutDiagram(m_graph, OpenNodes::at(Detail::Unit, m_graph));

private Q_SLOTS:
    void initTestCase() { loadFonts(); }

    void followsARunStepByStep() {
        LiveContent live;
        live.setGraph(&m_graph);
        const Run some = activationsUpTo(m_graph, 5);
        live.take(some);
        live.setRunning(true);
        QCOMPARE(live.content().state(5), StepState::Done);
        QCOMPARE(live.content().state(6), StepState::Empty);
        QCOMPARE(*live.content().running, 6);
        live.stepComputed(6, activationsUpTo(m_graph, 6));
        QCOMPARE(*live.content().running, 7);
        live.setRunning(false);
        QVERIFY(!live.content().running);
        QCOMPARE(live.content().state(inputStep), StepState::Unknown);
    }

    void staleIsToldFromFinishedAndFromEmpty() {
        const Run all = activationsUpTo(m_graph, m_graph.softmaxStep());
        LiveContent live;
        live.setGraph(&m_graph);
        live.take(all);
        live.makePictures(m_layout, [&](StepId step) { return StepMaps{all.output(step), nullptr}; });
        const QImage finished = painted(m_layout, live.content(), Theme::light());
        live.setStale(true);
        QCOMPARE(live.content().state(3), StepState::Stale);
        const QImage stale = painted(m_layout, live.content(), Theme::light());
        live.take(activationsUpTo(m_graph, inputStep));
        const QImage empty = painted(m_layout, live.content(), Theme::light());
        const QRect unit = around(*m_layout.nodeOf(m_graph.units().front().last()));
        QVERIFY(finished.copy(unit) != stale.copy(unit));
        QVERIFY(stale.copy(unit) != empty.copy(unit));
    }

    // Small and large maps, and a vector: some pixels red, some of the hatching, each in its own cells only.
    void whatIsNoNumberIsHatched_data() {
        QTest::addColumn<QString>("name");
        for (const char* step : {"conv1", "layer4.1.conv2", "avgpool"})
            QTest::newRow(step) << QString::fromLatin1(step);
    }
    void whatIsNoNumberIsHatched() {
        QFETCH(QString, name);
        const Step& step = m_graph.step(*m_graph.find(name.toStdString()));
        FeatureMaps maps(step.output);
        std::fill_n(maps.data(), maps.size(), 1.0f);
        const auto count = [&](QRgb color) {
            const QImage image = pictureOf(step, maps, {}).map.convertToFormat(QImage::Format_RGB32);
            int found = 0;
            for (int y = 0; y < image.height(); ++y)
                for (int x = 0; x < image.width(); ++x)
                    found += image.pixel(x, y) == color;
            return 1.0 * found / (image.width() * image.height());
        };
        const QRgb hatching = notFiniteColorAt(0, 3);
        QCOMPARE(count(notFiniteColor) + count(hatching), 0.0);
        for (int y = 0; y < std::min(4, maps.height() / 4 + 1); ++y)
            for (int x = 0; x < std::min(4, maps.width() / 4 + 1); ++x)
                maps.at(0, y, x) = std::numeric_limits<float>::quiet_NaN();
        QVERIFY(count(notFiniteColor) > 0.0);
        QVERIFY(count(hatching) > 0.0);
        QVERIFY(count(notFiniteColor) + count(hatching) < 0.1);
    }

    void theStepAtWorkIsLitAndWhatIsFoundMarked() {
        DiagramContent content;
        content.states.assign(std::size_t(m_graph.stepCount()), StepState::Empty);
        const QImage plain = painted(m_layout, content, Theme::light());
        const QRect first = around(*m_layout.nodeOf(m_graph.units()[0].last()));
        const QRect second = around(*m_layout.nodeOf(m_graph.units()[1].last()));
        content.running = m_graph.units()[0].mainPath[3];
        content.found = {m_graph.units()[1].mainPath[1]};
        const QImage marked = painted(m_layout, content, Theme::light());
        QVERIFY(plain.copy(first) != marked.copy(first));
        QVERIFY(plain.copy(second) != marked.copy(second));
        QVERIFY(marked.copy(first) != marked.copy(second).scaled(first.size()));
        const QRect third = around(*m_layout.nodeOf(m_graph.units()[2].last()));
        QCOMPARE(plain.copy(third), marked.copy(third));
    }

    void figuresAreThoseOfTheRun() {
        const Run all = activationsUpTo(m_graph, m_graph.softmaxStep());
        const Step& conv = m_graph.step(0);
        const auto of = [&](ShadedBy by) { return shadingOf(m_graph, all, by)->values[0]; };
        QCOMPARE(of(ShadedBy::Time), 2.0);
        QCOMPARE(of(ShadedBy::Parameters), double(conv.totalParameters) / 1e3);
        QCOMPARE(of(ShadedBy::Memory), double(conv.output.size()) * 4.0 / 1024.0);
        QVERIFY(!shadingOf(m_graph, all, ShadedBy::Nothing));
        const std::vector<double> norms = normsOf(m_graph, all);
        const double wanted = 3.0 * std::sqrt(double(m_graph.step(3).output.size()));
        QVERIFY(std::abs(norms[3] - wanted) < 1e-3 * wanted);
    }

    // The strongest shade is the legend's right end, nothing its left.
    // Two drawings side by side, one legend.
    void aGivenHighestGoesForEveryDrawing() {
        DiagramContent content;
        content.norms.assign(std::size_t(m_graph.stepCount()), 10.0);
        NodeShading shading{QStringLiteral("Work"), QStringLiteral("million"),
                            std::vector<double>(std::size_t(m_graph.stepCount()), 1.0)};
        QCOMPARE(highestNorm(m_layout, content), 10.0);
        QVERIFY(highestShade(m_layout, shading) < 100.0);
        content.highestNorm = 40.0;
        shading.highest = 100.0;
        QCOMPARE(highestNorm(m_layout, content), 40.0);
        QCOMPARE(highestShade(m_layout, shading), 100.0);
    }

    void shadesCanBeReadOffTheLegend() {
        DiagramContent content;
        content.shading = NodeShading{QStringLiteral("Parameters"), QStringLiteral("thousand"), {}};
        content.shading->values.assign(std::size_t(m_graph.stepCount()), 0.0);
        const ResidualUnit& unit = m_graph.units()[4];
        content.shading->values[std::size_t(unit.first())] = 8.0;
        for (const Theme* theme : {&Theme::light(), &Theme::dark(), &Theme::print()}) {
            const QImage image = painted(m_layout, content, *theme);
            const auto middle = [&](StepId step) {
                return QColor(image.pixel(m_layout.nodeOf(step)->box.center().toPoint()));
            };
            QCOMPARE(middle(unit.last()), shadeColor(1.0, *theme));
            QCOMPARE(middle(m_graph.units()[0].last()), shadeColor(0.0, *theme));
        }
    }
};

RESNET_WINDOW_TEST(LiveContentTest)
#include "LiveContentTest.moc"
