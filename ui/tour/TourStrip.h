#pragma once

#include "ui/words/TourStations.h"
#include "ui/workspace/Workspace.h"

#include <QFrame>

class QLabel;
class QPushButton;

namespace resnet::ui {

// The guided tour over the running program: it goes to a step and says what to notice. Everything else stays
// usable, and it can be left at any time.
class TourStrip : public QFrame {
    Q_OBJECT
public:
    explicit TourStrip(Workspace& workspace, QWidget* parent = nullptr);

    void start();
    void leave();
    int station() const { return m_station; }
    int stationCount() const { return int(m_stations.size()); }

protected:
    // Return presses the button that has the focus, Escape leaves.
    void keyPressEvent(QKeyEvent* event) override;

private:
    void goTo(int station);

    Workspace& m_workspace;
    std::vector<TourStation> m_stations;
    int m_station = 0;
    QLabel* m_count;
    QLabel* m_title;
    QLabel* m_text;
    QPushButton* m_back;
    QPushButton* m_next;
};

}  // namespace resnet::ui
