#include "ui/widgets/TextSize.h"

#include "ui/painting/Theme.h"

#include <QEvent>

namespace resnet::ui {

namespace {

class Follower : public QObject {
public:
    Follower(QWidget& widget, std::function<void()> apply) : QObject(&widget), m_apply(std::move(apply)) {
        widget.installEventFilter(this);
        m_apply();
    }

protected:
    // The style sheet changes with the size of the text, after the text.
    bool eventFilter(QObject*, QEvent* event) override {
        if (event->type() == QEvent::StyleChange && m_scale != textScale()) {
            m_scale = textScale();
            m_apply();
        }
        return false;
    }

private:
    const std::function<void()> m_apply;
    double m_scale = textScale();
};

}  // namespace

void followTextSize(QWidget& widget, std::function<void()> apply) {
    new Follower(widget, std::move(apply));
}

void keepWidth(QWidget& widget, int width) {
    followTextSize(widget, [&widget, width] { widget.setFixedWidth(scaled(width)); });
}

void keepHeight(QWidget& widget, int height) {
    followTextSize(widget, [&widget, height] { widget.setFixedHeight(scaled(height)); });
}

void keepLeastWidth(QWidget& widget, int width) {
    followTextSize(widget, [&widget, width] { widget.setMinimumWidth(scaled(width)); });
}

void keepLeastHeight(QWidget& widget, int height) {
    followTextSize(widget, [&widget, height] { widget.setMinimumHeight(scaled(height)); });
}

}  // namespace resnet::ui
