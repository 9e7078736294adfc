#include "ui/window/NoticeStrip.h"

#include "ui/painting/Theme.h"
#include "ui/widgets/Labels.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QMessageBox>
#include <QStyle>
#include <QToolButton>

namespace resnet::ui {

NoticeStrip::NoticeStrip(Workspace& workspace, QWidget* over)
    : QFrame(over), m_text(new QLabel), m_details(new QToolButton), m_close(new QToolButton) {
    setProperty("role", QStringLiteral("notice"));
    m_text->setAccessibleName(tr("Notice"));
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_details->setText(tr("De&tails"));
    m_details->setToolTip(tr("Show everything that was found (Alt+T)"));
    m_close->setText(tr("Dismiss"));
    m_close->setToolTip(tr("Hide this message"));
    for (QToolButton* button : {m_details, m_close})
        button->setAccessibleName(button->text().remove(QLatin1Char('&')));

    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 6, 6, 6);
    row->addWidget(m_text, 1);
    row->addWidget(m_details);
    row->addWidget(m_close);
    connect(m_close, &QToolButton::clicked, this, &NoticeStrip::dismiss);
    connect(m_details, &QToolButton::clicked, this, &NoticeStrip::showDetails);
    connect(&workspace, &Workspace::noticePosted, this, &NoticeStrip::showNotice);
    over->installEventFilter(this);
    hide();
}

void NoticeStrip::showNotice(const Notice& notice) {
    if (notice.kind == Notice::Kind::Information && notice.details.isEmpty())
        return;
    m_notices.append(notice);
    refresh();
}

void NoticeStrip::dismiss() {
    if (!m_notices.isEmpty())
        m_notices.removeLast();
    refresh();
}

void NoticeStrip::refresh() {
    const Notice* shown = notice();
    setVisible(shown);
    if (!shown)
        return;
    m_text->setText(shown->text);
    m_details->setVisible(!shown->details.isEmpty());
    setProperty("kind", shown->kind == Notice::Kind::Error     ? QStringLiteral("error")
                        : shown->kind == Notice::Kind::Warning ? QStringLiteral("warning")
                                                               : QStringLiteral("information"));
    style()->unpolish(this);
    style()->polish(this);
    place();
    raise();
}

// At the left foot, as wide as its text needs and the window has.
void NoticeStrip::place() {
    constexpr int widest = 620;
    const int room = parentWidget()->width() - 2 * Theme::panelGap;
    const int width = std::min(room, widest);
    const int height = std::max(layout()->heightForWidth(width), layout()->minimumSize().height());
    setGeometry(Theme::panelGap, parentWidget()->height() - height - Theme::panelGap, width, height);
}

bool NoticeStrip::eventFilter(QObject* object, QEvent* event) {
    if (event->type() == QEvent::Resize && isVisible())
        place();
    return QFrame::eventFilter(object, event);
}

void NoticeStrip::showDetails() {
    QMessageBox box(QMessageBox::NoIcon, tr("Details"), notice()->text, QMessageBox::Close, window());
    box.setInformativeText(notice()->details.join(QLatin1Char('\n')));
    box.exec();
}

}  // namespace resnet::ui
