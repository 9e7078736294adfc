#include "ui/tour/TourStrip.h"

#include "ui/widgets/Labels.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPushButton>
#include <QVBoxLayout>

namespace resnet::ui {

TourStrip::TourStrip(Workspace& workspace, QWidget* parent)
    : QFrame(parent),
      m_workspace(workspace),
      m_count(new QLabel),
      m_title(new QLabel),
      m_text(new Paragraph),
      m_back(new QPushButton(tr("&Back"))),
      m_next(new QPushButton(tr("Ne&xt"))) {
    setProperty("role", QStringLiteral("card"));
    setAccessibleName(tr("Guided tour"));
    m_count->setProperty("role", QStringLiteral("secondary"));
    m_title->setProperty("role", QStringLiteral("title"));
    m_back->setToolTip(tr("To the station before (Alt+B)"));
    m_next->setProperty("role", QStringLiteral("primary"));
    m_next->setToolTip(tr("To the next station (Alt+X)"));
    auto* leaveButton = new QPushButton(tr("&Leave the tour"));
    leaveButton->setToolTip(tr("End the tour; everything stays as it is (Esc, Alt+L)"));
    connect(m_back, &QPushButton::clicked, this, [this] { goTo(m_station - 1); });
    connect(m_next, &QPushButton::clicked, this, [this] { goTo(m_station + 1); });
    connect(leaveButton, &QPushButton::clicked, this, &TourStrip::leave);
    connect(&m_workspace, &Workspace::changed, this, [this](const Changes& changes) {
        if (changes.have(Changes::Model))
            leave();
    });

    auto* titles = new QHBoxLayout;
    titles->addWidget(m_title);
    titles->addWidget(m_count, 1);
    auto* words = new QVBoxLayout;
    words->setSpacing(Theme::grid);
    words->addLayout(titles);
    words->addWidget(m_text);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(Theme::panelPadding, 10, Theme::panelPadding, 10);
    row->setSpacing(2 * Theme::grid);
    row->addLayout(words, 1);
    row->addSpacing(2 * Theme::grid);
    for (QPushButton* button : {m_back, m_next, leaveButton})
        row->addWidget(button);
    hide();
}

void TourStrip::start() {
    if (!m_workspace.model())
        return;
    m_stations = tourStations(m_workspace.model()->graph());
    show();
    goTo(0);
    m_next->setFocus();
}

void TourStrip::keyPressEvent(QKeyEvent* event) {
    auto* button = qobject_cast<QPushButton*>(focusWidget());
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && button)
        button->click();
    else if (event->key() == Qt::Key_Escape)
        leave();
    else
        QFrame::keyPressEvent(event);
}

void TourStrip::leave() {
    hide();
}

void TourStrip::goTo(int station) {
    if (station >= stationCount()) {
        leave();
        return;
    }
    m_station = station;
    const TourStation& shown = m_stations[std::size_t(station)];
    m_count->setText(tr("Tour, %1 of %2").arg(station + 1).arg(stationCount()));
    m_title->setText(shown.title);
    m_text->setText(shown.text);
    m_back->setEnabled(station > 0);
    m_back->setToolTip(station > 0 ? tr("To the station before (Alt+B)") : tr("This is the first station"));
    m_next->setText(station + 1 < stationCount() ? tr("Ne&xt") : tr("Fi&nish"));
    m_workspace.goToStep(shown.step);
}

}  // namespace resnet::ui
