#include "ui/training/TrainingView.h"

#include "ui/exports/EpochFrames.h"
#include "ui/training/EpochChart.h"
#include "ui/training/TrainingCurves.h"
#include "ui/widgets/Labels.h"
#include "ui/words/NumberText.h"
#include "ui/words/TrainingWords.h"
#include "ui/workspace/FileDialogs.h"
#include "ui/workspace/Workspace.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace resnet::ui {

namespace {

QString openFile(const Workspace& workspace) {
    return workspace.model() ? QString::fromStdString(workspace.model()->source) : QString();
}

constexpr int pause = 600;  // milliseconds that an epoch is seen while it is played

struct ReadTraining {
    std::vector<Training> own, twins;
    QString error;
};

}  // namespace

TrainingView::TrainingView(Workspace& workspace, TrainingResources resources, QWidget* parent)
    : View(workspace, tr("Training"), parent),
      m_resources(std::move(resources)),
      m_sentence(new Paragraph),
      m_slider(new QSlider(Qt::Horizontal)),
      m_epoch(new QLabel),
      m_play(new QPushButton(tr("Play"))),
      m_save(new QPushButton(tr("Save as animation…"))),
      m_chart(new EpochChart),
      m_export(tr("Not enough memory for the animation.")),
      m_job(tr("Not enough memory for the files of the training.")) {
    setExplanation(trainingWords());
    m_sentence->setProperty("role", QStringLiteral("secondary"));
    body()->addWidget(m_sentence);
    m_slider->setAccessibleName(tr("Epoch"));
    m_slider->setPageStep(1);
    m_slider->setTickPosition(QSlider::TicksBelow);
    auto* row = new QHBoxLayout;
    row->setSpacing(2 * Theme::grid);
    row->addWidget(new QLabel(tr("Epoch")));
    row->addWidget(m_slider, 1);
    row->addWidget(m_epoch);
    row->addWidget(m_play);
    row->addWidget(m_save);
    connect(m_play, &QPushButton::clicked, this, [this] { play(!m_isPlaying); });
    connect(m_save, &QPushButton::clicked, this, &TrainingView::askForExport);
    body()->addLayout(row);
    m_chart->setAccessibleName(tr("Loss and accuracy over the epochs"));
    body()->addWidget(m_chart, 1);
    addFoot();
    setHint(tr("Point at an epoch to read its figures; a click opens its file, where there is one."));
    connect(m_slider, &QSlider::valueChanged, this, &TrainingView::openAt);
    connect(m_chart, &EpochChart::pointed, this,
            [this](int epoch) { tell(epoch < 0 ? QString() : epochText(epoch)); });
    connect(m_chart, &EpochChart::chosen, this, &TrainingView::openEpoch);
    // What could not be opened leaves the slider where the open file is.
    connect(&workspace, &Workspace::busyChanged, this, [this](bool isBusy) {
        if (!isBusy && !m_asked.isEmpty()) {
            m_asked.clear();
            showTrainings();
        }
        if (!isBusy && m_isPlaying)
            QTimer::singleShot(pause, this, &TrainingView::playOn);
    });
    showTrainings();
}

void TrainingView::play(bool isPlaying) {
    if (m_isPlaying == isPlaying || (isPlaying && !m_slider->isEnabled()))
        return;
    m_isPlaying = isPlaying;
    showTrainings();
    if (m_isPlaying && m_slider->value() == m_slider->maximum())
        m_slider->setValue(0);
    else if (m_isPlaying)
        playOn();
}

// What is open has been seen for a while.
void TrainingView::playOn() {
    if (!m_isPlaying || workspace().isBusy())
        return;
    if (m_slider->value() == m_slider->maximum() || !m_slider->isEnabled())
        return play(false);
    m_slider->setValue(m_slider->value() + 1);
}

void TrainingView::askForExport() {
    const QString path = workspace().files().askWhereToSave(
        FileDialogs::Kind::Exports, this, tr("Save the epochs as an animation"), QStringLiteral("epochs.gif"),
        tr("Animated GIF (*.gif)"));
    if (!path.isEmpty())
        exportEpochs(path);
}

void TrainingView::exportEpochs(const QString& path) {
    if (m_own.empty() || !workspace().picture())
        return;
    std::vector<EpochFile> files;
    for (const Checkpoint& each : m_own.front().checkpoints)
        files.push_back({each.path, each.epoch});
    const std::string step = workspace().session().graph().stepName(workspace().currentStep());
    m_export.start(
        [files, step, path, picture = workspace().picture(), theme = workspace().theme().kind,
         options = workspace().engineOptions()](const BackgroundJob::Context& context) {
            const auto frames = epochFrames(files, picture->image, step, theme, options, context.stop());
            return frames && writeSeries(path, *frames, context.stop(), [](int, int) {});
        },
        [this, path](bool isWritten) {
            tell(isWritten ? tr("The epochs are in %1.").arg(path) : QString());
            if (isWritten)
                workspace().post(savedNotice(path));
            showTrainings();
        },
        [this](const Error& error) {
            workspace().post(error);
            showTrainings();
        });
    showTrainings();
}

QString TrainingView::sentence() const {
    return m_sentence->text();
}

void TrainingView::refresh(const Changes& changes) {
    if (changes.have(Changes::Theme))
        m_chart->setTheme(workspace().theme());
    if (changes.have(Changes::Model))
        follow();
    else if (changes.have(Changes::Picture))
        showTrainings();
}

void TrainingView::follow() {
    if (m_asked == openFile(workspace()))
        m_asked.clear();
    if (openIndex() || m_file == openFile(workspace()))
        showTrainings();
    else
        read();
}

