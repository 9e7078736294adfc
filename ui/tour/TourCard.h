#pragma once

#include "ui/widgets/Card.h"
#include "ui/words/TourStations.h"
#include "ui/workspace/Workspace.h"

#include <utility>
#include <vector>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace resnet::ui {

class Paragraph;

// The guided tour over the running program: it goes to a step and says what to notice. Everything else stays
// usable, and it can be left at any time. Behind the last station it offers what to go on with, and is back
// where it began.
class TourCard : public Card {
    Q_OBJECT
public:
    // Something to go on with after the last station: its text, and the key that continued() tells.
    using Continuation = std::pair<QString, QString>;
    TourCard(Workspace& workspace, const QList<Continuation>& continuations, QWidget* parent = nullptr);

    // The second tour, "Why shortcuts", over two files; the first one leads to it. Without them it cannot be.
    void addTwins(const QString& residual, const QString& plain, const QList<Continuation>& continuations);
    bool hasTwins() const { return !m_twins.first.isEmpty() && !m_twins.second.isEmpty(); }

    void start();
    void startWhyShortcuts();
    void leave();
    bool isRunning() const { return m_isRunning; }
    int station() const { return m_station; }
    int stationCount() const { return int(m_stations.size()); }

Q_SIGNALS:
    void started();
    // A station is about this view.
    void viewWanted(const QString& key);
    void left();
    void continued(const QString& key);

protected:
    // Return presses the button that has the focus, Escape leaves.
    void keyPressEvent(QKeyEvent* event) override;

private:
    void addContinuations(const QList<Continuation>& continuations, QList<QPushButton*>& to);
    QString openFile() const;
    void begin(std::vector<TourStation> stations);
    void onModel();
    void goTo(int station);
    void showStation(const TourStation& station);
    void comeBack();
    void finish();

    Workspace& m_workspace;
    std::vector<TourStation> m_stations;
    int m_station = 0;
    bool m_isRunning = false;
    bool m_isOverTwins = false;
    std::pair<QString, QString> m_twins;  // files: with shortcuts, without
    ModelPtr m_residual;                  // of the tour over the twins, once it is open
    QString m_awaited;                    // file that the tour opens; empty: none
    ModelPtr m_opened;                    // that it began with
    Focus m_begin;
    QLabel* m_name;
    Paragraph* m_text;
    QPushButton* m_back;
    QPushButton* m_next;
    QVBoxLayout* m_words;
    QList<QPushButton*> m_continuations;
    QList<QPushButton*> m_twinContinuations;
};

}  // namespace resnet::ui
