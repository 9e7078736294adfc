#pragma once

#include "ui/painting/Theme.h"
#include "ui/widgets/Canvas.h"

#include <QString>

#include <optional>
#include <vector>

namespace resnet::ui {

struct ClassShare {
    int index = 0;
    QString label;
    double probability = 0.0;
    std::optional<double> before = {};  // without the edits that the network has
};

// The best classes as bars, the best on top; what they were before in grey behind, and in brackets. A click
// or the arrow keys pick a class, a double click or Return asks why it is this one.
class PredictionBars : public Canvas {
    Q_OBJECT
public:
    explicit PredictionBars(QWidget* parent = nullptr);
    // Grey throughout where they are chance, of an untrained network.
    void setPredictions(std::vector<ClassShare> predictions, bool areChance = false);
    // The class that explanations are about.
    void setChosen(int index);
    void setTheme(const Theme& theme);
    const std::vector<ClassShare>& predictions() const { return m_predictions; }
    QAccessible::Role role() const override { return QAccessible::List; }
    QRectF rowRect(int row) const;
    std::optional<int> classAt(const QPointF& point) const;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    void classPicked(int index);
    void whyRequested();

protected:
    void paint(QPainter& painter) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    std::optional<int> rowAt(const QPointF& point) const;
    int chosenRow() const;
    void describe();
    void paintBefore(QPainter& painter, const QRectF& bar) const;

    std::vector<ClassShare> m_predictions;
    int m_chosen = -1;
    bool m_areChance = false;
    Theme m_theme = Theme::light();
};

}  // namespace resnet::ui
