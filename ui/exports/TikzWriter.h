#pragma once

#include "ui/exports/DiagramSheet.h"

#include <QByteArray>

namespace resnet::ui {

struct TikzOptions {
    const Theme& theme;
    bool isTransparent = false;
    bool isFragment = false;  // the picture alone, for \input into a document that loads TikZ
    double scale = 1.0;
};

// A drawing as a TikZ picture: a document of its own, a page of its size, or a fragment. Both go through
// pdflatex, lualatex, xelatex, and latex with dvips; they need TikZ, and the document geometry. Maps are left
// out. Throws Error if a side would be longer than TeX's longest length.
QByteArray tikzOf(const DiagramSheet& sheet, const DiagramContent& content, const TikzOptions& options);

// Throws the same Error for a page of `pixels` at 96 an inch.
void checkTikzSize(const QSizeF& pixels, double scale);

// pdflatex and xelatex hold a picture in five million words of memory; each stroke takes about 240 of them.
inline constexpr int mostTikzStrokes = 13'000;
int tikzStrokes(const QByteArray& tikz);

}  // namespace resnet::ui
