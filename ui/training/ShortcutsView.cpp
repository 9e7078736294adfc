#include "ui/training/ShortcutsView.h"

#include "core/experiments/EditSweep.h"
#include "core/experiments/Trial.h"
#include "core/explain/UnitNorms.h"
#include "ui/training/EpochChart.h"
#include "ui/training/TrainingCurves.h"
#include "ui/widgets/ColumnChartView.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/TextSize.h"
#include "ui/words/NumberText.h"
#include "ui/words/TrainingWords.h"
#include "ui/words/UnitWords.h"
#include "ui/workspace/Workspace.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace resnet::ui {

namespace {

// One row of bars over the units.
ColumnChart unitChart(const Graph& graph, const QString& title, std::vector<ColumnChart::Series> series) {
    ColumnChart chart;
    chart.columns = int(graph.units().size());
    chart.tones.assign(graph.units().size(), ColumnChart::Tone::MainPath);
    int stage = -1;
    for (int i = 0; i < chart.columns; ++i)
        if (const ResidualUnit& unit = graph.units()[std::size_t(i)]; unit.stage != stage) {
            stage = unit.stage;
            chart.groups.push_back({ShortcutsView::tr("stage %1").arg(stage + 1), i});
        }
    chart.rows.push_back({title, std::move(series), nullptr});
    return chart;
}

// What the lines of all charts say at a place.
QString readingOf(const EpochChart& chart, int place) {
    QStringList said;
    for (const LineChart& each : chart.charts())
        for (const LineChart::Line& line : each.lines)
            if (place >= 0 && std::size_t(place) < line.values.size() && line.values[std::size_t(place)])
                said << QStringLiteral("%1, %2: %3")
                            .arg(each.title, line.name, valueText(*line.values[std::size_t(place)]));
    return said.join(QStringLiteral("; "));
}

QString nameOf(const Workspace& workspace, int unit) {
    return titleOf(workspace.session().graph().units()[std::size_t(unit)]);
}

}  // namespace

ShortcutsView::ShortcutsView(Workspace& workspace, TrainingResources resources, const QString& whatIf,
                             QWidget* parent)
    : View(workspace, tr("Why shortcuts help"), parent),
      m_resources(std::move(resources)),
      m_degradation(new EpochChart),
      m_norms(new ColumnChartView(ColumnChartView::ArrowKeys::Point)),
      m_lesions(new ColumnChartView(ColumnChartView::ArrowKeys::Point)),
      m_gradients(new EpochChart),
      m_depth(new EpochChart),
      m_histories(tr("Not enough memory for the histories.")),
      m_trials(tr("Not enough memory to switch units off.")),
      m_start(tr("Not enough memory to start the twins anew.")) {
    setExplanation(shortcutsWords());
    auto* content = new QWidget;
    auto* page = new QVBoxLayout(content);
    page->setContentsMargins(0, 0, 2 * Theme::grid, 0);
    page->setSpacing(Theme::panelGap);
    m_degradation->setAccessibleName(tr("Right answers of the twins over the epochs"));
    keepLeastHeight(*m_degradation, 210);
    m_norms->setAccessibleName(tr("Norms over the units"));
    m_lesions->setAccessibleName(tr("The answer without each unit"));
    const auto claim = [&](const Claim& of, QWidget* figure) {
        m_findings.push_back(addClaim(page, of.title, of.text, figure));
    };
    claim(degradationClaim(), m_degradation);
    claim(streamClaim(), m_norms);
    claim(lesionClaim(), m_lesions);
    claim(gradientClaim(), m_gradients);
    claim(depthClaim(), m_depth);
    m_gradients->setAccessibleName(tr("Gradients of the twins at the start"));
    m_depth->setAccessibleName(tr("The stream of the twins at the start and trained"));
    for (EpochChart* chart : {m_gradients, m_depth}) {
        chart->setMinimumHeight(210);
        chart->setPlaceholder(tr("The twins are being started anew …"));
        connect(chart, &EpochChart::pointed, this,
                [this, chart](int place) { tell(readingOf(*chart, place)); });
    }
    if (!whatIf.isEmpty())
        page->addWidget(wayTo(whatIf), 0, Qt::AlignRight);
    const Claim debated = debatedClaim();
    addClaim(page, debated.title, debated.text, nullptr);
    page->addStretch();
    auto* area = new QScrollArea;
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setWidget(content);
    body()->addWidget(area, 1);
    addFoot();
    setHint(tr("Point at a bar or an epoch to read it; a click on a bar goes to its unit."));
    connect(m_norms, &ColumnChartView::columnHovered, this, [this](int unit) { tell(unitText(unit)); });
    connect(m_lesions, &ColumnChartView::columnHovered, this, [this](int unit) { tell(lesionText(unit)); });
    for (ColumnChartView* chart : {m_norms, m_lesions}) {
        keepLeastHeight(*chart, 150);
        connect(chart, &ColumnChartView::hoverLeft, this, [this] { tell({}); });
        connect(chart, &ColumnChartView::columnPicked, this, &ShortcutsView::goTo);
    }
}

