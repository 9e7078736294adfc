#include "ui/training/LandscapeView.h"

#include "ui/training/EpochChart.h"
#include "ui/training/LandscapeContent.h"
#include "ui/widgets/ChoiceBox.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/TextSize.h"
#include "ui/words/TrainingWords.h"
#include "ui/workspace/FileDialogs.h"
#include "ui/workspace/Workspace.h"

#include <QAbstractButton>
#include <QButtonGroup>
#include <QDir>
#include <QHBoxLayout>
#include <QProgressBar>
#include <QPushButton>
#include <QSpinBox>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace resnet::ui {

LandscapeView::LandscapeView(Workspace& workspace, TrainingResources resources, QWidget* parent)
    : View(workspace, tr("Loss landscape"), parent),
      m_resources(std::move(resources)),
      m_walk(m_resources.walk ? m_resources.walk : new PlaneWalk(workspace, this)),
      m_grid(new ChoiceBox),
      m_back(new QPushButton(tr("Back to the network"))),
      m_save(new QPushButton(tr("Save directions…"))),
      m_pages(new QStackedWidget),
      m_line(new EpochChart),
      m_seed(new QSpinBox),
      m_samples(new QPushButton(tr("Samples"))),
      m_pictures(new QPushButton(tr("Pictures…"))),
      m_button(new QPushButton),
      m_progress(new QProgressBar),
      m_sentence(new Paragraph),
      m_canvas(new LandscapeCanvas),
      m_job(tr("Not enough memory for the landscape.")) {
    setExplanation(landscapeWords());
    addControls();
    body()->addLayout(choices());
    m_sentence->setProperty("role", QStringLiteral("secondary"));
    m_sentence->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    auto* row = new QHBoxLayout;
    row->setSpacing(2 * Theme::grid);
    row->addWidget(m_sentence, 1);
    row->addWidget(m_progress, 0, Qt::AlignTop);
    row->addWidget(m_button, 0, Qt::AlignTop);
    body()->addLayout(row);
    m_canvas->setAccessibleName(tr("Planes through the weights"));
    m_line->setAccessibleName(tr("Line through the middle, along the first direction"));
    m_pages->addWidget(m_canvas);
    m_pages->addWidget(m_line);
    body()->addWidget(m_pages, 1);
    addFoot();
    choose(Shape::Map);
    connect(m_canvas, &LandscapeCanvas::chosen, this, &LandscapeView::walkTo);
    connect(m_line, &EpochChart::pointed, this, [this](int place) { tell(lineText(place)); });
    connect(m_line, &EpochChart::chosen, this, [this](int place) {
        walkTo({0, side() / 2, place * std::max(1, stride())});
    });
    connect(m_canvas, &LandscapeCanvas::pointed, this,
            [this](const std::optional<LandscapeCanvas::Place>& place) {
                tell(place ? pointText(*place) : QString());
            });
}

QHBoxLayout* LandscapeView::choices() {
    m_shape = chips({{tr("Map"), tr("From above, with contours")},
                     {tr("Relief"), tr("As hills: drag to turn them, or Shift with the arrow keys")},
                     {tr("Line"), tr("Along the first direction alone, with the accuracy")}},
                    this);
    m_grid->addItems({tr("25 × 25"), tr("51 × 51")});
    m_grid->setAccessibleName(tr("Finest grid"));
    m_grid->setToolTip(tr("Points of the finest grid; 51 × 51 takes four times as long"));
    m_back->setToolTip(tr("Opens the network as it was before you walked"));
    m_save->setToolTip(tr("Writes both directions as safetensors, so that others can check"));
    auto* row = new QHBoxLayout;
    row->setSpacing(2 * Theme::grid);
    for (QAbstractButton* button : m_shape->buttons())
        row->addWidget(button);
    row->addWidget(m_grid);
    row->addStretch(1);
    row->addWidget(m_back);
    row->addWidget(m_save);
    connect(m_shape, &QButtonGroup::idToggled, this, [this](int id, bool isOn) {
        if (isOn)
            choose(Shape(id));
    });
    connect(m_grid, &QComboBox::activated, this, [this] {
        forget();
        measure();
    });
    connect(m_back, &QPushButton::clicked, m_walk, &PlaneWalk::back);
    connect(m_walk, &PlaneWalk::saved, this, [this](const QString& folder) {
        tell(tr("The directions are in %1.").arg(QDir::toNativeSeparators(folder)));
        this->workspace().post(savedNotice(folder));
    });
    connect(m_save, &QPushButton::clicked, this, [this] {
        const QString folder = workspace().files().askForFolder(FileDialogs::Kind::Exports, this,
                                                                tr("Folder for the directions"));
        if (!folder.isEmpty())
            m_walk->saveDirections(m_planes, std::uint64_t(m_seed->value()), folder);
    });
    return row;
}

