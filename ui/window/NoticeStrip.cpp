#include "ui/window/NoticeStrip.h"

#include "ui/painting/Theme.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/TextSize.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QMessageBox>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace resnet::ui {

NoticeStrip::NoticeStrip(Workspace& workspace, QWidget* over, const QList<QWidget*>& rails)
    : QFrame(over), m_rails(rails), m_text(new QLabel), m_details(new QToolButton), m_close(new QToolButton) {
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

    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(12, 10, 8, 8);
    rows->addWidget(m_text, 1);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(m_details);
    buttons->addWidget(m_close);
    rows->addLayout(buttons);
    connect(m_close, &QToolButton::clicked, this, &NoticeStrip::dismiss);
    connect(m_details, &QToolButton::clicked, this, &NoticeStrip::showDetails);
    connect(&workspace, &Workspace::noticePosted, this, &NoticeStrip::showNotice);
    over->installEventFilter(this);
    for (QWidget* rail : m_rails)
        rail->installEventFilter(this);
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

void NoticeStrip::place() {
    constexpr int withoutRail = 240;
    const auto open = std::ranges::find_if(m_rails, &QWidget::isVisible);
    const int foot = parentWidget()->height() - Theme::panelGap;
    const QRect rail = open != m_rails.end()
                           ? QRect((*open)->mapTo(parentWidget(), QPoint()), (*open)->size())
                           : QRect(Theme::panelGap, 0, scaled(withoutRail), foot);
    const int height = std::max(layout()->heightForWidth(rail.width()), layout()->minimumSize().height());
    setGeometry(rail.left(), std::max(rail.top(), foot - height), rail.width(), std::min(height, foot));
}

bool NoticeStrip::eventFilter(QObject* object, QEvent* event) {
    const bool isMoved = event->type() == QEvent::Resize || event->type() == QEvent::Move ||
                         event->type() == QEvent::Show || event->type() == QEvent::Hide;
    if (isMoved && isVisible())
        place();
    return QFrame::eventFilter(object, event);
}

void NoticeStrip::showDetails() {
    QMessageBox box(QMessageBox::NoIcon, tr("Details"), notice()->text, QMessageBox::Close, window());
    box.setInformativeText(notice()->details.join(QLatin1Char('\n')));
    box.exec();
}

}  // namespace resnet::ui
