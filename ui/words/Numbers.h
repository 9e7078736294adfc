#pragma once

#include "ui/words/NumberText.h"

#include <QLocale>
#include <QString>

#include <cstdint>

namespace resnet::ui {

// How the window writes counts, the same in every locale (values and shares: ui/words/NumberText.h).

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

inline QString millisecondsText(double milliseconds) {
    return QLocale::c().toString(milliseconds, 'f', milliseconds < 10.0 ? 2 : 0) + QStringLiteral(" ms");
}

}  // namespace resnet::ui
