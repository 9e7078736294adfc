#include "ui/experiments/EditsBadge.h"

#include "ui/words/EditWords.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>

namespace resnet::ui {

EditsBadge::EditsBadge(Workspace& workspace, QWidget* parent)
    : QFrame(parent), m_workspace(workspace), m_words(new QLabel), m_reset(new QPushButton(tr("Reset"))) {
    m_words->setProperty("role", QStringLiteral("shortcutText"));
    m_reset->setProperty("role", QStringLiteral("link"));
    m_reset->setAccessibleName(tr("Reset all parts of the network"));
    m_reset->setToolTip(tr("The network as it was opened"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(10, 0, 10, 0);
    row->setSpacing(3 * Theme::grid);
    row->addWidget(m_words);
    row->addWidget(m_reset);
    connect(m_reset, &QPushButton::clicked, this, [this] { m_workspace.setEdits({}); });
    connect(&m_workspace, &Workspace::changed, this, &EditsBadge::follow);
    refresh();
}

void EditsBadge::follow(const Changes& changes) {
    if (changes.have(Changes::Edits | Changes::Model))
        refresh();
    if (changes.have(Changes::Theme))
        update();
}

void EditsBadge::refresh() {
    constexpr int mostUnits = 12;
    const Edits& edits = m_workspace.edits();
    m_words->setText(changedPartsWords(edits));
    m_words->setToolTip(editsWords(edits, mostUnits).replace(QStringLiteral("; "), QStringLiteral("\n")));
    setVisible(!edits.isEmpty());
}

void EditsBadge::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_workspace.theme().shortcutFill);
    painter.drawRoundedRect(rect(), Theme::controlRadius, Theme::controlRadius);
}

}  // namespace resnet::ui
