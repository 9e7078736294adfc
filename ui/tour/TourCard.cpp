#include "ui/tour/TourCard.h"

#include "ui/painting/Theme.h"
#include "ui/widgets/Labels.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>

namespace resnet::ui {

TourCard::TourCard(Workspace& workspace, const QList<Continuation>& continuations, QWidget* parent)
    : Card(tr("Guided tour"), parent),
      m_workspace(workspace),
      m_name(new Paragraph),
      m_text(new Paragraph),
      m_back(new QPushButton(tr("&Back"))),
      m_next(new QPushButton(tr("&Next"))) {
    m_name->setProperty("role", QStringLiteral("bold"));
    m_back->setToolTip(tr("To the station before (Alt+B)"));
    m_next->setProperty("role", QStringLiteral("primary"));
    auto* close = new QToolButton;
    close->setText(QStringLiteral("×"));
    close->setToolTip(tr("Leave the tour; everything stays as it is (Esc)"));
    close->setAccessibleName(tr("Leave the tour"));
    close->setProperty("role", QStringLiteral("help"));
    addControl(close);
    connect(m_back, &QPushButton::clicked, this, [this] { goTo(m_station - 1); });
    connect(m_next, &QPushButton::clicked, this, [this] { goTo(m_station + 1); });
    connect(close, &QToolButton::clicked, this, &TourCard::leave);
    connect(&m_workspace, &Workspace::changed, this, [this](const Changes& changes) {
        if (changes.have(Changes::Model))
            leave();
    });

    auto* page = new QWidget;
    auto* words = new QVBoxLayout(page);
    words->setContentsMargins(0, 0, 6, 0);
    words->setSpacing(2 * Theme::grid);
    words->addWidget(m_name);
    words->addWidget(m_text);
    for (const auto& [text, key] : continuations) {
        auto* button = new QPushButton(text);
        button->setProperty("role", QStringLiteral("link"));
        button->setToolTip(tr("Ends the tour and goes there"));
        connect(button, &QPushButton::clicked, this, [this, key = key] {
            leave();
            Q_EMIT continued(key);
        });
        m_continuations << button;
        words->addWidget(button);
    }
    words->addStretch(1);
    auto* scroll = new QScrollArea;
    scroll->setWidget(page);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* row = new QHBoxLayout;
    row->addWidget(m_back);
    row->addStretch(1);
    row->addWidget(m_next);
    body()->addWidget(scroll, 1);
    body()->addLayout(row);
}

void TourCard::start() {
    if (!m_workspace.model())
        return;
    m_stations = tourStations(m_workspace.model()->graph());
    m_begin = m_workspace.focus();
    m_isRunning = true;
    Q_EMIT started();
    goTo(0);
    m_next->setFocus();
}

void TourCard::keyPressEvent(QKeyEvent* event) {
    auto* button = qobject_cast<QPushButton*>(focusWidget());
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && button)
        button->click();
    else if (event->key() == Qt::Key_Escape)
        leave();
    else
        Card::keyPressEvent(event);
}

void TourCard::leave() {
    if (!m_isRunning)
        return;
    m_isRunning = false;
    Q_EMIT left();
}

void TourCard::goTo(int station) {
    if (station > stationCount()) {
        leave();
        return;
    }
    m_station = station;
    const bool isEnd = station == stationCount();
    for (QPushButton* each : m_continuations)
        each->setVisible(isEnd);
    m_back->setEnabled(station > 0);
    m_back->setToolTip(station > 0 ? tr("To the station before (Alt+B)") : tr("This is the first station"));
    m_next->setText(isEnd ? tr("&Close") : station + 1 < stationCount() ? tr("&Next") : tr("&Finish"));
    m_next->setToolTip(isEnd ? tr("Ends the tour (Alt+C)")
                       : station + 1 < stationCount()
                           ? tr("To the next station (Alt+N)")
                           : tr("Back to where the tour began, with what to go on with (Alt+F)"));
    if (isEnd)
        return finish();
    const TourStation& shown = m_stations[std::size_t(station)];
    setTitle(tr("Tour, %1 of %2").arg(station + 1).arg(stationCount()));
    m_name->setText(shown.title);
    m_text->setText(shown.text);
    m_workspace.goToStep(shown.step);
}

void TourCard::finish() {
    setTitle(tr("Tour"));
    m_name->setText(tr("That was the way of one picture."));
    m_text->setText(tr("You are back where you began. To go on with:"));
    m_workspace.lookAt(m_begin);
}

}  // namespace resnet::ui
