#include "ui/attribution/UnitCamsView.h"

#include "core/explain/ClassActivation.h"
#include "ui/attribution/MapTiles.h"
#include "ui/images/QtImage.h"
#include "ui/words/AttributionWords.h"
#include "ui/words/EditWords.h"
#include "ui/words/NumberText.h"
#include "ui/words/Wording.h"

#include <QAbstractButton>
#include <QButtonGroup>
#include <QHBoxLayout>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <limits>

namespace resnet::ui {

namespace {

// Two maps that differ by less than this share of the largest value differ by rounding.
constexpr double rounding = 1e-5;

double largestMagnitude(const FeatureMaps& map) {
    double largest = 0.0;
    for (std::size_t i = 0; i < map.size(); ++i)
        largest = std::max(largest, std::abs(double(map.data()[i])));
    return largest;
}

double largestDifference(const FeatureMaps& a, const FeatureMaps& b) {
    double largest = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i)
        largest = std::max(largest, std::abs(double(a.data()[i]) - b.data()[i]));
    return largest;
}

}  // namespace

UnitCamsView::UnitCamsView(Workspace& workspace, QWidget* parent)
    : ComputedView(workspace, tr("Grad-CAM at every unit"), parent),
      m_tiles(new MapTiles(workspace.pointedCell())) {
    addAgainst();
    const auto entry = [](AttributionMethod method) {
        return std::pair(displayName(method), meaningOf(method));
    };
    m_methods = addChips(nullptr, {entry(AttributionMethod::GradCam), entry(AttributionMethod::HiResCam),
                                   entry(AttributionMethod::LayerCam)});
    m_places = addChips(choices(), {{tr("After ReLU"), tr("What each unit puts out")},
                                    {tr("Before ReLU"), tr("The sum F(x) + x of each unit")},
                                    {tr("F(x) alone"), tr("What F(x) brings into the sum")},
                                    {tr("Shortcut alone"), tr("What the shortcut brings into the sum")}});
    choices()->addSpacing(2 * Theme::grid);
    m_over =
        addSwitch(tr("Over the picture"), tr("Lay the maps over the picture, else show them alone"), true);
    m_byArea = addSwitch(tr("By area"),
                         tr("Early maps have many small cells: count as many as one of the last map covers, "
                            "else show each cell's own number"),
                         true);
    m_positive = addSwitch(tr("Above 0"),
                           tr("Cut off what speaks against the class, as Grad-CAM was published"), false);
    choices()->addStretch(1);
    setExplanation(unitCamsWords());
    m_tiles->setAccessibleName(tr("Maps of all units"));
    body()->addWidget(m_tiles, 1);
    addFoot();
    setHint(tr("Point at a map to read a number; click to go to its unit."));
    connect(m_tiles, &MapTiles::readoutChanged, this, &UnitCamsView::tell);
    connect(m_tiles, &MapTiles::chosen, this, &UnitCamsView::goTo);
}

QToolButton* UnitCamsView::addSwitch(const QString& text, const QString& tip, bool isOn) {
    auto* button = new QToolButton;
    button->setText(text);
    button->setToolTip(tip);
    button->setAccessibleName(text);
    button->setCheckable(true);
    button->setChecked(isOn);
    button->setProperty("role", QStringLiteral("chip"));
    choices()->addWidget(button);
    connect(button, &QToolButton::toggled, this, &UnitCamsView::showResult);
    return button;
}

void UnitCamsView::refresh(const Changes& changes) {
    if (changes.have(Changes::Model))
        showPlaces();
    if (changes.have(Changes::Theme))
        m_tiles->setTheme(workspace().theme());
    ComputedView::refresh(changes);
}

void UnitCamsView::showPlaces() {
    const ModelPtr& model = workspace().model();
    const bool adds = !model || model->graph().units().front().hasAddition();
    for (const UnitPlace place : {UnitPlace::Sum, UnitPlace::MainPath, UnitPlace::Shortcut}) {
        QAbstractButton* button = m_places->button(int(place));
        button->setEnabled(adds);
        if (!adds)
            button->setToolTip(tr("The units of a plain network add nothing: F(x) is all they put out"));
    }
    if (!adds)
        m_places->button(int(UnitPlace::Output))->setChecked(true);
}

void UnitCamsView::forget() {
    m_result = {};
}

