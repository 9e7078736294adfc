#pragma once

#include "core/explain/Statistics.h"
#include "ui/painting/Theme.h"

#include <QWidget>

namespace resnet::ui {

// The distribution of a step's values, with its ends written below.
class HistogramView : public QWidget {
    Q_OBJECT
public:
    explicit HistogramView(QWidget* parent = nullptr);
    void setHistogram(const Histogram& histogram);
    void setTheme(const Theme& theme);
    QSize sizeHint() const override { return {240, 92}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    Histogram m_histogram;
    Theme m_theme = Theme::light();
};

}  // namespace resnet::ui
