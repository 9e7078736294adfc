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

namespace {

Highlight::Part partOf(TourStation::About about) {
    switch (about) {
        case TourStation::About::Picture:
            return Highlight::Part::Picture;
        case TourStation::About::Prediction:
            return Highlight::Part::Prediction;
        case TourStation::About::Step:
            break;
    }
    return Highlight::Part::None;
}

}  // namespace

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
            onModel();
    });

    auto* page = new QWidget;
    auto* words = new QVBoxLayout(page);
    words->setContentsMargins(0, 0, 6, 0);
    words->setSpacing(2 * Theme::grid);
    words->addWidget(m_name);
    words->addWidget(m_text);
    m_words = words;
    addContinuations(continuations, m_continuations);
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

void TourCard::addContinuations(const QList<Continuation>& continuations, QList<QPushButton*>& to) {
    for (const auto& [text, key] : continuations) {
        auto* button = new QPushButton(text);
        button->setProperty("role", QStringLiteral("link"));
        button->setToolTip(tr("Ends the tour and goes there"));
        button->hide();
        connect(button, &QPushButton::clicked, this, [this, key = key] {
            leave();
            Q_EMIT continued(key);
        });
        to << button;
        m_words->insertWidget(1 + int(m_continuations.size() + m_twinContinuations.size()), button);
    }
}

void TourCard::addTwins(const QString& residual, const QString& plain,
                        const QList<Continuation>& continuations) {
    m_twins = {residual, plain};
    if (hasTwins()) {
        auto* second = new QPushButton(tr("The second tour: why shortcuts"));
        second->setProperty("role", QStringLiteral("link"));
        second->setToolTip(tr("Six stations over two networks that were trained alike"));
        second->hide();
        connect(second, &QPushButton::clicked, this, &TourCard::startWhyShortcuts);
        m_words->insertWidget(2, second);
        m_continuations << second;
    }
    addContinuations(continuations, m_twinContinuations);
}

QString TourCard::openFile() const {
    return m_workspace.model() ? QString::fromStdString(m_workspace.model()->source) : QString();
}

void TourCard::begin(std::vector<TourStation> stations) {
    m_stations = std::move(stations);
    m_begin = m_workspace.focus();
    m_opened = m_workspace.model();
    m_isRunning = true;
    Q_EMIT started();
    m_next->setFocus();
}

void TourCard::start() {
    if (!m_workspace.model())
        return;
    m_isOverTwins = false;
    m_awaited.clear();
    begin(tourStations(m_workspace.model()->graph(), m_workspace.model()->isTrained()));
    goTo(0);
}

void TourCard::startWhyShortcuts() {
    if (!m_workspace.model() || !hasTwins())
        return;
    m_isOverTwins = true;
    m_residual.reset();
    begin({});
    m_station = 0;
    m_awaited = m_twins.first;
    setTitle(tr("Tour: why shortcuts"));
    m_name->setText(tr("Opening the twins …"));
    m_text->clear();
    if (openFile() == m_awaited)
        onModel();
    else
        m_workspace.openWeightsFile(m_awaited);
}

// Another network ends the tour, if it is not the one that the tour itself has opened.
void TourCard::onModel() {
    if (!m_isRunning)
        return;
    const bool isBack = m_isOverTwins && m_workspace.model() == m_opened && m_station >= stationCount();
    if (isBack)
        return;
    if (m_awaited.isEmpty() || openFile() != m_awaited)
        return leave();
    m_awaited.clear();
    if (!m_residual) {
        m_residual = m_workspace.model();
        m_stations = shortcutStations(m_residual->graph());
        return goTo(0);
    }
    showStation(m_stations[std::size_t(m_station)]);
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
    m_workspace.highlight().clear();
    if (m_station < stationCount())
        comeBack();
    Q_EMIT left();
}

// To where the tour began; what was opened meanwhile by the person stays.
void TourCard::comeBack() {
    if (m_isOverTwins && m_workspace.model() != m_opened)
        m_workspace.setModel(m_opened);
    else if (m_workspace.model() == m_opened)
        m_workspace.lookAt(m_begin);
}

void TourCard::goTo(int station) {
    if (station > stationCount()) {
        leave();
        return;
    }
    m_station = station;
    const bool isEnd = station == stationCount();
    for (QPushButton* each : m_continuations)
        each->setVisible(isEnd && !m_isOverTwins);
    for (QPushButton* each : m_twinContinuations)
        each->setVisible(isEnd && m_isOverTwins);
    m_back->setEnabled(station > 0);
    m_back->setToolTip(station > 0 ? tr("To the station before (Alt+B)") : tr("This is the first station"));
    m_next->setText(isEnd ? tr("&Close") : station + 1 < stationCount() ? tr("&Next") : tr("Fi&nish"));
    m_next->setToolTip(isEnd ? tr("Ends the tour (Alt+C)")
                       : station + 1 < stationCount()
                           ? tr("To the next station (Alt+N)")
                           : tr("Back to where the tour began, with what to go on with (Alt+N)"));
    if (isEnd)
        return finish();
    const TourStation& shown = m_stations[std::size_t(station)];
    setTitle((m_isOverTwins ? tr("Why shortcuts, %1 of %2") : tr("Tour, %1 of %2"))
                 .arg(station + 1)
                 .arg(stationCount()));
    m_name->setText(shown.title);
    m_text->setText(shown.text);
    const QString file = shown.isPlain ? m_twins.second : m_twins.first;
    if (m_isOverTwins && openFile() != file) {
        m_awaited = file;
        return m_workspace.openWeightsFile(file);
    }
    showStation(shown);
}

void TourCard::showStation(const TourStation& station) {
    if (!station.view.isEmpty())
        Q_EMIT viewWanted(station.view);
    const StepId step = m_isOverTwins
                            ? stationStep(station, m_residual->graph(), m_workspace.model()->graph())
                            : station.step;
    m_workspace.goToStep(step);
    m_workspace.highlight().mark(step, partOf(station.about));
}

void TourCard::finish() {
    setTitle(m_isOverTwins ? tr("Tour: why shortcuts") : tr("Tour"));
    m_name->setText(m_isOverTwins ? tr("That was what shortcuts do.")
                                  : tr("That was the way of one picture."));
    m_text->setText(tr("You are back where you began. To go on with:"));
    m_workspace.highlight().clear();
    comeBack();
}

}  // namespace resnet::ui
