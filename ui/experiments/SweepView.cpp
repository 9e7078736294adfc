#include "ui/experiments/SweepView.h"

#include "core/experiments/BatchNormMeasuring.h"
#include "core/inference/PackedNetwork.h"
#include "core/tensor/FreedMemory.h"
#include "ui/exports/ExperimentFigure.h"
#include "ui/widgets/Labels.h"
#include "ui/words/ExperimentWords.h"
#include "ui/workspace/FileDialogs.h"
#include "ui/workspace/PictureSet.h"
#include "ui/workspace/Workspace.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QDir>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace resnet::ui {

namespace {

constexpr int batchSize = 16;
constexpr double leastScale = 0.82;  // of the chart: smaller words cannot be read

}  // namespace

// The chart, as large as the room has it, and never so small that its words cannot be read.
class ChartCanvas : public QWidget {
public:
    void setChart(SweepChart chart, const Theme& theme) {
        m_chart = std::move(chart);
        m_theme = &theme;
        const QSizeF size = sizeOf(m_chart);
        setMinimumSize(m_chart.panels.empty() ? QSize(0, 0) : (leastScale * size).toSize());
        update();
    }
    bool isEmpty() const { return m_chart.panels.empty(); }

protected:
    void paintEvent(QPaintEvent*) override {
        if (isEmpty())
            return;
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const QSizeF size = sizeOf(m_chart);
        const double scale =
            std::clamp(std::min(width() / size.width(), height() / size.height()), leastScale, 2.0);
        painter.scale(scale, scale);
        paintSweepChart(painter, m_chart, *m_theme);
    }

private:
    SweepChart m_chart;
    const Theme* m_theme = &Theme::light();
};

SweepView::SweepView(Workspace& workspace)
    : View(workspace, tr("Sweeps")),
      m_anew(new QCheckBox(tr("Batch norm measured anew"))),
      m_start(new QPushButton(tr("Start"))),
      m_progress(new QProgressBar),
      m_sentence(new Paragraph),
      m_canvas(new ChartCanvas),
      m_job(tr("not enough memory for this sweep")) {
    setExplanation(sweepWords());
    makeControls();
    auto* scroll = new QScrollArea;
    scroll->setWidget(m_canvas);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setAccessibleName(tr("Chart of the sweep"));
    m_sentence->setProperty("role", QStringLiteral("secondary"));
    body()->addWidget(m_sentence);
    body()->addWidget(scroll, 1);
    connect(&m_job, &BackgroundJob::runningChanged, this, &SweepView::showState);
}

void SweepView::makeControls() {
    m_kinds = chips({{tr("F(x) off"), tr("F(x) of every unit off, one at a time")},
                     {tr("Shortcut off"), tr("Every shortcut off, one at a time")},
                     {tr("k units off"), tr("F(x) of k units off, drawn at random: 10 draws of each k")},
                     {tr("Swaps"), tr("Two units of a stage swapped, every pair of equal shapes")},
                     {tr("Early exits"), tr("F(x) of all units after the first k off")}},
                    this);
    auto* kinds = new QHBoxLayout;
    kinds->setSpacing(Theme::grid);
    for (QAbstractButton* chip : m_kinds->buttons())
        kinds->addWidget(chip);
    kinds->addSpacing(2 * Theme::grid);
    kinds->addWidget(m_progress, 1);
    kinds->addStretch(1);
    body()->addLayout(kinds);
    connect(m_kinds, &QButtonGroup::idToggled, this, [this](int id, bool isChosen) {
        if (isChosen)
            setKind(SweepKind(id));
    });

    auto* over = new QMenu(this);
    over->addAction(tr("This picture"), this, [this] { setFolder({}); });
    over->addAction(tr("A folder of pictures…"), this, &SweepView::askForFolder);
    m_over = new QPushButton;
    m_over->setProperty("role", QStringLiteral("compact"));
    m_over->setMenu(over);
    m_start->setProperty("role", QStringLiteral("primary"));
    m_progress->setTextVisible(false);
    for (QWidget* each : std::initializer_list<QWidget*>{m_over, m_anew, m_start})
        addControl(each);
    connect(m_anew, &QCheckBox::toggled, this, [this] { follow(); });
    connect(m_start, &QPushButton::clicked, this, [this] {
        if (isRunning())
            m_job.cancel();
        else
            start();
    });
}

QString SweepView::sentence() const {
    return m_sentence->text();
}

void SweepView::setKind(SweepKind kind) {
    m_request.kind = kind;
    m_kinds->button(int(kind))->setChecked(true);
    follow();
}

void SweepView::setFolder(const QString& folder) {
    m_folder = folder;
    if (m_folder.isEmpty())
        m_anew->setChecked(false);
    follow();
}

void SweepView::setMeasuredAnew(bool isMeasuredAnew) {
    m_anew->setChecked(isMeasuredAnew);
}

void SweepView::askForFolder() {
    const QString folder =
        workspace().files().askForFolder(FileDialogs::Kind::Pictures, this, tr("Folder of pictures"));
    if (!folder.isEmpty())
        setFolder(folder);
}

// What was asked for is another: what is there is not of it.
void SweepView::follow() {
    m_job.cancel();
    m_report.reset();
    m_error.clear();
    m_notes.clear();
    showState();
    showChart();
}

void SweepView::refresh(const Changes& changes) {
    const ModelPtr& model = workspace().model();
    const FeatureMapsPtr input = model ? workspace().activations().input() : nullptr;
    if (m_model != model || (m_input != input && m_folder.isEmpty())) {
        m_model = model;
        m_input = input;
        follow();
    }
    if (changes.have(Changes::Theme))
        showChart();
    showState();
}

