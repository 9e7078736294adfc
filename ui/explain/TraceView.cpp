#include "ui/explain/TraceView.h"

#include "ui/painting/TracePainter.h"
#include "ui/widgets/Explanation.h"
#include "ui/widgets/Labels.h"
#include "ui/words/NumberText.h"
#include "ui/words/ViewWords.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QMouseEvent>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace resnet::ui {

namespace {

// Where a map says most.
Cell strongestCell(const FeatureMapView& map) {
    Cell strongest;
    float largest = -1.0f;
    for (int y = 0; y < map.height; ++y)
        for (int x = 0; x < map.width; ++x)
            if (const float magnitude = std::abs(map.at(y, x)); magnitude > largest) {
                largest = magnitude;
                strongest = {y, x};
            }
    return strongest;
}

}  // namespace

std::optional<Cell> tracedCell(const Workspace& workspace) {
    const StepId step = workspace.currentStep();
    if (!workspace.model() || step == inputStep || step >= workspace.activations().stepCount() ||
        !workspace.activations().has(step))
        return std::nullopt;
    const FeatureMaps& maps = *workspace.activations().output(step);
    if (workspace.channel() >= maps.channels())
        return std::nullopt;
    const std::optional<Cell> cell = workspace.cell();
    if (cell && cell->y < maps.height() && cell->x < maps.width())
        return cell;
    return strongestCell(maps.channel(workspace.channel()));
}

namespace {

constexpr int sweepMilliseconds = 120;
constexpr int bigStep = 8;

}  // namespace

class TraceView::Canvas : public QWidget {
public:
    explicit Canvas(TraceView& view) : m_view(view) {
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
        setMouseTracking(true);
    }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const Theme& theme = m_view.m_workspace.theme();
        if (m_view.m_trace)
            return paintTrace(painter, drawing(), m_view.picture(), theme);
        painter.setFont(ui::font(TextRole::Body));
        painter.setPen(theme.secondaryText);
        painter.drawText(rect(), Qt::AlignCenter | Qt::TextWordWrap, m_view.placeholder());
    }
    void mouseMoveEvent(QMouseEvent* event) override {
        const std::optional<TraceSource> source = sourceAt(event->position());
        PointedCell& pointed = m_view.m_workspace.pointedCell();
        if (source)
            pointed.pointAt({source->y, source->x},
                            m_view.m_workspace.model()->graph().outputShape(source->step));
        else
            pointed.leave();
        setCursor(source ? Qt::PointingHandCursor : Qt::ArrowCursor);
        setToolTip(source ? toolTipOf(*source) : QString());
    }
    void mousePressEvent(QMouseEvent* event) override {
        m_view.setFocus(Qt::MouseFocusReason);
        if (const auto source = sourceAt(event->position()); source && event->button() == Qt::LeftButton)
            m_view.goTo(*source);
    }

    void leaveEvent(QEvent*) override { m_view.m_workspace.pointedCell().leave(); }

private:
    QRectF drawing() const { return QRectF(rect()).adjusted(1, 1, -1, 0); }
    std::optional<TraceSource> sourceAt(const QPointF& point) const {
        return m_view.m_trace ? traceSourceAt(drawing(), m_view.picture(), point) : std::nullopt;
    }
    QString toolTipOf(const TraceSource& source) const {
        const QString step =
            QString::fromStdString(m_view.m_workspace.model()->graph().stepName(source.step));
        const double value =
            m_view.m_workspace.activations().output(source.step)->at(source.channel, source.y, source.x);
        return TraceView::tr("%1, channel %2, row %3, column %4: %5\nClick to go there")
            .arg(step)
            .arg(source.channel)
            .arg(source.y)
            .arg(source.x)
            .arg(valueText(value));
    }

    TraceView& m_view;
};

TraceView::TraceView(Workspace& workspace, QWidget* parent)
    : QWidget(parent),
      m_workspace(workspace),
      m_title(new ElidedLabel),
      m_place(new ElidedLabel),
      m_sentence(new QLabel),
      m_followButton(new QToolButton),
      m_sweepButton(new QToolButton),
      m_canvas(new Canvas(*this)) {
    setAccessibleName(tr("Where does this number come from?"));
    setFocusPolicy(Qt::StrongFocus);
    m_title->setProperty("role", QStringLiteral("title"));
    m_sentence->setProperty("role", QStringLiteral("secondary"));
    m_sentence->setWordWrap(true);
    m_followButton->setText(tr("Follow the strongest"));
    m_followButton->setProperty("role", QStringLiteral("chip"));
    m_followButton->setToolTip(tr("Go to the number that did most for this one (Return)"));
    m_sweepButton->setText(tr("Sweep"));
    m_sweepButton->setCheckable(true);
    m_sweepButton->setProperty("role", QStringLiteral("chip"));
    m_sweepButton->setToolTip(tr("Move the cell across the map by itself"));

    auto* top = new QHBoxLayout;
    top->addWidget(m_title, 1);
    top->addWidget(m_followButton);
    top->addWidget(m_sweepButton);
    auto* help = new ExplanationButton;
    help->setExplanation(whereFromWords());
    top->addWidget(help);
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(Theme::panelPadding, 10, Theme::panelPadding, 10);
    rows->setSpacing(Theme::grid);
    rows->addLayout(top);
    rows->addWidget(m_place);
    rows->addWidget(m_sentence);
    rows->addSpacing(2 * Theme::grid);
    rows->addWidget(m_canvas, 1);

    m_refresh.setSingleShot(true);
    connect(&m_refresh, &QTimer::timeout, this, &TraceView::refresh);
    connect(&m_sweep, &QTimer::timeout, this, &TraceView::advanceSweep);
    connect(m_followButton, &QToolButton::clicked, this, &TraceView::followStrongest);
    connect(m_sweepButton, &QToolButton::toggled, this, &TraceView::setSweeping);
    for (const auto signal : {&Workspace::modelChanged, &Workspace::activationsReset, &Workspace::cellChanged,
                              &Workspace::themeChanged})
        connect(&m_workspace, signal, this, &TraceView::refreshSoon);
    connect(&m_workspace, &Workspace::currentStepChanged, this, [this] { setSweeping(false); });
    connect(&m_workspace, &Workspace::currentStepChanged, this, &TraceView::refreshSoon);
    connect(&m_workspace, &Workspace::channelChanged, this, &TraceView::refreshSoon);
    connect(&m_workspace, &Workspace::stepComputed, this, [this](StepId step) {
        if (step == m_workspace.currentStep())
            refreshSoon();
    });
    refresh();
}

