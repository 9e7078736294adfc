#include "ui/exports/PassFrames.h"

#include "core/Error.h"
#include "core/explain/ClassActivation.h"
#include "ui/Words.h"
#include "ui/drawing/SectionLayout.h"
#include "ui/exports/PngWriter.h"
#include "ui/painting/ColumnChart.h"
#include "ui/painting/DiagramPainter.h"
#include "ui/painting/MapPainter.h"
#include "ui/painting/RunContent.h"
#include "ui/painting/Thumbnails.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace resnet::ui {

namespace {

constexpr double designHeight = 720.0;  // at which texts have their own size
constexpr double margin = 28.0;
constexpr double headerHeight = 34.0;
constexpr double gap = 14.0;
constexpr double captionHeight = 20.0;
constexpr int mostNamedClasses = 24;

QString text(std::string_view view) {
    return QString::fromUtf8(view.data(), qsizetype(view.size()));
}

QRectF fitted(const QRectF& bounds, const QRectF& room, double largestZoom) {
    const double zoom =
        std::min({room.width() / bounds.width(), room.height() / bounds.height(), largestZoom});
    QRectF target(QPointF(), bounds.size() * zoom);
    target.moveCenter(room.center());
    return target;
}

void paintFitted(QPainter& painter, const QRectF& room, double largestZoom, const DiagramLayout& layout,
                 const DiagramContent& content, const Theme& theme) {
    const QRectF target = fitted(layout.bounds, room, largestZoom);
    DiagramPaintOptions options;
    options.zoom = target.width() / layout.bounds.width();
    painter.save();
    painter.translate(target.topLeft());
    painter.scale(options.zoom, options.zoom);
    painter.translate(-layout.bounds.topLeft());
    paintDiagram(painter, layout, content, theme, options);
    painter.restore();
}

}  // namespace

