#include "ui/window/GuardedApplication.h"

#include "ui/workspace/BackgroundJob.h"

namespace resnet::ui {

bool GuardedApplication::notify(QObject* receiver, QEvent* event) {
    try {
        return QApplication::notify(receiver, event);
    } catch (...) {
        const Error error = caughtError(tr("not enough memory"));
        Q_EMIT caught(tr("This was not foreseen: %1").arg(QString::fromUtf8(error.what())));
        return false;
    }
}

}  // namespace resnet::ui
