#pragma once

#include "core/explain/Statistics.h"
#include "ui/painting/Theme.h"
#include "ui/widgets/Canvas.h"

namespace resnet::ui {

// The distribution of a step's values, with its ends written below.
class HistogramView : public Canvas {
    Q_OBJECT
public:
    explicit HistogramView(QWidget* parent = nullptr);

    QAccessible::Role role() const override { return QAccessible::Chart; }
    void setHistogram(const Histogram& histogram);
    void setTheme(const Theme& theme);
    QSize sizeHint() const override { return toScreen(QSizeF(240, 92)); }

protected:
    void paint(QPainter& painter) override;
    bool event(QEvent* event) override;

private:
    Histogram m_histogram;
    Theme m_theme = Theme::light();
};

}  // namespace resnet::ui
