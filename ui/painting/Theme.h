#pragma once

#include <QColor>
#include <QFont>
#include <QString>

namespace resnet::ui {

enum class TextRole {
    Title,      // 13 px semibold: panel titles, names of steps
    Body,       // 12 px
    BodyBold,   // 12 px semibold
    Secondary,  // 11 px: captions, units
    Small,      // 10 px: labels inside the diagram; nothing is smaller
    SmallBold,  // 10 px semibold
};

// All colours and sizes that painters and widgets use. A value: painters get it as an argument, so that an
// export can have another one than the screen.
struct Theme {
    enum class Kind { Light, Dark, Print };

    Kind kind = Kind::Light;
    QColor background, panel, line, ink, secondaryText, inactive;
    QColor control, controlHover;  // resting and hovered buttons
    QColor mainPath, mainPathFill;
    QColor shortcut, shortcutText, shortcutFill;
    QColor selection;
    QColor warning;

    static constexpr int grid = 4;
    static constexpr int panelGap = 12;
    static constexpr int panelRadius = 10;
    static constexpr int panelPadding = 14;
    static constexpr int controlHeight = 28;
    static constexpr int controlRadius = 6;
    static constexpr double mainPathWidth = 2.0;
    static constexpr double shortcutWidth = 3.0;
    static constexpr double selectionWidth = 2.4;

    static const Theme& light();
    static const Theme& dark();
    static const Theme& print();  // black and white on paper
    static const Theme& of(Kind kind);

    bool isDark() const { return kind == Kind::Dark; }
};

// Inter with tabular figures, in pixels times `scale`.
QFont font(TextRole role, double scale = 1.0);

// How large the window's text is, 1 being normal: the application's font says it. What is painted into files
// does not depend on it.
double textScale();
// Pixels of text of normal size, as pixels of the window's.
int scaled(double pixels);
// Of the window's text.
inline QFont windowFont(TextRole role) {
    return font(role, textScale());
}

// Registers the bundled fonts with Qt. Call once after the QGuiApplication is made.
void loadFonts();

// Of bars and lines that stand for values: purple below zero, green from zero up, as in the diverging maps;
// deep enough on paper, light enough on a dark panel.
QColor signColor(bool negative, const Theme& theme);

}  // namespace resnet::ui
