#include "ui/experiments/ScoreView.h"

#include "core/experiments/EditSweep.h"
#include "core/experiments/Trial.h"
#include "core/inference/PackedNetwork.h"
#include "ui/experiments/ScoreCanvas.h"
#include "ui/widgets/Labels.h"
#include "ui/words/EditWords.h"
#include "ui/words/ExperimentWords.h"
#include "ui/words/NumberText.h"
#include "ui/words/Wording.h"

#include <QButtonGroup>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace resnet::ui {

namespace {

constexpr int stripClasses = 5;

QString shortName(const ResidualUnit& unit) {
    return QStringLiteral("%1.%2").arg(unit.stage + 1).arg(unit.unit);
}

// The classes that are best at the end, and any that is first somewhere.
std::vector<int> classesOf(const std::vector<Prediction>& exits) {
    const std::vector<float>& last = exits.back().logits;
    std::vector<int> order(last.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = int(i);
    std::ranges::stable_sort(order, std::greater<>(), [&](int i) { return last[std::size_t(i)]; });
    order.resize(std::min(order.size(), std::size_t(stripClasses)));
    for (const Prediction& each : exits)
        if (std::ranges::find(order, each.top()) == order.end())
            order.push_back(each.top());
    return order;
}

}  // namespace

ScoreView::ScoreView(Workspace& workspace)
    : View(workspace, tr("Who wrote the score")),
      m_pages(chips({{tr("Score"), tr("What each unit wrote into the score of the class")},
                     {tr("Early exit"), tr("What the network would say if it ended sooner")}},
                    this)),
      m_canvas(new ScoreCanvas),
      m_summary(new ElidedLabel),
      m_sharing(tr("not enough memory to share the score out")),
      m_trying(tr("not enough memory to switch the units off")) {
    setExplanation(scoreWords());
    for (QAbstractButton* each : m_pages->buttons())
        addControl(each);
    m_summary->setProperty("role", QStringLiteral("secondary"));
    body()->setSpacing(Theme::grid);
    body()->addWidget(m_canvas, 1);
    body()->addWidget(m_summary);
    addFoot();
    connect(m_pages, &QButtonGroup::idClicked, this, [this] { showPage(); });
    connect(m_canvas, &ScoreCanvas::columnPicked, this, &ScoreView::pick);
    connect(m_canvas, &ScoreCanvas::columnHovered, this, [this](int column) { tell(figuresOf(column)); });
    connect(m_canvas, &ScoreCanvas::hoverLeft, this, [this] { tell({}); });
}

void ScoreView::setPage(Page page) {
    m_pages->button(int(page))->setChecked(true);
    showPage();
}

ScoreView::Page ScoreView::page() const {
    return Page(m_pages->checkedId());
}

QString ScoreView::whyNot() const {
    if (!workspace().session().hasInput())
        return tr("Open a picture and a network first.");
    if (std::ranges::none_of(workspace().session().graph().units(), &ResidualUnit::hasAddition))
        return tr("This network has no shortcuts, and so no stream that units write into.");
    if (!workspace().session().isComputed())
        return tr("The picture has to go through the whole network first (key End).");
    return {};
}

void ScoreView::refresh(const Changes& changes) {
    if (changes.have(Changes::Theme))
        m_canvas->setTheme(workspace().theme());
    const bool isOther = changes.have(Changes::anySession | Changes::Edits);
    if (isOther)
        computeTrials();
    if (isOther || changes.have(Changes::Class))
        computeShares();
    if (isOther || changes.have(Changes::Step | Changes::Class | Changes::RunEnded))
        showPage();
}

void ScoreView::computeShares() {
    m_sharing.cancel();
    m_shares.reset();
    if (!whyNot().isEmpty())
        return;
    m_sharing.start([run = workspace().activations(), shown = workspace().classInQuestion()](
                        const BackgroundJob::Context&) { return scoreShares(run, shown); },
                    [this](const ScoreShares& shares) {
                        m_shares = shares;
                        showPage();
                    },
                    [this](const Error& error) { workspace().post(error); });
}

void ScoreView::computeTrials() {
    m_trying.cancel();
    m_now.reset();
    m_without.clear();
    m_exits.clear();
    if (!whyNot().isEmpty())
        return;
    const Graph& graph = workspace().session().graph();
    const Edits& now = workspace().edits();
    std::vector<Edits> edits;
    for (const ResidualUnit& unit : graph.units()) {
        UnitEdit edit = now.of(idOf(unit));
        edit.mainPathGain = 0.0f;
        edits.push_back(now);
        edits.back().set(idOf(unit), edit);
    }
    for (int count = 0; count <= int(graph.units().size()); ++count)
        edits.push_back(withExitAfter(now, graph, count));
    m_trying.start(
        [edits, run = workspace().activations(), options = workspace().engineOptions(),
         packed = workspace().packedNetwork()](const BackgroundJob::Context& context) {
            const auto ready =
                packed ? packed : std::make_shared<const PackedNetwork>(run.network(), options);
            return tryOnPicture(ready, run, edits, context.stop());
        },
        [this](const std::optional<PictureTrials>& trials) {
            const auto units = std::ptrdiff_t(workspace().session().graph().units().size());
            m_now = trials->reference;
            m_without = {trials->results.begin(), trials->results.begin() + units};
            m_exits = {trials->results.begin() + units, trials->results.end()};
            showPage();
        },
        [this](const Error& error) { workspace().post(error); });
}

void ScoreView::showPage() {
    setTitle(page() == Page::Shares ? tr("Who wrote the score") : tr("Early exit"));
    m_summary->clear();
    const bool isThere = page() == Page::Shares ? m_shares && m_now : !m_exits.empty();
    const QString whyNot = this->whyNot();
    if (!whyNot.isEmpty() || !isThere) {
        setSubtitle({});
        setHint({});
        m_canvas->setPlaceholder(whyNot.isEmpty() ? tr("Computing…") : whyNot);
        m_canvas->setContent(ColumnChart{});
        return;
    }
    if (page() == Page::Shares)
        showShares();
    else
        showExits();
}

void ScoreView::showShares() {
    const std::vector<ResidualUnit>& units = workspace().session().graph().units();
    const auto shown = std::size_t(m_shares->classIndex);
    double shifts = 0.0;
    ColumnChart::Series wrote{{}, {m_shares->stem}};
    ColumnChart::Series lost{ColumnChart::Tone::Neutral, {std::nullopt}};
    ColumnChart chart;
    chart.tones = {ColumnChart::Tone::Shortcut};
    chart.groups = {{tr("stem"), 0}};
    for (std::size_t i = 0; i < units.size(); ++i) {
        wrote.values.emplace_back(m_shares->units[i].mainPath);
        lost.values.emplace_back(double(m_now->logits[shown]) - m_without[i].logits[shown]);
        shifts += m_shares->units[i].shift;
        chart.tones.push_back(ColumnChart::Tone::MainPath);
        if (units[i].unit == 0)
            chart.groups.push_back({tr("Stage %1").arg(units[i].stage + 1), int(i) + 1});
    }
    for (const double rest : {shifts, m_shares->head}) {
        wrote.values.emplace_back(rest);
        lost.values.emplace_back(std::nullopt);
        chart.tones.push_back(ColumnChart::Tone::Shortcut);
    }
    chart.groups.push_back({tr("rest"), int(units.size()) + 1});
    chart.columns = int(units.size()) + 3;
    chart.rows = {{tr("Logit"), {wrote, lost}, nullptr}};
    const ResidualUnit* here = workspace().session().graph().unitOf(workspace().currentStep());
    m_canvas->setAccessibleName(tr("What each unit wrote into the score"));
    m_canvas->setContent(chart);
    m_canvas->setCurrent(here ? int(here - units.data()) + 1 : -1);
    const QString name = QString::fromStdString(workspace().model()->classNames.at(shown));
    setSubtitle(
        tr("%1: %2 in all, with the masks of all ReLUs held").arg(name, valueText(m_shares->logit())));
    m_summary->setText(tr(
        "Blue: what F(x) wrote; orange: all else; they add up. Grey: what the score loses without the unit."));
    setHint(tr("Point at a column to read it; click to go to the unit."));
}

void ScoreView::showExits() {
    const std::vector<ResidualUnit>& units = workspace().session().graph().units();
    ExitStrip strip;
    strip.columns << tr("stem");
    for (const ResidualUnit& unit : units)
        strip.columns << shortName(unit);
    const std::vector<int> classes = classesOf(m_exits);
    for (const int index : classes) {
        ExitStrip::Row row{QString::fromStdString(workspace().model()->classNames.at(std::size_t(index))),
                           {}};
        for (const Prediction& each : m_exits)
            row.shares.push_back(each.probabilities.at(std::size_t(index)));
        strip.rows.push_back(std::move(row));
    }
    for (const Prediction& each : m_exits)
        strip.first.push_back(int(std::ranges::find(classes, each.top()) - classes.begin()));
    const auto settled = std::ranges::find_if(m_exits.rbegin(), m_exits.rend(), [&](const auto& each) {
        return each.top() != m_exits.back().top();
    });
    const ResidualUnit* here = workspace().session().graph().unitOf(workspace().currentStep());
    m_canvas->setAccessibleName(tr("What the network would say if it ended sooner"));
    m_canvas->setContent(strip);
    m_canvas->setCurrent(here ? int(here - units.data()) + 1 : -1);
    setSubtitle(tr("in %, if F(x) of every unit behind this one were off"));
    m_summary->setText(tr("Framed: the class that is first. From %1 on it is %2.")
                           .arg(strip.columns[int(m_exits.rend() - settled)],
                                strip.rows[std::size_t(strip.first.back())].name));
    setHint(tr("Click a column to end the network there."));
}

QString ScoreView::figuresOf(int column) const {
    const std::vector<ResidualUnit>& units = workspace().session().graph().units();
    const int unit = column - 1;
    if (page() == Page::Exits) {
        const QString place = column == 0
                                  ? tr("Ended after the stem")
                                  : tr("Ended after %1").arg(unitName(idOf(units[std::size_t(unit)])));
        return lesionFigures(place, m_exits[std::size_t(column)], workspace().classInQuestion(),
                             workspace().model()->classNames);
    }
    if (column == 0)
        return tr("The stem: %1").arg(signedValueText(m_shares->stem));
    if (unit == int(units.size()))
        return tr("Constants of the projections' batch norms: %1")
            .arg(signedValueText(*std::get<ColumnChart>(m_canvas->content())
                                      .rows.front()
                                      .series.front()
                                      .values[std::size_t(column)]));
    if (unit > int(units.size()))
        return tr("Bias of the class, and constants behind the last unit: %1")
            .arg(signedValueText(m_shares->head));
    const auto shown = std::size_t(m_shares->classIndex);
    return tr("%1: F(x) wrote %2; without it the score changes by %3")
        .arg(capitalised(unitName(idOf(units[std::size_t(unit)]))),
             signedValueText(m_shares->units[std::size_t(unit)].mainPath),
             signedValueText(double(m_without[std::size_t(unit)].logits[shown]) - m_now->logits[shown]));
}

void ScoreView::pick(int column) {
    const Graph& graph = workspace().session().graph();
    if (page() == Page::Exits)
        workspace().setEdits(withExitAfter(workspace().editsAskedFor(), graph, column));
    else if (column >= 1 && column <= int(graph.units().size()))
        workspace().goToStep(graph.units()[std::size_t(column - 1)].branchOutput());
}

}  // namespace resnet::ui
