#include "ui/widgets/Labels.h"

#include <QButtonGroup>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QToolButton>
#include <QWidgetAction>

namespace resnet::ui {

QButtonGroup* chips(const QList<std::pair<QString, QString>>& textsAndTips, QObject* parent) {
    auto* group = new QButtonGroup(parent);
    for (const auto& [text, tip] : textsAndTips) {
        auto* button = new QToolButton;
        button->setText(text);
        button->setToolTip(tip);
        button->setAccessibleName(text);
        button->setCheckable(true);
        button->setProperty("role", QStringLiteral("chip"));
        group->addButton(button, int(group->buttons().size()));
    }
    group->button(0)->setChecked(true);
    return group;
}

ElidedLabel::ElidedLabel(QWidget* parent) : QLabel(parent) {
    setTextFormat(Qt::PlainText);
}

QSize ElidedLabel::minimumSizeHint() const {
    return {0, QLabel::minimumSizeHint().height()};
}

void ElidedLabel::paintEvent(QPaintEvent*) {
    const QString shown = fontMetrics().elidedText(text(), Qt::ElideRight, contentsRect().width());
    const QString tip = shown == text() ? QString() : text();
    if (toolTip() != tip)
        setToolTip(tip);
    QPainter painter(this);
    painter.setPen(palette().color(foregroundRole()));
    painter.drawText(contentsRect(), int(alignment()) | Qt::TextSingleLine, shown);
}

void addHeading(QMenu& menu, const QString& title) {
    if (!menu.isEmpty())
        menu.addSeparator();
    auto* label = new QLabel(title);
    label->setProperty("role", QStringLiteral("secondary"));
    label->setContentsMargins(18, 4, 18, 2);
    auto* heading = new QWidgetAction(&menu);
    heading->setDefaultWidget(label);
    heading->setEnabled(false);
    menu.addAction(heading);
}

QString withSemibold(QString text) {
    return text.replace(QStringLiteral("<b>"), QStringLiteral("<b style='font-weight:600'>"));
}

}  // namespace resnet::ui