void TraceView::refreshSoon() {
    m_refresh.start(0);
}

void TraceView::setSweeping(bool sweeping) {
    const bool starts = sweeping && m_trace.has_value();
    m_sweepButton->setChecked(starts);
    if (starts)
        m_sweep.start(sweepMilliseconds);
    else
        m_sweep.stop();
}

QString TraceView::placeholder() const {
    if (!m_workspace.model() || !m_workspace.picture())
        return tr("Open a picture and a network to see how its numbers come about.");
    if (m_workspace.currentStep() == inputStep)
        return tr(
            "The input comes from the picture: each number is (pixel × scale − mean) ÷ standard deviation of its colour.\nGo forward one step to see arithmetic.");
    return tr("This step is not computed yet.");
}

TracePicture TraceView::picture() const {
    return {*m_trace, m_workspace.model()->graph(), m_workspace.model()->classNames};
}

void TraceView::refresh() {
    m_trace.reset();
    const std::optional<Cell> cell = tracedCell(m_workspace);
    if (cell) {
        try {
            m_trace = traceOf(m_workspace.activations(), m_workspace.currentStep(), m_workspace.channel(),
                              cell->y, cell->x);
        } catch (const Error&) {
            // An input is missing after a restart: the placeholder says what to do.
        }
    }
    m_sweepButton->setEnabled(m_trace && !m_workspace.model()->graph().step(m_trace->step).output.isVector());
    m_followButton->setEnabled(m_trace.has_value());
    if (!m_trace) {
        setSweeping(false);
        m_title->setText(tr("Where does this number come from?"));
        m_place->clear();
        m_sentence->clear();
        setAccessibleDescription(placeholder());
        m_canvas->update();
        return;
    }
    const Graph& graph = m_workspace.model()->graph();
    const bool isLargest = !m_workspace.cell() && !graph.step(m_trace->step).output.isVector();
    m_title->setText(QString::fromStdString(graph.stepName(m_trace->step)));
    m_place->setText(tracePlace(picture()) + (isLargest ? tr(": the strongest of the map") : QString()));
    m_sentence->setText(traceSentence(picture()));
    setAccessibleDescription(
        QStringLiteral("%1. %2. %3 %4")
            .arg(m_title->text(), m_place->text(), m_sentence->text(), traceEquation(picture())));
    m_canvas->update();
}

void TraceView::moveBy(int rows, int columns) {
    const std::optional<Cell> cell = tracedCell(m_workspace);
    if (!cell)
        return;
    const FeatureShape& shape = m_workspace.model()->graph().outputShape(m_workspace.currentStep());
    m_workspace.selectCell(Cell{std::clamp(cell->y + rows, 0, shape.height - 1),
                                std::clamp(cell->x + columns, 0, shape.width - 1)});
}

void TraceView::advanceSweep() {
    const std::optional<Cell> cell = tracedCell(m_workspace);
    if (!cell)
        return setSweeping(false);
    const FeatureShape& shape = m_workspace.model()->graph().outputShape(m_workspace.currentStep());
    const int next = (cell->y * shape.width + cell->x + 1) % int(shape.pixels());
    m_workspace.selectCell(Cell{next / shape.width, next % shape.width});
}

void TraceView::goTo(const TraceSource& source) {
    setSweeping(false);
    m_workspace.goToStep(source.step);
    m_workspace.selectChannel(source.channel);
    m_workspace.selectCell(Cell{source.y, source.x});
}

void TraceView::followStrongest() {
    if (m_trace)
        goTo(strongestSource(m_workspace.model()->graph(), *m_trace));
}

void TraceView::keyPressEvent(QKeyEvent* event) {
    const int step = event->modifiers() & Qt::ShiftModifier ? bigStep : 1;
    switch (event->key()) {
        case Qt::Key_Left:
            return moveBy(0, -step);
        case Qt::Key_Right:
            return moveBy(0, step);
        case Qt::Key_Up:
            return moveBy(-step, 0);
        case Qt::Key_Down:
            return moveBy(step, 0);
        case Qt::Key_Return:
        case Qt::Key_Enter:
            return followStrongest();
        default:
            QWidget::keyPressEvent(event);
    }
}

}  // namespace resnet::ui
