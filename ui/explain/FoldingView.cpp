#include "ui/explain/FoldingView.h"

#include "core/explain/Kernels.h"
#include "core/explain/Statistics.h"
#include "ui/widgets/Explanation.h"
#include "ui/widgets/Labels.h"
#include "ui/words/ViewWords.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>
#include <new>

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
    : QWidget(parent), m_workspace(workspace), m_title(new ElidedLabel), m_sentence(new ElidedLabel) {
    setAccessibleName(tr("Batch norm folded into the convolution"));
    m_pool.setMaxThreadCount(1);
    m_title->setProperty("role", QStringLiteral("title"));
    m_sentence->setProperty("role", QStringLiteral("secondary"));
    m_sentence->setText(tr(
        "A trained batch norm is a straight line for each channel, so the convolution before it can do its work: one pass over the map is saved."));
    auto* help = new ExplanationButton;
    help->setExplanation(foldingWords());
    auto* top = new QHBoxLayout;
    top->addWidget(m_title, 1);
    top->addWidget(help);
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(Theme::panelPadding, 10, Theme::panelPadding, 10);
    rows->addLayout(top);
    rows->addWidget(m_sentence);
    rows->addStretch(1);

    m_refresh.setSingleShot(true);
    connect(&m_refresh, &QTimer::timeout, this, &FoldingView::refresh);
    connect(&m_workspace, &Workspace::modelChanged, this, [this] {
        ++m_latest;
        m_batchNorm = inputStep;  // a step of the network before: channels may be told before the refresh
        refreshSoon();
    });
    connect(&m_workspace, &Workspace::activationsReset, this, &FoldingView::refreshSoon);
    connect(&m_workspace, &Workspace::currentStepChanged, this, &FoldingView::refreshSoon);
    connect(&m_workspace, &Workspace::stepComputed, this, [this](StepId step) {
        if (step == m_batchNorm)
            refreshSoon();
    });
    connect(&m_workspace, &Workspace::channelChanged, this, &FoldingView::showChannel);
    connect(&m_workspace, &Workspace::themeChanged, this, [this] { update(); });
    refresh();
}

FoldingView::~FoldingView() {
    ++m_latest;
    m_pool.waitForDone();
}

void FoldingView::refresh() {
    if (!m_workspace.model()) {
        m_batchNorm = inputStep;
        m_title->setText(tr("Batch norm, folded into the convolution"));
        update();
        return;
    }
    const auto nearest = nearestBatchNorm(m_workspace.model()->graph(), m_workspace.currentStep());
    m_batchNorm = nearest.value_or(inputStep);
    if (!nearest) {
        ++m_latest;
        m_title->setText(tr("Batch norm, folded into the convolution"));
        update();
        return;
    }
    measure();
    showChannel();
}

void FoldingView::showChannel() {
    if (m_batchNorm == inputStep)
        return;
    const Network& network = *m_workspace.model()->network;
    const Graph& graph = network.graph();
    const StepId convolution = graph.step(m_batchNorm).inputs.front();
    m_picture.channel = std::min(m_workspace.channel(), graph.outputShape(convolution).channels - 1);
    m_picture.line = batchNormLine(network, m_batchNorm, m_picture.channel);
    m_picture.kernels = kernelsOf(network, convolution, m_picture.channel);
    m_picture.inputChannel = heaviest(*m_picture.kernels);
    m_title->setText(tr("%1 folded into %2 · channel %3")
                         .arg(QString::fromStdString(graph.stepName(m_batchNorm)),
                              QString::fromStdString(graph.stepName(convolution)))
                         .arg(m_picture.channel));
    setAccessibleDescription(foldingAlgebra(m_picture.line).join(QStringLiteral(". ")));
    update();
}

void FoldingView::measure() {
    const quint64 id = ++m_latest;
    const Run& activations = m_workspace.activations();
    const Graph& graph = m_workspace.model()->graph();
    const StepId before = graph.step(graph.step(m_batchNorm).inputs.front()).inputs.front();
    m_picture.folded.reset();
    m_picture.unfolded = activations.stepCount() > 0 ? activations.output(m_batchNorm) : nullptr;
    if (!m_picture.unfolded || !activations.has(before)) {
        m_picture.unfolded = nullptr;
        return;
    }
    m_pool.start([this, id, activations, options = m_workspace.engineOptions(), step = m_batchNorm] {
        if (id != m_latest)
            return;
        try {
            const FoldedConvolution folded = foldedConvolution(activations, step, options);
            QMetaObject::invokeMethod(
                this,
                [this, id, folded] {
                    if (id == m_latest)
                        showMeasured(folded);
                },
                Qt::QueuedConnection);
        } catch (const std::bad_alloc&) {
            // Then the algebra stands alone.
        }
    });
}

void FoldingView::showMeasured(const FoldedConvolution& folded) {
    m_picture.folded = folded;
    setAccessibleDescription(foldingAlgebra(m_picture.line).join(QStringLiteral(". ")) +
                             QStringLiteral(". ") + foldingMeasure(folded));
    update();
}

QRectF FoldingView::canvasRect() const {
    return QRectF(rect()).adjusted(Theme::panelPadding, canvasTop, -Theme::panelPadding, -10);
}

void FoldingView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Theme& theme = m_workspace.theme();
    if (m_batchNorm != inputStep)
        return paintFolding(painter, canvasRect(), m_picture, theme);
    painter.setFont(ui::font(TextRole::Body));
    painter.setPen(theme.secondaryText);
    painter.drawText(rect(), Qt::AlignCenter,
                     m_workspace.model() ? tr("No batch norm of this network follows a convolution.")
                                         : tr("Open a network to see its batch norms."));
}

}  // namespace resnet::ui
