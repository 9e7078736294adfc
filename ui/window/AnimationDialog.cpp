#include "ui/window/AnimationDialog.h"

#include "ui/exports/PassFrames.h"
#include "ui/exports/PictureSeries.h"
#include "ui/images/QtImage.h"
#include "ui/widgets/ChoiceBox.h"
#include "ui/widgets/TextSize.h"
#include "ui/window/FigurePreview.h"
#include "ui/words/NumberText.h"
#include "ui/workspace/FileDialogs.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSpinBox>

namespace resnet::ui {

namespace {

constexpr QSize pictureSizes[] = {{960, 540}, {1280, 720}, {1920, 1080}};

}  // namespace

AnimationDialog::AnimationDialog(Workspace& workspace, QWidget* parent)
    : QDialog(parent),
      m_workspace(workspace),
      m_kind(new ChoiceBox),
      m_pace(new ChoiceBox),
      m_size(new ChoiceBox),
      m_theme(new ChoiceBox),
      m_delay(new QSpinBox),
      m_summary(new QLabel),
      m_progress(new QProgressBar),
      m_save(new QPushButton(tr("Sa&ve…"))),
      m_cancel(new QPushButton(tr("Close"))),
      m_preview(new FigurePreview),
      m_preparing(tr("not enough memory for these pictures")),
      m_writing(tr("not enough memory for these pictures")) {
    setWindowTitle(tr("Forward pass, animated"));
    auto* row = new QHBoxLayout(this);
    row->setSpacing(Theme::panelGap);
    row->addWidget(m_preview, 1);
    row->addWidget(makeControls());
    updatePreview();
}

QWidget* AnimationDialog::makeControls() {
    m_kind->addItems({tr("Animated GIF"), tr("Numbered PNGs in a folder")});
    m_pace->addItem(tr("Step"), int(Pace::Step));
    m_pace->addItem(tr("Unit"), int(Pace::Unit));
    m_pace->addItem(tr("Stage"), int(Pace::Stage));
    m_pace->setCurrentIndex(1);
    for (const QSize& size : pictureSizes)
        m_size->addItem(extentText(size.width(), size.height()), size);
    m_size->setCurrentIndex(1);
    m_theme->addItem(tr("Light"), int(Theme::Kind::Light));
    m_theme->addItem(tr("Dark"), int(Theme::Kind::Dark));
    m_theme->addItem(tr("Black and white"), int(Theme::Kind::Print));
    m_theme->setCurrentIndex(m_theme->findData(int(m_workspace.theme().kind)));
    m_delay->setRange(20, 10'000);
    m_delay->setSingleStep(100);
    m_delay->setValue(PassOptions().milliseconds);
    m_delay->setSuffix(tr(" ms"));
    m_delay->setButtonSymbols(QAbstractSpinBox::NoButtons);
    m_summary->setProperty("role", QStringLiteral("secondary"));
    m_summary->setWordWrap(true);
    m_progress->setTextVisible(false);
    m_save->setDefault(true);

    auto* panel = new QWidget;
    keepWidth(*panel, 220);
    auto* form = new QFormLayout(panel);
    form->setRowWrapPolicy(QFormLayout::WrapAllRows);
    const auto add = [&](const QString& name, QWidget* field, const QString& tip) {
        form->addRow(name, field);
        field->setAccessibleName(QString(name).remove(QLatin1Char('&')));
        field->setToolTip(tip);
    };
    add(tr("&Format"), m_kind, tr("What is written"));
    add(tr("&One frame per"), m_pace, tr("How far the pass goes from picture to picture"));
    add(tr("Si&ze"), m_size, tr("Pixels of each picture"));
    add(tr("&Colours"), m_theme, tr("Of the pictures"));
    add(tr("&Duration"), m_delay, tr("In a GIF; the last picture stays longer"));
    form->addRow(m_summary);
    form->addRow(m_progress);
    auto* buttons = new QDialogButtonBox(Qt::Vertical);
    buttons->addButton(m_save, QDialogButtonBox::ActionRole);
    buttons->addButton(m_cancel, QDialogButtonBox::RejectRole);
    form->addRow(buttons);

    connect(m_save, &QPushButton::clicked, this, &AnimationDialog::save);
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        if (!m_writing.isRunning())
            return reject();
        m_writing.cancel();
        showWriting(false);
    });
    connect(&m_playing, &QTimer::timeout, this, &AnimationDialog::showFrame);
    connect(m_delay, &QSpinBox::valueChanged, this, [this](int delay) { m_playing.setInterval(delay); });
    connect(this, &QDialog::rejected, &m_writing, &BackgroundJob::cancel);
    for (QComboBox* box : {m_pace, m_size, m_theme})
        connect(box, &QComboBox::currentIndexChanged, this, &AnimationDialog::updatePreview);
    connect(m_kind, &QComboBox::currentIndexChanged, m_delay,
            [this](int kind) { m_delay->setEnabled(kind == int(SeriesKind::Gif)); });
    return panel;
}