void TrainingView::read() {
    m_file = openFile(workspace());
    m_own.clear();
    m_error.clear();
    m_job.start(
        [file = m_file, twin = m_resources.residualTwin,
         twins = m_twins](const BackgroundJob::Context& context) {
            ReadTraining made{{}, twins, {}};
            if (twins.empty() && !twin.isEmpty())
                made.twins = trainingsBeside(twin, context.stop());
            try {
                if (!file.isEmpty())
                    made.own = trainingsBeside(file, context.stop());
            } catch (const Error& error) {
                made.error = QString::fromUtf8(error.what());
            }
            return made;
        },
        [this](ReadTraining made) {
            m_own = std::move(made.own);
            m_twins = std::move(made.twins);
            m_error = made.error;
            showTrainings();
        },
        [this](const Error& error) {
            m_error = QString::fromUtf8(error.what());
            showTrainings();
        });
    showTrainings();
}

std::optional<int> TrainingView::openIndex() const {
    if (m_own.empty())
        return std::nullopt;
    const QFileInfo open(openFile(workspace()));
    const std::vector<Checkpoint>& files = m_own.front().checkpoints;
    const auto found =
        std::ranges::find_if(files, [&](const Checkpoint& each) { return QFileInfo(each.path) == open; });
    return found == files.end() ? std::nullopt : std::optional(int(found - files.begin()));
}

const std::vector<Training>& TrainingView::shown() const {
    return m_own.empty() || m_own.front().history.empty() ? m_twins : m_own;
}

void TrainingView::openAt(int index) {
    const Checkpoint& file = m_own.front().checkpoints[std::size_t(index)];
    m_epoch->setText(QString::number(file.epoch));
    m_asked = file.path;
    workspace().openWeightsFile(file.path);
}

void TrainingView::openEpoch(int epoch) {
    if (&shown() != &m_own || !openIndex())
        return;
    const auto found = std::ranges::find(m_own.front().checkpoints, epoch, &Checkpoint::epoch);
    if (found != m_own.front().checkpoints.end() && found->path != openFile(workspace()))
        openAt(int(found - m_own.front().checkpoints.begin()));
}

QString TrainingView::epochText(int epoch) const {
    QStringList said;
    for (const Training& training : shown())
        if (const HistoryEntry* entry = entryOf(training, epoch)) {
            const auto share = [](const std::optional<double>& of) {
                return of ? percentText(*of) : tr("not written down");
            };
            said << tr("%1: %2 of the pictures trained with, %3 of those never seen")
                        .arg(nameOf(training), share(entry->trainingAccuracy),
                             share(entry->validationAccuracy));
        }
    return tr("Epoch %1. ").arg(epoch) +
           (said.isEmpty() ? tr("Nothing is written down of it.") : said.join(QStringLiteral("; ")));
}

QString TrainingView::state() const {
    const QString file = QFileInfo(openFile(workspace())).fileName();
    if (isReading())
        return tr("Reading the files of the training …");
    QString said;
    if (file.isEmpty())
        said = tr("No file of a training is open.");
    else if (!m_error.isEmpty())
        said = tr("The files beside this one cannot be gone through: %1.").arg(m_error);
    else if (const std::optional<int> index = openIndex())
        said = tr("%1 is the network after epoch %2")
                   .arg(file)
                   .arg(m_own.front().checkpoints[std::size_t(*index)].epoch) +
               (m_own.front().checkpoints.size() > 1
                    ? tr(", one of %1 files of this training: move the slider to open the others.")
                          .arg(m_own.front().checkpoints.size())
                    : tr(", and the only file of this training here, so there is nothing to move through."));
    else
        said = tr("%1 says no epoch, and lies beside no other file of its training.").arg(file);
    if (&shown() == &m_twins && !m_twins.empty())
        said += tr(" The curves are those of the twins that come with the program.");
    return said;
}

void TrainingView::showTrainings() {
    const std::optional<int> index = openIndex();
    const int files = m_own.empty() ? 0 : int(m_own.front().checkpoints.size());
    const bool canMove = index && files > 1;
    m_slider->setEnabled(canMove);
    m_slider->setToolTip(canMove ? tr("Opens the file of another epoch; the picture stays")
                                 : tr("There are no files of other epochs beside the open one"));
    if (m_asked.isEmpty()) {
        const QSignalBlocker blocker(m_slider);
        m_slider->setRange(0, std::max(0, files - 1));
        m_slider->setValue(index.value_or(0));
        m_epoch->setText(index ? QString::number(m_own.front().checkpoints[std::size_t(*index)].epoch)
                               : QString());
    }
    if (!canMove)
        m_isPlaying = false;
    m_play->setText(m_isPlaying ? tr("Stop") : tr("Play"));
    m_play->setEnabled(canMove);
    m_play->setToolTip(canMove ? tr("Opens one file after the other, while every view shows it")
                               : m_slider->toolTip());
    m_save->setEnabled(canMove && workspace().picture() && !isExporting());
    m_save->setToolTip(!canMove ? m_slider->toolTip()
                       : isExporting()
                           ? tr("The animation is being made")
                           : tr("The maps of the current step at each epoch, as an animated GIF"));
    const bool isOwn = &shown() == &m_own;
    const TrainingCurves curves = TrainingCurves::of(
        shown(),
        isOwn && index ? std::optional(m_own.front().checkpoints[std::size_t(*index)].epoch) : std::nullopt);
    m_chart->setPlaceholder(isReading() ? QString()
                                        : tr("No history (NAME-history.json) lies beside the open file."));
    m_chart->setCharts(curves.loss.isEmpty() ? std::vector<LineChart>()
                                             : std::vector{curves.loss, curves.accuracy});
    m_sentence->setText(state());
}

}  // namespace resnet::ui
