#pragma once

#include "ui/diagram/DiagramLayout.h"
#include "ui/painting/Theme.h"

#include <QByteArray>

namespace resnet::ui {

// A drawing as a LaTeX document that pdflatex compiles by itself: needs nothing but TikZ.
QByteArray tikzOf(const DiagramLayout& layout, const QString& title, const Theme& theme, bool isTransparent,
                  double scale);

}  // namespace resnet::ui
