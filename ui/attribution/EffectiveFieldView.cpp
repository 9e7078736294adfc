#include "ui/attribution/EffectiveFieldView.h"

#include "ui/attribution/MapTiles.h"
#include "ui/attribution/SignedScale.h"
#include "ui/images/QtImage.h"
#include "ui/painting/FieldFrames.h"
#include "ui/words/AttributionWords.h"
#include "ui/words/NumberText.h"
#include "ui/words/StepWords.h"
#include "ui/words/Wording.h"
#include "ui/workspace/SampleSquares.h"

#include <QAbstractButton>
#include <QButtonGroup>
#include <QHBoxLayout>
#include <QSpinBox>
#include <QVBoxLayout>

namespace resnet::ui {

namespace {

constexpr int squaresPerSide = 2;  // of each photograph
constexpr double influenceBeyondScale = 0.002;

enum class Over { Picture, Many };

}  // namespace

EffectiveFieldView::EffectiveFieldView(Workspace& workspace, QStringList photographs, QWidget* parent)
    : ComputedView(workspace, tr("What has it seen, really?"), parent),
      m_photographs(std::move(photographs)),
      m_seed(new QSpinBox),
      m_tiles(new MapTiles(workspace.pointedCell())) {
    const int squares = int(m_photographs.size()) * squaresPerSide * squaresPerSide;
    m_over = addChips(choices(), {{tr("This picture"), tr("The gradient of the cell in the open picture")},
                                  {tr("Mean over %1 pictures").arg(squares),
                                   tr("The mean over overlapping squares of the sample photographs")}});
    if (m_photographs.isEmpty()) {
        m_over->button(int(Over::Many))->setEnabled(false);
        m_over->button(int(Over::Many))->setToolTip(tr("The sample photographs are missing"));
    }
    m_seed->setRange(0, 9999);
    m_seed->setPrefix(tr("untrained: seed "));
    m_seed->setKeyboardTracking(false);
    m_seed->setButtonSymbols(QAbstractSpinBox::NoButtons);
    m_seed->setAccessibleName(tr("Seed of the untrained weights"));
    m_seed->setToolTip(tr("Seed from which the same network is started anew"));
    choices()->addWidget(m_seed);
    choices()->addStretch(1);
    setExplanation(effectiveFieldWords());
    m_tiles->setLaidOver(false);
    m_tiles->setAccessibleName(tr("Influence of each pixel"));
    m_tiles->setPlaceholder(tr("The influence of each pixel on the selected cell comes here."));
    body()->addWidget(m_tiles, 1);
    addFoot();
    setHint(
        tr("Blue: what the longest way sees. Orange: by shortcuts alone. Dashed: two standard deviations."));
    connect(m_seed, &QSpinBox::valueChanged, this, &EffectiveFieldView::computeAnew);
    connect(m_tiles, &MapTiles::readoutChanged, this, &EffectiveFieldView::tell);
}

// The selected cell, else the middle.
FieldCell EffectiveFieldView::cellInQuestion() const {
    const FeatureShape& shape = workspace().session().graph().outputShape(workspace().currentStep());
    return {workspace().currentStep(), workspace().channel(),
            workspace().cell().value_or(Cell{shape.height / 2, shape.width / 2})};
}

QString EffectiveFieldView::subject() const {
    if (workspace().currentStep() == inputStep)
        return {};
    const FieldCell of = cellInQuestion();
    return tr("%1, %2, %3")
        .arg(titleOf(workspace().session().graph(), of.step),
             channelName(*workspace().model(), of.step, of.channel), cellName(of.cell));
}

void EffectiveFieldView::refresh(const Changes& changes) {
    if (changes.have(Changes::Theme))
        m_tiles->setTheme(workspace().theme());
    ComputedView::refresh(changes);
}

void EffectiveFieldView::forget() {
    m_result = {};
}

void EffectiveFieldView::start() {
    if (workspace().currentStep() == inputStep) {
        forget();
        setUpToDate();
        return showResult();
    }
    Result wanted;
    wanted.cell = cellInQuestion();
    wanted.seen =
        seenBy(workspace().session().graph(), wanted.cell.step, wanted.cell.cell.y, wanted.cell.cell.x);
    wanted.seed = std::uint64_t(m_seed->value());
    wanted.picture = toQImage(workspace().croppedImage());
    const QStringList photographs = Over(m_over->checkedId()) == Over::Many ? m_photographs : QStringList();
    begin(
        [this, wanted, photographs, model = workspace().model()](AttributionEngine& engine, const Run& run,
                                                                 const BackgroundJob::Context& context) {
            Result made = wanted;
            std::vector<FeatureMapsPtr> inputs;
            for (const LabelledInput& square :
                 sampleSquares(*model, photographs, squaresPerSide, context.stop()))
                inputs.push_back(square.input);
            const bool isOne = inputs.empty();
            const int total = isOne ? 2 : 2 * int(inputs.size());
            int done = 0;
            const auto measure = [&](const std::shared_ptr<const PackedNetwork>& packed,
                                     const FieldCell& cell, bool isOpen) {
                FieldMeter meter(packed, cell);
                if (isOne) {
                    if (isOpen ? meter.add(run, context.stop())
                               : meter.add(run.input(), run.edits(), context.stop()))
                        report(context, ++done, total);
                }
                for (const FeatureMapsPtr& input : inputs)
                    if (meter.add(input, run.edits(), context.stop()))
                        report(context, ++done, total);
                return std::make_shared<const EffectiveField>(meter.mean());
            };
            made.trained = measure(engine.forward.packed(), made.cell, true);
            context.report([this, made] {
                m_result = made;
                setUpToDate();
                showResult();
                tellState();
            });
            const auto anew = std::make_shared<const PackedNetwork>(startedAnew(*run.network(), made.seed),
                                                                    engine.forward.packed()->options());
            if (const auto cell = withStrongestChannel(anew, made.cell, isOne ? run.input() : inputs.front(),
                                                       run.edits(), context.stop())) {
                made.untrainedChannel = cell->channel;
                made.untrained = measure(anew, *cell, false);
            }
            return made;
        },
        [this](Result made) { m_result = std::move(made); });
}

MapTile EffectiveFieldView::tileOf(const QString& title,
                                   const std::shared_ptr<const EffectiveField>& field) const {
    MapTile tile{title};
    tile.map = FeatureMapsPtr(field, &field->influence);
    tile.scale = scaleWithout(field->influence, influenceBeyondScale);
    tile.part = partAround(m_result.seen, {field->influence.width(), field->influence.height()});
    tile.frames = framesOf(m_result.seen, field.get());
    if (field->isNothing())
        tile.note = tr("nothing can change it");
    return tile;
}

void EffectiveFieldView::showResult() {
    m_tiles->setPicture(m_result.picture);
    if (!hasResult())
        return m_tiles->setTiles({});
    MapTile picture{tr("Picture")};
    picture.part = partAround(m_result.seen, m_result.picture.size());
    picture.frames = framesOf(m_result.seen, m_result.trained.get());
    const bool isTrained = workspace().model() && workspace().model()->isTrained();
    std::vector<MapTile> tiles{picture,
                               tileOf(isTrained ? tr("Trained") : tr("As it is open"), m_result.trained)};
    if (m_result.untrained)
        tiles.push_back(
            tileOf(tr("Started anew, channel %1").arg(m_result.untrainedChannel), m_result.untrained));
    m_tiles->setTiles(std::move(tiles));
}

// "41 × 38 pixels (92 % of the influence)".
QString EffectiveFieldView::sizeText(const EffectiveField& field) const {
    if (field.isNothing())
        return tr("nothing, since a shut ReLU lets no gradient through");
    return tr("%1 × %2 pixels with %3 of the influence")
        .arg(qRound(field.height()))
        .arg(qRound(field.width()))
        .arg(percentText(field.shareInside()));
}

QString EffectiveFieldView::meaning() const {
    if (!hasResult())
        return tr(
            "A pixel of the input is seen by itself alone: go to a step to see what reaches its cells.");
    const auto extent = [](const SeenPixels& seen) {
        return extentText(seen.rows.size(), seen.columns.size());
    };
    const QString over = m_result.trained->pictures > 1
                             ? tr(", mean of %1 pictures").arg(m_result.trained->pictures)
                             : QString();
    return tr("Two standard deviations of the influence%1: %2; started anew: %3. The longest way reaches %4 pixels, the shortest %5; outside the longest nothing counts.")
        .arg(over, sizeText(*m_result.trained),
             m_result.untrained ? sizeText(*m_result.untrained) : tr("being computed"),
             extent(m_result.seen.longest), extent(m_result.seen.shortest));
}

}  // namespace resnet::ui
