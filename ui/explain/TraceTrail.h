#pragma once

#include "core/network/Graph.h"

#include <QLabel>

#include <vector>

namespace resnet::ui {

// Where one has come from while following numbers back: "church ‹ channel 268 of avgpool ‹ ...", each a way
// back. It is forgotten when one goes somewhere else.
class TraceTrail : public QLabel {
    Q_OBJECT
public:
    struct Place {
        StepId step = inputStep;
        int channel = 0;
        Cell cell;
        QString name;

        bool isAt(const Place& other) const {
            return step == other.step && channel == other.channel && cell == other.cell;
        }
    };

    explicit TraceTrail(QWidget* parent = nullptr);

    // One goes from here to there by following a number.
    void follow(const Place& from, const Place& to);
    // What is shown now; anything but the place one was to come to ends the trail.
    void arrive(const Place& now);
    const std::vector<Place>& places() const { return m_places; }

Q_SIGNALS:
    void backRequested(const resnet::ui::TraceTrail::Place& place);

private:
    void goBack(const QString& index);
    void show();

    std::vector<Place> m_places;  // the first is where one began
    Place m_awaited;
};

}  // namespace resnet::ui
