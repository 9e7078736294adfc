#include "ui/exports/WidgetFigure.h"

#include <QAbstractButton>
#include <QAbstractSlider>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QFontMetricsF>
#include <QLineEdit>
#include <QPainter>
#include <QPicture>
#include <QProgressBar>

#include <algorithm>
#include <cmath>

namespace resnet::ui {

namespace {

constexpr double figureMargin = 20.0;
constexpr double figureHeaderHeight = 48.0;
constexpr double titleScale = 1.2;

double widthOf(const QString& text, const QFont& font) {
    return std::ceil(QFontMetricsF(font).horizontalAdvance(text));
}

bool isControl(const QWidget& widget) {
    return qobject_cast<const QAbstractButton*>(&widget) || qobject_cast<const QAbstractSlider*>(&widget) ||
           qobject_cast<const QAbstractSpinBox*>(&widget) || qobject_cast<const QComboBox*>(&widget) ||
           qobject_cast<const QLineEdit*>(&widget) || qobject_cast<const QProgressBar*>(&widget);
}

}  // namespace

Figure pageOf(const FigureTitle& title, const QSizeF& content, const Theme& theme,
              std::function<void(QPainter&)> paint) {
    const QFont titleFont = font(TextRole::Title, titleScale);
    const QFont subtitleFont = font(TextRole::Secondary);
    const double width =
        std::max({content.width(), widthOf(title.title, titleFont), widthOf(title.subtitle, subtitleFont)});
    Figure figure;
    figure.title = title.title;
    figure.size = {width + 2 * figureMargin, content.height() + figureHeaderHeight + 2 * figureMargin};
    figure.background = theme.panel;
    figure.paint = [=, ink = theme.ink, secondary = theme.secondaryText, paint = std::move(paint)](
                       QPainter& painter, const QRectF&) {
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(ink);
        painter.setFont(titleFont);
        painter.drawText(QPointF(figureMargin, figureMargin + 14), title.title);
        painter.setPen(secondary);
        painter.setFont(subtitleFont);
        painter.drawText(QPointF(figureMargin, figureMargin + 33), title.subtitle);
        painter.translate(figureMargin, figureMargin + figureHeaderHeight);
        paint(painter);
        painter.restore();
    };
    return figure;
}

QList<QWidget*> paintedIn(QWidget& view, const QList<QWidget*>& without) {
    QList<QWidget*> painted;
    for (QObject* child : view.children()) {
        auto* widget = qobject_cast<QWidget*>(child);
        if (!widget || !widget->isVisible() || widget->isWindow() || isControl(*widget) ||
            without.contains(widget))
            continue;
        painted.append(widget);
        painted.append(paintedIn(*widget, without));
    }
    return painted;
}

Figure recordedFigure(const FigureTitle& title, const QSizeF& content, const Theme& theme,
                      const std::function<void(QPainter&)>& paint) {
    QPicture recorded;
    {
        QPainter painter(&recorded);
        paint(painter);
    }
    return pageOf(title, content, theme, [recorded](QPainter& painter) {
        // QPicture scales by the resolutions of both devices; a figure counts pixels.
        const double scale = double(recorded.logicalDpiX()) / painter.device()->logicalDpiX();
        painter.scale(scale, scale);
        QPicture own;  // playing one changes it, and another thread may be at it
        own.setData(recorded.data(), recorded.size());
        painter.drawPicture(0, 0, own);
    });
}

Figure widgetFigure(const FigureTitle& title, const QList<QWidget*>& widgets, const Theme& theme) {
    const auto placeOf = [](const QWidget* widget) { return widget->mapTo(widget->window(), QPoint()); };
    QRect all;
    for (const QWidget* widget : widgets)
        all |= QRect(placeOf(widget), widget->size());
    return recordedFigure(title, all.size(), theme, [&](QPainter& painter) {
        for (QWidget* widget : widgets)
            widget->render(&painter, placeOf(widget) - all.topLeft(), {}, QWidget::RenderFlags());
    });
}

}  // namespace resnet::ui
