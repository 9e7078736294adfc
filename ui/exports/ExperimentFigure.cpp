#include "ui/exports/ExperimentFigure.h"

#include "ui/Words.h"
#include "ui/exports/WidgetFigure.h"
#include "ui/words/EditWords.h"

#include <cmath>
#include <map>

namespace resnet::ui {

namespace {

using Tone = ColumnChart::Tone;

QString className(const Model& model, int index) {
    return QString::fromStdString(model.classNames.at(std::size_t(index)));
}

double valueOf(const Outcome& outcome, const ExperimentReport& report) {
    return !report.isFolder    ? outcome.classProbability
           : report.hasClasses ? outcome.accuracy()
                               : outcome.agreement();
}

QString titleOf(SweepKind kind) {
    switch (kind) {
        case SweepKind::Units:
            return Words::tr("F(x) of one unit off");
        case SweepKind::Shortcuts:
            return Words::tr("One shortcut off");
        case SweepKind::Count:
            return Words::tr("F(x) of k units off, drawn at random");
        case SweepKind::Swaps:
            return Words::tr("Two units of a stage swapped");
        case SweepKind::Exits:
            return Words::tr("Early exit: F(x) of all units after the first k off");
    }
    return {};
}

QString labelOf(const SweepPoint& point, const Graph& graph) {
    if (point.kind == SweepKind::Units || point.kind == SweepKind::Shortcuts)
        return shortName(idOf(graph.units()[std::size_t(point.position)]));
    if (point.kind != SweepKind::Swaps)
        return QString::number(point.position);
    QStringList names;
    for (const auto& [id, edit] : point.edits.units())
        names << shortName(id);
    return names.join(QStringLiteral("↔"));
}

// A title over the bars from where their group changes.
void groupBar(SweepChart::Panel& panel, const QString& group) {
    if (panel.groups.empty() || panel.groups.back().title != group)
        panel.groups.push_back({group, int(panel.bars.size()) - 1});
}

SweepChart::Bar barOf(const ExperimentRow& row, const ExperimentReport& report, const Model& model) {
    SweepChart::Bar bar;
    bar.value = valueOf(row.outcome, report);
    if (row.measured)
        bar.measured = valueOf(*row.measured, report);
    const int top = row.outcome.mean.top();
    if (!report.isFolder && top != report.reference.mean.top())
        bar.note = className(model, top);
    return bar;
}

void addBar(SweepChart::Panel& panel, const ExperimentRow& row, const ExperimentReport& report,
            const Model& model) {
    SweepChart::Bar bar = barOf(row, report, model);
    if (!row.point) {
        bar.label = Words::tr("edited");
        panel.bars.push_back(bar);
        return;
    }
    const SweepPoint& point = *row.point;
    bar.label = labelOf(point, model.graph());
    const bool isOfUnit = point.kind == SweepKind::Units || point.kind == SweepKind::Shortcuts;
    if (isOfUnit)
        bar.changesX = model.graph().units()[std::size_t(point.position)].changesX();
    panel.bars.push_back(bar);
    if (isOfUnit)
        groupBar(panel,
                 Words::tr("Stage %1").arg(model.graph().units()[std::size_t(point.position)].stage + 1));
    if (point.kind == SweepKind::Swaps)
        groupBar(panel, Words::tr("%1 apart").arg(point.position));
}

// Mean and spread of the draws of each number of units.
void addDraws(SweepChart::Panel& panel, const ExperimentReport& report) {
    struct Draws {
        std::vector<double> values;
        std::vector<double> measured;
    };
    std::map<int, Draws> byCount;
    for (const ExperimentRow& row : report.rows)
        if (row.point && row.point->kind == SweepKind::Count) {
            byCount[row.point->position].values.push_back(valueOf(row.outcome, report));
            if (row.measured)
                byCount[row.point->position].measured.push_back(valueOf(*row.measured, report));
        }
    const auto meanOf = [](const std::vector<double>& values) {
        double sum = 0.0;
        for (const double value : values)
            sum += value;
        return sum / double(values.size());
    };
    for (const auto& [count, draws] : byCount) {
        SweepChart::Bar bar;
        bar.label = QString::number(count);
        bar.value = meanOf(draws.values);
        double squares = 0.0;
        for (const double value : draws.values)
            squares += (value - bar.value) * (value - bar.value);
        if (draws.values.size() > 1) {
            const double deviation = std::sqrt(squares / double(draws.values.size() - 1));
            bar.low = std::max(0.0, bar.value - deviation);
            bar.high = std::min(1.0, bar.value + deviation);
        }
        if (!draws.measured.empty())
            bar.measured = meanOf(draws.measured);
        panel.bars.push_back(bar);
    }
}

}  // namespace

SweepChart sweepChart(const ExperimentReport& report, const Model& model) {
    SweepChart chart;
    std::vector<std::optional<SweepKind>> kinds;
    for (const ExperimentRow& row : report.rows) {
        const auto kind = row.point ? std::optional(row.point->kind) : std::nullopt;
        if (std::ranges::find(kinds, kind) == kinds.end())
            kinds.push_back(kind);
    }
    for (const std::optional<SweepKind> kind : kinds) {
        SweepChart::Panel panel;
        panel.title = kind ? titleOf(*kind) : Words::tr("Edited");
        panel.tone = kind == SweepKind::Shortcuts                           ? Tone::Shortcut
                     : kind == SweepKind::Swaps || kind == SweepKind::Exits ? Tone::Neutral
                                                                            : Tone::MainPath;
        panel.reference = valueOf(report.reference, report);
        panel.referenceLabel = Words::tr("as it is: %1 %").arg(std::lround(panel.reference * 100.0));
        if (kind == SweepKind::Count)
            addDraws(panel, report);
        else
            for (const ExperimentRow& row : report.rows)
                if (kind == (row.point ? std::optional(row.point->kind) : std::nullopt))
                    addBar(panel, row, report, model);
        chart.panels.push_back(std::move(panel));
    }
    return chart;
}

Figure figureOf(const ExperimentReport& report, const Model& model, const Theme& theme) {
    const SweepChart chart = sweepChart(report, model);
    FigureTitle title;
    const QString network = QString::fromStdString(model.title);
    if (!report.isFolder) {
        const int watched = report.watched.value_or(report.reference.mean.top());
        title = {Words::tr("%1: probability of %2")
                     .arg(QString::fromStdString(report.subject), className(model, watched)),
                 Words::tr("%1, one picture. Each bar is the network with that change alone.").arg(network)};
    } else {
        title = {Words::tr("%1: %2 over %3 pictures")
                     .arg(QString::fromStdString(report.subject),
                          report.hasClasses ? Words::tr("accuracy")
                                            : Words::tr("agreement with the network as it is"))
                     .arg(report.reference.images),
                 Words::tr("%1. Each bar is the network with that change alone.").arg(network)};
    }
    return pageOf(title, sizeOf(chart), theme,
                  [chart, theme](QPainter& painter) { paintSweepChart(painter, chart, theme); });
}

}  // namespace resnet::ui
