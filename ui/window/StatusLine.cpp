#include "ui/window/StatusLine.h"

#include "ui/painting/Theme.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/TextSize.h"
#include "ui/words/NumberText.h"
#include "ui/words/Numbers.h"
#include "ui/words/Wording.h"

#include <QAction>
#include <QDesktopServices>
#include <QDir>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QProgressBar>
#include <QToolButton>
#include <QUrl>

namespace resnet::ui {

namespace {

constexpr int progressAfter = 250;   // ms: a pass that is done sooner shows no progress
constexpr int messageStays = 12000;  // ms

}  // namespace

StatusLine::StatusLine(Workspace& workspace, QAction* cancel, QWidget* parent)
    : QFrame(parent),
      m_workspace(workspace),
      m_reading(new ElidedLabel),
      m_computed(new QLabel),
      m_progress(new QProgressBar),
      m_cancel(new QToolButton),
      m_message(new ElidedLabel),
      m_showSaved(new QAction(tr("Sho&w what was saved in its folder"), this)),
      m_inFolder(new QToolButton),
      m_row(new QHBoxLayout(this)) {
    setProperty("role", QStringLiteral("statusLine"));
    m_reading->setAccessibleName(tr("Number under the cursor"));
    m_computed->setAccessibleName(tr("What is computed"));
    m_message->setAccessibleName(tr("What was done last"));
    for (QLabel* each : {m_reading, m_computed, m_message})
        each->setProperty("role", QStringLiteral("secondary"));
    m_message->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_progress->setTextVisible(false);
    keepWidth(*m_progress, 120);
    m_progress->setAccessibleName(tr("Progress"));
    m_cancel->setDefaultAction(cancel);
    m_cancel->setAccessibleName(tr("Cancel"));
    m_cancel->setProperty("role", QStringLiteral("link"));
    m_inFolder->setText(tr("Show in folder"));
    m_inFolder->setProperty("role", QStringLiteral("link"));
    m_inFolder->hide();
    m_showSaved->setEnabled(false);
    m_showSaved->setToolTip(tr("Nothing was saved yet"));
    m_row->setContentsMargins(16, 0, 16, 0);
    m_row->setSpacing(3 * Theme::grid);
    m_row->addWidget(m_reading, 4);
    m_row->addWidget(m_computed);
    m_row->addWidget(m_progress);
    m_row->addWidget(m_cancel);
    m_row->addWidget(m_message, 5);
    m_row->addWidget(m_inFolder);
    keepHeight(*this, 28);

    m_progressDelay.setSingleShot(true);
    m_fade.setSingleShot(true);
    connect(&m_progressDelay, &QTimer::timeout, this, [this] {
        m_showsProgress = m_workspace.isBusy();
        showProgress();
    });
    connect(&m_fade, &QTimer::timeout, this, &StatusLine::forgetMessage);
    connect(m_inFolder, &QToolButton::clicked, this, &StatusLine::showSaved);
    connect(m_showSaved, &QAction::triggered, this, &StatusLine::showSaved);
    connect(&m_workspace, &Workspace::progressChanged, this, &StatusLine::showProgress);
    connect(&m_workspace, &Workspace::busyChanged, this, [this](bool busy) {
        if (busy)
            m_progressDelay.start(progressAfter);
        else
            m_progressDelay.stop();
        m_showsProgress = false;
        showProgress();
    });
    connect(&m_workspace, &Workspace::noticePosted, this, &StatusLine::showMessage);
    connect(&m_workspace, &Workspace::changed, this, [this](const Changes& changes) {
        if (changes.have(Changes::anySession | Changes::RunEnded))
            showProgress();
        if (changes.have(Changes::anySession | Changes::Step | Changes::Channel | Changes::Cell |
                         Changes::Shown))
            showReading();
    });
    connect(&m_workspace.pointedCell(), &PointedCell::changed, this, &StatusLine::showReading);
    showReading();
    showProgress();
}

void StatusLine::addBadge(QWidget* badge) {
    m_row->addWidget(badge);
}

QString StatusLine::message() const {
    return m_message->text();
}

void StatusLine::showReading() {
    const StepId step = m_workspace.currentStep();
    const FeatureMapsPtr maps = m_workspace.shown().of(step);
    if (!maps) {
        m_reading->clear();
        return;
    }
    const int channel = m_workspace.channel();
    QString name = channelName(*m_workspace.model(), step, channel);
    if (const ShownMaps& shown = m_workspace.shown(); !shown.areOutputs())
        name = QStringLiteral("%1, %2").arg(nameOf(shown.quantity(), shown.side()), name);
    const bool isVector = maps->shape().isVector();
    const std::optional<Cell> pointed = m_workspace.pointedCell().in(maps->shape());
    const std::optional<Cell> cell = isVector  ? std::optional(Cell{0, 0})
                                     : pointed ? pointed
                                               : m_workspace.cell();
    if (!cell)
        m_reading->setText(tr("%1: point at a cell to read it").arg(name));
    else if (isVector)
        m_reading->setText(QStringLiteral("%1: %2").arg(name, signedValueText(maps->at(channel, 0, 0))));
    else
        m_reading->setText(
            QStringLiteral("%1, %2: %3")
                .arg(name, cellName(*cell), signedValueText(maps->at(channel, cell->y, cell->x))));
}

void StatusLine::showProgress() {
    const auto [finished, total] = m_workspace.progress();
    m_progress->setVisible(m_showsProgress);
    m_cancel->setVisible(m_showsProgress);
    if (m_showsProgress) {
        m_progress->setRange(0, total);
        m_progress->setValue(finished);
        m_computed->setText(total > 0 ? tr("computing: %1 of %2 steps").arg(finished).arg(total)
                                      : tr("opening…"));
        return;
    }
    const Run& run = m_workspace.activations();
    if (!m_workspace.session().hasInput()) {
        m_computed->clear();
        return;
    }
    double milliseconds = 0.0;
    for (StepId step = 0; step < run.stepCount(); ++step)
        milliseconds += run.milliseconds(step);
    m_computed->setText(tr("%1 of %2 steps, %3")
                            .arg(run.computedCount())
                            .arg(run.stepCount())
                            .arg(millisecondsText(milliseconds)));
}

// Warnings and errors stay where they are read, until they are closed.
void StatusLine::showMessage(const Notice& notice) {
    if (notice.kind != Notice::Kind::Information || !notice.details.isEmpty())
        return;
    m_message->setText(notice.text);
    m_fade.start(messageStays);
    m_inFolder->setVisible(!notice.saved.isEmpty());
    if (notice.saved.isEmpty())
        return;
    m_saved = notice.saved;
    const QString path = QDir::toNativeSeparators(m_saved);
    m_inFolder->setToolTip(tr("Opens the folder of %1").arg(path));
    m_inFolder->setAccessibleName(tr("Show %1 in its folder").arg(QFileInfo(path).fileName()));
    m_showSaved->setToolTip(m_inFolder->toolTip());
    m_showSaved->setEnabled(true);
}

// Not while the keyboard is there to press it.
void StatusLine::forgetMessage() {
    if (m_inFolder->hasFocus())
        return m_fade.start(messageStays);
    m_message->clear();
    m_inFolder->hide();
}

void StatusLine::showSaved() {
    const QFileInfo saved(m_saved);
    const QString folder = saved.isDir() ? QDir(m_saved).absolutePath() : saved.absolutePath();
    if (!QFileInfo::exists(folder))
        m_workspace.post({Notice::Kind::Warning, tr("%1: the folder is not there any more").arg(folder), {}});
    else if (!QDesktopServices::openUrl(QUrl::fromLocalFile(folder)))
        m_workspace.post(
            {Notice::Kind::Warning, tr("%1: the desktop has no program that shows folders").arg(folder), {}});
}

}  // namespace resnet::ui
