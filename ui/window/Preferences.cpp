#include "ui/window/Preferences.h"

#include <QSettings>
#include <QVariant>

#include <algorithm>
#include <utility>

namespace resnet::ui {

namespace {

const QString themeKey = QStringLiteral("theme");
const QString textKey = QStringLiteral("textPercent");
const QString reopenKey = QStringLiteral("reopenSession");
const QString threadsKey = QStringLiteral("threads");
const QString welcomeKey = QStringLiteral("welcome");

const std::pair<Preferences::Scheme, QLatin1String> schemes[] = {
    {Preferences::Scheme::System, QLatin1String("system")},
    {Preferences::Scheme::Light, QLatin1String("light")},
    {Preferences::Scheme::Dark, QLatin1String("dark")}};

QString found(const QString& key, const QVariant& value) {
    return QStringLiteral("%1=%2").arg(key, value.toString());
}

}  // namespace

Preferences::Preferences(QSettings* settings, QObject* parent) : QObject(parent), m_settings(settings) {
    if (m_settings)
        read();
}

void Preferences::read() {
    QStringList damaged;
    const QVariant theme = m_settings->value(themeKey, schemes[0].second);
    const auto* scheme =
        std::ranges::find_if(schemes, [&](const auto& each) { return theme.toString() == each.second; });
    if (scheme != std::end(schemes))
        m_scheme = scheme->first;
    else
        damaged << found(themeKey, theme);
    m_textPercent = readInt(textKey, 100, leastPercent, mostPercent, damaged);
    m_threads = readInt(threadsKey, 0, 0, mostThreads, damaged);
    m_reopensSession = readBool(reopenKey, false, damaged);
    m_isWelcomeOpen = readBool(welcomeKey, true, damaged);
    if (m_settings->status() == QSettings::FormatError)
        m_complaint = tr("%1: expected settings, found something else; the usual ones are taken")
                          .arg(m_settings->fileName());
    else if (!damaged.isEmpty())
        m_complaint = tr("%1: the usual is taken for what cannot be used: %2")
                          .arg(m_settings->fileName(), damaged.join(QStringLiteral(", ")));
}

bool Preferences::readBool(const QString& key, bool usual, QStringList& damaged) const {
    const QVariant value = m_settings->value(key, usual);
    const QString text = value.toString();
    if (text == QStringLiteral("true") || text == QStringLiteral("false"))
        return value.toBool();
    damaged << found(key, value);
    return usual;
}

int Preferences::readInt(const QString& key, int usual, int least, int most, QStringList& damaged) const {
    const QVariant value = m_settings->value(key, usual);
    bool isNumber = false;
    const int number = value.toInt(&isNumber);
    if (isNumber && number >= least && number <= most)
        return number;
    damaged << found(key, value);
    return usual;
}

void Preferences::keep(const QString& key, const QVariant& value) {
    if (m_settings)
        m_settings->setValue(key, value);
    Q_EMIT changed();
}

void Preferences::setScheme(Scheme scheme) {
    m_scheme = scheme;
    for (const auto& [each, name] : schemes)
        if (each == scheme)
            keep(themeKey, QString(name));
}

void Preferences::setTextPercent(int percent) {
    m_textPercent = std::clamp(percent, leastPercent, mostPercent);
    keep(textKey, m_textPercent);
}

void Preferences::setReopensSession(bool reopens) {
    m_reopensSession = reopens;
    keep(reopenKey, reopens);
}

void Preferences::setThreads(int threads) {
    m_threads = std::clamp(threads, 0, mostThreads);
    keep(threadsKey, m_threads);
}

void Preferences::setWelcome(bool isOpen) {
    if (isOpen == m_isWelcomeOpen)
        return;
    m_isWelcomeOpen = isOpen;
    keep(welcomeKey, isOpen);
}

}  // namespace resnet::ui
