#include "ui/experiments/WhatIfView.h"

#include "core/experiments/EditSweep.h"
#include "ui/experiments/BeforeAfterMaps.h"
#include "ui/experiments/EditsFoot.h"
#include "ui/experiments/LesionChartView.h"
#include "ui/experiments/UnitControls.h"
#include "ui/widgets/Labels.h"
#include "ui/words/EditWords.h"
#include "ui/words/ExperimentWords.h"
#include "ui/words/NumberText.h"
#include "ui/words/Wording.h"

#include <QHBoxLayout>
#include <QProgressBar>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace resnet::ui {

namespace {

using Part = LesionChart::Part;

QLabel* secondaryLine() {
    auto* label = new ElidedLabel;
    label->setProperty("role", QStringLiteral("secondary"));
    return label;
}

}  // namespace

WhatIfView::WhatIfView(Workspace& workspace)
    : View(workspace, tr("What if")),
      m_sweep(workspace),
      m_unitRow(new QStackedWidget),
      m_whatToDo(new Paragraph),
      m_controls(new UnitControls(workspace)),
      m_chartPlace(new QStackedWidget),
      m_start(new QPushButton),
      m_started(new QLabel),
      m_progress(new QProgressBar),
      m_cancel(new QPushButton(tr("Cancel"))),
      m_chart(new LesionChartView),
      m_summary(secondaryLine()),
      m_maps(new BeforeAfterMaps),
      m_foot(new EditsFoot(workspace)) {
    setExplanation(whatIfWords());
    m_whatToDo->setProperty("role", QStringLiteral("secondaryBody"));
    body()->setSpacing(Theme::grid);
    body()->addWidget(makeUnitRow());
    body()->addWidget(makeChartPlace(), 3);
    body()->addWidget(m_summary);
    body()->addWidget(m_maps, 2);
    addFoot(m_foot);
    connect(&m_sweep, &LesionSweep::changed, this, &WhatIfView::showSweep);
    connect(m_maps, &BeforeAfterMaps::cellPicked, &workspace, &Workspace::selectCell);
    connect(m_maps, &BeforeAfterMaps::hoverLeft, this, [this] { tell({}); });
    connect(m_maps, &BeforeAfterMaps::cellHovered, this, [this](const Cell& cell, float before, float now) {
        tell(tr("%1: %2 before, %3 now, difference %4")
                 .arg(cellName(cell), valueText(before), valueText(now),
                      signedValueText(double(now) - before)));
    });
}

QWidget* WhatIfView::makeUnitRow() {
    m_unitRow->addWidget(m_whatToDo);
    m_unitRow->addWidget(m_controls);
    m_unitRow->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    return m_unitRow;
}

// The chart, or the button that makes it.
QWidget* WhatIfView::makeChartPlace() {
    auto* invitation = new QWidget;
    auto* column = new QVBoxLayout(invitation);
    column->setSpacing(2 * Theme::grid);
    m_progress->setTextVisible(false);
    m_progress->setAccessibleName(tr("Units that were switched off"));
    m_progress->setMaximumWidth(320);
    m_started->setProperty("role", QStringLiteral("secondary"));
    m_started->setAlignment(Qt::AlignCenter);
    column->addStretch(1);
    for (QWidget* each : std::initializer_list<QWidget*>{m_start, m_started, m_progress, m_cancel})
        column->addWidget(each, 0,
                          each == m_started || each == m_progress ? Qt::Alignment() : Qt::AlignHCenter);
    column->setAlignment(m_progress, Qt::AlignHCenter);
    column->addStretch(1);
    m_progress->setMinimumWidth(320);
    m_chartPlace->addWidget(invitation);
    m_chartPlace->addWidget(m_chart);
    connect(m_start, &QPushButton::clicked, &m_sweep, &LesionSweep::start);
    connect(m_cancel, &QPushButton::clicked, &m_sweep, &LesionSweep::cancel);
    connect(m_chart, &LesionChartView::picked, this, &WhatIfView::toggle);
    connect(m_chart, &LesionChartView::hovered, this,
            [this](int unit, Part part) { tell(figuresOf(unit, part)); });
    connect(m_chart, &LesionChartView::hoverLeft, this, [this] { tell({}); });
    return m_chartPlace;
}

const ResidualUnit* WhatIfView::unit() const {
    return workspace().model() ? workspace().session().graph().unitOf(workspace().currentStep()) : nullptr;
}

void WhatIfView::refresh(const Changes& changes) {
    if (changes.have(Changes::Theme)) {
        m_controls->setTheme(workspace().theme());
        m_chart->setTheme(workspace().theme());
        m_maps->setTheme(workspace().theme());
    }
    if (changes.have(Changes::Model | Changes::Edits | Changes::Step | Changes::RunEnded)) {
        showUnit();
        m_foot->refresh();
    }
    if (changes.have(Changes::anySession | Changes::Edits | Changes::Class | Changes::Step |
                     Changes::RunEnded))
        showSweep();
    if (changes.have(Changes::anySession | Changes::Edits | Changes::Step | Changes::Channel))
        showMaps();
    if (changes.have(Changes::Model | Changes::Step | Changes::Cell))
        m_maps->setCell(unit() ? workspace().cell() : std::nullopt);
}