void UnitCamsView::start() {
    AttributionRequest request;
    request.method = AttributionMethod(m_methods->checkedId());
    request.classIndex = workspace().classInQuestion();
    request.against = against();
    const auto place = UnitPlace(m_places->checkedId());
    begin(
        [request, place](AttributionEngine& engine, const Run& run, const BackgroundJob::Context& context) {
            Result result{request.method, place, {}, {}, nullptr};
            auto maps = attributeUnits(engine.backward, run, request, context.stop(), place);
            if (!maps)
                return result;
            for (FeatureMaps& map : *maps)
                result.units.push_back(std::make_shared<const FeatureMaps>(std::move(map)));
            if (isActivationExact(run.graph()))
                result.activation = std::make_shared<const FeatureMaps>(
                    classActivation(run, request.classIndex, request.against).evidence);
            return result;
        },
        [this, picture = toQImage(workspace().croppedImage())](Result result) {
            m_result = std::move(result);
            m_result.picture = picture;
        });
}

// As it is wanted: by area, and without what is below 0.
FeatureMapsPtr UnitCamsView::shown(const FeatureMapsPtr& map) const {
    const float factor =
        m_byArea->isChecked() ? float(map->size()) / float(m_result.units.back()->size()) : 1.0f;
    const float least = m_positive->isChecked() ? 0.0f : -std::numeric_limits<float>::infinity();
    auto made = std::make_shared<FeatureMaps>(map->shape());
    std::transform(map->data(), map->data() + map->size(), made->data(),
                   [&](float value) { return std::max(value * factor, least); });
    return made;
}

void UnitCamsView::showResult() {
    m_tiles->setPlaceholder(tr("The maps of all residual units come here."));
    m_tiles->setPicture(m_result.picture);
    m_tiles->setLaidOver(m_over->isChecked());
    const QString place = m_byArea->isChecked() && hasResult()
                              ? tr("per 1/%1 of the picture").arg(m_result.units.back()->size())
                              : tr("per cell");
    m_tiles->setMeanings(tr("against the class"), tr("for it, in score %1").arg(place));
    std::vector<MapTile> tiles;
    const auto add = [&](const FeatureMapsPtr& map, const QString& title, const QString& shortTitle,
                         bool startsGroup, const QString& tip) {
        MapTile tile;
        tile.title = title;
        tile.shortTitle = shortTitle;
        tile.map = shown(map);
        tile.note = isFlat(*tile.map) ? tr("flat: %1").arg(valueText(tile.map->data()[0])) : QString();
        tile.startsGroup = startsGroup;
        tile.tip = tip;
        tiles.push_back(std::move(tile));
    };
    for (std::size_t i = 0; i < m_result.units.size(); ++i) {
        const ResidualUnit& unit = workspace().session().graph().units()[i];
        add(m_result.units[i], capitalised(unitName(idOf(unit))), shortName(idOf(unit)), unit.unit == 0,
            tr("Click to go there."));
    }
    if (m_result.activation)
        add(m_result.activation, tr("Class activation"), tr("CAM"), false, {});
    m_tiles->setTiles(std::move(tiles));
}

QString UnitCamsView::lastMapText() const {
    if (!m_result.activation)
        return tr("This network's score is no mean over its last maps, so there is no class activation map.");
    const double largest = largestMagnitude(*m_result.activation);
    const double apart = largestDifference(*m_result.units.back(), *m_result.activation);
    if (apart <= rounding * largest)
        return tr("The last map equals the class activation map beside it (largest difference %1 of %2).")
            .arg(valueText(apart), valueText(largest));
    return tr("The last map and the class activation map beside it differ by up to %1, where the largest value is %2.")
        .arg(valueText(apart), valueText(largest));
}

QString UnitCamsView::meaning() const {
    QString text = meaningOf(m_result.method);
    if (m_result.place != UnitPlace::Output)
        text += tr(" The maps of F(x) alone and of the shortcut alone add up to those before the ReLU.");
    const auto flat = std::ranges::count_if(m_result.units, [](const auto& map) { return isFlat(*map); });
    if (flat > 0)
        text += tr(" Flat maps: %1; the score owes nothing to any place there.").arg(flat);
    return text + QLatin1Char(' ') + lastMapText();
}

void UnitCamsView::goTo(int tile) {
    const std::vector<ResidualUnit>& units = workspace().session().graph().units();
    if (std::size_t(tile) >= units.size())
        return workspace().goToStep(units.back().output);
    const ResidualUnit& unit = units[std::size_t(tile)];
    switch (m_result.place) {
        case UnitPlace::Output:
            return workspace().goToStep(unit.output);
        case UnitPlace::Sum:
            return workspace().goToStep(*unit.add);
        case UnitPlace::MainPath:
            return workspace().goToStep(unit.branchOutput());
        case UnitPlace::Shortcut:
            return workspace().goToStep(unit.shortcutOutput());
    }
}

}  // namespace resnet::ui
