#include "ui/activations/UnitLens.h"

#include "ui/activations/MapScale.h"
#include "ui/painting/Halo.h"
#include "ui/words/NumberText.h"

#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <limits>

namespace resnet::ui {

namespace {

double shareBelowZero(const FeatureMaps& maps, int channel) {
    int below = 0;
    int finite = 0;
    for (int y = 0; y < maps.height(); ++y)
        for (int x = 0; x < maps.width(); ++x)
            if (const float value = maps.at(channel, y, x); std::isfinite(value)) {
                below += value < 0.0f;
                ++finite;
            }
    return finite > 0 ? double(below) / finite : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace

UnitLensContent unitLensContent(const Graph& graph, const ResidualUnit& unit, int channel, ColorMap colors,
                                const Edits& edits, const ShownMaps& maps, ActivationStatistics& statistics) {
    UnitLensContent content;
    content.channel = channel;
    content.shortcutForm = unit.shortcutForm;
    content.colors = colors;
    content.terms = unitTerms(graph, unit, edits);
    content.relu = graph.reluAfterSum(unit);
    ValueRange range = emptyRange;
    for (const UnitTerm& term : content.terms) {
        const ActivationStatistics::Entry* entry = statistics.of(maps.of(term.step));
        const bool isThere = entry && channel < entry->maps->channels();
        content.maps.push_back(isThere ? entry->maps : nullptr);
        for (const FeatureMapsPtr& each : maps.onOneScale(term.step))
            range = united(range, rangeOf(statistics.of(each)->channels.at(std::size_t(channel))));
        if (isThere && maps.quantity() == Quantity::Values && maps.side() != Side::Difference &&
            term.role == UnitTerm::Role::Sum && content.relu)
            content.cut = shareBelowZero(*entry->maps, channel);
    }
    content.scale = scaleFor(colors, range);
    return content;
}

namespace {

constexpr int signWidth = 16;
constexpr int lensCaptionHeight = 20;

int tileWidth(int width, std::size_t terms) {
    const int count = std::max(1, int(terms));
    return std::max(24, (width - (count - 1) * signWidth) / count);
}

}  // namespace

UnitLens::UnitLens(QWidget* parent) : Canvas(parent) {
    setMouseTracking(true);
    setAccessibleName(tr("The unit's maps of the selected channel"));
}

EnlargedMap* UnitLens::addMap() {
    auto* map = new EnlargedMap(this);
    map->setPlaceholder(tr("not computed"));
    map->setTheme(*m_theme);
    map->setCell(m_cell);
    connect(map, &EnlargedMap::cellPicked, this, &UnitLens::cellPicked);
    connect(map, &EnlargedMap::cellHovered, this, &UnitLens::cellHovered);
    m_maps.push_back(map);
    return map;
}

void UnitLens::setContent(const UnitLensContent& content) {
    m_content = content;
    while (m_maps.size() < content.terms.size())
        addMap();
    for (std::size_t i = 0; i < m_maps.size(); ++i) {
        m_maps[i]->setVisible(i < content.terms.size());
        if (i >= content.terms.size())
            continue;
        m_maps[i]->setAccessibleName(unitTermName(content.terms[i], content.shortcutForm));
        m_maps[i]->setMap(content.maps[i], content.channel, content.colors, content.scale);
        m_maps[i]->setCurrent(content.terms[i].step == content.currentStep);
    }
    placeMaps();
    update();
    tellTerms();
}

void UnitLens::setCell(std::optional<Cell> cell) {
    m_cell = cell;
    tellTerms();
    for (EnlargedMap* map : m_maps)
        map->setCell(cell);
}

// "channel 22: x, F(x), F(x) + x, ReLU", and at a selected cell the number of each.
void UnitLens::tellTerms() {
    QStringList terms;
    for (std::size_t i = 0; i < m_content.terms.size(); ++i) {
        const std::optional<float> value = m_cell ? m_maps[i]->valueAt(*m_cell) : std::nullopt;
        const QString name = unitTermName(m_content.terms[i], m_content.shortcutForm);
        terms << (value ? QStringLiteral("%1 %2").arg(name, signedValueText(double(*value))) : name);
    }
    setAccessibleDescription(
        tr("channel %1: %2").arg(m_content.channel).arg(terms.join(QStringLiteral(", "))));
    tellSpoken();
}

void UnitLens::setHalo(std::optional<StepId> step) {
    m_halo = step;
    update();
}

void UnitLens::setPointedCell(std::optional<Cell> cell) {
    for (EnlargedMap* map : m_maps)
        map->setPointedCell(cell);
}

void UnitLens::setTheme(const Theme& theme) {
    m_theme = &theme;
    for (EnlargedMap* map : m_maps)
        map->setTheme(theme);
    update();
}

std::vector<std::optional<float>> UnitLens::valuesAt(const Cell& cell) const {
    std::vector<std::optional<float>> values;
    for (std::size_t i = 0; i < m_content.terms.size(); ++i)
        values.push_back(m_maps[i]->valueAt(cell));
    return values;
}

int UnitLens::heightForWidth(int onScreen) const {
    const int width = int(toArea(QSizeF(onScreen, 0)).width());
    const auto known = std::ranges::find_if(m_content.maps, [](const auto& maps) { return maps != nullptr; });
    const bool isKnown = known != m_content.maps.end() && (*known)->width() > 0;
    const double aspect = isKnown ? double((*known)->height()) / (*known)->width() : 1.0;
    return toScreen(QSizeF(0, int(tileWidth(width, m_content.terms.size()) * aspect) + lensCaptionHeight))
        .height();
}

void UnitLens::resizeEvent(QResizeEvent*) {
    placeMaps();
}

void UnitLens::placeMaps() {
    const int side = tileWidth(int(area().width()), m_content.terms.size());
    for (std::size_t i = 0; i < m_content.terms.size(); ++i)
        m_maps[i]->setGeometry(toScreen(QRectF(int(i) * (side + signWidth), 0, side,
                                               std::max(24.0, area().height() - lensCaptionHeight)))
                                   .toRect());
}

QString UnitLens::captionOf(const UnitTerm& term) const {
    if (term.step == m_content.relu && m_content.cut)
        return tr("ReLU cuts %1").arg(percentText(*m_content.cut));
    return unitTermName(term, m_content.shortcutForm);
}

QRectF UnitLens::captionRect(std::size_t term) const {
    const QRectF tile = toArea(QRectF(m_maps[term]->geometry()));
    return {tile.left() - signWidth / 2.0, m_maps[term]->mapRect().bottom() + 3, tile.width() + signWidth,
            lensCaptionHeight - 2.0};
}

const UnitTerm* UnitLens::captionAt(const QPointF& point) const {
    for (std::size_t i = 0; i < m_content.terms.size(); ++i)
        if (captionRect(i).contains(point))
            return &m_content.terms[i];
    return nullptr;
}

void UnitLens::paint(QPainter& painter) {
    for (std::size_t i = 0; i < m_content.terms.size(); ++i) {
        const UnitTerm& term = m_content.terms[i];
        const QRectF tile = toArea(QRectF(m_maps[i]->geometry()));
        const QRectF map = m_maps[i]->mapRect();
        painter.setFont(ui::font(TextRole::Title));
        painter.setPen(m_theme->secondaryText);
        painter.drawText(QRectF(tile.left() - signWidth - 1, map.top(), signWidth + 1, map.height()),
                         Qt::AlignCenter, signBefore(term));
        QFont captionFont = ui::font(TextRole::BodyBold);
        captionFont.setItalic(term.role != UnitTerm::Role::After);
        painter.setFont(captionFont);
        painter.setPen(unitTermColor(term, *m_theme));
        const QRectF room = captionRect(i);
        QRectF drawn;
        painter.drawText(room, int(Qt::AlignHCenter | Qt::AlignTop),
                         painter.fontMetrics().elidedText(captionOf(term), Qt::ElideRight, int(room.width())),
                         &drawn);
        if (m_halo == term.step)
            paintHalo(painter, drawn.adjusted(-3, 3, 3, -3), *m_theme);
    }
}

void UnitLens::mousePressEvent(QMouseEvent* event) {
    if (const UnitTerm* term = captionAt(event->position()); term && event->button() == Qt::LeftButton)
        Q_EMIT stepPicked(term->step);
}

void UnitLens::mouseMoveEvent(QMouseEvent* event) {
    const bool isCaption = captionAt(event->position()) != nullptr;
    setCursor(isCaption ? Qt::PointingHandCursor : Qt::ArrowCursor);
    setToolTip(isCaption ? tr("Go to the step that made this map") : QString());
}

}  // namespace resnet::ui
