#include "ui/explain/TraceView.h"

#include "ui/painting/TracePainter.h"
#include "ui/widgets/Canvas.h"
#include "ui/widgets/Explanation.h"
#include "ui/widgets/Labels.h"
#include "ui/words/NumberText.h"
#include "ui/words/StepWords.h"
#include "ui/words/ViewWords.h"
#include "ui/words/Wording.h"

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

// Of a convolution's input channels, as they stand; empty for other steps.
std::vector<int> channelOrderOf(const Trace& trace) {
    std::vector<int> order;
    if (const auto* how = std::get_if<ConvolutionTrace>(&trace.how))
        for (const ChannelTerm& term : how->channels)
            order.push_back(term.channel);
    return order;
}

// So that what is followed by eye does not change its place at every cell.
void keepOrder(Trace& trace, const std::vector<int>& order) {
    auto* how = std::get_if<ConvolutionTrace>(&trace.how);
    if (!how || how->channels.size() != order.size())
        return;
    std::vector<std::size_t> placeOf(order.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        placeOf[std::size_t(order[i])] = i;
    std::ranges::sort(how->channels, {},
                      [&](const ChannelTerm& term) { return placeOf[std::size_t(term.channel)]; });
}

// A largest of nothing but zeros has nothing to show, if nobody asked for it.
bool isEmptyPool(const Workspace& workspace, const FeatureMapView& map, const Cell& cell) {
    return workspace.session().graph().step(workspace.currentStep()).kind == StepKind::MaxPool &&
           map.at(cell.y, cell.x) == 0.0f;
}

}  // namespace

std::optional<Cell> tracedCell(const Workspace& workspace) {
    const StepId step = workspace.currentStep();
    const FeatureMapsPtr maps = step == inputStep ? nullptr : workspace.shown().run().output(step);
    if (!maps)
        return std::nullopt;
    const std::optional<Cell> cell = workspace.cell();
    const FeatureMapView map = maps->channel(workspace.channel());
    return cell && !(workspace.focus().isPlaceCarried() && isEmptyPool(workspace, map, *cell))
               ? cell
               : strongestCell(map);
}

namespace {

constexpr int scanMilliseconds = 120;
constexpr int bigStep = 8;

}  // namespace

class TraceView::Picture : public Canvas {
public:
    explicit Picture(TraceView& view) : m_view(view) {
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
        setMouseTracking(true);
        setAccessibleName(TraceView::tr("The arithmetic of the number"));
    }