void WhatIfView::showUnit() {
    const ResidualUnit* here = unit();
    m_unitRow->setCurrentWidget(here ? static_cast<QWidget*>(m_controls) : m_whatToDo);
    m_maps->setVisible(here != nullptr);
    setTitle(here ? capitalised(unitName(idOf(*here))) : tr("What if"));
    setSubtitle(here ? unitEditSentence(*here, workspace().edits().of(idOf(*here)))
                     : tr("Change a part of the network, and see what follows"));
    m_whatToDo->setText(
        !workspace().model()
            ? tr("Open a network first.")
            : tr("This step stands in no residual unit. Click a block of the diagram to change "
                 "what its main path and its shortcut do."));
    if (here)
        m_controls->refresh();
}

void WhatIfView::showSweep() {
    const bool isThere = m_sweep.results().has_value();
    m_chartPlace->setCurrentWidget(isThere ? static_cast<QWidget*>(m_chart) : m_chartPlace->widget(0));
    m_summary->setVisible(isThere);
    if (isThere) {
        const ResidualUnit* here = unit();
        m_chart->setChart(lesionChart(),
                          here ? int(here - workspace().session().graph().units().data()) : -1);
        m_summary->setText(lesionSummary(workspace().session().graph(), m_sweep.results()->reference,
                                         m_sweep.results()->mainPaths, m_sweep.results()->shortcuts,
                                         workspace().model()->classNames));
        setHint(tr("Click a column to switch that way off, or on again."));
        return;
    }
    const ResidualUnit* at = unit();
    setHint(!at                 ? tr("Click a block of the diagram to choose a unit.")
            : at->hasAddition() ? tr("Drag a slider; a double click on it gives × 1, the key 0 switches off.")
                                : tr("Give the unit other weights: another unit's, or new random ones."));
    const QString whyNot = m_sweep.whyNot();
    const bool isRunning = m_sweep.isRunning();
    const auto [done, total] = m_sweep.progress();
    const int units = workspace().model() ? int(workspace().session().graph().units().size()) : 0;
    m_start->setText(units > 0 ? tr("Chart all %1 units, one off at a time").arg(units)
                               : tr("Chart all units, one off at a time"));
    m_start->setEnabled(whyNot.isEmpty());
    m_start->setToolTip(whyNot);
    m_start->setVisible(!isRunning);
    m_progress->setVisible(isRunning);
    m_cancel->setVisible(isRunning);
    m_progress->setRange(0, std::max(1, total));
    m_progress->setValue(done);
    m_started->setText(isRunning ? tr("%1 of %2 networks").arg(done).arg(total) : whyNot);
}

LesionChart WhatIfView::lesionChart() const {
    const LesionSweep::Results& results = *m_sweep.results();
    const auto shown = std::size_t(shownClass());
    LesionChart chart;
    chart.title = tr("%1, with one way of one unit off at a time")
                      .arg(QString::fromStdString(workspace().model()->classNames.at(shown)));
    chart.reference = results.reference.probabilities.at(shown);
    const std::vector<ResidualUnit>& units = workspace().session().graph().units();
    for (std::size_t i = 0; i < units.size(); ++i) {
        const UnitEdit& edit = workspace().edits().of(idOf(units[i]));
        chart.columns.push_back({shortName(idOf(units[i])),
                                 {results.mainPaths[i].probabilities.at(shown), edit.mainPathGain == 0.0f},
                                 {results.shortcuts[i].probabilities.at(shown), edit.shortcutGain == 0.0f},
                                 units[i].changesX()});
    }
    return chart;
}

// The class in question; if that is just the best one now, the one that was best with all on, so that the
// chart stays what it is while the network is changed.
int WhatIfView::shownClass() const {
    const bool isChosen = workspace().classInQuestion() != workspace().session().bestClass();
    return isChosen ? workspace().classInQuestion() : m_sweep.results()->reference.top();
}

QString WhatIfView::figuresOf(int index, Part part) const {
    const LesionSweep::Results& results = *m_sweep.results();
    const bool isMainPath = part == Part::MainPath;
    const Prediction& prediction = (isMainPath ? results.mainPaths : results.shortcuts)[std::size_t(index)];
    const UnitId id = idOf(workspace().session().graph().units()[std::size_t(index)]);
    const Edits off = isMainPath ? withoutMainPath(id) : withoutShortcut(id);
    return lesionFigures(changeWords({}, off), prediction, shownClass(), workspace().model()->classNames);
}

void WhatIfView::toggle(int index, Part part) {
    const UnitId id = idOf(workspace().session().graph().units()[std::size_t(index)]);
    const Edits& edits = workspace().editsAskedFor();
    workspace().setEdits(part == Part::MainPath ? withMainPathToggled(edits, id)
                                                : withShortcutToggled(edits, id));
}

void WhatIfView::showMaps() {
    const ResidualUnit* here = unit();
    if (!here)
        return;
    const int channels = workspace().session().graph().outputShape(here->output).channels;
    const int channel = std::min(workspace().channel(), channels - 1);
    m_maps->setMaps(workspace().reference().output(here->output),
                    workspace().activations().output(here->output), channel,
                    tr("after the unit,\nchannel %1").arg(channel));
}

}  // namespace resnet::ui
