#pragma once

#include <QString>

namespace resnet::ui {

// A value for reading, the same in every locale: three decimals or three to four digits, "1.2×10⁻⁷" where
// that says nothing, a true minus sign, "NaN", "∞". Zero is "0".
QString valueText(double value);
// With just so many decimals, and otherwise like valueText(): a column of numbers that are added up.
QString fixedText(double value, int decimals);
// With a plus sign before positive values.
QString signedValueText(double value);

// "81.7 %" of a share from 0 to 1.
QString percentText(double share);

// Axis labels: no more digits than needed, "−2.7", "0.05".
QString axisText(double value);

// "112 × 112".
QString extentText(int height, int width);

}  // namespace resnet::ui
