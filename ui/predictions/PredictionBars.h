#pragma once

#include "ui/painting/Theme.h"

#include <QString>
#include <QWidget>

#include <optional>
#include <vector>

namespace resnet::ui {

struct ClassShare {
    int index = 0;
    QString label;
    double probability = 0.0;
    std::optional<double> before = {};  // without the edits that the network has
};

// The best classes as bars, the best on top; what they were before in grey behind, and in brackets.
class PredictionBars : public QWidget {
    Q_OBJECT
public:
    explicit PredictionBars(QWidget* parent = nullptr);
    // Grey throughout where they are chance, of an untrained network.
    void setPredictions(std::vector<ClassShare> predictions, bool areChance = false);
    void setTheme(const Theme& theme);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void paintBefore(QPainter& painter, const QRectF& bar) const;

    std::vector<ClassShare> m_predictions;
    bool m_areChance = false;
    Theme m_theme = Theme::light();
};

}  // namespace resnet::ui
