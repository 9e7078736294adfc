#include "tests/TestPrograms.h"
#include "tests/ui/SmallNetwork.h"
#include "ui/painting/TraceForms.h"
#include "ui/words/NumberText.h"
#include "ui/workspace/Workspace.h"

#include <QPainter>
#include <QTest>

#include <cmath>

using namespace resnet;
using namespace resnet::ui;

// The curves of batch norm and ReLU in *Number* tell the truth about their slope.
class TracePlotTest : public QObject {
    Q_OBJECT

    std::unique_ptr<Workspace> m_workspace;

    // Where the curve, which has the colour of ink, is in a column; the upper end of it.
    static std::optional<int> heightAt(const QImage& image, int x, const QColor& ink) {
        for (int y = 0; y < image.height(); ++y)
            if (image.pixelColor(x, y) == ink)
                return y;
        return std::nullopt;
    }
    // By the picture of it.
    double paintedSlope(const TraceForm& form, const QSize& size, double expected) const {
        const Theme& theme = Theme::light();
        QImage image(size, QImage::Format_RGB32);
        image.fill(theme.panel);
        QPainter painter(&image);
        painter.setRenderHint(QPainter::Antialiasing);
        form.paint(painter, QRectF(QPointF(), size), theme);
        const int middle = std::min(size.width() / 2, 380) / 2;
        const int from = middle + 8;
        const int to = middle + (std::abs(expected) > 2.0 ? 20 : 48);
        const auto a = heightAt(image, from, theme.ink);
        const auto b = heightAt(image, to, theme.ink);
        return a && b ? double(*a - *b) / (to - from) : std::nan("");
    }

private Q_SLOTS:
    void init() {
        m_workspace = std::make_unique<Workspace>(1);
        m_workspace->setModel(newModel(ui::test::smallRequest()));
        m_workspace->setPicture(ui::test::gradientPicture());
        QTRY_VERIFY(m_workspace->activations().input() && m_workspace->activations().isComplete());
    }
    void cleanup() { m_workspace.reset(); }

    void aSlopeIsDrawnAsItIs_data() {
        QTest::addColumn<QString>("step");
        QTest::addColumn<QSize>("size");
        for (const char* step : {"relu", "bn1", "layer1.0.bn2"})
            for (const QSize& size : {QSize(760, 240), QSize(500, 420)})
                QTest::addRow("%s %dx%d", step, size.width(), size.height())
                    << QString::fromLatin1(step) << size;
    }
    void aSlopeIsDrawnAsItIs() {
        QFETCH(const QString, step);
        QFETCH(const QSize, size);
        const Model& model = *m_workspace->model();
        const StepId id = *model.graph().find(step.toStdString());
        const FeatureMaps& maps = *m_workspace->activations().output(id);
        const Cell cell{maps.height() / 2, maps.width() / 2};
        int channel = 0;  // one whose value is well above zero, so that the curve is long
        for (int c = 0; c < maps.channels(); ++c)
            if (maps.at(c, cell.y, cell.x) > maps.at(channel, cell.y, cell.x))
                channel = c;
        const Trace trace = traceOf(m_workspace->activations(), id, channel, cell.y, cell.x);
        const auto* affine = std::get_if<AffineTrace>(&trace.how);
        const double slope = affine ? double(affine->scale) : 1.0;
        const TracePicture picture{trace, model.graph(), model.classNames};
        const double painted = paintedSlope(*formOf(picture), size, slope);
        QVERIFY2(std::abs(painted - slope) < 0.06 * std::max(1.0, std::abs(slope)),
                 qPrintable(QStringLiteral("%1 is drawn as %2").arg(slope).arg(painted)));
    }

    void theInputsChannelsHaveTheNamesOfTheirOrder() {
        const Model& model = *m_workspace->model();
        const Trace trace = traceOf(m_workspace->activations(), 0, 0, 3, 3);
        const auto name = [&](ChannelOrder order) {
            return inputChannelLabel({trace, model.graph(), model.classNames, order}, 0);
        };
        QCOMPARE(name(ChannelOrder::RGB), QStringLiteral("red"));
        QCOMPARE(name(ChannelOrder::BGR), QStringLiteral("blue"));

        ModelRequest request;
        request.inputChannels = 1;
        request.inputHeight = request.inputWidth = 32;
        request.channelsPerStage = {4, 4, 8, 8};
        request.unitsPerStage = {1, 1, 1, 1};
        const ModelPtr grey = newModel(request);
        QCOMPARE(inputChannelLabel({trace, grey->graph(), grey->classNames}, 0), QStringLiteral("grey"));
    }

    void softmaxSaysWhatItSubtracts() {
        const Model& model = *m_workspace->model();
        const Trace trace = traceOf(m_workspace->activations(), model.graph().softmaxStep(), 1, 0, 0);
        const double largest = double(std::get<SoftmaxTrace>(trace.how).largestLogit);
        QVERIFY(traceSentence({trace, model.graph(), model.classNames}).contains(valueText(largest)));
    }
};

RESNET_WINDOW_TEST(TracePlotTest)
#include "TracePlotTest.moc"
