#include "ui/experiments/UnitControls.h"

#include "core/experiments/EditSweep.h"
#include "ui/experiments/GainSlider.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/TextSize.h"
#include "ui/words/EditWords.h"
#include "ui/words/Wording.h"
#include "ui/workspace/HistoryKeeper.h"

#include <QGridLayout>
#include <QMenu>
#include <QPushButton>

namespace resnet::ui {

namespace {

QPushButton* makeButton(const QString& text) {
    auto* button = new QPushButton(text);
    button->setAccessibleName(text);
    return button;
}

}  // namespace

UnitControls::UnitControls(Workspace& workspace, QWidget* parent)
    : QWidget(parent),
      m_workspace(workspace),
      m_mainPath(makeRow(Way::MainPath, tr("F(x)"))),
      m_shortcut(makeRow(Way::Shortcut, tr("shortcut"))),
      m_use(makeButton(tr("Use weights of…"))),
      m_swap(makeButton(tr("Swap with…"))),
      m_restart(makeButton(tr("Reinitialise"))),
      m_stage(makeButton(tr("Stage…"))) {
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(2 * Theme::grid);
    grid->setVerticalSpacing(Theme::grid);
    int row = 0;
    for (const Row& each : {m_mainPath, m_shortcut}) {
        grid->addWidget(each.name, row, 0);
        grid->addWidget(each.slider, row, 1);
        grid->addWidget(each.value, row++, 2);
    }
    grid->setColumnStretch(1, 3);
    grid->setColumnMinimumWidth(3, 2 * Theme::grid);
    grid->addWidget(m_use, 0, 4);
    grid->addWidget(m_swap, 0, 5);
    grid->addWidget(m_restart, 1, 4);
    grid->addWidget(m_stage, 1, 5);
    grid->setColumnStretch(6, 1);
    for (const bool swaps : {false, true}) {
        QPushButton* button = swaps ? m_swap : m_use;
        auto* menu = new QMenu(button);
        connect(menu, &QMenu::aboutToShow, this, [this, menu, swaps] { fillMenu(*menu, swaps); });
        button->setMenu(menu);
    }
    auto* stageMenu = new QMenu(m_stage);
    stageMenu->setToolTipsVisible(true);
    connect(stageMenu, &QMenu::aboutToShow, this, [this, stageMenu] { fillStageMenu(*stageMenu); });
    m_stage->setMenu(stageMenu);
    m_stage->setToolTip(tr("Changes several units at once, or the order of a stage's"));
    connect(m_restart, &QPushButton::clicked, this, &UnitControls::restart);
}

UnitControls::Row UnitControls::makeRow(Way way, const QString& name) {
    Row row{new QLabel(name), new GainSlider(way), new QLabel};
    row.name->setProperty("role", QStringLiteral("bold"));
    row.slider->setAccessibleName(tr("%1 counts by").arg(name));
    keepLeastWidth(*row.value, 52);
    connect(row.slider, &GainSlider::gainChanged, this, [this, way](float gain) { setGain(way, gain); });
    connect(row.slider, &QSlider::sliderPressed, this, [this] { m_workspace.history().setHeld(true); });
    connect(row.slider, &QSlider::sliderReleased, this, [this] { m_workspace.history().setHeld(false); });
    return row;
}

void UnitControls::setTheme(const Theme& theme) {
    for (const auto& [row, colour] :
         {std::pair(m_mainPath, theme.mainPath), std::pair(m_shortcut, theme.shortcutText)}) {
        row.slider->setTheme(theme);
        row.name->setStyleSheet(QStringLiteral("color: %1").arg(colour.name()));
    }
}

const ResidualUnit* UnitControls::unit() const {
    return m_workspace.model() ? m_workspace.session().graph().unitOf(m_workspace.currentStep()) : nullptr;
}

UnitEdit UnitControls::edit() const {
    return m_workspace.editsAskedFor().of(idOf(*unit()));
}

void UnitControls::set(const UnitEdit& edit) {
    Edits edits = m_workspace.editsAskedFor();
    edits.set(idOf(*unit()), edit);
    m_workspace.setEdits(edits);
    refresh();
}

void UnitControls::setGain(Way way, float gain) {
    if (!unit())
        return;
    UnitEdit changed = edit();
    (way == Way::Shortcut ? changed.shortcutGain : changed.mainPathGain) = gain;
    set(changed);
}

void UnitControls::setWeights(const UnitWeights& weights) {
    if (!unit())
        return;
    UnitEdit changed = edit();
    changed.weights = weights;
    set(changed);
}

// Every press starts it from another seed.
void UnitControls::restart() {
    if (!unit())
        return;
    const UnitEdit now = edit();
    const auto* started = std::get_if<NewWeights>(&now.weights);
    setWeights(NewWeights{started ? started->seed + 1 : 1});
}

void UnitControls::fillMenu(QMenu& menu, bool swaps) {
    menu.clear();
    if (!unit())
        return;
    const UnitId here = idOf(*unit());
    for (const UnitId other : unitsLike(m_workspace.session().graph(), here))
        connect(menu.addAction(capitalised(unitName(other))), &QAction::triggered, this,
                [this, here, other, swaps] {
                    if (swaps)
                        m_workspace.setEdits(withSwapped(m_workspace.editsAskedFor(), here, other));
                    else
                        setWeights(WeightsOf{other});
                    refresh();
                });
    if (swaps || edit().weights == UnitWeights())
        return;
    menu.addSeparator();
    connect(menu.addAction(tr("Its own")), &QAction::triggered, this, [this] { setWeights(OwnWeights{}); });
}

void UnitControls::fillStageMenu(QMenu& menu) {
    menu.clear();
    if (!unit())
        return;
    const Graph& graph = m_workspace.session().graph();
    const UnitId here = idOf(*unit());
    const auto add = [&](const QString& text, const QString& tip, const Edits& edits) {
        QAction* action = menu.addAction(text);
        action->setToolTip(tip);
        action->setEnabled(!(edits == m_workspace.editsAskedFor()));
        connect(action, &QAction::triggered, this, [this, edits] {
            m_workspace.setEdits(edits);
            refresh();
        });
    };
    const auto same = [&](std::span<const ResidualUnit> units) {
        std::vector<UnitId> ids;
        for (const ResidualUnit& each : units)
            ids.push_back(idOf(each));
        return withSame(m_workspace.editsAskedFor(), graph, here, ids);
    };
    const QString alike =
        tr("Their F(x) and shortcut count as much as this unit's, and they are started anew "
           "or use the same weights if it does");
    add(tr("All units of stage %1 like this").arg(here.stage + 1), alike, same(graph.stage(here.stage)));
    add(tr("All %1 units like this").arg(graph.units().size()), alike, same(graph.units()));
    menu.addSeparator();
    const QString order = tr("Among units of equal shapes; the swaps of two give any other order");
    add(tr("Reverse the order of stage %1").arg(here.stage + 1), order,
        withStageReversed(m_workspace.editsAskedFor(), graph, here.stage));
    add(tr("Shuffle stage %1").arg(here.stage + 1), order,
        withStageShuffled(m_workspace.editsAskedFor(), graph, here.stage, ++m_shuffles));
}

void UnitControls::refresh() {
    if (!unit())
        return;
    const UnitEdit asked = edit();
    const bool hasSum = unit()->hasAddition();
    for (const auto& [row, gain] :
         {std::pair(m_mainPath, asked.mainPathGain), std::pair(m_shortcut, asked.shortcutGain)}) {
        row.slider->showGain(gain);
        row.slider->setEnabled(hasSum);
        row.slider->setToolTip(
            hasSum ? tr("Drag, or press 0 to switch off and 1 for × 1; a double click gives × 1")
                   : tr("A plain network has no shortcut and no sum: there is nothing to weigh here"));
        row.value->setText(gainText(gain));
    }
    const bool hasOthers = !unitsLike(m_workspace.session().graph(), idOf(*unit())).empty();
    const QString alone = tr("No other unit of this stage has the same shapes");
    const bool hasForeign = asked.weights != UnitWeights();
    m_use->setEnabled(hasOthers || hasForeign);
    m_use->setToolTip(hasOthers ? tr("Computes this unit with another one's weights") : alone);
    m_swap->setEnabled(hasOthers);
    m_swap->setToolTip(hasOthers ? tr("The two units use each other's weights") : alone);
    m_stage->setEnabled(m_workspace.session().graph().units().size() > 1);
    m_restart->setToolTip(tr("Random weights, as before training; every press takes another seed"));
}

}  // namespace resnet::ui
