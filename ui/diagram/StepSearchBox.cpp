#include "ui/diagram/StepSearchBox.h"

#include "ui/diagram/StepSearch.h"

#include <QApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QShortcut>

#include <algorithm>

namespace resnet::ui {

StepSearchBox::StepSearchBox(Workspace& workspace, QWidget* parent)
    : QLineEdit(parent), m_workspace(workspace), m_count(new QLabel(this)) {
    setPlaceholderText(tr("Find a step, kind or shape"));
    setToolTip(tr(
        "Find steps by name, kind or shape: conv1, batch norm, projection, 14x14, 256 (Ctrl+F). Enter goes to the next, Shift+Enter to the one before, Escape back to the diagram."));
    setAccessibleName(tr("Find a step"));
    setMinimumWidth(150);
    m_count->setProperty("role", QStringLiteral("secondary"));
    m_count->setAttribute(Qt::WA_TransparentForMouseEvents);

    auto* focus = new QShortcut(QKeySequence::Find, this);
    focus->setContext(Qt::WindowShortcut);
    connect(focus, &QShortcut::activated, this, [this] {
        setFocus(Qt::ShortcutFocusReason);
        selectAll();
    });
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget* before, QWidget* now) {
        if (now == this && before)
            m_hadFocus = before;
    });
    connect(this, &QLineEdit::textChanged, this, &StepSearchBox::search);
    connect(&m_workspace, &Workspace::changed, this, [this](const Changes& changes) {
        if (changes.have(Changes::Model))
            search();
        else if (changes.have(Changes::Step))
            showCount();
    });
    search();
}

void StepSearchBox::search() {
    m_matches = m_workspace.model() ? findSteps(m_workspace.model()->graph(), text()) : std::vector<StepId>{};
    m_isNew = true;
    Q_EMIT found(m_matches);
    showCount();
}

void StepSearchBox::goToMatch(int offset) {
    if (m_matches.empty())
        return;
    if (const auto called = stepCalled(m_workspace.model()->graph(), text()); called && m_isNew) {
        m_isNew = false;
        return m_workspace.goToStep(*called);
    }
    m_isNew = false;
    const StepId here = m_workspace.currentStep();
    const auto next = std::ranges::upper_bound(m_matches, here);
    const auto at = std::ranges::lower_bound(m_matches, here);
    const int count = int(m_matches.size());
    const int index = offset > 0 ? int(next - m_matches.begin()) : int(at - m_matches.begin()) - 1;
    m_workspace.goToStep(m_matches[std::size_t((index + count) % count)]);
}

void StepSearchBox::leave() {
    clear();
    if (m_hadFocus && m_hadFocus->isVisible() && m_hadFocus->isEnabled())
        m_hadFocus->setFocus(Qt::OtherFocusReason);
    else
        clearFocus();
}

void StepSearchBox::showCount() {
    QString shown = QStringLiteral("Ctrl F");
    if (!text().isEmpty()) {
        const auto here = std::ranges::find(m_matches, m_workspace.currentStep());
        shown = m_matches.empty() ? tr("no match")
                : here == m_matches.end()
                    ? QString::number(m_matches.size())
                    : tr("%1 of %2").arg(here - m_matches.begin() + 1).arg(m_matches.size());
    }
    m_count->setText(shown);
    m_count->adjustSize();
    m_count->move(width() - m_count->width() - 8, (height() - m_count->height()) / 2);
    setTextMargins(0, 0, m_count->width() + 4, 0);
}

void StepSearchBox::resizeEvent(QResizeEvent* event) {
    QLineEdit::resizeEvent(event);
    showCount();
}

void StepSearchBox::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        goToMatch(event->modifiers() & Qt::ShiftModifier ? -1 : 1);
    else if (event->key() == Qt::Key_Escape)
        leave();
    else
        QLineEdit::keyPressEvent(event);
}

}  // namespace resnet::ui
