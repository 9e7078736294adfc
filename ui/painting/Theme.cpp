#include "ui/painting/Theme.h"

#include "ui/painting/ColorMap.h"

#include <QFontDatabase>
#include <QGuiApplication>

#include <algorithm>

namespace resnet::ui {

const Theme& Theme::light() {
    static const Theme theme = [] {
        Theme t;
        t.kind = Kind::Light;
        t.background = QColor(0xF4, 0xF5, 0xF7);
        t.panel = QColor(0xFF, 0xFF, 0xFF);
        t.line = QColor(0xDD, 0xE1, 0xE6);
        t.ink = QColor(0x1B, 0x24, 0x30);
        t.secondaryText = QColor(0x5F, 0x6B, 0x7A);
        t.inactive = QColor(0x98, 0xA2, 0xAE);
        t.control = QColor(0xEE, 0xF0, 0xF3);
        t.controlHover = QColor(0xE3, 0xE7, 0xEC);
        t.mainPath = QColor(0x25, 0x63, 0xC9);
        t.mainPathFill = QColor(0xE6, 0xEE, 0xFB);
        t.shortcut = QColor(0xD9, 0x73, 0x1A);
        t.shortcutText = QColor(0x9A, 0x4A, 0x06);
        t.shortcutFill = QColor(0xFC, 0xEF, 0xE3);
        t.selection = QColor(0x11, 0x18, 0x27);
        t.warning = QColor(0xB4, 0x23, 0x18);
        return t;
    }();
    return theme;
}

const Theme& Theme::dark() {
    static const Theme theme = [] {
        Theme t;
        t.kind = Kind::Dark;
        t.background = QColor(0x14, 0x18, 0x1D);
        t.panel = QColor(0x1C, 0x21, 0x28);
        t.line = QColor(0x2E, 0x35, 0x3E);
        t.ink = QColor(0xE6, 0xEA, 0xF0);
        t.secondaryText = QColor(0x9A, 0xA5, 0xB1);
        t.inactive = QColor(0x66, 0x71, 0x7D);
        t.control = QColor(0x26, 0x2C, 0x35);
        t.controlHover = QColor(0x30, 0x38, 0x43);
        t.mainPath = QColor(0x6E, 0xA3, 0xF5);
        t.mainPathFill = QColor(0x1E, 0x2F, 0x4A);
        t.shortcut = QColor(0xF0, 0x9A, 0x4A);
        t.shortcutText = QColor(0xF5, 0xAE, 0x6C);
        t.shortcutFill = QColor(0x3A, 0x2A, 0x1B);
        t.selection = QColor(0xFF, 0xFF, 0xFF);
        t.warning = QColor(0xF2, 0x8B, 0x82);
        return t;
    }();
    return theme;
}

const Theme& Theme::print() {
    static const Theme theme = [] {
        Theme t;
        t.kind = Kind::Print;
        t.background = t.panel = t.mainPathFill = t.shortcutFill = t.control = t.controlHover = Qt::white;
        t.line = QColor(0xBB, 0xBB, 0xBB);
        t.ink = t.mainPath = t.shortcut = t.shortcutText = t.selection = t.warning = Qt::black;
        t.secondaryText = QColor(0x44, 0x44, 0x44);
        t.inactive = QColor(0x88, 0x88, 0x88);
        return t;
    }();
    return theme;
}

const Theme& Theme::of(Kind kind) {
    return kind == Kind::Light ? light() : kind == Kind::Dark ? dark() : print();
}

QFont font(TextRole role, double scale) {
    int pixels = 12;
    QFont::Weight weight = QFont::Normal;
    switch (role) {
        case TextRole::Title:
            pixels = 13;
            weight = QFont::DemiBold;
            break;
        case TextRole::Body:
            break;
        case TextRole::BodyBold:
            weight = QFont::DemiBold;
            break;
        case TextRole::Secondary:
            pixels = 11;
            break;
        case TextRole::Small:
            pixels = 10;
            break;
        case TextRole::SmallBold:
            pixels = 10;
            weight = QFont::DemiBold;
            break;
    }
    QFont font(QStringLiteral("Inter"));
    font.setWeight(weight);
    font.setPixelSize(std::max(1, qRound(pixels * scale)));
    font.setHintingPreference(QFont::PreferNoHinting);
    return font;
}

double textScale() {
    const int normal = font(TextRole::Body).pixelSize();
    const int pixels = QGuiApplication::font().pixelSize();
    const bool isOurs = QGuiApplication::font().family() == font(TextRole::Body).family();
    return isOurs && pixels > 0 ? double(pixels) / normal : 1.0;
}

int scaled(double pixels) {
    return qRound(pixels * textScale());
}

void loadFonts() {
    for (const char* file : {"Inter-Regular.otf", "Inter-SemiBold.otf", "Inter-Italic.otf"})
        QFontDatabase::addApplicationFont(QStringLiteral(":/fonts/") + QLatin1String(file));
}

QColor signColor(bool negative, const Theme& theme) {
    const int offset = theme.isDark() ? 76 : 104;
    return QColor::fromRgb(
        colorTable(ColorMap::Diverging)[std::size_t(negative ? 128 - offset : 128 + offset)]);
}

}  // namespace resnet::ui
