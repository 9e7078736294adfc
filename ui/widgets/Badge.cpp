#include "ui/widgets/Badge.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>

namespace resnet::ui {

Badge::Badge(const QString& wayBack, const QString& spoken, const QString& tip, const Theme& theme,
             QWidget* parent)
    : QFrame(parent), m_words(new QLabel), m_theme(&theme) {
    m_words->setProperty("role", QStringLiteral("shortcutText"));
    auto* back = new QPushButton(wayBack);
    back->setProperty("role", QStringLiteral("link"));
    back->setAccessibleName(spoken);
    back->setToolTip(tip);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(10, 0, 10, 0);
    row->setSpacing(3 * Theme::grid);
    row->addWidget(m_words);
    row->addWidget(back);
    connect(back, &QPushButton::clicked, this, &Badge::backRequested);
}

void Badge::setWords(const QString& words, const QString& details) {
    m_words->setText(words);
    setToolTip(details);  // of the word, too: it has none of its own
}

void Badge::setTheme(const Theme& theme) {
    m_theme = &theme;
    update();
}

void Badge::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme->shortcutFill);
    painter.drawRoundedRect(rect(), Theme::controlRadius, Theme::controlRadius);
}

}  // namespace resnet::ui
