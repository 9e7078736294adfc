#pragma once

#include "ui/widgets/Card.h"
#include "ui/words/TourStations.h"
#include "ui/workspace/Workspace.h"

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

    void start();
    void leave();
    bool isRunning() const { return m_isRunning; }
    int station() const { return m_station; }
    int stationCount() const { return int(m_stations.size()); }

Q_SIGNALS:
    void started();
    void left();
    void continued(const QString& key);

protected:
    // Return presses the button that has the focus, Escape leaves.
    void keyPressEvent(QKeyEvent* event) override;

private:
    void goTo(int station);
    void finish();

    Workspace& m_workspace;
    std::vector<TourStation> m_stations;
    int m_station = 0;
    bool m_isRunning = false;
    Focus m_begin;
    QLabel* m_name;
    Paragraph* m_text;
    QPushButton* m_back;
    QPushButton* m_next;
    QList<QPushButton*> m_continuations;
};

}  // namespace resnet::ui
