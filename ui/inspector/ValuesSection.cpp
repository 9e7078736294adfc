#include "ui/inspector/ValuesSection.h"

#include "core/explain/Statistics.h"
#include "ui/inspector/HistogramView.h"
#include "ui/widgets/FactList.h"
#include "ui/widgets/Labels.h"
#include "ui/words/NumberText.h"
#include "ui/words/Numbers.h"
#include "ui/words/Wording.h"
#include "ui/workspace/RunStatistics.h"

#include <QAbstractButton>
#include <QButtonGroup>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace resnet::ui {
namespace {

constexpr int histogramBins = 48;
enum Scope { OfStep, OfChannel };

}  // namespace

ValuesSection::ValuesSection(Workspace& workspace, QWidget* parent)
    : QWidget(parent),
      m_workspace(workspace),
      m_title(new ElidedLabel),
      m_scope(chips({{tr("Step"), tr("The values of all channels of this step")},
                     {tr("Channel"), tr("The values of the selected channel alone")}},
                    this)),
      m_histogram(new HistogramView),
      m_figures(new FactList) {
    m_title->setProperty("role", QStringLiteral("title"));
    auto* top = new QHBoxLayout;
    top->setSpacing(Theme::grid);
    top->addWidget(m_title, 1);
    for (QAbstractButton* chip : m_scope->buttons())
        top->addWidget(chip);
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(6);
    rows->addLayout(top);
    rows->addWidget(m_histogram);
    rows->addWidget(m_figures);

    connect(m_scope, &QButtonGroup::idToggled, this, [this](int, bool isChosen) {
        if (isChosen)
            refresh();
    });
}

void ValuesSection::setTheme(const Theme& theme) {
    m_histogram->setTheme(theme);
}

void ValuesSection::refresh() {
    setVisible(m_workspace.model() != nullptr);
    const FeatureMapsPtr output = m_workspace.shown().of(m_workspace.currentStep());
    m_histogram->setVisible(output != nullptr);
    m_figures->setVisible(output != nullptr);
    const QString what = nameOf(m_workspace.shown().quantity(), m_workspace.shown().side());
    const QString title = what.isEmpty() ? tr("Values") : capitalised(what);
    m_title->setText(output                             ? title
                     : m_workspace.shown().areOutputs() ? tr("%1: not computed yet").arg(title)
                                                        : tr("%1: none here").arg(title));
    showScopes(output);
    if (output)
        showFigures(*output);
}

// The figures of the whole step are the same for every channel.
void ValuesSection::followChannel() {
    if (m_scope->checkedId() == OfChannel)
        refresh();
    else
        nameChannel();
}

void ValuesSection::nameChannel() {
    if (m_workspace.model())
        m_scope->button(OfChannel)->setText(
            capitalised(channelName(*m_workspace.model(), m_workspace.currentStep(), m_workspace.channel())));
}

// One number has no distribution.
void ValuesSection::showScopes(const FeatureMapsPtr& output) {
    const bool hasMaps = output && output->shape().pixels() > 1;
    for (QAbstractButton* chip : m_scope->buttons())
        chip->setVisible(hasMaps);
    nameChannel();
}

bool ValuesSection::isOfChannel(const FeatureMaps& output) const {
    return m_scope->checkedId() == OfChannel && output.shape().pixels() > 1;
}

void ValuesSection::showFigures(const FeatureMaps& output) {
    const int channel = m_workspace.channel();
    const bool isChannel = isOfChannel(output);
    const auto& measured =
        *m_workspace.statistics().values().of(m_workspace.shown().of(m_workspace.currentStep()));
    const Statistics& statistics = isChannel ? measured.channels[std::size_t(channel)] : measured.total;
    m_histogram->setHistogram(isChannel ? histogramOf(output, channel, histogramBins)
                                        : histogramOf(output, statistics, histogramBins));
    FactList::Facts facts;
    if (statistics.count > 0)
        facts = {{tr("Minimum"), valueText(statistics.minimum)},
                 {tr("Mean"), valueText(statistics.mean)},
                 {tr("Maximum"), valueText(statistics.maximum)},
                 {tr("Std. deviation"), valueText(statistics.deviation)},
                 {tr("Share of zeros"), percentText(statistics.shareOfZeros())}};
    else
        facts = {{tr("Finite values"), tr("none")}};
    if (statistics.notANumber > 0)
        facts.emplace_back(tr("Not a number"), countText(statistics.notANumber));
    if (statistics.infinite > 0)
        facts.emplace_back(tr("Infinite"), countText(statistics.infinite));
    m_figures->setFacts(facts);
}

}  // namespace resnet::ui
