#include "ui/window/ViewFigures.h"

#include "ui/workspace/View.h"

#include <QApplication>
#include <QCursor>
#include <QEvent>

namespace resnet::ui {

namespace {

QString fileNameOf(const QString& name) {
    QString safe;
    for (const QChar each : name.toLower())
        safe += each.isLetterOrNumber() || each == QLatin1Char('.') ? each : QLatin1Char('-');
    return safe;
}

// Views tell what is under the cursor; a picture is to tell of the whole.
void forgetCursor() {
    QEvent leave(QEvent::Leave);
    if (QWidget* below = QApplication::widgetAt(QCursor::pos()))
        QApplication::sendEvent(below, &leave);
}

// In the window that was used last.
bool hasFocus(const View& view, const QWidget* used) {
    const QWidget* focus = view.window()->focusWidget();
    return view.window() == used && focus && (focus == &view || view.isAncestorOf(focus));
}

}  // namespace

QList<ViewFigure> viewFigures(Workspace& workspace, QWidget* window) {
    QList<ViewFigure> found;
    if (!workspace.model())
        return found;
    forgetCursor();
    const QWidget* active = QApplication::activeWindow();
    for (View* view : window->findChildren<View*>())
        if (view->isVisible())
            found.append({view->name(), fileNameOf(view->title()), view->figure(),
                          hasFocus(*view, active ? active : window)});
    return found;
}

}  // namespace resnet::ui
