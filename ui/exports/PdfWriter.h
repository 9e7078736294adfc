#pragma once

#include "ui/exports/Figure.h"

#include <QByteArray>

namespace resnet::ui {

inline constexpr double longestPdfSide = 14'400.0;  // points: what readers take (ISO 32000-1, annex C)

// A figure as one PDF page `scale` times its size, fonts embedded. The same figure gives the same bytes.
// Throws Error if a side of the page would be longer than that.
QByteArray pdfOf(const Figure& figure, double scale = 1.0);

// Throws the same Error for a page of `pixels` at 96 an inch.
void checkPdfSize(const QSizeF& pixels, double scale);

}  // namespace resnet::ui
