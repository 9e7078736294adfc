#include "ui/predictions/PredictionBars.h"

#include "ui/words/Numbers.h"

#include <QKeyEvent>
#include <QMouseEvent>
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

PredictionBars::PredictionBars(QWidget* parent) : Canvas(parent) {
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setAccessibleName(tr("Prediction"));
    setFocusPolicy(Qt::StrongFocus);
    setToolTip(tr(
        "The five classes with the highest probability. A click explains this class from now on, a double click "
        "shows why it is this one (Return)"));
}

void PredictionBars::setPredictions(std::vector<ClassShare> predictions, bool areChance) {
    m_predictions = std::move(predictions);
    m_areChance = areChance;
    describe();
}

void PredictionBars::setChosen(int index) {
    m_chosen = index;
    describe();
}

void PredictionBars::describe() {
    QStringList spoken;
    for (const ClassShare& each : m_predictions) {
        const QString words = each.label + QStringLiteral(" ") + sharesText(each);
        spoken << (each.index == m_chosen ? tr("%1, selected").arg(words) : words);
    }
    setAccessibleDescription(spoken.join(QStringLiteral(", ")));
    tellSpoken();
    update();
}

QRectF PredictionBars::rowRect(int row) const {
    return {0, double(row) * rowHeight, area().width(), double(rowHeight)};
}

std::optional<int> PredictionBars::rowAt(const QPointF& point) const {
    for (int row = 0; row < int(m_predictions.size()); ++row)
        if (rowRect(row).contains(point))
            return row;
    return std::nullopt;
}

// The first where another class is chosen than those shown.
int PredictionBars::chosenRow() const {
    const auto found = std::ranges::find(m_predictions, m_chosen, &ClassShare::index);
    return found == m_predictions.end() ? 0 : int(found - m_predictions.begin());
}

void PredictionBars::mousePressEvent(QMouseEvent* event) {
    if (const std::optional<int> row = rowAt(event->position()); row && event->button() == Qt::LeftButton)
        Q_EMIT classPicked(m_predictions[std::size_t(*row)].index);
}

void PredictionBars::mouseDoubleClickEvent(QMouseEvent* event) {
    if (rowAt(event->position()) && event->button() == Qt::LeftButton)
        Q_EMIT whyRequested();
}

void PredictionBars::keyPressEvent(QKeyEvent* event) {
    const int step = event->key() == Qt::Key_Up ? -1 : event->key() == Qt::Key_Down ? 1 : 0;
    const bool isPlain = !(event->modifiers() & ~Qt::KeypadModifier) && !m_predictions.empty();
    if (isPlain && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter))
        return Q_EMIT whyRequested();
    if (!isPlain || step == 0)
        return Canvas::keyPressEvent(event);
    const int row = std::clamp(chosenRow() + step, 0, int(m_predictions.size()) - 1);
    Q_EMIT classPicked(m_predictions[std::size_t(row)].index);
}

std::optional<int> PredictionBars::classAt(const QPointF& point) const {
    const std::optional<int> row = rowAt(point);
    return row ? std::optional(m_predictions[std::size_t(*row)].index) : std::nullopt;
}

void PredictionBars::setTheme(const Theme& theme) {
    m_theme = theme;
    update();
}

QSize PredictionBars::sizeHint() const {
    return toScreen(QSizeF(160, rowCount * rowHeight));
}

void PredictionBars::paintBefore(QPainter& painter, const QRectF& bar) const {
    QColor grey = m_theme.inactive;
    grey.setAlphaF(0.55f);
    painter.setBrush(grey);
    painter.drawRoundedRect(bar, bar.height() / 2, bar.height() / 2);
}

void PredictionBars::paint(QPainter& painter) {
    painter.setRenderHint(QPainter::Antialiasing);
    const double radius = barHeight / 2.0;
    for (std::size_t i = 0; i < m_predictions.size(); ++i) {
        const ClassShare& each = m_predictions[i];
        const QRectF words(0, double(i) * rowHeight, area().width(), barTop);
        const QString percent = sharesText(each);
        if (each.index == m_chosen) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(m_theme.selection);
            painter.drawRoundedRect(QRectF(0, words.top() + 3, 3, barTop - 6), 1.5, 1.5);
        }
        const double indent = each.index == m_chosen ? 8 : 0;
        painter.setFont(ui::font(i == 0 ? TextRole::BodyBold : TextRole::Body));
        painter.setPen(m_theme.secondaryText);
        painter.drawText(words, Qt::AlignRight | Qt::AlignVCenter, percent);
        const int labelWidth = int(area().width()) - painter.fontMetrics().horizontalAdvance(percent) -
                               int(indent) - 2 * Theme::grid;
        painter.setPen(m_theme.ink);
        painter.drawText(words.adjusted(indent, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(each.label, Qt::ElideRight, labelWidth));

        const QRectF track(0, words.bottom(), area().width(), barHeight);
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
