#include "ui/activations/FeatureMapsPanel.h"

#include "ui/activations/ChannelDetail.h"
#include "ui/activations/MapControls.h"

#include <QHBoxLayout>
#include <QStackedWidget>

#include <algorithm>

namespace resnet::ui {
namespace {

// A card inside this one: its rows without frame and margins.
void makeColumn(Card* card) {
    card->setProperty("role", QStringLiteral("column"));
    card->layout()->setContentsMargins(0, 0, 0, 0);
}

QFrame* divider() {
    auto* line = new QFrame;
    line->setProperty("role", QStringLiteral("divider"));
    line->setFixedWidth(1);
    return line;
}

QStringList namesOf(const ViewEntries& entries) {
    QStringList names;
    for (const ViewEntry& entry : entries)
        names << entry.name;
    return names;
}

}  // namespace

FeatureMapsPanel::FeatureMapsPanel(Workspace& workspace, ViewEntries views, QWidget* parent)
    : QFrame(parent),
      m_workspace(workspace),
      m_entries(std::move(views)),
      m_detail(new ChannelDetail(workspace)),
      m_choice(new ChoiceButton(tr("S&how"), namesOf(m_entries))),
      m_stack(new QStackedWidget) {
    setProperty("role", QStringLiteral("card"));
    setAccessibleName(tr("Feature maps"));
    makeColumn(m_detail);
    m_choice->setToolTip(tr(
        "The maps of this step, what its residual unit does to each channel, figures of all steps or of all units, or the weights (Alt+H)"));
    auto* columns = new QHBoxLayout(this);
    columns->setContentsMargins(Theme::panelPadding, 10, Theme::panelPadding, Theme::panelPadding);
    columns->setSpacing(Theme::panelPadding);
    columns->addWidget(m_stack, 13);
    columns->addWidget(divider());
    columns->addWidget(m_detail, 8);

    connect(m_choice, &ChoiceButton::chosen, this,
            [this](int choice) { choose(m_entries[std::size_t(choice)].key); });
    connect(&m_workspace, &Workspace::changed, this, &FeatureMapsPanel::follow);
    showChosen();
}

void FeatureMapsPanel::choose(const QString& key) {
    ViewSettings settings = m_workspace.settings();
    settings.panelView = key;
    m_workspace.setSettings(settings);
}

void FeatureMapsPanel::follow(const Changes& changes) {
    if (changes.have(Changes::Settings))
        showChosen();
}

void FeatureMapsPanel::showChosen() {
    const auto found = std::ranges::find(m_entries, m_workspace.settings().panelView, &ViewEntry::key);
    const ViewEntry& entry = found == m_entries.end() ? m_entries.front() : *found;
    View*& view = m_views[entry.key];
    if (!view) {
        view = entry.make(m_workspace).front();
        makeColumn(view);
        m_stack->addWidget(view);
    }
    if (std::exchange(m_shown, view) == view)
        return;
    view->addControl(m_choice);
    m_choice->setChoice(int(&entry - m_entries.data()));
    m_stack->setCurrentWidget(view);
}

}  // namespace resnet::ui
