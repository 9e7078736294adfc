#include "ui/activations/UnitLens.h"

#include "ui/activations/MapScale.h"
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

UnitLensContent unitLensContent(const ResidualUnit& unit, int channel, ColorMap colors,
                                const Run& activations, ActivationStatistics& statistics) {
    UnitLensContent content;
    content.channel = channel;
    content.hasProjection = unit.hasProjection();
    content.colors = colors;
    const std::array<StepId, unitTermCount> steps = unitTerms(unit);
    ValueRange range = emptyRange;
    for (std::size_t i = 0; i < content.terms.size(); ++i) {
        content.terms[i].step = steps[i];
        const ActivationStatistics::Entry* entry = statistics.of(activations, steps[i]);
        if (!entry || channel >= entry->maps->channels())
            continue;
        content.terms[i].maps = entry->maps;
        range = united(range, rangeOf(entry->channels[std::size_t(channel)]));
    }
    content.scale = scaleFor(colors, range);
    if (const FeatureMapsPtr& sum = content.terms[2].maps)
        content.cut = shareBelowZero(*sum, channel);
    return content;
}

namespace {

constexpr int signWidth = 16;
constexpr int captionHeight = 20;

int tileWidth(int width) {
    return std::max(24, (width - (unitTermCount - 1) * signWidth) / unitTermCount);
}

}  // namespace

UnitLens::UnitLens(QWidget* parent) : QWidget(parent) {
    setMouseTracking(true);
    for (int term = 0; term < unitTermCount; ++term) {
        auto* map = new EnlargedMap(this);
        map->setAccessibleName(unitTermName(term));
        map->setPlaceholder(tr("not computed"));
        connect(map, &EnlargedMap::cellPicked, this, &UnitLens::cellPicked);
        connect(map, &EnlargedMap::cellHovered, this, &UnitLens::cellHovered);
        m_maps[std::size_t(term)] = map;
    }
}

void UnitLens::setContent(const UnitLensContent& content) {
    m_content = content;
    for (std::size_t i = 0; i < m_maps.size(); ++i) {
        m_maps[i]->setMap(content.terms[i].maps, content.channel, content.colors, content.scale);
        m_maps[i]->setCurrent(content.terms[i].step == content.currentStep);
    }
    update();
}

void UnitLens::setCell(std::optional<Cell> cell) {
    for (EnlargedMap* map : m_maps)
        map->setCell(cell);
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

std::array<std::optional<float>, unitTermCount> UnitLens::valuesAt(const Cell& cell) const {
    std::array<std::optional<float>, unitTermCount> values;
    std::ranges::transform(m_maps, values.begin(),
                           [&](const EnlargedMap* map) { return map->valueAt(cell); });
    return values;
}

int UnitLens::heightForWidth(int width) const {
    const FeatureMapsPtr& maps = m_content.terms[2].maps ? m_content.terms[2].maps : m_content.terms[0].maps;
    const double aspect = maps && maps->width() > 0 ? double(maps->height()) / maps->width() : 1.0;
    return int(tileWidth(width) * aspect) + captionHeight;
}

void UnitLens::resizeEvent(QResizeEvent*) {
    const int side = tileWidth(width());
    for (int term = 0; term < unitTermCount; ++term)
        m_maps[std::size_t(term)]->setGeometry(term * (side + signWidth), 0, side,
                                               std::max(24, height() - captionHeight));
}

QString UnitLens::captionOf(int term) const {
    if (term == 3 && m_content.terms[2].maps)
        return tr("ReLU cuts %1").arg(percentText(m_content.cut));
    return unitTermName(term, m_content.hasProjection);
}

QRectF UnitLens::captionRect(int term) const {
    const QRectF tile = m_maps[std::size_t(term)]->geometry();
    return {tile.left() - signWidth / 2.0, m_maps[std::size_t(term)]->mapRect().bottom() + 3,
            tile.width() + signWidth, captionHeight - 2.0};
}

int UnitLens::captionAt(const QPointF& point) const {
    for (int term = 0; term < unitTermCount; ++term)
        if (captionRect(term).contains(point))
            return term;
    return -1;
}

void UnitLens::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setFont(ui::font(TextRole::Title));
    painter.setPen(m_theme->secondaryText);
    for (int term = 0; term + 1 < unitTermCount; ++term) {
        const QRectF tile = m_maps[std::size_t(term)]->geometry();
        const QRectF map = m_maps[std::size_t(term)]->mapRect();
        painter.drawText(QRectF(tile.right(), map.top(), signWidth + 1, map.height()), Qt::AlignCenter,
                         signAfterTerm(term));
    }
    for (int term = 0; term < unitTermCount; ++term) {
        QFont captionFont = ui::font(TextRole::BodyBold);
        captionFont.setItalic(term < 3);
        painter.setFont(captionFont);
        painter.setPen(unitTermColor(term, *m_theme));
        const QRectF room = captionRect(term);
        painter.drawText(
            room, Qt::AlignHCenter | Qt::AlignTop,
            painter.fontMetrics().elidedText(captionOf(term), Qt::ElideRight, int(room.width())));
    }
}

void UnitLens::mousePressEvent(QMouseEvent* event) {
    if (const int term = captionAt(event->position()); term >= 0 && event->button() == Qt::LeftButton)
        Q_EMIT stepPicked(m_content.terms[std::size_t(term)].step);
}

void UnitLens::mouseMoveEvent(QMouseEvent* event) {
    const int term = captionAt(event->position());
    setCursor(term >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
    setToolTip(term < 0 ? QString() : tr("Go to the step that made this map"));
}

}  // namespace resnet::ui