QWidget* ShortcutsView::wayTo(const QString& whatIf) {
    auto* button = new QPushButton(tr("Switch parts off"));
    button->setToolTip(tr("To the tab What if, where any part can be switched off"));
    connect(button, &QPushButton::clicked, this, [this, whatIf] {
        ViewSettings settings = workspace().settings();
        settings.panelView = whatIf;
        workspace().setSettings(settings);
    });
    return button;
}

QLabel* ShortcutsView::addClaim(QVBoxLayout* page, const QString& title, const QString& text,
                                QWidget* figure) {
    auto* heading = new Paragraph(title);
    heading->setProperty("role", QStringLiteral("bold"));
    auto* words = new Paragraph(text);
    words->setProperty("role", QStringLiteral("secondary"));
    auto* found = new Paragraph;
    auto* column = new QVBoxLayout;
    column->setSpacing(Theme::grid);
    column->addWidget(heading);
    column->addWidget(words);
    column->addWidget(found);
    column->addStretch();
    auto* row = new QHBoxLayout;
    row->setSpacing(Theme::panelGap);
    row->addLayout(column, 2);
    if (figure)
        row->addWidget(figure, 3);
    page->addLayout(row);
    found->setVisible(figure != nullptr);
    return found;
}

QStringList ShortcutsView::findings() const {
    QStringList said;
    for (const QLabel* label : m_findings)
        said << label->text();
    return said;
}

void ShortcutsView::refresh(const Changes& changes) {
    if (changes.have(Changes::Theme)) {
        m_degradation->setTheme(workspace().theme());
        m_norms->setTheme(workspace().theme());
        m_lesions->setTheme(workspace().theme());
        m_gradients->setTheme(workspace().theme());
        m_depth->setTheme(workspace().theme());
    }
    if (m_degradation->charts().empty() && !m_histories.isRunning())
        readHistories();
    if (m_gradients->charts().empty() && !m_start.isRunning())
        startTwins();
    const bool isOther = changes.have(Changes::Model | Changes::OtherRun);
    if (isOther) {
        m_trials.cancel();
        m_without.clear();
    }
    if (isOther || changes.have(Changes::Outputs | Changes::RunEnded)) {
        showNorms();
        if (m_without.empty() && !m_trials.isRunning())
            tryUnits();
    }
}

void ShortcutsView::readHistories() {
    if (m_resources.residualTwin.isEmpty()) {
        m_degradation->setPlaceholder(tr("The twins that come with the program are missing."));
        return;
    }
    m_histories.start(
        [twin = m_resources.residualTwin](const BackgroundJob::Context& context) {
            return trainingsBeside(twin, context.stop());
        },
        [this](const std::vector<Training>& twins) { showDegradation(twins); },
        [this](const Error& error) { m_degradation->setPlaceholder(QString::fromUtf8(error.what())); });
}

void ShortcutsView::startTwins() {
    constexpr std::uint64_t seed = 0;
    if (m_resources.residualTwin.isEmpty() || m_resources.plainTwin.isEmpty() ||
        m_resources.samplePictures.isEmpty()) {
        for (EpochChart* chart : {m_gradients, m_depth})
            chart->setPlaceholder(tr("The twins or the sample photographs are missing."));
        return;
    }
    m_start.start(
        [resources = m_resources,
         options = workspace().engineOptions()](const BackgroundJob::Context& context) {
            return twinsAtStart(resources, seed, options, context.stop());
        },
        [this](const std::optional<TwinsAtStart>& twins) {
            if (twins)
                showTwins(*twins);
        },
        [this](const Error& error) {
            for (EpochChart* chart : {m_gradients, m_depth})
                chart->setPlaceholder(QString::fromUtf8(error.what()));
        });
}

void ShortcutsView::showTwins(const TwinsAtStart& twins) {
    m_gradients->setCharts(gradientCharts(twins));
    m_depth->setCharts(streamCharts(twins));
    m_findings[3]->setText(gradientFinding(twins));
    m_findings[4]->setText(streamFinding(twins));
}

void ShortcutsView::showDegradation(const std::vector<Training>& twins) {
    const TrainingCurves curves = TrainingCurves::of(twins);
    if (twins.size() < 2 || curves.accuracy.isEmpty()) {
        m_degradation->setPlaceholder(tr("The histories of the twins are missing."));
        return;
    }
    m_degradation->setCharts({curves.accuracy});
    connect(m_degradation, &EpochChart::pointed, this, [this, twins](int epoch) {
        QStringList said;
        for (const Training& training : twins)
            if (const HistoryEntry* entry = entryOf(training, epoch))
                said << tr("%1 %2, never seen %3")
                            .arg(nameOf(training), percentText(entry->trainingAccuracy.value_or(0.0)),
                                 percentText(entry->validationAccuracy.value_or(0.0)));
        tell(said.isEmpty() ? QString() : tr("Epoch %1: %2").arg(epoch).arg(said.join(QStringLiteral("; "))));
    });
    const HistoryEntry& residual = twins[0].history.back();
    const HistoryEntry& plain = twins[1].history.back();
    m_findings[0]->setText(
        tr("After %1 epochs: right on %2 of the pictures trained with, against %3 without shortcuts; on pictures never seen %4 against %5.")
            .arg(residual.epoch)
            .arg(percentText(residual.trainingAccuracy.value_or(0.0)),
                 percentText(plain.trainingAccuracy.value_or(0.0)),
                 percentText(residual.validationAccuracy.value_or(0.0)),
                 percentText(plain.validationAccuracy.value_or(0.0))));
}

