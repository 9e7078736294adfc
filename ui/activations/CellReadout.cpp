#include "ui/activations/CellReadout.h"

#include "core/explain/Statistics.h"
#include "ui/Words.h"
#include "ui/words/NumberText.h"
#include "ui/words/Wording.h"

#include <QPainter>

#include <algorithm>

namespace resnet::ui {

namespace {

// Place of a value among the others, the largest first.
int rankOf(const FeatureMaps& values, int channel) {
    const float value = values.data()[channel];
    return 1 + int(std::count_if(values.data(), values.data() + values.size(),
                                 [&](float v) { return v > value; }));
}

}  // namespace

Reading lensReading(const Workspace& workspace, const Cell& cell, const std::vector<UnitTerm>& terms,
                    ShortcutForm form, const std::vector<std::optional<float>>& values) {
    const Graph& graph = workspace.model()->graph();
    Reading reading{capitalised(cellName(cell)),
                    seenText(graph, workspace.currentStep(), cell),
                    seenExplanation(graph, workspace.currentStep(), cell),
                    {}};
    for (std::size_t i = 0; i < terms.size(); ++i)
        reading.numbers.push_back({values[i] ? signedValueText(*values[i]) : QStringLiteral("–"),
                                   unitTermName(terms[i], form), unitTermColor(terms[i], workspace.theme())});
    return reading;
}

Reading mapReading(const Workspace& workspace, const FeatureMaps& maps, const std::optional<Cell>& cell) {
    const Statistics statistics = statisticsOf(maps, workspace.channel());
    const QColor ink = workspace.theme().ink;
    Reading reading;
    if (cell) {
        const Graph& graph = workspace.model()->graph();
        reading.place = capitalised(cellName(*cell));
        reading.note = seenText(graph, workspace.currentStep(), *cell);
        reading.explanation = seenExplanation(graph, workspace.currentStep(), *cell);
        reading.numbers.push_back({signedValueText(maps.at(workspace.channel(), cell->y, cell->x)),
                                   Words::tr("value"), workspace.theme().mainPath});
    } else {
        reading.place = Words::tr("Whole channel");
        reading.note = Words::tr("click a cell for its values");
        if (statistics.count > 0)
            reading.numbers.push_back({percentText(statistics.shareOfZeros()), Words::tr("zeros"), ink});
    }
    if (statistics.count > 0) {
        reading.numbers.push_back({signedValueText(statistics.mean), Words::tr("mean"), ink});
        reading.numbers.push_back({signedValueText(statistics.minimum), Words::tr("minimum"), ink});
        reading.numbers.push_back({signedValueText(statistics.maximum), Words::tr("maximum"), ink});
    }
    if (statistics.notFinite() > 0)
        reading.note = Words::tr("%1 NaN or infinite").arg(statistics.notFinite());
    return reading;
}

Reading vectorReading(const Workspace& workspace, const FeatureMapsPtr& pooled) {
    const Graph& graph = workspace.model()->graph();
    const Run& activations = workspace.activations();
    const StepId step = workspace.currentStep();
    const int channel = workspace.channel();
    const ShownMaps& shown = workspace.shown();
    const FeatureMaps& values = *shown.of(step);
    const QColor ink = workspace.theme().ink;
    Reading reading;
    reading.place = Words::tr("Rank %1 of %2").arg(rankOf(values, channel)).arg(values.channels());
    if (!shown.areOutputs()) {
        reading.note = nameOf(shown.quantity(), shown.side());
        reading.numbers.push_back(
            {signedValueText(values.data()[channel]), Words::tr("value"), workspace.theme().mainPath});
        return reading;
    }
    if (!isPerClass(graph, step)) {
        reading.note = Words::tr("the mean of this map");
        reading.numbers.push_back(
            {signedValueText(values.data()[channel]), Words::tr("value"), workspace.theme().mainPath});
        if (pooled)
            reading.numbers.push_back(
                {signedValueText(statisticsOf(*pooled, channel).maximum), Words::tr("maximum"), ink});
        return reading;
    }
    reading.note = Words::tr("class %1").arg(channel);
    if (const FeatureMapsPtr& logits = activations.output(graph.logitsStep()))
        reading.numbers.push_back({signedValueText(logits->data()[channel]), Words::tr("logit"), ink});
    if (const FeatureMapsPtr& shares = activations.output(graph.softmaxStep()))
        reading.numbers.push_back(
            {percentText(shares->data()[channel]), Words::tr("probability"), workspace.theme().mainPath});
    return reading;
}

namespace {

constexpr int padding = 10;
constexpr int lineHeight = 16;
constexpr int numberHeight = 21;
constexpr int captionHeight = 14;
constexpr int narrowWidth = 330;

}  // namespace

CellReadout::CellReadout(QWidget* parent) : Canvas(parent) {
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

int CellReadout::heightForWidth(int onScreen) const {
    const int width = int(toArea(QSizeF(onScreen, 0)).width());
    const int rows = (int(m_reading.numbers.size()) + columns(width) - 1) / columns(width);
    const int headerLines = isNarrow(width) ? 2 : 1;
    return toScreen(
               QSizeF(0, 2 * padding - 4 + headerLines * lineHeight + rows * (numberHeight + captionHeight)))
        .height();
}

void CellReadout::paint(QPainter& painter) {
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(m_theme->line);
    painter.setBrush(m_theme->background);
    painter.drawRoundedRect(area().adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);

    const int width = int(area().width());
    const bool narrow = isNarrow(width);
    const QRect inner = area().toRect().adjusted(padding + 2, padding - 3, -padding - 2, -padding + 3);
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

    const int perRow = columns(width);
    const int top = header.bottom() + 1 + (narrow ? lineHeight : 0);
    const double cell = double(inner.width()) / perRow;
    for (int i = 0; i < int(m_reading.numbers.size()); ++i) {
        const Reading::Number& number = m_reading.numbers[std::size_t(i)];
        const int row = i / perRow;
        const int column = i % perRow;
        const QRectF room(inner.left() + column * cell, top + row * (numberHeight + captionHeight), cell,
                          numberHeight);
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
