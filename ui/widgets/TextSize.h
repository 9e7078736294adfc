#pragma once

#include <QWidget>

#include <functional>

namespace resnet::ui {

// Does something to the widget now, and again whenever the size of the text has changed
// (ui/painting/Theme.h).
void followTextSize(QWidget& widget, std::function<void()> apply);

// Sizes in pixels of text of normal size, which grow with the text.
void keepWidth(QWidget& widget, int width);
void keepHeight(QWidget& widget, int height);
void keepLeastWidth(QWidget& widget, int width);
void keepLeastHeight(QWidget& widget, int height);

}  // namespace resnet::ui
