#include "ui/predictions/PredictionBars.h"

#include "ui/words/Numbers.h"

#include <QPainter>

#include <algorithm>

namespace resnet::ui {

namespace {
constexpr int rowHeight = 27;
constexpr int barTop = 17;
constexpr int barHeight = 5;
constexpr int rowCount = 5;

// "57.5 %", or "57.5 % (78.0)" with what it was before.
QString sharesText(const ClassShare& prediction) {
    QString text = percentText(prediction.probability);
    if (prediction.before)
        text += QStringLiteral(" (%1)").arg(percentText(*prediction.before).remove(QStringLiteral(" %")));
    return text;
}
}  // namespace

PredictionBars::PredictionBars(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setAccessibleName(tr("Prediction"));
    setToolTip(tr("The five classes with the highest probability"));
}

void PredictionBars::setPredictions(std::vector<ClassShare> predictions, bool areChance) {
    m_predictions = std::move(predictions);
    m_areChance = areChance;
    QStringList spoken;
    for (const ClassShare& each : m_predictions)
        spoken << each.label + QStringLiteral(" ") + sharesText(each);
    setAccessibleDescription(spoken.join(QStringLiteral(", ")));
    update();
}

void PredictionBars::setTheme(const Theme& theme) {
    m_theme = theme;
    update();
}

QSize PredictionBars::sizeHint() const {
    return {160, rowCount * rowHeight};
}

void PredictionBars::paintBefore(QPainter& painter, const QRectF& bar) const {
    QColor grey = m_theme.inactive;
    grey.setAlphaF(0.55f);
    painter.setBrush(grey);
    painter.drawRoundedRect(bar, bar.height() / 2, bar.height() / 2);
}

void PredictionBars::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double radius = barHeight / 2.0;
    for (std::size_t i = 0; i < m_predictions.size(); ++i) {
        const ClassShare& each = m_predictions[i];
        const QRectF words(0, double(i) * rowHeight, width(), barTop);
        const QString percent = sharesText(each);
        painter.setFont(ui::font(i == 0 ? TextRole::BodyBold : TextRole::Body));
        painter.setPen(m_theme.secondaryText);
        painter.drawText(words, Qt::AlignRight | Qt::AlignVCenter, percent);
        const int labelWidth = width() - painter.fontMetrics().horizontalAdvance(percent) - 2 * Theme::grid;
        painter.setPen(m_theme.ink);
        painter.drawText(words, Qt::AlignLeft | Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(each.label, Qt::ElideRight, labelWidth));

        const QRectF track(0, words.bottom(), width(), barHeight);
        const auto barOf = [&](double share) {
            return QRectF(track.topLeft(),
                          QSizeF(std::max(double(barHeight), track.width() * share), track.height()));
        };
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_theme.line);
        painter.drawRoundedRect(track, radius, radius);
        if (each.before)
            paintBefore(painter, barOf(*each.before));
        painter.setBrush(i == 0 && !m_areChance ? m_theme.mainPath : m_theme.inactive);
        painter.drawRoundedRect(barOf(each.probability), radius, radius);
        if (each.before && *each.before < each.probability)  // where it ended, within the bar
            painter.fillRect(QRectF(barOf(*each.before).right() - 1.0, track.top(), 2.0, barHeight),
                             m_theme.panel);
    }
}

}  // namespace resnet::ui
