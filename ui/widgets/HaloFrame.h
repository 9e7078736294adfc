#pragma once

#include "ui/painting/Theme.h"

#include <QWidget>

namespace resnet::ui {

// A ring around another widget of the same parent, above all of it. The mouse goes through it.
class HaloFrame : public QWidget {
    Q_OBJECT
public:
    // `around` must be in its parent already.
    explicit HaloFrame(QWidget* around);

    void setTheme(const Theme& theme);
    void setShown(bool shown);

protected:
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* object, QEvent* event) override;

private:
    void place();

    QWidget* m_around;
    bool m_isShown = false;
    const Theme* m_theme = &Theme::light();
};

}  // namespace resnet::ui
