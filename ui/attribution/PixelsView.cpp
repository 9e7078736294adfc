#include "ui/attribution/PixelsView.h"

#include "core/attribution/Similarity.h"
#include "core/model/ModelInput.h"
#include "ui/attribution/MapTiles.h"
#include "ui/attribution/PixelGrid.h"
#include "ui/attribution/SignedScale.h"
#include "ui/images/PictureReader.h"
#include "ui/images/QtImage.h"
#include "ui/widgets/ChoiceBox.h"
#include "ui/words/AttributionWords.h"
#include "ui/words/NumberText.h"
#include "ui/workspace/FileDialogs.h"

#include <QButtonGroup>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace resnet::ui {

namespace {

constexpr std::array pixelMethods{AttributionMethod::Gradient, AttributionMethod::InputTimesGradient,
                                  AttributionMethod::Integrated, AttributionMethod::SmoothGrad,
                                  AttributionMethod::Guided};
constexpr int firstSight = 8;            // nodes
constexpr int enlargedShare = 8;         // of the picture's sides
constexpr double blurOfBaseline = 10.0;  // pixels
// A few pixels are far above all others: colours end where only this share of them goes on.
constexpr double beyondScale = 0.005;

Cell strongest(const FeatureMaps& map) {
    const auto* found = std::max_element(map.data(), map.data() + map.size(),
                                         [](float a, float b) { return std::abs(a) < std::abs(b); });
    const int index = int(found - map.data());
    return {index / map.width(), index % map.width()};
}

QRect partAround(const Cell& cell, const FeatureShape& shape) {
    const int width = std::max(1, shape.width / enlargedShare);
    const int height = std::max(1, shape.height / enlargedShare);
    return {std::clamp(cell.x - width / 2, 0, shape.width - width),
            std::clamp(cell.y - height / 2, 0, shape.height - height), width, height};
}

QSpinBox* countBox(const QString& name, const QString& suffix, int low, int high, int value) {
    auto* box = new QSpinBox;
    box->setRange(low, high);
    box->setValue(value);
    box->setSuffix(suffix);
    box->setKeyboardTracking(false);
    box->setButtonSymbols(QAbstractSpinBox::NoButtons);
    box->setAccessibleName(name);
    box->setToolTip(name);
    return box;
}

}  // namespace

PixelsView::PixelsView(Workspace& workspace, QWidget* parent)
    : ComputedView(workspace, tr("Down to the pixels"), parent),
      m_baseline(new ChoiceBox),
      m_nodes(countBox(tr("Gradients on the way from the baseline to the picture"), tr(" nodes"), firstSight,
                       200, 50)),
      m_samples(countBox(tr("Noisy copies of the picture"), tr(" copies"), 1, 200, 25)),
      m_seed(countBox(tr("Seed of the noise"), {}, 0, 9999, 0)),
      m_tiles(new MapTiles(workspace.pointedCell())) {
    addAgainst();
    QList<std::pair<QString, QString>> methods;
    for (const AttributionMethod each : pixelMethods)
        methods.append({displayName(each), meaningOf(each)});
    m_methods = addChips(choices(), methods);
    m_baseline->addItems(
        {tr("from mean colour"), tr("from black"), tr("from blurred"), tr("from another picture …")});
    m_baseline->setAccessibleName(tr("Baseline"));
    m_baseline->setToolTip(tr("Where the way to the picture begins; another baseline asks another question"));
    m_seed->setPrefix(tr("seed "));
    for (QWidget* each : {static_cast<QWidget*>(m_baseline), static_cast<QWidget*>(m_nodes),
                          static_cast<QWidget*>(m_samples), static_cast<QWidget*>(m_seed)})
        choices()->addWidget(each);
    choices()->addStretch(1);
    showMethodChoices();
    setExplanation(pixelsWords());
    m_tiles->setLaidOver(false);
    m_tiles->setMeanings(tr("against the class"), tr("for it"));
    m_tiles->setAccessibleName(tr("Map of the pixels"));
    m_tiles->setPlaceholder(tr("The map of the pixels comes here."));
    body()->addWidget(m_tiles, 1);
    addFoot();
    setHint(tr("Point at a pixel to read its number; click to enlarge what is around it."));
    connect(m_methods, &QButtonGroup::idToggled, this, &PixelsView::showMethodChoices);
    connect(m_baseline, &QComboBox::activated, this, &PixelsView::chooseBaseline);
    for (QSpinBox* each : {m_nodes, m_samples, m_seed})
        connect(each, &QSpinBox::valueChanged, this, &PixelsView::computeAnew);
    connect(m_tiles, &MapTiles::readoutChanged, this, &PixelsView::tell);
    connect(m_tiles, &MapTiles::cellChosen, this, &PixelsView::enlarge);
}