void LandscapeView::choose(Shape shape) {
    m_pages->setCurrentWidget(shape == Shape::Line ? static_cast<QWidget*>(m_line) : m_canvas);
    m_canvas->setRelief(shape == Shape::Relief);
    setHint(shape == Shape::Relief
                ? tr("Drag to turn it, or Shift with the arrow keys; a click sets the weights of that place.")
            : shape == Shape::Line
                ? tr("Point at a place to read what was measured there; a click sets its weights.")
                : tr("Point at a place, or go there with the arrow keys, to read what was measured; a click "
                     "sets the weights of that place."));
}

int LandscapeView::side() const {
    return m_grid->currentIndex() == 1 ? MeasuredPlane::fineSide : MeasuredPlane::usualSide;
}

void LandscapeView::walkTo(const LandscapeCanvas::Place& place) {
    if (stride() == 0 || place.panel >= int(m_planes.size()))
        return;
    m_walk->to(m_planes[std::size_t(place.panel)], std::uint64_t(m_seed->value()), measuredNear(place));
}

void LandscapeView::addControls() {
    m_seed->setPrefix(tr("seed "));
    m_seed->setRange(0, 9999);
    m_seed->setButtonSymbols(QAbstractSpinBox::NoButtons);
    m_seed->setAccessibleName(tr("Seed of the directions"));
    m_seed->setToolTip(tr("Another seed gives another plane; the second direction has the next seed"));
    connect(m_seed, &QSpinBox::valueChanged, this, [this] {
        forget();
        measure();
    });
    connect(m_samples, &QPushButton::clicked, this, [this] { usePictures({}); });
    m_pictures->setEnabled(m_resources.readFolder != nullptr);
    m_pictures->setToolTip(
        m_resources.readFolder
            ? tr("Measure over a folder of pictures; folders in it are classes, and give a true loss")
            : tr("Folders cannot be read here"));
    connect(m_pictures, &QPushButton::clicked, this, &LandscapeView::chooseFolder);
    m_progress->setTextVisible(false);
    keepWidth(*m_progress, 72);
    m_progress->setAccessibleName(tr("Progress of the landscape"));
    connect(m_button, &QPushButton::clicked, this, [this] {
        if (isComputing())
            return stop();
        m_isStopped = false;
        measure();
    });
    addControl(m_seed);
    addControl(m_samples);
    addControl(m_pictures);
}

bool LandscapeView::isWhole() const {
    return stride() == 1;
}

QString LandscapeView::sentence() const {
    return m_sentence->text();
}

void LandscapeView::refresh(const Changes& changes) {
    if (changes.have(Changes::Theme)) {
        m_canvas->setTheme(workspace().theme());
        m_line->setTheme(workspace().theme());
    }
    if (changes.have(Changes::Model) && subject() != m_measured) {
        forget();
        measure();
    }
    tellState();
}

void LandscapeView::showEvent(QShowEvent* event) {
    View::showEvent(event);
    if (!m_isStopped && !isComputing() && m_error.isEmpty())
        measure();
}

void LandscapeView::hideEvent(QHideEvent* event) {
    m_job.cancel();
    View::hideEvent(event);
}

void LandscapeView::usePictures(const QString& folder) {
    m_folder = folder;
    forget();
    measure();
}

void LandscapeView::chooseFolder() {
    const QString folder =
        workspace().files().askForFolder(FileDialogs::Kind::Pictures, this, tr("Pictures for the landscape"));
    if (!folder.isEmpty())
        usePictures(folder);
}

// What was measured is of something else.
void LandscapeView::forget() {
    m_job.cancel();
    m_planes.clear();
    m_measured.reset();
    m_of = {};
    m_error.clear();
    m_isStopped = false;
    showPlanes();
}

void LandscapeView::measure() {
    if (!workspace().model() || isWhole() || !isVisible())
        return tellState();
    m_error.clear();
    m_measured = subject();
    PlaneRequest request{subject(),   m_folder, side(),  std::uint64_t(m_seed->value()),
                         m_resources, {},       m_planes};
    request.options = workspace().engineOptions();
    m_job.start(
        [this, request](const BackgroundJob::Context& context) {
            measurePlanes(
                request, context.stop(),
                [&](const PlaneBeginning& beginning) {
                    context.report([this, beginning] { begin(beginning); });
                },
                [&](int plane, int index, const LandscapePoint& point) {
                    context.report([this, plane, index, point] { take(plane, index, point); });
                });
        },
        [this] { tellState(); },
        [this](const Error& error) {
            m_error = QString::fromUtf8(error.what());
            tellState();
        });
    tellState();
}

