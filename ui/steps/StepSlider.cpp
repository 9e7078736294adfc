#include "ui/steps/StepSlider.h"

#include <QMouseEvent>
#include <QPainter>
#include <QSignalBlocker>

#include <algorithm>

namespace resnet::ui {

namespace {
constexpr double knobRadius = 7.0;
}

StepSlider::StepSlider(Workspace& workspace, QWidget* parent)
    : QSlider(Qt::Horizontal, parent), m_workspace(workspace) {
    setAccessibleName(tr("Step"));
    setToolTip(tr("Drag to any step; the ticks are where the stages begin (Page Up, Page Down)"));
    setMinimumWidth(80);
    setPageStep(1);
    connect(this, &QSlider::valueChanged, &m_workspace, &Workspace::goToStep);
    connect(&m_workspace, &Workspace::changed, this, [this](const Changes& changes) {
        if (changes.have(Changes::Model))
            showModel();
        const QSignalBlocker blocker(this);
        setValue(m_workspace.currentStep());
        if (changes.have(Changes::anySession | Changes::Step | Changes::Theme))
            update();
    });
    showModel();
}

void StepSlider::showModel() {
    const QSignalBlocker blocker(this);
    setEnabled(m_workspace.model() != nullptr);
    m_ticks.clear();
    if (!m_workspace.model())
        return;
    const Graph& graph = m_workspace.model()->graph();
    setRange(inputStep, graph.softmaxStep());
    setValue(m_workspace.currentStep());
    for (const ResidualUnit& unit : graph.units())
        if (unit.unit == 0)
            m_ticks.push_back(unit.first());
    m_ticks.push_back(graph.head().front().id);
    update();
}

double StepSlider::positionOf(int value) const {
    const double share = double(value - minimum()) / std::max(maximum() - minimum(), 1);
    return knobRadius + share * (width() - 2 * knobRadius);
}

int StepSlider::valueAt(double x) const {
    const double share = (x - knobRadius) / std::max(width() - 2 * knobRadius, 1.0);
    return minimum() + qRound(std::clamp(share, 0.0, 1.0) * (maximum() - minimum()));
}

void StepSlider::paintEvent(QPaintEvent*) {
    const Theme& theme = m_workspace.theme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double y = height() / 2.0;
    const double knob = positionOf(value());
    const QColor filled = isEnabled() ? theme.mainPath : theme.inactive;

    const auto line = [&](double from, double to, const QColor& color, double width) {
        painter.setPen(QPen(color, width, Qt::SolidLine, Qt::RoundCap));
        painter.drawLine(QPointF(from, y), QPointF(to, y));
    };
    line(knobRadius, width() - knobRadius, theme.line, 4);
    // What is computed, as far as it goes without a gap.
    StepId computed = inputStep;
    while (computed + 1 < m_workspace.activations().stepCount() &&
           m_workspace.activations().has(computed + 1))
        ++computed;
    if (computed > inputStep)
        line(knobRadius, positionOf(computed), theme.inactive.lighter(theme.isDark() ? 80 : 130), 4);
    line(knobRadius, knob, filled, 4);

    painter.setPen(QPen(theme.inactive, 1.5));
    for (const int tick : m_ticks)
        painter.drawLine(QPointF(positionOf(tick), y - 5), QPointF(positionOf(tick), y + 5));

    painter.setBrush(theme.panel);
    painter.setPen(QPen(filled, hasFocus() ? 3.5 : 2.4));
    painter.drawEllipse(QPointF(knob, y), knobRadius - 1, knobRadius - 1);
}

void StepSlider::mousePressEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton)
        setValue(valueAt(event->position().x()));
}

void StepSlider::mouseMoveEvent(QMouseEvent* event) {
    if (event->buttons() & Qt::LeftButton)
        setValue(valueAt(event->position().x()));
}

}  // namespace resnet::ui