QString SweepView::whyNot() const {
    if (!workspace().model())
        return tr("Open a network first");
    if (m_folder.isEmpty() && !workspace().reference().isComplete())
        return tr("The picture has not gone through the whole network yet");
    return {};
}

void SweepView::start() {
    if (!whyNot().isEmpty())
        return;
    follow();
    const ModelPtr model = workspace().model();
    const auto packed = workspace().packedNetwork();
    const QString name = workspace().picture() ? workspace().picture()->name : QString();
    m_progress->setRange(0, 0);
    struct Done {
        std::optional<ExperimentReport> report;
        QStringList notes;
    };
    m_job.start(
        [this, model, packed, name, run = workspace().reference(), request = m_request, folder = m_folder,
         isAnew = m_anew->isChecked(),
         options = workspace().engineOptions()](const BackgroundJob::Context& context) {
            const auto ready =
                packed ? packed : std::make_shared<const PackedNetwork>(model->network, options);
            const std::stop_token& stop = context.stop();
            Done done;
            ExperimentObserver observer;
            const auto report = [&](int finished, int total) {
                context.report([this, finished, total] {
                    m_progress->setRange(0, total);
                    m_progress->setValue(finished);
                });
            };
            observer.tried = observer.measured = report;
            std::vector<ExperimentRow> rows = rowsOf(model->graph(), request);
            if (folder.isEmpty()) {
                done.report =
                    Experiment(ready, std::move(rows)).onPicture(name.toStdString(), run, stop, observer);
            } else {
                PictureSet pictures(folder, *model, [&](const QString& note) { done.notes << note; });
                std::vector<FeatureMapsPtr> measuring;
                if (isAnew) {
                    measuring = pictures.inputs(*model, mostMeasuredPictures(model->graph()), stop);
                    if (int(measuring.size()) < advisedMeasuredPictures && !stop.stop_requested())
                        done.notes
                            << tr("batch norm measured over %1 pictures is rough; %2 or more are better")
                                   .arg(measuring.size())
                                   .arg(advisedMeasuredPictures);
                }
                done.report =
                    Experiment(ready, std::move(rows), {}, std::move(measuring))
                        .onPictures(
                            QDir(folder).dirName().toStdString(), pictures.hasClasses(), pictures.count(),
                            [&](const Experiment::UseBatch& use) {
                                return pictures.forEachBatch(*model, batchSize, stop, use);
                            },
                            stop, observer);
            }
            returnFreedMemory();
            return done;
        },
        [this](const Done& done) {
            if (done.report)
                take(*done.report, done.notes);
        },
        [this](const Error& error) {
            m_error = QString::fromUtf8(error.what());
            showState();
        });
    showState();
}

void SweepView::take(const ExperimentReport& report, const QStringList& notes) {
    m_report = report;
    m_notes = notes;
    showChart();
    showState();
}

QString SweepView::meaning() const {
    const ExperimentReport& report = *m_report;
    QString text =
        report.isFolder
            ? tr("%1 over the %2 pictures of %3.")
                  .arg(report.hasClasses ? tr("Accuracy") : tr("Agreement with the network as it was opened"))
                  .arg(report.reference.images)
                  .arg(QString::fromStdString(report.subject))
            : tr("Probability of %1 for %2. One picture proves nothing: a folder is a click away.")
                  .arg(QString::fromStdString(
                           workspace().model()->classNames.at(std::size_t(report.watched.value_or(0)))),
                       QString::fromStdString(report.subject));
    if (m_request.kind == SweepKind::Count)
        text +=
            tr(" Mean and spread of %1 draws of each k, seed %2.").arg(m_request.draws).arg(m_request.seed);
    if (report.measuredReference)
        text += tr(" The second bar: with batch norm's statistics measured anew.");
    return m_notes.isEmpty() ? text : text + QLatin1Char(' ') + m_notes.join(QStringLiteral("; "));
}

void SweepView::showState() {
    const QString whyNot = this->whyNot();
    m_over->setText(m_folder.isEmpty() ? tr("Over: this picture")
                                       : tr("Over: folder %1").arg(QDir(m_folder).dirName()));
    m_anew->setEnabled(!m_folder.isEmpty());
    m_anew->setToolTip(
        m_folder.isEmpty()
            ? tr("Choose a folder of at least %1 pictures to measure over").arg(fewestMeasuredPictures)
            : tr("A unit that is off shifts what later batch norms see: beside each result that with their statistics measured anew over the pictures"));
    m_start->setText(isRunning() ? tr("Cancel") : m_report ? tr("Again") : tr("Start"));
    m_start->setEnabled(isRunning() || whyNot.isEmpty());
    m_start->setToolTip(isRunning() ? tr("Stops; nothing is shown of what was tried") : whyNot);
    m_progress->setVisible(isRunning());
    m_sentence->setText(
        !m_error.isEmpty() ? m_error
        : m_report         ? meaning()
        : isRunning()      ? tr("Trying one change after the other…")
        : !whyNot.isEmpty()
            ? whyNot
            : tr("What does the network say with one part changed after the other? Edits that are made do not count."));
}

void SweepView::showChart() {
    m_canvas->setChart(m_report ? sweepChart(*m_report, *workspace().model()) : SweepChart(),
                       workspace().theme());
}

Figure SweepView::paintedFigure(const FigureTitle& title) {
    return m_report ? figureOf(*m_report, *workspace().model(), workspace().theme())
                    : View::paintedFigure(title);
}

}  // namespace resnet::ui
