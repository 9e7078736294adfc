#pragma once

class QApplication;

namespace resnet::ui {

struct Theme;

// Gives every widget the theme's colours, fonts and sizes. Widgets tell what they are by a dynamic property
// "role": card, title, bold, secondary, number, primary (the accented button), flat (a button without a
// ground), chip, notice.
void applyTheme(QApplication& application, const Theme& theme);

}  // namespace resnet::ui
