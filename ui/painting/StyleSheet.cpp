#include "ui/painting/StyleSheet.h"

#include "ui/painting/Theme.h"

#include <QApplication>
#include <QPalette>
#include <QRegularExpression>
#include <QStyleFactory>

#include <cmath>

namespace resnet::ui {

namespace {

// Names in @...@ are replaced by the theme's colours.
constexpr const char* rules = R"(
QMainWindow, QDialog, QWidget[role="ground"] { background: @background@; }
QWidget { color: @ink@; }
QDialog[role="paper"] { background: @panel@; }
*[role="card"] { background: @panel@; border: 1px solid @line@; border-radius: 10px; }
*[role="inset"] { background: @background@; border: 1px solid @line@; border-radius: 8px; }
QLabel { background: transparent; }
QLabel[role="title"] { font-size: 13px; font-weight: 600; }
QLabel[role="bold"] { font-weight: 600; }
QLabel[role="secondary"] { font-size: 11px; color: @secondaryText@; }
QLabel[role="secondaryBody"] { color: @secondaryText@; }
QLabel[role="formula"] { font-size: 13px; font-weight: 600; }
QLabel[role="shortcutText"] { color: @shortcutText@; }
QLabel[role="factName"] { color: @secondaryText@; border-bottom: 1px solid @line@; padding: 2px 0; }
QLabel[role="factValue"] { border-bottom: 1px solid @line@; padding: 2px 0; }
QLabel[role="warning"] { color: @warning@; }
QWidget[role="toolbar"] { background: @panel@; border-bottom: 1px solid @line@; }

QPushButton, QToolButton, QComboBox {
    background: @control@; border: 1px solid transparent; border-radius: 6px;
    min-height: 26px; padding: 0 10px; }
QPushButton:hover, QToolButton:hover, QComboBox:hover { background: @controlHover@; }
QPushButton:pressed, QToolButton:pressed, QToolButton:checked { background: @mainPathFill@; }
QPushButton:focus, QToolButton:focus, QComboBox:focus { border: 1px solid @mainPath@; }
QPushButton:disabled, QToolButton:disabled, QComboBox:disabled { color: @inactive@; }
QPushButton:default, *[role="primary"] { background: @mainPath@; color: @panel@; }
QPushButton:default:hover, *[role="primary"]:hover { background: @mainPathHover@; }
QPushButton:default:disabled, *[role="primary"]:disabled { background: @control@; color: @inactive@; }
*[role="transport"] { background: transparent; padding: 0; }
*[role="transport"]:hover { background: @control@; }
*[role="play"] { background: @mainPath@; border-radius: 14px; padding: 0; min-height: 26px; }
*[role="play"]:focus { border: 2px solid @ink@; }
*[role="play"]:hover { background: @mainPathHover@; }
*[role="play"]:disabled { background: @control@; }
*[role="flat"] { background: transparent; }
*[role="flat"]:hover { background: @control@; }
*[role="link"] { background: transparent; border: none; color: @mainPath@; padding: 0; text-align: left; min-height: 20px; }
*[role="link"]:focus { border: none; text-decoration: underline; }
*[role="link"]:hover { text-decoration: underline; background: transparent; }
*[role="chip"] { border-radius: 11px; min-height: 20px; font-size: 11px; padding: 0 9px; }
*[role="chip"]:checked { background: @mainPathFill@; color: @mainPath@; font-weight: 600; }
QLabel[role="tag"] { border-radius: 8px; padding: 0 7px; min-height: 17px; font-size: 11px; font-weight: 600;
    background: @shortcutFill@; color: @shortcutText@; }
*[role="help"] { border-radius: 10px; min-width: 18px; max-width: 18px; min-height: 18px; max-height: 18px; padding: 0;
    font-size: 11px; color: @secondaryText@; }
*[role="compact"] { font-size: 11px; min-height: 20px; padding: 0 8px; }
*[role="divider"] { background: @line@; border: none; }
*[role="column"] { background: transparent; border: 1px solid transparent; border-radius: 4px; }
*[role="column"]:focus { border-color: @mainPath@; }
QLabel:focus { background: @control@; border-radius: 4px; }
QToolButton[popupMode="1"] { padding-right: 10px; }
QToolButton[popupMode="2"] { padding-right: 20px; }
QToolButton[popupMode="0"]::menu-indicator, QToolButton[popupMode="1"]::menu-indicator { image: none; }
QToolButton[popupMode="2"]::menu-indicator, QPushButton::menu-indicator {
    image: url(:/icons/chevron.svg); width: 8px; height: 5px; subcontrol-origin: border;
    subcontrol-position: right center; right: 7px; }
QComboBox { min-height: 22px; font-size: 11px; padding: 0 0 0 8px; combobox-popup: 0; }
QDialog QComboBox { min-height: 26px; font-size: 12px; }
QComboBox::drop-down { border: none; width: 20px; }
QDialog QComboBox::drop-down { width: 26px; }
QComboBox::down-arrow { image: url(:/icons/chevron.svg); width: 8px; height: 5px; }
QDialog QComboBox::down-arrow { width: 10px; height: 6px; }
QComboBox QAbstractItemView, QMenu {
    background: @panel@; border: 1px solid @line@; padding: 4px; selection-background-color: @mainPathFill@;
    selection-color: @ink@; outline: none; }
QMenu::item { padding: 5px 18px; border-radius: 4px; }
QMenu::item:selected { background: @mainPathFill@; color: @ink@; }
QMenu::item:disabled { color: @inactive@; }
QMenu::separator { height: 1px; background: @line@; margin: 4px 8px; }
QMenuBar { background: @panel@; border-bottom: 1px solid @line@; padding: 1px 6px; }
QMenuBar::item { padding: 4px 10px; background: transparent; border-radius: 4px; }
QMenuBar::item:selected { background: @control@; }

QFileDialog QToolButton { min-width: 22px; min-height: 22px; padding: 1px 3px; }
QFileDialog QListView#sidebar { min-width: 130px; }

QLineEdit, QSpinBox, QDoubleSpinBox, QPlainTextEdit {
    background: @control@; border: 1px solid transparent; border-radius: 6px; min-height: 26px; padding: 0 8px;
    selection-background-color: @mainPath@; selection-color: @panel@; }
QLineEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus { border: 1px solid @mainPath@; }
QLineEdit:disabled, QSpinBox:disabled { color: @inactive@; }

QSlider:horizontal { min-height: 18px; }
QSlider::groove:horizontal { height: 4px; background: @track@; border-radius: 2px; }
QSlider::sub-page:horizontal { background: @mainPath@; border-radius: 2px; }
QSlider::handle:horizontal {
    background: @panel@; border: 2px solid @mainPath@; width: 12px; height: 12px; margin: -6px 0; border-radius: 8px; }
QSlider::handle:horizontal:focus { background: @mainPathFill@; }
QSlider::sub-page:horizontal:disabled, QSlider::handle:horizontal:disabled { background: @inactive@; border-color: @inactive@; }

QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; border: none; }
QScrollBar:vertical { width: 8px; background: transparent; margin: 0; }
QScrollBar:horizontal { height: 8px; background: transparent; margin: 0; }
QScrollBar::handle { background: @handle@; border-radius: 3px; min-height: 24px; min-width: 24px; margin: 1px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QProgressBar { background: @track@; border: none; border-radius: 2px; max-height: 4px; }
QProgressBar::chunk { background: @mainPath@; border-radius: 2px; }
QTreeView, QListView, QTableView { background: @panel@; border: 1px solid transparent; border-radius: 4px; outline: none; }
QTreeView:focus, QListView:focus, QTableView:focus { border-color: @mainPath@; }
QTreeView::item, QListView::item { min-height: 22px; }
QListView::item { border-radius: 4px; }
QTreeView::item:selected, QListView::item:selected { background: @mainPathFill@; color: @ink@; }
QHeaderView::section { background: @panel@; color: @secondaryText@; border: none; border-bottom: 1px solid @line@; padding: 4px; }
QToolTip { background: @panel@; color: @ink@; border: 1px solid @line@; padding: 4px 6px; }
QSplitter::handle { background: transparent; }
*[role="popup"] { background: @panel@; border: 1px solid @line@; border-radius: 6px; padding: 4px; }
QLabel[role="menuTitle"] { font-size: 11px; color: @secondaryText@; padding: 6px 14px 0 14px; }
*[role="statusLine"] { background: @panel@; border-top: 1px solid @line@; }
*[role="welcome"] { background: @mainPathFill@; border: none; border-radius: 8px; }
QTabBar { background: transparent; }
QTabBar::tab { padding: 6px 10px 7px 10px; margin: 0 2px; border: none; border-bottom: 3px solid transparent;
    color: @secondaryText@; }
QTabBar[role="narrowTabs"]::tab { padding: 6px 3px 7px 3px; margin: 0 1px; }
QTabBar::scroller { width: 44px; }
QTabBar QToolButton { min-width: 18px; padding: 0; border-radius: 4px; }
QTabBar::tab:hover { color: @ink@; }
QTabBar::tab:selected { color: @mainPath@; border-bottom: 3px solid @mainPath@; font-weight: 600; }
QTabBar::tab:focus { background: @control@; }
*[role="notice"] { background: @panel@; border: 1px solid @line@; border-radius: 8px; }
*[role="notice"][kind="error"] { border-color: @warning@; }
*[role="notice"][kind="warning"] { border-color: @shortcut@; }
)";

QString blend(const QColor& a, const QColor& b, double share) {
    const auto mix = [&](int x, int y) { return qRound(x + (y - x) * share); };
    return QColor(mix(a.red(), b.red()), mix(a.green(), b.green()), mix(a.blue(), b.blue())).name();
}

// Lines stay fine; all else grows with the text.
QString grown(const QString& sheet, double scale) {
    constexpr int widestLine = 3;
    static const QRegularExpression length(QStringLiteral("(radius: )?(-?\\d+)px"));
    QString grown;
    qsizetype from = 0;
    for (QRegularExpressionMatchIterator all = length.globalMatch(sheet); all.hasNext();) {
        const QRegularExpressionMatch found = all.next();
        const int pixels = found.captured(2).toInt();
        // A corner that is rounder than its side is long would not be round at all.
        const int rounding = !found.captured(1).isEmpty() && scale != 1.0 ? 1 : 0;
        grown += QStringView(sheet).mid(from, found.capturedStart() - from);
        grown += found.captured(1);
        grown +=
            QString::number(std::abs(pixels) <= widestLine ? pixels : qRound(pixels * scale) - rounding) +
            QStringLiteral("px");
        from = found.capturedEnd();
    }
    return grown + QStringView(sheet).mid(from).toString();
}

QString styleSheet(const Theme& theme, double scale) {
    QString text = grown(QString::fromLatin1(rules), scale);
    const std::pair<const char*, QString> colours[] = {
        {"@background@", theme.background.name()},
        {"@panel@", theme.panel.name()},
        {"@line@", theme.line.name()},
        {"@ink@", theme.ink.name()},
        {"@secondaryText@", theme.secondaryText.name()},
        {"@inactive@", theme.inactive.name()},
        {"@control@", theme.control.name()},
        {"@controlHover@", theme.controlHover.name()},
        {"@mainPath@", theme.mainPath.name()},
        {"@mainPathHover@", blend(theme.mainPath, theme.ink, 0.15)},
        {"@mainPathFill@", theme.mainPathFill.name()},
        {"@shortcut@", theme.shortcut.name()},
        {"@shortcutText@", theme.shortcutText.name()},
        {"@shortcutFill@", theme.shortcutFill.name()},
        {"@warning@", theme.warning.name()},
        {"@handle@", blend(theme.panel, theme.inactive, 0.55)},
        {"@track@", blend(theme.panel, theme.inactive, 0.25)},
    };
    for (const auto& [name, colour] : colours)
        text.replace(QLatin1String(name), colour);
    return text;
}

QPalette palette(const Theme& theme) {
    QPalette palette;
    palette.setColor(QPalette::Window, theme.background);
    palette.setColor(QPalette::WindowText, theme.ink);
    palette.setColor(QPalette::Base, theme.panel);
    palette.setColor(QPalette::AlternateBase, theme.background);
    palette.setColor(QPalette::Text, theme.ink);
    palette.setColor(QPalette::Button, theme.control);
    palette.setColor(QPalette::ButtonText, theme.ink);
    palette.setColor(QPalette::PlaceholderText, theme.secondaryText);
    palette.setColor(QPalette::ToolTipBase, theme.panel);
    palette.setColor(QPalette::ToolTipText, theme.ink);
    palette.setColor(QPalette::Highlight, theme.mainPath);
    palette.setColor(QPalette::HighlightedText, theme.panel);
    palette.setColor(QPalette::Link, theme.mainPath);
    palette.setColor(QPalette::Disabled, QPalette::Text, theme.inactive);
    palette.setColor(QPalette::Disabled, QPalette::ButtonText, theme.inactive);
    palette.setColor(QPalette::Disabled, QPalette::WindowText, theme.inactive);
    return palette;
}

}  // namespace

void applyTheme(QApplication& application, const Theme& theme, double textSize) {
    if (application.styleSheet().isEmpty())
        application.setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    application.setPalette(palette(theme));
    application.setFont(font(TextRole::Body, textSize));
    application.setStyleSheet(styleSheet(theme, textScale()));
}

}  // namespace resnet::ui