AttributionMethod PixelsView::method() const {
    return pixelMethods[std::size_t(m_methods->checkedId())];
}

void PixelsView::showMethodChoices() {
    const bool isIntegrated = method() == AttributionMethod::Integrated;
    const bool isNoisy = method() == AttributionMethod::SmoothGrad;
    m_baseline->setVisible(isIntegrated);
    m_nodes->setVisible(isIntegrated);
    m_samples->setVisible(isNoisy);
    m_seed->setVisible(isNoisy);
}

void PixelsView::refresh(const Changes& changes) {
    if (changes.have(Changes::Theme))
        m_tiles->setTheme(workspace().theme());
    ComputedView::refresh(changes);
}

void PixelsView::forget() {
    m_result = {};
}

// Another picture is asked for each time that it is chosen; nothing changes if none is.
void PixelsView::chooseBaseline(int kind) {
    if (Baseline(kind) != Baseline::Another) {
        m_baselineBefore = kind;
        return computeAnew();
    }
    const QString file =
        workspace().files().askForFile(FileDialogs::Kind::Pictures, this, tr("Picture where the way begins"));
    if (file.isEmpty())
        m_baseline->setCurrentIndex(m_baselineBefore);
    else
        useBaseline(file);
}

void PixelsView::useBaseline(const QString& file) {
    m_baselineFile = file;
    m_baselineBefore = int(Baseline::Another);
    m_baseline->setCurrentIndex(m_baselineBefore);
    m_baseline->setItemText(m_baselineBefore, tr("from %1 …").arg(QFileInfo(file).fileName()));
    computeAnew();
}

// Null: the mean colour.
FeatureMapsPtr PixelsView::baselineOf(Baseline kind, const QString& file, const Model& model,
                                      const FeatureMaps& input) {
    switch (kind) {
        case Baseline::MeanColour:
            break;
        case Baseline::Black: {
            const Image black{input.width(), input.height(),
                              std::vector<std::uint8_t>(3 * input.shape().pixels())};
            return inputOfSeen(model, black);
        }
        case Baseline::Blurred:
            return std::make_shared<const FeatureMaps>(blurred(input, blurOfBaseline));
        case Baseline::Another:
            return inputOf(model, readPicture(file)->image);
    }
    return nullptr;
}

PixelsView::Result PixelsView::resultOf(const Run& run, const AttributionRequest& request,
                                        const Attribution& found, double score) {
    Result made;
    made.request = request;
    made.request.baseline.reset();
    made.map = std::make_shared<const FeatureMaps>(channelSum(found.map));
    made.score = score;
    made.sum = found.sum;
    made.scoreDifference = found.scoreDifference.value_or(found.sum);
    made.gap = found.gap();
    made.period = projectionPeriod(run.graph());
    if (made.period > 0)
        made.gridContrast = gridContrast(*made.map, made.period);
    return made;
}