void ShortcutsView::showNorms() {
    const Session& session = workspace().session();
    m_norms->setChart({});
    m_findings[1]->clear();
    if (!session.model || !session.isComputed())
        return m_norms->setPlaceholder(tr("They come once a picture has gone through the network."));
    ColumnChart::Series mainPath{ColumnChart::Tone::MainPath, {}};
    ColumnChart::Series shortcut{ColumnChart::Tone::Shortcut, {}};
    int shorter = 0;
    int sums = 0;
    for (const ResidualUnit& unit : session.graph().units()) {
        const auto norms = unitNormsOf(unit, session.run, workspace().engineOptions());
        mainPath.values.push_back(norms ? std::optional(norms->mainPath) : std::nullopt);
        shortcut.values.push_back(norms ? std::optional(norms->shortcut) : std::nullopt);
        sums += norms.has_value();
        shorter += norms && norms->mainPath < norms->shortcut;
    }
    if (sums == 0)
        return m_norms->setPlaceholder(
            tr("The open network has no shortcuts, so there is nothing beside F(x)."));
    m_norms->setChart(unitChart(session.graph(), tr("Norms of F(x), x"), {mainPath, shortcut}));
    m_findings[1]->setText(
        tr("In the open network F(x) is the shorter of the two in %1 of %2 units, for this picture.")
            .arg(shorter)
            .arg(sums));
}

void ShortcutsView::tryUnits() {
    m_lesions->setChart({});
    m_findings[2]->clear();
    const Session& session = workspace().session();
    const auto packed = workspace().packedNetwork();
    if (!session.model || !session.isComputed() || !session.reference().isComplete() || !packed)
        return m_lesions->setPlaceholder(tr("It comes once a picture has gone through the network."));
    m_lesions->setPlaceholder(tr("Each unit is being switched off …"));
    m_trials.start(
        [packed, run = session.reference()](const BackgroundJob::Context& context) {
            std::vector<Edits> edits;
            for (const SweepPoint& point : sweepPoints(run.graph(), {SweepKind::Units, 0, 0}))
                edits.push_back(point.edits);
            return tryOnPicture(packed, run, edits, context.stop()).value_or(PictureTrials{});
        },
        [this](PictureTrials trials) {
            m_whole = std::move(trials.reference);
            m_without = std::move(trials.results);
            showLesions();
        },
        [this](const Error& error) { m_lesions->setPlaceholder(QString::fromUtf8(error.what())); });
}

void ShortcutsView::showLesions() {
    if (m_without.empty())
        return;
    const int top = m_whole.top();
    ColumnChart::Series series{ColumnChart::Tone::MainPath, {}};
    int same = 0;
    for (const Prediction& each : m_without) {
        series.values.emplace_back(each.probabilities[std::size_t(top)]);
        same += each.top() == top;
    }
    const QString name = QString::fromStdString(workspace().model()->classNames[std::size_t(top)]);
    m_lesions->setChart(
        unitChart(workspace().session().graph(), tr("%1, F(x) of a unit off").arg(name), {series}));
    m_findings[2]->setText(
        tr("With all units the network says %1 with %2. With F(x) of one unit off it says the same for %3 of %4 units.")
            .arg(name, percentText(m_whole.probabilities[std::size_t(top)]))
            .arg(same)
            .arg(m_without.size()));
}

QString ShortcutsView::unitText(int unit) const {
    const Session& session = workspace().session();
    if (unit < 0 || !session.isComputed())
        return {};
    const ResidualUnit& of = session.graph().units()[std::size_t(unit)];
    const auto norms = unitNormsOf(of, session.run, workspace().engineOptions());
    return norms ? tr("%1: %2 (norms %3 and %4)")
                       .arg(titleOf(of), changeText(of, *norms), valueText(norms->mainPath),
                            valueText(norms->shortcut))
                 : QString();
}

QString ShortcutsView::lesionText(int unit) const {
    if (unit < 0 || unit >= int(m_without.size()))
        return {};
    const Prediction& without = m_without[std::size_t(unit)];
    const auto& names = workspace().model()->classNames;
    return tr("Without F(x) of %1: %2 %3; the answer is %4")
        .arg(nameOf(workspace(), unit), QString::fromStdString(names[std::size_t(m_whole.top())]),
             percentText(without.probabilities[std::size_t(m_whole.top())]),
             QString::fromStdString(names[std::size_t(without.top())]));
}

void ShortcutsView::goTo(int unit) {
    workspace().goToStep(workspace().session().graph().units()[std::size_t(unit)].last());
}

}  // namespace resnet::ui
