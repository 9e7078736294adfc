#include "ui/training/WalkBadge.h"

#include "ui/training/PlaneWalk.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>

namespace resnet::ui {

WalkBadge::WalkBadge(Workspace& workspace, PlaneWalk& walk, QWidget* parent)
    : QFrame(parent), m_workspace(workspace), m_walk(walk) {
    auto* words = new QLabel(tr("weights moved"));
    words->setProperty("role", QStringLiteral("shortcutText"));
    auto* back = new QPushButton(tr("Back"));
    back->setProperty("role", QStringLiteral("link"));
    back->setAccessibleName(tr("Back to the network that was opened"));
    back->setToolTip(tr("The network as it was before you walked in its loss landscape"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(10, 0, 10, 0);
    row->setSpacing(3 * Theme::grid);
    row->addWidget(words);
    row->addWidget(back);
    connect(back, &QPushButton::clicked, &m_walk, &PlaneWalk::back);
    connect(&m_walk, &PlaneWalk::moved, this, &WalkBadge::refresh);
    refresh();
}

void WalkBadge::refresh() {
    setVisible(m_walk.isAway());
    setToolTip(m_walk.isAway() ? QString::fromStdString(m_workspace.model()->title) : QString());
}

void WalkBadge::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_workspace.theme().shortcutFill);
    painter.drawRoundedRect(rect(), Theme::controlRadius, Theme::controlRadius);
}

}  // namespace resnet::ui
