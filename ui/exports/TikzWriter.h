#pragma once

#include "ui/drawing/DiagramContent.h"
#include "ui/drawing/DiagramLayout.h"
#include "ui/painting/Theme.h"

#include <QByteArray>

namespace resnet::ui {

// A drawing as a LaTeX document that pdflatex compiles by itself: needs nothing but TikZ. Shows shading and
// norms of the content, no maps.
QByteArray tikzOf(const DiagramLayout& layout, const DiagramContent& content, const QString& title,
                  const Theme& theme, bool isTransparent, double scale);

}  // namespace resnet::ui
