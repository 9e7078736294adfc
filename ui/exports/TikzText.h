#pragma once

#include <QString>

namespace resnet::ui {

// A text as TeX reads it: the fonts of pdflatex have none of the signs beyond ASCII, and TeX reserves some
// within.
QString tikzText(const QString& text);

}  // namespace resnet::ui
