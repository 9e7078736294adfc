#pragma once

#include "core/model/Model.h"

#include <QString>

namespace resnet::ui {

// "from the file", "a guess", "by you"; empty for a default.
QString sourceText(SettingSource source);

// The shortest decimal that reads back as the same number; "1/255" for that.
QString numberText(float number);
QString numberText(double number);

// What is typed as a number: "0.5", "1e-3", "1/255". Throws Error naming the field.
double numberIn(const QString& field, const QString& text);

// "10 names: tench, English springer, ...".
QString namesText(const std::vector<std::string>& names);

}  // namespace resnet::ui
