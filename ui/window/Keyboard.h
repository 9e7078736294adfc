#pragma once

#include <QList>
#include <QObject>
#include <QPointer>

#include <map>

class QAction;
class QWidget;

namespace resnet::ui {

// What keys do in every window of the program: Space and Return press the control that has the focus, before
// they mean anything else, and F6 goes from region to region of the main window (Shift+F6 back), to where the
// focus was in it last.
class Keyboard : public QObject {
    Q_OBJECT
public:
    // In the order in which F6 goes through them; those that are closed are left out.
    Keyboard(const QList<QWidget*>& regions, QWidget* window);

    QAction* nextAction() const { return m_next; }
    QAction* backAction() const { return m_back; }

protected:
    bool eventFilter(QObject* object, QEvent* event) override;

private:
    QWidget* regionOf(const QWidget* widget) const;
    void note(QWidget* focused);
    void go(int direction);

    const QList<QWidget*> m_regions;
    std::map<QWidget*, QPointer<QWidget>> m_latest;  // that had the focus in a region
    QAction* m_next;
    QAction* m_back;
};

}  // namespace resnet::ui
