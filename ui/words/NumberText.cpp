#include "ui/words/NumberText.h"

#include <cmath>

namespace resnet::ui {
namespace {

constexpr QChar minusSign(0x2212);
constexpr QChar infinitySign(0x221e);

QString withMinusSign(QString text) {
    return text.replace(QLatin1Char('-'), minusSign);
}

// "2.8×10⁻⁴": what a person writes, in place of "2.8e-04".
QString withPower(double value, int decimals) {
    const QString digits = QString::number(value, 'e', decimals);
    QString power = QString::number(digits.section(QLatin1Char('e'), 1).toInt());
    for (QChar& each : power) {
        const int digit = each.digitValue();
        each = digit < 0    ? QChar(0x207B)
               : digit == 1 ? QChar(0x00B9)
               : digit == 2 ? QChar(0x00B2)
               : digit == 3 ? QChar(0x00B3)
                            : QChar(ushort(0x2070 + digit));
    }
    return withMinusSign(digits.section(QLatin1Char('e'), 0, 0)) + QStringLiteral("×10") + power;
}

// Text of NaN and infinity; empty for finite values.
QString notFiniteText(double value) {
    if (std::isnan(value))
        return QStringLiteral("NaN");
    if (std::isinf(value))
        return value < 0 ? QString(minusSign) + infinitySign : QString(infinitySign);
    return {};
}

}  // namespace

QString valueText(double value) {
    if (QString text = notFiniteText(value); !text.isEmpty())
        return text;
    const double magnitude = std::abs(value);
    if (magnitude == 0.0)
        return QStringLiteral("0");
    if (magnitude < 0.0005 || magnitude >= 1e6)
        return withPower(value, 1);
    const int decimals = magnitude < 9.9995 ? 3 : magnitude < 99.995 ? 2 : magnitude < 999.95 ? 1 : 0;
    return withMinusSign(QString::number(value, 'f', decimals));
}

QString fixedText(double value, int decimals) {
    if (value == 0.0 || !std::isfinite(value) || std::abs(value) >= 1e6)
        return valueText(value);
    return withMinusSign(QString::number(value, 'f', decimals));
}

QString signedValueText(double value) {
    return value > 0.0 ? QLatin1Char('+') + valueText(value) : valueText(value);
}

QString percentText(double share) {
    const QString text = notFiniteText(share);
    return text.isEmpty() ? QString::number(share * 100.0, 'f', 1) + QStringLiteral(" %") : text;
}

QString axisText(double value) {
    if (QString text = notFiniteText(value); !text.isEmpty())
        return text;
    const double magnitude = std::abs(value);
    if (magnitude == 0.0)
        return QStringLiteral("0");
    if (magnitude < 0.001 || magnitude >= 1e5)
        return withPower(value, 0);
    const int decimals = magnitude >= 9.95 ? 0 : magnitude >= 0.995 ? 1 : magnitude >= 0.0995 ? 2 : 3;
    return withMinusSign(QString::number(value, 'f', decimals));
}

QString extentText(int height, int width) {
    return QStringLiteral("%1 × %2").arg(height).arg(width);
}

}  // namespace resnet::ui
