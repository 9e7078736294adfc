#include "ui/explain/FoldingView.h"

#include "core/explain/Kernels.h"
#include "core/explain/Statistics.h"
#include "ui/widgets/Explanation.h"
#include "ui/widgets/Labels.h"
#include "ui/words/StepWords.h"
#include "ui/words/ViewWords.h"

#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace resnet::ui {
namespace {

constexpr int canvasTop = 64;

// The kernel that weighs most.
int heaviest(const FeatureMaps& kernels) {
    const std::vector<Statistics> each = channelStatistics(kernels);
    return int(std::ranges::max_element(each, {}, &Statistics::norm) - each.begin());
}

}  // namespace

FoldingView::FoldingView(Workspace& workspace, QWidget* parent)
    : View(workspace, tr("Fold batch norm into the convolution"), parent),
      m_measuring(tr("not enough memory to fold the batch norm")) {
    setExplanation(foldingWords());
    auto* sentence = new ElidedLabel;
    sentence->setProperty("role", QStringLiteral("secondary"));
    sentence->setText(tr(
        "A trained batch norm is a straight line for each channel, so the convolution before it can do its work: one pass over the map is saved."));
    body()->addWidget(sentence);
    body()->addStretch(1);
}

void FoldingView::refresh(const Changes& changes) {
    if (!workspace().model())
        return update();
    const Graph& graph = workspace().session().graph();
    const StepId batchNorm = nearestBatchNorm(graph, workspace().currentStep()).value_or(inputStep);
    const bool isOther = std::exchange(m_batchNorm, batchNorm) != batchNorm;
    if (batchNorm == inputStep) {
        m_measuring.cancel();
        setTitle(tr("Fold batch norm into the convolution"));
        return update();
    }
    if (isOther || changes.have(Changes::Model) || changes.concernOutput(batchNorm))
        measure();
    if (isOther || changes.have(Changes::Model | Changes::Channel | Changes::Edits))
        showChannel();
    update();
}

void FoldingView::showChannel() {
    if (m_batchNorm == inputStep)
        return;
    const Network& network = *workspace().activations().editedNetwork();
    const Graph& graph = network.graph();
    const StepId convolution = graph.step(m_batchNorm).inputs.front();
    m_picture.channel = std::min(workspace().channel(), graph.outputShape(convolution).channels - 1);
    m_picture.line = batchNormLine(network, m_batchNorm, m_picture.channel);
    m_picture.kernels = kernelsOf(network, convolution, m_picture.channel);
    m_picture.inputChannel = heaviest(*m_picture.kernels);
    setTitle(tr("%1 folded into %2 · channel %3")
                 .arg(titleOf(graph, m_batchNorm), nameInPlace(graph, convolution))
                 .arg(m_picture.channel));
    setAccessibleDescription(foldingAlgebra(m_picture.line).join(QStringLiteral(". ")));
    update();
}

void FoldingView::measure() {
    m_measuring.cancel();
    const Run& activations = workspace().activations();
    const Graph& graph = workspace().model()->graph();
    const StepId before = graph.step(graph.step(m_batchNorm).inputs.front()).inputs.front();
    m_picture.folded.reset();
    m_picture.unfolded = activations.stepCount() > 0 ? activations.output(m_batchNorm) : nullptr;
    if (!m_picture.unfolded || !activations.has(before)) {
        m_picture.unfolded = nullptr;
        return;
    }
    m_measuring.start(
        [activations, options = workspace().engineOptions(),
         step = m_batchNorm](const BackgroundJob::Context& context) {
            return foldedConvolution(activations, step, options, context.stop());
        },
        [this](const FoldedConvolution& folded) { showMeasured(folded); },
        [this](const Error& error) {  // then the algebra stands alone
            workspace().post({Notice::Kind::Error, QString::fromUtf8(error.what()), {}});
        });
}

void FoldingView::showMeasured(const FoldedConvolution& folded) {
    m_picture.folded = folded;
    setAccessibleDescription(foldingAlgebra(m_picture.line).join(QStringLiteral(". ")) +
                             QStringLiteral(". ") + foldingMeasure(folded));
    update();
}

QRectF FoldingView::canvasRect() const {
    return QRectF(QPointF(), QSizeF(size()) / textScale())
        .adjusted(Theme::panelPadding, canvasTop, -Theme::panelPadding, -10);
}

Figure FoldingView::paintedFigure(const FigureTitle& title) {
    const QRectF canvas(QPointF(), canvasRect().size());
    return pageOf(title, canvas.size(), workspace().theme(),
                  [canvas, picture = m_picture, &theme = workspace().theme()](QPainter& painter) {
                      paintFolding(painter, canvas, picture, theme);
                  });
}

void FoldingView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.scale(textScale(), textScale());
    const Theme& theme = workspace().theme();
    if (m_batchNorm != inputStep)
        return paintFolding(painter, canvasRect(), m_picture, theme);
    painter.setFont(ui::font(TextRole::Body));
    painter.setPen(theme.secondaryText);
    painter.drawText(canvasRect(), Qt::AlignCenter,
                     workspace().model() ? tr("No batch norm of this network follows a convolution.")
                                         : tr("Open a network to see its batch norms."));
}

}  // namespace resnet::ui
