#include "ui/window/NoticeStrip.h"

#include "ui/widgets/Labels.h"

#include <QAction>
#include <QHBoxLayout>
#include <QMessageBox>
#include <QProgressBar>
#include <QStyle>
#include <QToolButton>

namespace resnet::ui {

namespace {
constexpr int progressAfter = 250;      // ms: a pass that is done sooner shows no progress
constexpr int informationStays = 8000;  // ms
}  // namespace

NoticeStrip::NoticeStrip(Workspace& workspace, QAction* cancel, QWidget* parent)
    : QFrame(parent),
      m_workspace(workspace),
      m_text(new ElidedLabel),
      m_progress(new QProgressBar),
      m_details(new QToolButton),
      m_cancel(new QToolButton),
      m_close(new QToolButton) {
    setProperty("role", QStringLiteral("notice"));
    m_text->setAccessibleName(tr("Notice"));
    m_progress->setTextVisible(false);
    m_progress->setFixedWidth(160);
    m_progress->setAccessibleName(tr("Progress"));
    m_details->setText(tr("De&tails"));
    m_details->setToolTip(tr("Show everything that was found (Alt+T)"));
    m_close->setText(tr("Dismiss"));
    m_close->setToolTip(tr("Hide this message"));
    m_cancel->setDefaultAction(cancel);
    for (QToolButton* button : {m_details, m_cancel, m_close})
        button->setAccessibleName(button->text().remove(QLatin1Char('&')));

    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 4, 6, 4);
    row->addWidget(m_text, 1);
    for (QWidget* each : std::initializer_list<QWidget*>{m_progress, m_details, m_cancel, m_close})
        row->addWidget(each);

    m_progressDelay.setSingleShot(true);
    m_fade.setSingleShot(true);
    connect(&m_progressDelay, &QTimer::timeout, this, [this] {
        m_showsProgress = m_workspace.isBusy();
        refresh();
    });
    connect(&m_fade, &QTimer::timeout, this, &NoticeStrip::dismiss);
    connect(m_close, &QToolButton::clicked, this, &NoticeStrip::dismiss);
    connect(m_details, &QToolButton::clicked, this, &NoticeStrip::showDetails);
    connect(&m_workspace, &Workspace::noticePosted, this, &NoticeStrip::showNotice);
    connect(&m_workspace, &Workspace::progressChanged, this, &NoticeStrip::refresh);
    connect(&m_workspace, &Workspace::busyChanged, this, [this](bool busy) {
        if (busy) {
            m_progressDelay.start(progressAfter);
            return;
        }
        m_progressDelay.stop();
        m_showsProgress = false;
        refresh();
    });
    refresh();
}

void NoticeStrip::showNotice(const Notice& notice) {
    if (!m_notices.isEmpty() && m_notices.back().kind == Notice::Kind::Information)
        m_notices.removeLast();
    m_notices.append(notice);
    if (notice.kind == Notice::Kind::Information)
        m_fade.start(informationStays);
    else
        m_fade.stop();
    refresh();
}

void NoticeStrip::dismiss() {
    if (!m_notices.isEmpty())
        m_notices.removeLast();
    refresh();
}

void NoticeStrip::refresh() {
    const Notice* shown = m_showsProgress ? nullptr : notice();
    const char* kind = "information";
    if (m_showsProgress) {
        const auto [finished, total] = m_workspace.progress();
        m_text->setText(total > 0 ? tr("Computing: %1 of %2 steps").arg(finished).arg(total)
                                  : tr("Opening…"));
        m_progress->setRange(0, total);
        m_progress->setValue(finished);
    } else if (shown) {
        m_text->setText(shown->text);
        kind = shown->kind == Notice::Kind::Error     ? "error"
               : shown->kind == Notice::Kind::Warning ? "warning"
                                                      : "information";
    }
    m_progress->setVisible(m_showsProgress);
    m_cancel->setVisible(m_showsProgress);
    m_close->setVisible(shown != nullptr);
    m_details->setVisible(shown && !shown->details.isEmpty());
    if (property("kind") != QString::fromLatin1(kind)) {
        setProperty("kind", QString::fromLatin1(kind));
        style()->unpolish(this);
        style()->polish(this);
    }
    setVisible(m_showsProgress || shown);
}

void NoticeStrip::showDetails() {
    QMessageBox box(QMessageBox::NoIcon, tr("Details"), notice()->text, QMessageBox::Close, window());
    box.setInformativeText(notice()->details.join(QLatin1Char('\n')));
    box.exec();
}

}  // namespace resnet::ui
