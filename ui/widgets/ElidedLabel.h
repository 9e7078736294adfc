#pragma once

#include <QLabel>

namespace resnet::ui {

// A one-line label that gives up room by ending in "…" and then shows the whole text as its tooltip.
class ElidedLabel : public QLabel {
    Q_OBJECT
public:
    explicit ElidedLabel(QWidget* parent = nullptr);
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
};

}  // namespace resnet::ui
