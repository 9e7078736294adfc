#include "ui/training/LandscapeView.h"

#include "ui/widgets/Labels.h"
#include "ui/widgets/TextSize.h"
#include "ui/words/NumberText.h"
#include "ui/words/TrainingWords.h"
#include "ui/workspace/Workspace.h"

#include <QDir>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QProgressBar>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>

namespace resnet::ui {

namespace {

constexpr int side = MeasuredPlane::side;

int pointsOf(int stride) {
    const int points = (side - 1) / stride + 1;
    return points * points;
}

int measuredOf(const std::vector<MeasuredPlane>& planes, int stride) {
    int measured = 0;
    for (const MeasuredPlane& plane : planes)
        for (int row = 0; row < side; row += stride)
            for (int column = 0; column < side; column += stride)
                measured += plane.point(row, column).has_value();
    return measured;
}

QString gridText(int stride) {
    const int points = (side - 1) / stride + 1;
    return extentText(points, points);
}

}  // namespace

LandscapeView::LandscapeView(Workspace& workspace, TrainingResources resources, QWidget* parent)
    : View(workspace, tr("Loss landscape"), parent),
      m_resources(std::move(resources)),
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
    m_sentence->setProperty("role", QStringLiteral("secondary"));
    m_sentence->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    auto* row = new QHBoxLayout;
    row->setSpacing(2 * Theme::grid);
    row->addWidget(m_sentence, 1);
    row->addWidget(m_progress, 0, Qt::AlignTop);
    row->addWidget(m_button, 0, Qt::AlignTop);
    body()->addLayout(row);
    m_canvas->setAccessibleName(tr("Planes through the weights"));
    body()->addWidget(m_canvas, 1);
    addFoot();
    setHint(tr("Point at a place, or go there with the arrow keys, to read what was measured."));
    connect(m_canvas, &LandscapeCanvas::pointed, this,
            [this](const std::optional<LandscapeCanvas::Place>& place) {
                tell(place ? pointText(*place) : QString());
            });
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
    if (changes.have(Changes::Theme))
        m_canvas->setTheme(workspace().theme());
    if (changes.have(Changes::Model)) {
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
        QFileDialog::getExistingDirectory(this, tr("Pictures for the landscape"), m_folder);
    if (!folder.isEmpty())
        usePictures(folder);
}

// What was measured is of something else.
void LandscapeView::forget() {
    m_job.cancel();
    m_planes.clear();
    m_of = {};
    m_error.clear();
    m_isStopped = false;
    showPlanes();
}

void LandscapeView::measure() {
    if (!workspace().model() || isWhole() || !isVisible())
        return tellState();
    m_error.clear();
    PlaneRequest request{workspace().model(), m_folder, std::uint64_t(m_seed->value()),
                         m_resources,         {},       m_planes};
    request.options = workspace().engineOptions();
    m_job.start(
        [this, request](const BackgroundJob::Context& context) {
            measurePlanes(
                request, context.stop(),
                [&](PlaneBeginning beginning) { context.report([this, beginning] { begin(beginning); }); },
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
    int finest = 0;
    for (const int stride : MeasuredPlane::strides)
        if (!m_planes.empty() && std::ranges::all_of(m_planes, [&](const MeasuredPlane& plane) {
                return plane.isComplete(stride);
            }))
            finest = stride;
    return finest;
}

void LandscapeView::showPlanes() {
    LandscapePicture picture;
    const int finest = stride();
    picture.measure = m_of.isDivergence ? tr("divergence") : tr("loss");
    if (finest > 0) {
        for (int i = 0; i < side; ++i)
            picture.axis.push_back(MeasuredPlane::at(i));
        for (const MeasuredPlane& plane : m_planes) {
            const LandscapePoint& centre = *plane.point(side / 2, side / 2);
            picture.panels.push_back({plane.title,
                                      m_of.isDivergence
                                          ? tr("in the middle the network itself: 0")
                                          : tr("in the middle the network itself: loss %1, %2 right")
                                                .arg(valueText(centre.loss), percentText(centre.accuracy)),
                                      plane.losses(finest)});
        }
    }
    m_canvas->setPicture(std::move(picture));
}

QString LandscapeView::pointText(const LandscapeCanvas::Place& place) const {
    const int finest = stride();
    if (finest == 0 || place.panel >= int(m_planes.size()))
        return {};
    const MeasuredPlane& plane = m_planes[std::size_t(place.panel)];
    int row = place.row;
    int column = place.column;
    if (!plane.point(row, column)) {
        row = (row + finest / 2) / finest * finest;
        column = (column + finest / 2) / finest * finest;
    }
    const LandscapePoint& point = *plane.point(row, column);
    const QString what = m_of.isDivergence
                             ? tr("%1, measured at (%2, %3): divergence %4, %5 of the answers are the same")
                             : tr("%1, measured at (%2, %3): loss %4, %5 right");
    return what.arg(plane.title, axisText(MeasuredPlane::at(column)), axisText(MeasuredPlane::at(row)),
                    valueText(point.loss), percentText(point.accuracy));
}

// How far it is, in the grid that is being measured.
QString LandscapeView::progressText() const {
    const int finest = stride();
    if (m_planes.empty() || finest == 1)
        return m_planes.empty() ? QString()
                                : tr("two random directions, each filter as long as the network's");
    int next = MeasuredPlane::strides.front();
    for (const int stride : MeasuredPlane::strides)
        if (finest == 0 || stride < finest) {
            next = stride;
            break;
        }
    return (m_isStopped ? tr("stopped at %1 of %2 points of %3") : tr("%1 of %2 points of %3"))
        .arg(measuredOf(m_planes, next))
        .arg(pointsOf(next) * int(m_planes.size()))
        .arg(gridText(next));
}

QString LandscapeView::state() const {
    if (!workspace().model())
        return tr("Open a network to see the ground that its weights stand on.");
    if (!m_error.isEmpty())
        return tr("This cannot be measured: %1.").arg(m_error);
    if (m_planes.empty())
        return m_isStopped ? tr("Stopped.") : tr("Reading the pictures …");
    const QString of = m_folder.isEmpty()
                           ? tr("%1 squares of the sample pictures").arg(m_of.pictures)
                           : tr("%1 pictures of %2").arg(m_of.pictures).arg(QDir(m_folder).dirName());
    QString said =
        m_of.isDivergence
            ? tr("<b>Divergence</b> from the network's own answers (KL, in nats), not the loss: how fast the answers change as the weights move. Mean of %1.")
            : tr("<b>Loss</b>: cross-entropy of the right classes, mean of %1.");
    said = said.arg(of.toHtmlEscaped());
    said += tr(" Two random directions hide most others.");
    if (isTwin(*workspace().model(), m_resources))
        said +=
            tr(" Neither twin is the famous chaos: at 34 layers with batch norm both valleys are smooth.");
    if (!workspace().model()->isTrained())
        said += tr(" The network is untrained.");
    if (!workspace().edits().isEmpty())
        said += tr(" It is that of the network without what is changed under What if.");
    for (const QString& note : m_of.notes)
        said += QLatin1Char(' ') + note.toHtmlEscaped() + QLatin1Char('.');
    return said;
}

void LandscapeView::tellState() {
    setSubtitle(progressText());
    m_sentence->setText(state());
    m_progress->setVisible(isComputing());
    m_progress->setRange(0, m_planes.empty() ? 0 : pointsOf(1) * int(m_planes.size()));
    m_progress->setValue(measuredOf(m_planes, 1));
    m_button->setVisible(isComputing() || m_isStopped);
    m_button->setText(isComputing() ? tr("Stop") : tr("Go on"));
    m_button->setToolTip(isComputing() ? tr("What is measured stays") : tr("Measure what is missing"));
    m_samples->setEnabled(!m_folder.isEmpty());
    m_samples->setToolTip(m_folder.isEmpty() ? tr("The sample pictures are what is measured over")
                                             : tr("Measure over squares of the sample pictures"));
    m_canvas->setPlaceholder(isComputing() ? tr("The first 5 × 5 points are being measured.") : QString());
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
