#pragma once

#include <QFrame>

namespace resnet::ui {

class Preferences;

// What is offered to who is here for the first time, in one line, until it is closed or taken.
class WelcomeLine : public QFrame {
    Q_OBJECT
public:
    explicit WelcomeLine(Preferences& preferences, QWidget* parent = nullptr);

Q_SIGNALS:
    void tourRequested();
};

}  // namespace resnet::ui
