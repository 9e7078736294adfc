#pragma once

#include <QLabel>

namespace resnet::ui {

// Running text that wraps, can be selected, and tells the layout its height.
class Paragraph : public QLabel {
    Q_OBJECT
public:
    explicit Paragraph(const QString& text = {}, QWidget* parent = nullptr) : QLabel(text, parent) {
        setWordWrap(true);
        setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::LinksAccessibleByMouse);
        // Its height follows from its width; the hint is that of some other width and must not be a minimum.
        setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    }
};

}  // namespace resnet::ui
