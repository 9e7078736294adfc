#pragma once

#include <QLocale>
#include <QString>

#include <cmath>
#include <cstdint>

namespace resnet::ui {

// How the window writes numbers, the same in every locale: a thin group of three, a point, a real minus sign.

// 9408 -> "9,408".
inline QString countText(std::int64_t value) {
    return QLocale(QLocale::English).toString(qlonglong(value));
}

// 3663761408 -> "3.66 G", 118013952 -> "118 M", 5120 -> "5,120".
inline QString largeCountText(std::int64_t value) {
    const QLocale c = QLocale::c();
    if (value >= 1'000'000'000)
        return c.toString(double(value) / 1e9, 'f', 2) + QStringLiteral(" G");
    if (value >= 100'000'000)
        return c.toString(double(value) / 1e6, 'f', 0) + QStringLiteral(" M");
    if (value >= 1'000'000)
        return c.toString(double(value) / 1e6, 'f', 1) + QStringLiteral(" M");
    return countText(value);
}

// Three significant digits: "-0.0170", "2.71", "1.2e+05".
inline QString valueText(double value) {
    if (std::isnan(value))
        return QStringLiteral("NaN");
    if (std::isinf(value))
        return value < 0 ? QStringLiteral("−∞") : QStringLiteral("∞");
    const double size = std::fabs(value);
    QString text;
    if (size == 0.0)
        text = QStringLiteral("0");
    else if (size < 1e-3 || size >= 1e5)
        text = QLocale::c().toString(size, 'e', 1);
    else
        text = QLocale::c().toString(size, 'f', size < 1.0 ? 3 : size < 100.0 ? 2 : 0);
    return value < 0 ? QStringLiteral("−") + text : text;
}

inline QString percentText(double share) {
    return QLocale::c().toString(100.0 * share, 'f', 1) + QStringLiteral(" %");
}

inline QString millisecondsText(double milliseconds) {
    return QLocale::c().toString(milliseconds, 'f', milliseconds < 10.0 ? 2 : 0) + QStringLiteral(" ms");
}

}  // namespace resnet::ui