    std::optional<TraceSource> sourceAt(const QPointF& point) const {
        return m_view.m_trace ? traceSourceAt(drawing(), m_view.picture(), point) : std::nullopt;
    }

protected:
    void paint(QPainter& painter) override {
        painter.setRenderHint(QPainter::Antialiasing);
        const Theme& theme = m_view.workspace().theme();
        if (m_view.m_trace)
            return paintTrace(painter, drawing(), m_view.picture(), theme);
        painter.setFont(ui::font(TextRole::Body));
        painter.setPen(theme.secondaryText);
        painter.drawText(area(), Qt::AlignCenter | Qt::TextWordWrap, m_view.placeholder());
    }
    void mouseMoveEvent(QMouseEvent* event) override {
        const std::optional<TraceSource> source = sourceAt(event->position());
        PointedCell& pointed = m_view.workspace().pointedCell();
        if (source)
            pointed.pointAt({source->y, source->x},
                            m_view.workspace().model()->graph().outputShape(source->step));
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

    void leaveEvent(QEvent*) override { m_view.workspace().pointedCell().leave(); }

private:
    QRectF drawing() const { return area().adjusted(1, 1, -1, 0); }
    QString toolTipOf(const TraceSource& source) const {
        const QString step = titleOf(m_view.workspace().model()->graph(), source.step);
        const double value =
            m_view.workspace().shown().run().output(source.step)->at(source.channel, source.y, source.x);
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
    : View(workspace, tr("Where does this number come from?"), parent),
      m_sentence(new QLabel),
      m_followButton(new QToolButton),
      m_scanButton(new QToolButton),
      m_canvas(new Picture(*this)),
      m_trail(new TraceTrail) {
    setFocusPolicy(Qt::StrongFocus);
    m_sentence->setProperty("role", QStringLiteral("secondary"));
    m_sentence->setWordWrap(true);
    m_followButton->setText(tr("Follow the strongest"));
    m_followButton->setAccessibleName(m_followButton->text());
    m_followButton->setProperty("role", QStringLiteral("chip"));
    m_followButton->setToolTip(tr("Go to the number that did most for this one (Return)"));
    m_scanButton->setText(tr("Scan"));
    m_scanButton->setCheckable(true);
    m_scanButton->setProperty("role", QStringLiteral("chip"));
    m_scanButton->setToolTip(tr("Move the cell across the map by itself"));
    addControl(m_followButton);
    addControl(m_scanButton);
    setExplanation(whereFromWords());
    setFollows(Follows::Run);
    body()->addWidget(m_sentence);
    body()->addWidget(m_canvas, 1);
    body()->addWidget(m_trail);

    connect(&m_scan, &QTimer::timeout, this, &TraceView::advanceScan);
    connect(m_trail, &TraceTrail::backRequested, this, [this](const TraceTrail::Place& place) {
        this->workspace().goTo(place.step, place.channel, place.cell);
    });
    connect(m_followButton, &QToolButton::clicked, this, &TraceView::followStrongest);
    connect(m_scanButton, &QToolButton::toggled, this, &TraceView::setScanning);
}

void TraceView::refresh(const Changes& changes) {
    if (changes.have(Changes::Step))
        setScanning(false);
    if (changes.have(Changes::Model | Changes::Step | Changes::Channel | Changes::Cell | Changes::Theme) ||
        changes.concernOutput(workspace().currentStep()))
        showTrace();
}

void TraceView::setScanning(bool scanning) {
    const bool starts = scanning && m_trace.has_value();
    m_scanButton->setChecked(starts);
    const bool wasKept = !m_scanOrder.empty();
    m_scanOrder = starts ? channelOrderOf(*m_trace) : std::vector<int>();
    if (wasKept && !starts && m_trace)
        showTrace();
    if (starts)
        m_scan.start(scanMilliseconds);
    else
        m_scan.stop();
}

QString TraceView::placeholder() const {
    if (!workspace().model() || !workspace().picture())
        return tr("Open a picture and a network to see how its numbers come about.");
    if (workspace().currentStep() == inputStep)
        return tr(
            "The input comes from the picture: each number is (pixel × scale − mean) ÷ standard deviation of its colour.\nGo forward one step to see arithmetic.");
    return tr("This step is not computed yet.");
}

TracePicture TraceView::picture() const {
    const Model& model = *workspace().model();
    return {*m_trace, model.graph(), model.classNames, model.preprocessing.channelOrder,
            !m_scanOrder.empty()};
}

// "church", "channel 268 of Head: avgpool", "channel 5 of Stage 4, unit 3: relu2, row 3, column 4".
TraceTrail::Place TraceView::placeOf(StepId step, int channel, const Cell& cell) const {
    const Graph& graph = workspace().model()->graph();
    QString name = channelName(*workspace().model(), step, channel);
    if (step != inputStep && !isPerClass(graph, step))
        name = tr("%1 of %2").arg(name, titleOf(graph, step));
    if (!graph.outputShape(step).isVector())
        name = tr("%1, %2").arg(name, cellName(cell));
    return {step, channel, cell, name};
}

void TraceView::showTrace() {
    m_trace.reset();
    const std::optional<Cell> cell = tracedCell(workspace());
    if (cell) {
        try {
            m_trace = traceOf(workspace().shown().run(), workspace().currentStep(), workspace().channel(),
                              cell->y, cell->x);
            keepOrder(*m_trace, m_scanOrder);
        } catch (const Error&) {
            // An input is missing after a restart: the placeholder says what to do.
        }
    }
    m_scanButton->setEnabled(m_trace && !workspace().model()->graph().step(m_trace->step).output.isVector());
    m_followButton->setEnabled(m_trace.has_value());
    if (!m_trace) {
        setScanning(false);
        setTitle(name());
        setSubtitle({});
        m_sentence->clear();
        setAccessibleDescription(placeholder());
        m_canvas->update();
        return;
    }
    m_trail->arrive(placeOf(m_trace->step, m_trace->channel, {m_trace->y, m_trace->x}));
    const Graph& graph = workspace().model()->graph();
    const bool isLargest = workspace().cell() != cell && !graph.step(m_trace->step).output.isVector();
    setTitle(titleOf(graph, m_trace->step));
    const QString place = tracePlace(picture()) + (isLargest ? tr(", the strongest of the map") : QString());
    m_sentence->setText(QStringLiteral("%1. %2").arg(place, traceSentence(picture())));
    setAccessibleDescription(
        QStringLiteral("%1. %2 %3").arg(title(), m_sentence->text(), traceEquation(picture())));
    m_canvas->setAccessibleDescription(traceEquation(picture()));
    m_canvas->update();
}

void TraceView::moveBy(int rows, int columns) {
    const std::optional<Cell> cell = tracedCell(workspace());
    if (!cell)
        return;
    const FeatureShape& shape = workspace().model()->graph().outputShape(workspace().currentStep());
    workspace().selectCell(Cell{std::clamp(cell->y + rows, 0, shape.height - 1),
                                std::clamp(cell->x + columns, 0, shape.width - 1)});
}

void TraceView::advanceScan() {
    const std::optional<Cell> cell = tracedCell(workspace());
    if (!cell)
        return setScanning(false);
    const FeatureShape& shape = workspace().model()->graph().outputShape(workspace().currentStep());
    const int next = (cell->y * shape.width + cell->x + 1) % int(shape.pixels());
    workspace().selectCell(Cell{next / shape.width, next % shape.width});
}

void TraceView::goTo(const TraceSource& source) {
    setScanning(false);
    if (m_trace)
        m_trail->follow(placeOf(m_trace->step, m_trace->channel, {m_trace->y, m_trace->x}),
                        placeOf(source.step, source.channel, {source.y, source.x}));
    workspace().goTo(source.step, source.channel, Cell{source.y, source.x});
}

std::optional<TraceSource> TraceView::sourceAt(const QPoint& position) const {
    return m_canvas->sourceAt(m_canvas->toArea(QPointF(m_canvas->mapFrom(this, position))));
}

void TraceView::followStrongest() {
    setScanning(false);  // which has the terms in another order
    if (m_trace)
        goTo(strongestSource(workspace().model()->graph(), *m_trace));
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
