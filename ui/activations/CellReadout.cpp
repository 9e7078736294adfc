#include "ui/activations/CellReadout.h"

#include <QPainter>

#include <algorithm>

namespace resnet::ui {
namespace {

constexpr int padding = 10;
constexpr int lineHeight = 16;
constexpr int numberHeight = 21;
constexpr int captionHeight = 14;
constexpr int narrowWidth = 330;

}  // namespace

CellReadout::CellReadout(QWidget* parent) : QWidget(parent) {
    setAccessibleName(tr("Values of the selected cell"));
}

void CellReadout::setReading(Reading reading) {
    m_reading = std::move(reading);
    setToolTip(m_reading.explanation);
    QStringList spoken{m_reading.place, m_reading.note};
    for (const Reading::Number& number : m_reading.numbers)
        spoken << number.caption + QLatin1Char(' ') + number.text;
    setAccessibleDescription(spoken.join(QStringLiteral(", ")));
    updateGeometry();
    update();
}

void CellReadout::setTheme(const Theme& theme) {
    m_theme = &theme;
    update();
}

bool CellReadout::isNarrow(int width) const {
    return width < narrowWidth;
}

int CellReadout::columns(int width) const {
    const int wanted = std::max(1, int(m_reading.numbers.size()));
    return isNarrow(width) ? std::min(2, wanted) : wanted;
}

int CellReadout::heightForWidth(int width) const {
    const int rows = (int(m_reading.numbers.size()) + columns(width) - 1) / columns(width);
    const int headerLines = isNarrow(width) ? 2 : 1;
    return 2 * padding - 4 + headerLines * lineHeight + rows * (numberHeight + captionHeight);
}

void CellReadout::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(m_theme->line);
    painter.setBrush(m_theme->background);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);

    const bool narrow = isNarrow(width());
    const QRect inner = rect().adjusted(padding + 2, padding - 3, -padding - 2, -padding + 3);
    const QRect header(inner.left(), inner.top(), inner.width(), lineHeight);
    painter.setFont(ui::font(TextRole::Secondary));
    painter.setPen(m_theme->secondaryText);
    const QFontMetrics metrics = painter.fontMetrics();
    painter.drawText(header, Qt::AlignLeft | Qt::AlignVCenter, m_reading.place);
    const int noteWidth =
        narrow ? inner.width() : inner.width() - metrics.horizontalAdvance(m_reading.place) - 12;
    painter.drawText(narrow ? header.translated(0, lineHeight) : header,
                     (narrow ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter,
                     metrics.elidedText(m_reading.note, Qt::ElideRight, noteWidth));

    const int perRow = columns(width());
    const int top = header.bottom() + 1 + (narrow ? lineHeight : 0);
    const double cell = double(inner.width()) / perRow;
    for (int i = 0; i < int(m_reading.numbers.size()); ++i) {
        const Reading::Number& number = m_reading.numbers[std::size_t(i)];
        const QRectF room(inner.left() + i % perRow * cell, top + i / perRow * (numberHeight + captionHeight),
                          cell, numberHeight);
        painter.setPen(number.color);
        painter.setFont(ui::font(TextRole::Title, 16.0 / 13.0));
        painter.drawText(room, Qt::AlignLeft | Qt::AlignVCenter, number.text);
        painter.setPen(m_theme->secondaryText);
        painter.setFont(ui::font(TextRole::Small));
        painter.drawText(QRectF(room.left(), room.bottom() - 1, cell, captionHeight),
                         Qt::AlignLeft | Qt::AlignVCenter, number.caption);
    }
}

}  // namespace resnet::ui
