#pragma once

#include <QApplication>

namespace resnet::ui {

// An application that outlives its slots: what an event's handlers throw is told, and the event loop goes on.
// Errors that are expected are caught where they arise; this is for those that nobody thought of.
class GuardedApplication : public QApplication {
    Q_OBJECT
public:
    using QApplication::QApplication;

    bool notify(QObject* receiver, QEvent* event) override;

Q_SIGNALS:
    // In one line.
    void caught(const QString& message);
};

}  // namespace resnet::ui