void LandscapeView::stop() {
    m_job.cancel();
    m_isStopped = true;
    tellState();
}

void LandscapeView::begin(PlaneBeginning beginning) {
    m_planes = std::move(beginning.planes);
    m_of = {{}, beginning.isDivergence, beginning.pictures, beginning.notes};
    tellState();
}

void LandscapeView::take(int plane, int index, const LandscapePoint& point) {
    m_planes[std::size_t(plane)].points[std::size_t(index)] = point;
    showPlanes();
    tellState();
}

int LandscapeView::stride() const {
    return finestStride(m_planes);
}

void LandscapeView::showPlanes() {
    const int finest = stride();
    m_canvas->setPicture(landscapePicture(m_planes, finest, m_of.isDivergence));
    m_line->setCharts(landscapeLine(m_planes, finest, m_of.isDivergence));
}

QString LandscapeView::lineText(int place) const {
    if (place < 0 || stride() == 0)
        return {};
    QStringList said;
    for (int panel = 0; panel < int(m_planes.size()); ++panel)
        said << pointText({panel, side() / 2, place * stride()});
    return said.join(QStringLiteral("; "));
}

LandscapeCanvas::Place LandscapeView::measuredNear(const LandscapeCanvas::Place& place) const {
    const int finest = stride();
    if (m_planes[std::size_t(place.panel)].point(place.row, place.column))
        return place;
    return {place.panel, (place.row + finest / 2) / finest * finest,
            (place.column + finest / 2) / finest * finest};
}

QString LandscapeView::pointText(const LandscapeCanvas::Place& place) const {
    if (stride() == 0 || place.panel >= int(m_planes.size()))
        return {};
    const LandscapeCanvas::Place at = measuredNear(place);
    return placeText(m_planes[std::size_t(place.panel)], at.row, at.column, m_of.isDivergence);
}

QString LandscapeView::state() const {
    if (!workspace().model())
        return tr("Open a network to see the ground that its weights stand on.");
    if (!m_error.isEmpty())
        return tr("This cannot be measured: %1.").arg(m_error);
    if (m_planes.empty())
        return m_isStopped ? tr("Stopped.") : tr("Reading the pictures …");
    return landscapeSentence(
        {m_of, m_folder, isTwin(*subject(), m_resources), subject()->isTrained(),
         !workspace().edits().isEmpty(),
         m_walk->isAway() ? QString::fromStdString(workspace().model()->title) : QString()});
}

void LandscapeView::tellState() {
    setSubtitle(planeProgress(m_planes, side(), m_isStopped));
    m_sentence->setText(withSemibold(state()));
    for (QWidget* shown : {static_cast<QWidget*>(m_canvas), static_cast<QWidget*>(m_line)})
        shown->setAccessibleDescription(QStringLiteral("%1. %2").arg(subtitle(), m_sentence->text()));
    m_progress->setVisible(isComputing());
    m_progress->setRange(0, m_planes.empty() ? 0 : pointsOf(side(), 1) * int(m_planes.size()));
    m_progress->setValue(measuredOf(m_planes, 1));
    m_button->setVisible(isComputing() || m_isStopped);
    m_button->setText(isComputing() ? tr("Stop") : tr("Go on"));
    m_button->setToolTip(isComputing() ? tr("What is measured stays") : tr("Measure what is missing"));
    m_samples->setEnabled(!m_folder.isEmpty());
    m_samples->setToolTip(m_folder.isEmpty() ? tr("The sample pictures are what is measured over")
                                             : tr("Measure over squares of the sample pictures"));
    m_back->setVisible(m_walk->isAway());
    m_canvas->setStand(m_walk->placeOn(std::uint64_t(m_seed->value()), side()));
    m_save->setEnabled(!m_planes.empty());
    m_canvas->setPlaceholder(isComputing()
                                 ? tr("The first %1 points are being measured.")
                                       .arg(planeGrid(side(), MeasuredPlane::stridesOf(side()).front()))
                                 : QString());
}

Figure LandscapeView::paintedFigure(const FigureTitle& title) {
    LandscapePicture picture = m_canvas->picture();
    if (picture.panels.empty())
        return View::paintedFigure(title);
    picture.side = 320.0;
    const QString what = picture.measure + tr(", mean of %1 pictures, seed %2, %3 points measured")
                                               .arg(m_of.pictures)
                                               .arg(m_seed->value())
                                               .arg(measuredOf(m_planes, 1) / int(m_planes.size()));
    return pageOf({title.title, what}, sizeOf(picture), workspace().theme(),
                  [picture, theme = workspace().theme()](QPainter& painter) {
                      paintLandscape(painter, picture, theme);
                  });
}

}  // namespace resnet::ui
