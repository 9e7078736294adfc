#pragma once

#include <QObject>
#include <QString>

class QSettings;

namespace resnet::ui {

// What the person has set for the whole program, kept from run to run. A value that is damaged counts as not
// set; complaint() says in a line which.
class Preferences : public QObject {
    Q_OBJECT
public:
    enum class Scheme { System, Light, Dark };
    static constexpr int leastPercent = 80;
    static constexpr int mostPercent = 200;
    static constexpr int mostThreads = 256;

    // `settings` may be null: then nothing is kept.
    explicit Preferences(QSettings* settings, QObject* parent = nullptr);

    Scheme scheme() const { return m_scheme; }
    // Of text, of what the desktop wants.
    int textPercent() const { return m_textPercent; }
    // Whether what was open last is opened at the start.
    bool reopensSession() const { return m_reopensSession; }
    // To compute with, from the next start on; 0: all there are.
    int threads() const { return m_threads; }
    // Whether the line that offers the tour is still to be seen.
    bool isWelcomeOpen() const { return m_isWelcomeOpen; }
    // Empty: nothing was damaged.
    const QString& complaint() const { return m_complaint; }

    void setScheme(Scheme scheme);
    void setTextPercent(int percent);
    void setReopensSession(bool reopens);
    void setThreads(int threads);
    void openWelcome() { setWelcome(true); }
    void closeWelcome() { setWelcome(false); }

Q_SIGNALS:
    void changed();

private:
    void setWelcome(bool isOpen);
    void read();
    bool readBool(const QString& key, bool usual, QStringList& damaged) const;
    int readInt(const QString& key, int usual, int least, int most, QStringList& damaged) const;
    void keep(const QString& key, const QVariant& value);

    QSettings* m_settings;
    Scheme m_scheme = Scheme::System;
    int m_textPercent = 100;
    bool m_reopensSession = false;
    int m_threads = 0;
    bool m_isWelcomeOpen = false;
    QString m_complaint;
};

}  // namespace resnet::ui
