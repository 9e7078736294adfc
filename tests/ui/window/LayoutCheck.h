#pragma once

#include "ui/widgets/Labels.h"

#include <QAbstractButton>
#include <QAbstractScrollArea>
#include <QComboBox>
#include <QLabel>
#include <QSplitterHandle>
#include <QStringList>
#include <QTabBar>
#include <QToolButton>

namespace resnet::ui::test {

// What is wrong with the places of widgets: texts that are cut, widgets outside their parent or over their
// neighbour. Each fault is told once.
class LayoutCheck {
public:
    explicit LayoutCheck(QString where) : m_where(std::move(where)) {}
    const QStringList& faults() const { return m_faults; }

    void look(const QWidget& widget) {
        checkText(widget);
        QList<const QWidget*> shown;
        for (const QObject* child : widget.children())
            if (const auto* each = qobject_cast<const QWidget*>(child); each && isToBeChecked(*each))
                shown << each;
        const auto* area = qobject_cast<const QAbstractScrollArea*>(widget.parentWidget());
        const bool scrolls = area && area->viewport() == &widget;
        for (qsizetype i = 0; i < shown.size(); ++i) {
            const QRect place = shown[i]->geometry();
            if (!scrolls && !widget.rect().contains(place))
                tell(*shown[i], QStringLiteral("lies outside its parent"));
            for (qsizetype j = i + 1; j < shown.size(); ++j)
                if (place.intersects(shown[j]->geometry()))
                    tell(*shown[i], QStringLiteral("lies over ") + nameOf(*shown[j]));
            look(*shown[i]);
        }
    }

private:
    // What lies over others on purpose, and what Qt puts between parts.
    static bool isToBeChecked(const QWidget& widget) {
        return widget.isVisible() && !widget.isWindow() && !widget.size().isEmpty() &&
               widget.property("role") != QStringLiteral("notice") &&
               !qobject_cast<const QSplitterHandle*>(&widget);
    }

    void checkText(const QWidget& widget) {
        if (const auto* button = qobject_cast<const QAbstractButton*>(&widget)) {
            const auto* tool = qobject_cast<const QToolButton*>(button);
            const bool hasText =
                !button->text().isEmpty() && !(tool && tool->toolButtonStyle() == Qt::ToolButtonIconOnly);
            if (hasText && button->sizeHint().width() > button->width() + 1)
                tell(widget, QStringLiteral("is too narrow for its text"));
            if (hasText && button->fontMetrics().height() > button->height())
                tell(widget, QStringLiteral("is too low for its text"));
        } else if (const auto* box = qobject_cast<const QComboBox*>(&widget)) {
            if (box->fontMetrics().horizontalAdvance(box->currentText()) > box->width() - 8)
                tell(widget, QStringLiteral("is too narrow for its text"));
        } else if (const auto* label = qobject_cast<const QLabel*>(&widget)) {
            checkLabel(*label);
        } else if (const auto* tabs = qobject_cast<const QTabBar*>(&widget)) {
            // Tabs that scroll are whole when one comes to them.
            for (int tab = 0; tab < tabs->count(); ++tab)
                if ((!tabs->usesScrollButtons() || tab == tabs->currentIndex()) &&
                    !tabs->rect().contains(tabs->tabRect(tab)))
                    tell(widget, QStringLiteral("cuts the tab ") + tabs->tabText(tab));
                else if (tabs->fontMetrics().horizontalAdvance(tabs->tabText(tab)) >
                         tabs->tabRect(tab).width())
                    tell(widget, QStringLiteral("cuts the tab ") + tabs->tabText(tab));
        }
    }

    void checkLabel(const QLabel& label) {
        if (label.text().isEmpty() || qobject_cast<const ElidedLabel*>(&label))
            return;
        if (label.wordWrap()) {
            if (label.heightForWidth(label.width()) > label.height() + 2)
                tell(label, QStringLiteral("is too low for its text"));
        } else if (label.sizeHint().width() > label.width() + 1 ||
                   label.fontMetrics().height() > label.height() + 1) {
            tell(label, QStringLiteral("is cut"));
        }
    }

    static QString nameOf(const QWidget& widget) {
        QString name =
            QString::fromLatin1(widget.metaObject()->className()).remove(QStringLiteral("resnet::ui::"));
        const auto* button = qobject_cast<const QAbstractButton*>(&widget);
        const auto* label = qobject_cast<const QLabel*>(&widget);
        const QString text = button ? button->text() : label ? label->text() : widget.accessibleName();
        return text.isEmpty() ? name : QStringLiteral("%1 \"%2\"").arg(name, text.left(30));
    }

    void tell(const QWidget& widget, const QString& fault) {
        const QString place = QStringLiteral(" [%1x%2 in %3]")
                                  .arg(widget.width())
                                  .arg(widget.height())
                                  .arg(widget.parentWidget() ? nameOf(*widget.parentWidget()) : QString());
        m_faults << m_where + QStringLiteral(": ") + nameOf(widget) + QLatin1Char(' ') + fault + place;
    }

    QString m_where;
    QStringList m_faults;
};

}  // namespace resnet::ui::test
