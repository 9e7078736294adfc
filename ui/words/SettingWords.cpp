#include "ui/words/SettingWords.h"

#include "core/Error.h"
#include "ui/Words.h"
#include "ui/words/Numbers.h"

#include <charconv>

namespace resnet::ui {

namespace {

template <typename Number>
QString shortest(Number number) {
    char buffer[40];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, number).ptr;
    return QString::fromLatin1(buffer, end - buffer);
}

}  // namespace

QString sourceText(SettingSource source) {
    switch (source) {
        case SettingSource::File:
            return Words::tr("from the file");
        case SettingSource::Guess:
            return Words::tr("a guess");
        case SettingSource::User:
            return Words::tr("by you");
        case SettingSource::Default:
            break;
    }
    return {};
}

QString numberText(float number) {
    return number == 1.0f / 255.0f ? QStringLiteral("1/255") : shortest(number);
}

QString numberText(double number) {
    return shortest(number);
}

double numberIn(const QString& field, const QString& text) {
    const QStringList parts = text.split(QLatin1Char('/'));
    bool isNumber = parts.size() <= 2;
    double value = 0.0;
    if (isNumber)
        value = parts[0].trimmed().toDouble(&isNumber);  // takes no group separators
    if (isNumber && parts.size() == 2)
        value /= parts[1].trimmed().toDouble(&isNumber);
    if (!isNumber || !std::isfinite(value))
        throw Error(field.toStdString() + ": expected a number, found '" + text.toStdString() + "'");
    return value;
}

QString namesText(const std::vector<std::string>& names) {
    constexpr std::size_t shown = 3;
    QStringList first;
    for (std::size_t i = 0; i < std::min(shown, names.size()); ++i)
        first << QString::fromStdString(names[i]);
    return Words::tr("%1: %2%3")
        .arg(countText(std::int64_t(names.size())), first.join(QStringLiteral(", ")),
             names.size() > shown ? QStringLiteral(", …") : QString());
}

}  // namespace resnet::ui