void PassOptions::validate() const {
    if (size.width() < 480 || size.height() < 320 || size.width() > 3840 || size.height() > 2160)
        throw Error("size " + std::to_string(size.width()) + "x" + std::to_string(size.height()) +
                    " is out of range: expected 480x320 to 3840x2160");
    if (milliseconds < 20 || milliseconds > 10'000)
        throw Error("delay " + std::to_string(milliseconds) + " is out of range: expected 20 to 10000 ms");
}

PassFrames::PassFrames(ModelPtr model, Run activations, const QImage& picture, QString pictureName,
                       const PassOptions& options, const std::stop_token& stop)
    : m_model(std::move(model)),
      m_activations(std::move(activations)),
      m_pictureName(std::move(pictureName)),
      m_options(options),
      m_theme(Theme::of(options.theme)),
      m_scale(std::min(options.size.height() / designHeight, options.size.width() / 1280.0)),
      m_steps{inputStep},
      m_complete(contentOf(graph(), m_activations, picture, {.isOnDark = m_theme.isDark()}, stop)) {
    while (m_steps.back() < graph().softmaxStep())
        m_steps.push_back(paceForward(graph(), m_steps.back(), options.pace));
    const OpenNodes open = OpenNodes::at(Detail::Unit, graph());
    m_river = layoutDiagram(
        graph(), open, riverFor(graph(), open, QSizeF(options.size.width(), options.size.height() * 0.36)));
}

QString PassFrames::name(int frame) const {
    return QStringLiteral("%1-%2")
        .arg(frame, 3, 10, QLatin1Char('0'))
        .arg(QString::fromStdString(graph().stepName(step(frame))));
}

DiagramContent PassFrames::contentAt(StepId step) const {
    DiagramContent content = m_complete;
    for (std::size_t later = std::size_t(step) + 1; later < content.states.size(); ++later)
        content.states[later] = StepState::Empty;
    content.current = step;
    return content;
}

Figure PassFrames::figure(int frame) const {
    Figure figure;
    figure.title = name(frame);
    figure.size = m_options.size;
    figure.background = m_theme.panel;
    figure.paint = [this, reached = step(frame)](QPainter& painter, const QRectF&) {
        paint(painter, reached);
    };
    return figure;
}

void PassFrames::paint(QPainter& painter, StepId step) const {
    painter.setRenderHint(QPainter::Antialiasing);
    const double border = margin * m_scale;
    const QRectF page = QRectF(QPointF(), QSizeF(m_options.size)).adjusted(border, border, -border, -border);
    const double usable = page.height() - (headerHeight + 2 * gap) * m_scale;
    const QRectF header(page.topLeft(), QSizeF(page.width(), headerHeight * m_scale));
    const QRectF river(header.bottomLeft(), QSizeF(page.width(), usable * 0.38));
    const QRectF section(river.bottomLeft() + QPointF(0, gap * m_scale), QSizeF(page.width(), usable * 0.38));
    const QRectF output(section.bottomLeft() + QPointF(0, gap * m_scale), page.bottomRight());

    const DiagramContent content = contentAt(step);
    paintHeader(painter, header, step);
    paintRiver(painter, river, content);
    paintSection(painter, section, content);
    paintOutput(painter, output, step);
}

void PassFrames::paintHeader(QPainter& painter, const QRectF& room, StepId step) const {
    const auto words = [&](TextRole role, const QColor& color, Qt::Alignment side, const QString& said) {
        painter.setFont(font(role));
        painter.setPen(color);
        painter.drawText(room, side | Qt::AlignTop, said);
    };
    words(TextRole::Title, m_theme.ink, Qt::AlignLeft,
          QStringLiteral("%1 – %2").arg(m_pictureName, text(displayName(graph().spec()))));
    words(TextRole::Body, m_theme.secondaryText, Qt::AlignRight,
          step == inputStep ? Words::tr("the input")
                            : Words::tr("step %1 of %2").arg(step + 1).arg(graph().stepCount()));
}

void PassFrames::paintRiver(QPainter& painter, const QRectF& room, const DiagramContent& content) const {
    paintFitted(painter, room, 2.0 * m_scale, m_river, content, m_theme);
}

// In the channel that says most at the section's end, as far as the pass has come.
void PassFrames::paintSection(QPainter& painter, const QRectF& room, const DiagramContent& content) const {
    const StepId step = *content.current;
    painter.setPen(QPen(m_theme.line, 1));
    painter.setBrush(m_theme.background);
    painter.drawRoundedRect(room, Theme::panelRadius * m_scale, Theme::panelRadius * m_scale);
    const QRectF inner = room.adjusted(gap * m_scale, gap * m_scale / 2, -gap * m_scale, -gap * m_scale / 2);
    const DiagramLayout layout =
        layoutSection(graph(), sectionOf(graph(), std::max(step, 0)), inner.width() / inner.height());
    std::vector<StepId> steps;
    for (const DiagramNode& node : layout.nodes)
        steps.push_back(node.step);
    const FeatureMaps& last = *m_activations.output(std::max(*std::ranges::max_element(steps), 0));
    const int channel = tellingChannels(last, 1).front();
    const auto outputs = [this](StepId id) { return StepMaps{m_activations.output(id), nullptr}; };
    paintFitted(painter, inner, 1.7 * m_scale, layout,
                sectionContent(graph(), outputs, content, steps, channel, m_theme.isDark()), m_theme);
}

void PassFrames::paintOutput(QPainter& painter, const QRectF& room, StepId step) const {
    const FeatureShape& shape = graph().outputShape(step);
    const QString kind =
        step == inputStep ? Words::tr("the picture as numbers") : text(resnet::name(graph().step(step).kind));
    painter.setFont(font(TextRole::BodyBold));
    painter.setPen(m_theme.ink);
    const QString title = QString::fromStdString(graph().stepName(step));
    painter.drawText(room, Qt::AlignLeft | Qt::AlignTop, title);
    const double titleWidth = painter.fontMetrics().horizontalAdvance(title);
    painter.setFont(font(TextRole::Body));
    painter.setPen(m_theme.secondaryText);
    painter.drawText(room.adjusted(titleWidth + gap * m_scale, 0, 0, 0), Qt::AlignLeft | Qt::AlignTop,
                     QStringLiteral("%1, %2").arg(kind, QString::fromStdString(shapeText(shape))));
    const QRectF below = room.adjusted(0, captionHeight * std::max(m_scale, 0.8), 0, 0);
    if (shape.isVector())
        paintValues(painter, below, step);
    else
        paintMaps(painter, below, step);
}

void PassFrames::paintMaps(QPainter& painter, const QRectF& room, StepId step) const {
    const FeatureMaps& maps = *m_activations.output(step);
    const double space = 6.0 * m_scale;
    // As many as fill the row, a little smaller than it is high.
    const double aspect = double(maps.width()) / maps.height();
    const double most = std::ceil((room.width() + space) / (room.height() * aspect + space));
    const int count = std::clamp(int(most), 1, maps.channels());
    const double width = std::min(room.height() * aspect, (room.width() + space) / most - space);
    QRectF target(room.topLeft(), QSizeF(width, width / aspect));
    for (const int channel : tellingChannels(maps, count)) {
        const FeatureMapView map = maps.channel(channel);
        paintMap(painter, target, map, defaultColorMap, scaleFor(defaultColorMap, rangeOf(map)), m_theme);
        painter.setPen(QPen(m_theme.line, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(target);
        target.translate(width + space, 0);
    }
}

void PassFrames::paintValues(QPainter& painter, const QRectF& room, StepId step) const {
    const FeatureMaps& maps = *m_activations.output(step);
    ColumnChart chart;
    chart.columns = maps.channels();
    chart.tones.assign(std::size_t(chart.columns), ColumnChart::Tone::MainPath);
    chart.rows = {{step == graph().softmaxStep() ? Words::tr("Probability") : Words::tr("Value"),
                   {{std::nullopt, {maps.data(), maps.data() + maps.size()}}},
                   nullptr}};
    const bool isPerClass = maps.channels() == graph().spec().classes;
    if (isPerClass && chart.columns <= mostNamedClasses)
        for (int i = 0; i < chart.columns; ++i)
            chart.groups.push_back({QString::fromStdString(m_model->classNames[std::size_t(i)]), i});
    painter.save();
    painter.translate(room.topLeft());
    painter.scale(m_scale, m_scale);
    paintColumnChart(painter, QRectF(QPointF(), room.size() / m_scale), chart,
                     isPerClass ? topClass(maps) : -1, -1, m_theme);
    painter.restore();
}

PictureSeries PassFrames::series(const std::shared_ptr<const PassFrames>& frames) {
    PictureSeries series;
    series.count = frames->count();
    series.milliseconds = frames->m_options.milliseconds;
    series.picture = [frames](int frame) { return imageOf(frames->figure(frame), 1.0); };
    series.name = [frames](int frame) { return frames->name(frame); };
    return series;
}

}  // namespace resnet::ui
