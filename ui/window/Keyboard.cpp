#include "ui/window/Keyboard.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QDialog>
#include <QKeyEvent>

namespace resnet::ui {

namespace {

// What Space does something to.
bool takesSpace(const QWidget* widget) {
    return qobject_cast<const QAbstractButton*>(widget) || qobject_cast<const QComboBox*>(widget) ||
           qobject_cast<const QAbstractItemView*>(widget);
}

bool isReturn(const QKeyEvent& event) {
    return (event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter) &&
           !(event.modifiers() & ~Qt::KeypadModifier);
}

bool canBeReached(const QWidget& widget) {
    return widget.isVisible() && widget.isEnabled() && (widget.focusPolicy() & Qt::TabFocus);
}

QWidget* firstIn(QWidget& region) {
    if (canBeReached(region))
        return &region;
    for (QWidget* each = region.nextInFocusChain(); each && each != &region; each = each->nextInFocusChain())
        if (region.isAncestorOf(each) && canBeReached(*each))
            return each;
    return nullptr;
}

}  // namespace

Keyboard::Keyboard(const QList<QWidget*>& regions, QWidget* window)
    : QObject(window),
      m_regions(regions),
      m_next(new QAction(tr("Next &region"), this)),
      m_back(new QAction(tr("Region b&efore"), this)) {
    m_next->setShortcut(Qt::Key_F6);
    m_next->setToolTip(tr("Takes the keyboard to the next part of the window (F6)"));
    m_back->setShortcut(Qt::SHIFT | Qt::Key_F6);
    m_back->setToolTip(tr("Takes the keyboard to the part of the window before (Shift+F6)"));
    connect(m_next, &QAction::triggered, this, [this] { go(1); });
    connect(m_back, &QAction::triggered, this, [this] { go(-1); });
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget*, QWidget* now) { note(now); });
    qApp->installEventFilter(this);
}

bool Keyboard::eventFilter(QObject* object, QEvent* event) {
    if (event->type() != QEvent::ShortcutOverride && event->type() != QEvent::KeyPress)
        return false;
    auto* widget = qobject_cast<QWidget*>(object);
    auto* key = static_cast<QKeyEvent*>(event);
    if (!widget || widget != QApplication::focusWidget())
        return false;
    if (event->type() == QEvent::ShortcutOverride) {
        if (key->key() != Qt::Key_Space || key->modifiers() || !takesSpace(widget))
            return false;
        event->accept();  // no shortcut: the control gets it
        return true;
    }
    if (auto* button = qobject_cast<QAbstractButton*>(widget); button && isReturn(*key)) {
        button->click();
        return true;
    }
    // In a dialog Return is the dialog's own.
    if (auto* box = qobject_cast<QComboBox*>(widget);
        box && isReturn(*key) && !qobject_cast<QDialog*>(widget->window())) {
        box->showPopup();
        return true;
    }
    return false;
}

QWidget* Keyboard::regionOf(const QWidget* widget) const {
    for (QWidget* region : m_regions)
        if (region == widget || region->isAncestorOf(widget))
            return region;
    return nullptr;
}

void Keyboard::note(QWidget* focused) {
    if (QWidget* region = focused ? regionOf(focused) : nullptr)
        m_latest[region] = focused;
}

void Keyboard::go(int direction) {
    const qsizetype count = m_regions.size();
    const QWidget* focused = QApplication::focusWidget();
    qsizetype place = focused ? m_regions.indexOf(regionOf(focused)) : -1;
    if (place < 0 && direction < 0)
        place = 0;
    for (qsizetype i = 0; i < count; ++i) {
        place = (place + direction + count) % count;
        QWidget& region = *m_regions[place];
        if (!region.isVisible())
            continue;
        const QPointer<QWidget>& latest = m_latest[&region];
        QWidget* to = latest && canBeReached(*latest) ? latest.data() : firstIn(region);
        if (!to)
            continue;
        to->setFocus(Qt::ShortcutFocusReason);
        return;
    }
}

}  // namespace resnet::ui
