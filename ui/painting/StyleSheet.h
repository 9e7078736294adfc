#pragma once

class QApplication;

namespace resnet::ui {

struct Theme;

// Gives every widget the theme's colours, fonts and sizes. Widgets tell what they are by a dynamic property
// "role": card, title, bold, secondary, number, primary (the accented button), flat (a button without a
// ground), chip, notice. `textSize` is what textScale() will be, to the pixel of its font.
void applyTheme(QApplication& application, const Theme& theme, double textSize = 1.0);

}  // namespace resnet::ui
