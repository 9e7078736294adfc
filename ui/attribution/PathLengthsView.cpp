#include "ui/attribution/PathLengthsView.h"

#include "core/attribution/Attribution.h"
#include "core/attribution/PathLengths.h"
#include "ui/attribution/MapTiles.h"
#include "ui/images/QtImage.h"
#include "ui/widgets/ColumnChartView.h"
#include "ui/words/AttributionWords.h"
#include "ui/words/NumberText.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QVBoxLayout>

#include <algorithm>
#include <numeric>

namespace resnet::ui {

namespace {

// "12,870".
QString countText(double count) {
    return QLocale(QLocale::English).toString(qlonglong(count));
}

QString unitsText(int units) {
    return units == 0   ? PathLengthsView::tr("shortcuts alone")
           : units == 1 ? PathLengthsView::tr("1 unit")
                        : PathLengthsView::tr("%1 units").arg(units);
}

int largestOf(const std::vector<double>& values) {
    return int(std::ranges::max_element(values) - values.begin());
}

double sumOf(const std::vector<double>& values) {
    return std::accumulate(values.begin(), values.end(), 0.0);
}

}  // namespace

PathLengthsView::PathLengthsView(Workspace& workspace, QWidget* parent)
    : ComputedView(workspace, tr("How many units does the gradient pass through?"), parent),
      m_chart(new ColumnChartView),
      m_tiles(new MapTiles(workspace.pointedCell())) {
    addAgainst();
    setExplanation(pathLengthsWords());
    m_chart->setMinimumSize(320, 120);
    m_chart->setAccessibleName(tr("Gradient and ways by the number of units"));
    m_tiles->setAccessibleName(tr("Gradient of one length"));
    m_tiles->setLaidOver(false);
    m_tiles->setMeanings({}, {});
    auto* row = new QHBoxLayout;
    row->setSpacing(Theme::panelGap);
    row->addWidget(m_chart, 3);
    row->addWidget(m_tiles, 2);
    body()->addLayout(row, 1);
    addFoot();
    setHint(tr("Point at a length to read its numbers; click to see what it brings to the picture."));
    connect(m_chart, &ColumnChartView::columnHovered, this, [this](int units) { tell(lengthText(units)); });
    connect(m_chart, &ColumnChartView::hoverLeft, this, [this] { tell({}); });
    connect(m_chart, &ColumnChartView::columnPicked, this, &PathLengthsView::choose);
    connect(m_tiles, &MapTiles::readoutChanged, this, &PathLengthsView::tell);
}

void PathLengthsView::refresh(const Changes& changes) {
    if (changes.have(Changes::Theme)) {
        m_chart->setTheme(workspace().theme());
        m_tiles->setTheme(workspace().theme());
    }
    ComputedView::refresh(changes);
}

void PathLengthsView::forget() {
    m_result = {};
    m_chosen = -1;
}

void PathLengthsView::start() {
    begin(
        [wanted = target()](AttributionEngine& engine, const Run& run,
                            const BackgroundJob::Context& context) {
            Result made;
            const auto found = pathLengths(engine.backward, run, wanted, context.stop());
            if (!found)
                return made;
            for (const FeatureMapsPtr& part : found->parts)
                made.parts.push_back(part ? std::make_shared<const FeatureMaps>(channelSum(*part)) : nullptr);
            made.norms = found->norms;
            made.ways = found->ways;
            made.whole = found->whole;
            made.sumError = found->sumError;
            return made;
        },
        [this, picture = toQImage(workspace().croppedImage())](Result result) {
            m_result = std::move(result);
            m_result.picture = picture;
            if (m_chosen < 0 || m_chosen >= int(m_result.norms.size()))
                m_chosen = largestOf(m_result.norms);
        });
}

void PathLengthsView::choose(int units) {
    m_chosen = units;
    showResult();
}

void PathLengthsView::showResult() {
    ColumnChart chart;
    chart.columns = int(m_result.norms.size());
    chart.tones.assign(m_result.norms.size(), ColumnChart::Tone::MainPath);
    const auto row = [&](const QString& title, const std::vector<double>& values, ColumnChart::Tone tone) {
        ColumnChart::Series series{tone, {}};
        for (const double value : values)
            series.values.emplace_back(value);
        chart.rows.push_back({title, {series}});
    };
    row(tr("Gradient"), m_result.norms, ColumnChart::Tone::MainPath);
    row(tr("Ways"), m_result.ways, ColumnChart::Tone::Neutral);
    for (int units = 0; units < chart.columns; ++units)
        chart.groups.push_back({QString::number(units), units});
    m_chart->setChart(std::move(chart));
    m_chart->setCurrent(m_chosen);
    m_tiles->setPicture(m_result.picture);
    m_tiles->setPlaceholder(hasResult() ? tr("Nothing comes through %1.").arg(unitsText(m_chosen))
                                        : tr("The gradient of one length comes here."));
    const FeatureMapsPtr part = hasResult() ? m_result.parts[std::size_t(m_chosen)] : nullptr;
    if (!part)
        return m_tiles->setTiles({});
    MapTile tile{tr("Through %1").arg(unitsText(m_chosen))};
    tile.map = part;
    m_tiles->setTiles({tile});
}

QString PathLengthsView::lengthText(int units) const {
    if (!hasResult())
        return {};
    return tr("%1 of %2 units: norm %3 beside %4 of the whole gradient; %5 of %6 ways")
        .arg(units)
        .arg(m_result.norms.size() - 1)
        .arg(valueText(m_result.norms[std::size_t(units)]), valueText(m_result.whole),
             countText(m_result.ways[std::size_t(units)]), countText(sumOf(m_result.ways)));
}

QString PathLengthsView::meaning() const {
    const int peak = largestOf(m_result.norms);
    const int mostWays = largestOf(m_result.ways);
    const int last = int(m_result.norms.size()) - 1;
    if (last == 0)
        return tr("The units of a plain network add nothing: there is one way, and no length to choose.");
    const QString where =
        peak < mostWays
            ? tr("Most ways pass %1 of %2 units, but the gradient is largest through %3 (norm %4) and %5 through %2.")
            : tr("Most ways pass %1 of %2 units; the gradient is largest through %3 (norm %4) and %5 through %2.");
    return where.arg(mostWays).arg(last).arg(peak).arg(valueText(m_result.norms[std::size_t(peak)]),
                                                       valueText(m_result.norms.back())) +
           tr(" All parts add up to the whole gradient (norm %1); their sum misses it by %2 of its largest value.")
               .arg(valueText(m_result.whole), valueText(m_result.sumError));
}

}  // namespace resnet::ui
