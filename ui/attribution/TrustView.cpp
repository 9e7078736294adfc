#include "ui/attribution/TrustView.h"

#include "core/explain/ClassActivation.h"
#include "ui/attribution/CurveChart.h"
#include "ui/attribution/MapTiles.h"
#include "ui/attribution/SignedScale.h"
#include "ui/attribution/TrustCharts.h"
#include "ui/images/QtImage.h"
#include "ui/widgets/ChoiceBox.h"
#include "ui/words/AttributionWords.h"
#include "ui/words/EditWords.h"
#include "ui/words/NumberText.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QSpinBox>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <cmath>

namespace resnet::ui {

namespace {

// The one that is known to fail comes first.
constexpr std::array methods{
    AttributionMethod::Guided,     AttributionMethod::Gradient,   AttributionMethod::InputTimesGradient,
    AttributionMethod::Integrated, AttributionMethod::SmoothGrad, AttributionMethod::GradCam,
    AttributionMethod::HiResCam,   AttributionMethod::LayerCam};
// A map is made for every unit: fewer than elsewhere.
constexpr int nodes = 8;
constexpr int samples = 8;
constexpr double testedBeyondScale = 0.02;

FeatureMapsPtr copyOf(const FeatureMaps& map) {
    auto copy = std::make_shared<FeatureMaps>(map.shape());
    std::copy_n(map.data(), map.size(), copy->data());
    return copy;
}

// Null for no name.
const ResidualUnit* unitNamed(const Graph& graph, const std::string& name) {
    const auto found = std::ranges::find(graph.units(), name, &ResidualUnit::name);
    return found == graph.units().end() ? nullptr : &*found;
}

}  // namespace

TrustView::TrustView(Workspace& workspace, QWidget* parent)
    : ComputedView(workspace, tr("Can this map be trusted?"), parent),
      m_method(new ChoiceBox),
      m_seed(new QSpinBox),
      m_pages(new QStackedWidget),
      m_tiles(new MapTiles(workspace.pointedCell())),
      m_likeness(new CurveChart),
      m_deletion(new CurveChart),
      m_insertion(new CurveChart) {
    for (const AttributionMethod each : methods)
        m_method->addItem(displayName(each));
    m_method->setAccessibleName(tr("Method"));
    m_method->setToolTip(tr("The map that is put to the test"));
    choices()->addWidget(m_method);
    m_questions = addChips(
        choices(), {{tr("Does it care for what was learned?"),
                     tr("The map while the weights are started anew, from the last unit on")},
                    {tr("Does the network need what it marks?"),
                     tr("The class's probability while blocks are hidden or shown in the map's order")}});
    m_seed->setRange(1, 9999);
    m_seed->setPrefix(tr("seed "));
    m_seed->setKeyboardTracking(false);
    m_seed->setButtonSymbols(QAbstractSpinBox::NoButtons);
    m_seed->setAccessibleName(tr("Seed"));
    m_seed->setToolTip(tr("Seed of new weights, of random orders and of noise"));
    choices()->addWidget(m_seed);
    choices()->addStretch(1);
    setExplanation(trustWords());

    auto* learned = new QWidget;
    auto* row = new QHBoxLayout(learned);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(Theme::panelGap);
    row->addWidget(m_tiles, 2);
    row->addWidget(m_likeness, 1);
    auto* needed = new QWidget;
    auto* curves = new QHBoxLayout(needed);
    curves->setContentsMargins(0, 0, 0, 0);
    curves->setSpacing(2 * Theme::panelGap);
    curves->addWidget(m_deletion);
    curves->addWidget(m_insertion);
    m_pages->addWidget(learned);
    m_pages->addWidget(needed);
    body()->addWidget(m_pages, 1);
    m_tiles->setLaidOver(false);
    m_tiles->setAccessibleName(tr("Maps of networks that forget"));
    m_tiles->setPlaceholder(tr("The map comes here, and again for each unit that is started anew."));
    addFoot();
    setHint(tr("Point at a map or a line to read its numbers."));
    connect(m_method, &QComboBox::activated, this, &TrustView::computeAnew);
    connect(m_seed, &QSpinBox::valueChanged, this, &TrustView::computeAnew);
    connect(m_tiles, &MapTiles::readoutChanged, this, &TrustView::tell);
    for (CurveChart* chart : {m_likeness, m_deletion, m_insertion})
        connect(chart, &CurveChart::hovered, this, [this, chart](int place) { tellPlace(*chart, place); });
}

TrustView::Question TrustView::question() const {
    return Question(m_questions->checkedId());
}

bool TrustView::hasResult() const {
    return question() == Question::Learned ? !m_learned.known.empty() : m_needed.has_value();
}

void TrustView::refresh(const Changes& changes) {
    if (changes.have(Changes::Theme)) {
        m_tiles->setTheme(workspace().theme());
        for (CurveChart* chart : {m_likeness, m_deletion, m_insertion})
            chart->setTheme(workspace().theme());
    }
    ComputedView::refresh(changes);
}

void TrustView::forget() {
    m_learned = {};
    m_needed.reset();
}

AttributionRequest TrustView::request() const {
    AttributionRequest made;
    made.method = methods[std::size_t(m_method->currentIndex())];
    made.classIndex = workspace().classInQuestion();
    made.nodes = nodes;
    made.samples = samples;
    made.seed = std::uint64_t(m_seed->value());
    return made;
}

void TrustView::start() {
    m_pages->setCurrentIndex(int(question()));
    showResult();
    if (question() == Question::Learned)
        startLearned();
    else
        startNeeded();
}

void TrustView::startLearned() {
    const Learned wanted{request(),
                         m_seed->value(),
                         workspace().session().graph().units().size() + 1,
                         {},
                         toQImage(workspace().croppedImage())};
    begin(
        [this, wanted](AttributionEngine& engine, const Run& run, const BackgroundJob::Context& context) {
            const auto take = [&](const RandomisedMap& made, int done, int total) {
                report(context, done, total);
                const ResidualUnit* unit = unitNamed(run.graph(), made.unit);
                const Level level{unit ? shortName(idOf(*unit)) : QString(),
                                  copyOf(made.map),
                                  made.rankCorrelation,
                                  made.rankCorrelationOfMagnitudes,
                                  made.similarity,
                                  scaleWithout(made.map, testedBeyondScale)};
                context.report([this, level, wanted] { this->take(level, wanted); });
            };
            randomisationTest(engine.forward.packed(), run, wanted.request, std::uint64_t(wanted.seed),
                              context.stop(), take);
            return true;
        },
        [](bool) {});
}

// The first map takes the place of what was shown.
void TrustView::take(Level level, const Learned& of) {
    if (level.unit.isEmpty()) {
        m_learned = of;
        setUpToDate();
    }
    m_learned.known.push_back(std::move(level));
    showResult();
    tellState();
}

void TrustView::startNeeded() {
    Needed wanted{request(), m_seed->value(), {}};
    begin(
        [wanted](AttributionEngine& engine, const Run& run, const BackgroundJob::Context& context) {
            Needed made = wanted;
            const auto found =
                attribute(engine.forward, engine.backward, run, wanted.request, context.stop());
            if (!found)
                return made;
            const FeatureShape& input = run.input()->shape();
            CurveRequest curve;
            curve.classIndex = wanted.request.classIndex;
            curve.seed = std::uint64_t(wanted.seed);
            const auto curves =
                curvesOf(engine.forward.packed(), run,
                         enlarged(channelSum(found->map), input.height, input.width), curve, context.stop());
            if (curves)
                made.curves = *curves;
            return made;
        },
        [this](Needed made) { m_needed = std::move(made); });
}

void TrustView::showResult() {
    showLearned();
    showNeeded();
}

void TrustView::showLearned() {
    m_tiles->setPicture(m_learned.picture);
    std::vector<MapTile> tiles;
    std::vector<std::array<double, 3>> likeness;
    for (const Level& level : m_learned.known) {
        MapTile tile{level.unit.isEmpty() ? tr("as it is") : tr("new from %1 on").arg(level.unit)};
        tile.shortTitle = level.unit.isEmpty() ? tr("as it is") : tr("%1 on").arg(level.unit);
        tile.map = level.map;
        tile.scale = level.scale;
        if (isFlat(*level.map))
            tile.note = tr("flat: %1").arg(valueText(level.map->data()[0]));
        tiles.push_back(std::move(tile));
        likeness.push_back({level.magnitudes, level.similarity, level.ranks});
    }
    m_tiles->setTiles(std::move(tiles));
    m_likeness->setChart(likenessChart(likeness, m_learned.levels));
}

void TrustView::showNeeded() {
    if (!m_needed || m_needed->curves.share.empty()) {
        m_deletion->setChart({});
        m_insertion->setChart({});
        return;
    }
    m_deletion->setChart(deletionChart(m_needed->curves));
    m_insertion->setChart(insertionChart(m_needed->curves));
}

// What the maps were made with, where that is less than elsewhere.
QString TrustView::settingsText(const AttributionRequest& used) {
    if (used.method == AttributionMethod::Integrated)
        return tr("Each map is of %1 nodes from the mean colour. ").arg(used.nodes);
    if (used.method == AttributionMethod::SmoothGrad)
        return tr("Each map is of %1 copies with noise of %2 of the input's range. ")
            .arg(used.samples)
            .arg(percentText(used.noise));
    if (isOfStep(used.method))
        return tr("Each map is of the last unit's output. ");
    return {};
}

QString TrustView::learnedText() const {
    const Level& last = m_learned.known.back();
    const std::size_t anew = m_learned.known.size() - 1;
    const QString now =
        anew == 0
            ? QString()
            : tr(" With %1 of %2 units started anew (seed %3) the magnitudes still agree by %4, SSIM %5.")
                  .arg(anew)
                  .arg(m_learned.levels - 1)
                  .arg(m_learned.seed)
                  .arg(valueText(last.magnitudes), valueText(last.similarity));
    return settingsText(m_learned.request) +
           tr("A map that can be trusted falls apart when the first few units forget: the lines drop towards 0 at the left. One that stays tells of the picture, not of the network.") +
           now;
}

QString TrustView::neededText() const {
    const Curves& curves = m_needed->curves;
    const double faster = areaUnder(curves, curves.randomDeletion) - areaUnder(curves, curves.deletion);
    const double sooner = areaUnder(curves, curves.insertion) - areaUnder(curves, curves.randomInsertion);
    return settingsText(m_needed->request) +
           tr("The class's probability while blocks of 16 × 16 pixels are hidden, and shown, in the map's order and in 4 random ones (seed %1). Better than random by an area of %2 (deletion) and %3 (insertion): above 0 speaks for the map.")
               .arg(m_needed->seed)
               .arg(signedValueText(faster), signedValueText(sooner));
}

QString TrustView::meaning() const {
    return question() == Question::Learned ? learnedText() : neededText();
}

void TrustView::tellPlace(const CurveChart& chart, int place) {
    if (place < 0)
        return tell({});
    if (&chart != m_likeness)
        return tell(tr("%1 of the picture: %2")
                        .arg(percentText(chart.chart().places[std::size_t(place)]), chart.textAt(place)));
    if (std::size_t(place) >= m_learned.known.size())
        return tell(tr("Not computed yet."));
    const QString& unit = m_learned.known[std::size_t(place)].unit;
    tell(tr("%1: %2").arg(unit.isEmpty() ? tr("as it is") : tr("new from %1 on").arg(unit),
                          chart.textAt(place)));
}

}  // namespace resnet::ui