PassOptions AnimationDialog::options() const {
    return {Pace(m_pace->currentData().toInt()), m_size->currentData().toSize(), m_delay->value(),
            Theme::Kind(m_theme->currentData().toInt())};
}

AnimationDialog::Maker AnimationDialog::maker() const {
    return [model = m_workspace.model(), run = m_workspace.activations(),
            picture = toQImage(m_workspace.croppedImage()), name = m_workspace.picture()->name,
            chosen = options()](const std::stop_token& stop) {
        return std::make_shared<const PassFrames>(model, run, picture, name, chosen, stop);
    };
}

void AnimationDialog::updatePreview() {
    showWriting(false);
    m_playing.stop();
    m_summary->setText(tr("Preparing…"));
    m_preparing.start(
        [make = maker()](const BackgroundJob::Context& context) { return make(context.stop()); },
        [this](const std::shared_ptr<const PassFrames>& frames) {
            m_frames = frames;
            m_frame = 0;
            showFrame();
            m_playing.start(m_delay->value());
            m_summary->setText(tr("%1 pictures").arg(frames->count()));
        },
        [this](const Error& error) { m_summary->setText(QString::fromUtf8(error.what())); });
}

// The next in the preview, round and round.
void AnimationDialog::showFrame() {
    if (!m_frames)
        return;
    Figure figure = m_frames->figure(m_frame);
    figure.paint = [frames = m_frames, paint = figure.paint](QPainter& painter, const QRectF& visible) {
        paint(painter, visible);
    };
    m_preview->setFigure(std::move(figure));
    m_frame = (m_frame + 1) % m_frames->count();
}

void AnimationDialog::showWriting(bool isWriting) {
    for (QWidget* each : std::initializer_list<QWidget*>{m_kind, m_pace, m_size, m_theme, m_save})
        each->setEnabled(!isWriting);
    m_delay->setEnabled(!isWriting && m_kind->currentIndex() == int(SeriesKind::Gif));
    m_progress->setVisible(isWriting);
    m_progress->setRange(0, 0);
    m_cancel->setText(isWriting ? tr("Cancel") : tr("Close"));
}

void AnimationDialog::save() {
    const bool isGif = m_kind->currentIndex() == int(SeriesKind::Gif);
    QString path = m_workspace.files().askWhereToSave(
        FileDialogs::Kind::Exports, this, windowTitle(), isGif ? tr("pass.gif") : tr("pass"),
        isGif ? tr("Animated GIF (*.gif)") : tr("New folder (*)"));
    if (path.isEmpty())
        return;
    const QString ending = isGif ? QStringLiteral(".gif") : QStringLiteral("/");
    if (!path.endsWith(ending, Qt::CaseInsensitive))
        path += ending;
    write(path);
}

void AnimationDialog::write(const QString& path) {
    showWriting(true);
    m_playing.stop();
    m_writing.start(
        [this, path, make = maker(), milliseconds = m_delay->value()](const BackgroundJob::Context& context) {
            PictureSeries series = PassFrames::series(make(context.stop()));
            series.milliseconds = milliseconds;
            writeSeries(path, series, context.stop(), [&](int done, int total) {
                context.report([this, done, total] {
                    m_progress->setRange(0, total);
                    m_progress->setValue(done);
                });
            });
        },
        [this, path] {
            m_workspace.post(savedNotice(path));
            accept();
        },
        [this](const Error& error) {
            const QString message = QString::fromUtf8(error.what());
            m_workspace.post({Notice::Kind::Error, message, {}});
            showWriting(false);
            m_summary->setText(message);
        });
}

}  // namespace resnet::ui
