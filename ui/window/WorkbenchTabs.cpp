#include "ui/window/WorkbenchTabs.h"

#include "ui/Words.h"
#include "ui/activations/ActivationViews.h"
#include "ui/activations/ChannelDetail.h"
#include "ui/activations/ChannelStrip.h"
#include "ui/attribution/AttributionViews.h"
#include "ui/diagram/OpenUnitView.h"
#include "ui/experiments/ExperimentViews.h"
#include "ui/explain/ExplanationViews.h"
#include "ui/painting/Theme.h"
#include "ui/training/TrainingViews.h"
#include "ui/widgets/TextSize.h"

#include <QHBoxLayout>
#include <QResizeEvent>
#include <QVBoxLayout>

#include <algorithm>

namespace resnet::ui {

namespace {

// The unit's layers above what it does to a channel, where there is room for both, and the channels below.
class UnitPage : public QWidget {
public:
    UnitPage(View* detail, View* layers, View* strip) : m_layers(layers) {
        auto* rows = new QVBoxLayout(this);
        rows->setContentsMargins(0, 0, 0, 0);
        rows->setSpacing(Theme::panelPadding);
        rows->addWidget(layers, 2);
        rows->addWidget(detail, 3);
        rows->addWidget(strip);
    }

protected:
    void resizeEvent(QResizeEvent* event) override {
        constexpr int roomForBoth = 560;
        m_layers->setVisible(event->size().height() >= scaled(roomForBoth));
    }

private:
    View* m_layers;
};

// The view alone, and where there is room what stands beside it, too.
class MapsPage : public QWidget {
public:
    MapsPage(View* main, View* beside) : m_beside(beside) {
        auto* row = new QHBoxLayout(this);
        row->setContentsMargins(0, 0, 0, 0);
        row->setSpacing(2 * Theme::panelPadding);
        row->addWidget(main, 13);
        row->addWidget(beside, 8);
    }

protected:
    void resizeEvent(QResizeEvent* event) override {
        constexpr int roomForBoth = 920;
        m_beside->setVisible(event->size().width() >= scaled(roomForBoth));
    }

private:
    View* m_beside;
};

ViewEntry unitEntry() {
    return {ViewSettings::unit,
            Words::tr("Channel through the unit"),
            Words::tr("x, F(x), their sum and ReLU of the selected channel, large and on one scale"),
            {},
            [](Workspace& workspace) {
                return QList<View*>{new ChannelDetail(workspace, ChannelDetail::About::Unit),
                                    new OpenUnitView(workspace), new ChannelStrip(workspace)};
            },
            true,
            [](const QList<View*>& views) { return new UnitPage(views[0], views[1], views[2]); }};
}

ViewEntry layersEntry() {
    return {QStringLiteral("layers"),
            Words::tr("Layers of the unit"),
            Words::tr("The unit's layers one by one, with the shortcut around them"),
            {},
            [](Workspace& workspace) { return QList<View*>{new OpenUnitView(workspace)}; }};
}

// Of several lists, by key; each must be there.
ViewEntries pick(const ViewEntries& all, const QStringList& keys) {
    ViewEntries picked;
    for (const QString& key : keys)
        picked.push_back(*std::ranges::find(all, key, &ViewEntry::key));
    return picked;
}

}  // namespace

std::vector<WorkbenchTab> workbenchTabs(const TrainingResources& training) {
    ViewEntries all = activationViews();
    std::ranges::copy(explanationViews(), std::back_inserter(all));
    const ViewEntries attribution = attributionViews(training.samplePictures);
    std::ranges::copy(attribution, std::back_inserter(all));
    for (ViewEntry& entry : all)
        if (entry.key == ViewSettings::maps || entry.key == ViewSettings::unitMaps)
            entry.arrange = [](const QList<View*>& shown) { return new MapsPage(shown[0], shown[1]); };
    all.push_back(unitEntry());
    all.push_back(layersEntry());
    const auto views = [&](std::initializer_list<QString> keys) { return pick(all, QStringList(keys)); };
    ViewEntries why = views({QStringLiteral("class")});
    std::ranges::copy(attribution, std::back_inserter(why));
    return {
        {Words::tr("Unit"), Words::tr("What the residual unit of this step does"),
         views({ViewSettings::unit, QStringLiteral("layers"), ViewSettings::unitMaps})},
        {Words::tr("Maps"), Words::tr("Every channel of this step"), views({ViewSettings::maps})},
        {Words::tr("Number"), Words::tr("The arithmetic behind the selected cell"),
         views({QStringLiteral("number")})},
        {Words::tr("Why"), Words::tr("What speaks for a class, and what against it"), why},
        {Words::tr("What if"), Words::tr("Switch parts of the network off, and see what changes"),
         experimentViews()},
        {Words::tr("Charts"), Words::tr("Figures of all steps, units and stages"),
         views({QStringLiteral("steps"), QStringLiteral("units"), QStringLiteral("stages")})},
        {Words::tr("Weights"), Words::tr("What the network has learned here"),
         views({QStringLiteral("weights"), QStringLiteral("folding")}), false},
        {Words::tr("Training"),
         Words::tr("How the network came to its weights, and the ground they stand on"),
         trainingViews(training, QStringLiteral("whatif")), false},
    };
}

}  // namespace resnet::ui