void PixelsView::start() {
    AttributionRequest request;
    request.method = method();
    request.classIndex = workspace().classInQuestion();
    request.against = against();
    request.nodes = m_nodes->value();
    request.samples = m_samples->value();
    request.seed = std::uint64_t(m_seed->value());
    const double score = valueOf(target(), workspace().activations());
    const QImage picture = toQImage(workspace().croppedImage());
    begin(
        [this, request, score, picture, model = workspace().model(),
         baseline = Baseline(m_baseline->currentIndex()), file = m_baselineFile,
         name = m_baseline->currentText()](AttributionEngine& engine, const Run& run,
                                           const BackgroundJob::Context& context) {
            const auto wanted = request.nodes;
            const bool isRefined = request.method == AttributionMethod::Integrated && wanted > firstSight;
            const bool isIntegrated = request.method == AttributionMethod::Integrated;
            const FeatureMapsPtr from =
                isIntegrated ? baselineOf(baseline, file, *model, *run.input()) : nullptr;
            Result made;
            for (const int nodes : isRefined ? std::vector{firstSight, wanted} : std::vector{wanted}) {
                AttributionRequest each = request;
                each.nodes = nodes;
                each.baseline = from;
                const auto found = attribute(engine.forward, engine.backward, run, each, context.stop(),
                                             [&](int done, int total) { report(context, done, total); });
                if (!found)
                    break;
                made = resultOf(run, each, *found, score);
                made.nodesWanted = wanted;
                made.picture = picture;
                made.baseline = QString(name).remove(QStringLiteral(" …"));
                if (nodes < wanted)
                    context.report([this, made] {
                        setUpToDate();
                        take(made);
                        showResult();
                        tellState();
                    });
            }
            return made;
        },
        [this](Result result) { take(std::move(result)); });
}

void PixelsView::take(Result result) {
    const bool isOther =
        !m_result.map || m_result.map->shape() != result.map->shape() || m_result.picture != result.picture;
    m_result = std::move(result);
    if (isOther)
        m_enlarged = strongest(*m_result.map);
}

void PixelsView::enlarge(const Cell& cell) {
    if (!hasResult())
        return;
    m_enlarged = cell;
    showResult();
}

void PixelsView::showResult() {
    m_tiles->setPicture(m_result.picture);
    if (!hasResult())
        return m_tiles->setTiles({});
    const QString around = tr("Click to enlarge it.");
    MapTile picture{tr("Picture")};
    picture.tip = around;
    MapTile whole{displayName(m_result.request.method)};
    whole.map = m_result.map;
    whole.tip = around;
    if (isFlat(*m_result.map))
        whole.note = tr("flat: %1").arg(valueText(m_result.map->data()[0]));
    MapTile part = whole;
    part.part = partAround(m_enlarged, m_result.map->shape());
    part.title = tr("rows %1–%2, columns %3–%4")
                     .arg(part.part->top())
                     .arg(part.part->bottom())
                     .arg(part.part->left())
                     .arg(part.part->right());
    m_tiles->setTiles({picture, whole, part}, scaleWithout(*m_result.map, beyondScale));
}

QString PixelsView::sumText() const {
    switch (m_result.request.method) {
        case AttributionMethod::InputTimesGradient:
            return tr(" All pixels add up to %1 of the score %2; the biases owe the rest.")
                .arg(signedValueText(m_result.sum), signedValueText(m_result.score));
        case AttributionMethod::Integrated:
            return tr(" With %1 of %2 nodes %6 they add up to %3; the scores differ by %4: a gap of %5.")
                .arg(m_result.request.nodes)
                .arg(m_result.nodesWanted)
                .arg(signedValueText(m_result.sum), signedValueText(m_result.scoreDifference),
                     signedValueText(m_result.gap), m_result.baseline);
        case AttributionMethod::SmoothGrad:
            return tr(" %1 copies, noise of %2 of the input's range, seed %3.")
                .arg(m_result.request.samples)
                .arg(percentText(m_result.request.noise))
                .arg(m_result.request.seed);
        case AttributionMethod::Guided:
            return tr(
                " It shows edges, also of networks that have learned nothing: see “Can this map be trusted?”");
        default:
            return {};
    }
}

QString PixelsView::gridText() const {
    if (m_result.period == 0)
        return {};
    return tr(" In blocks of %1 × %1 pixels the strongest place has %2 times the mean: strided 1 × 1 projections give their gradient to one cell in four.")
        .arg(m_result.period)
        .arg(valueText(m_result.gridContrast));
}

QString PixelsView::meaning() const {
    return meaningOf(m_result.request.method) + sumText() + gridText();
}

}  // namespace resnet::ui
