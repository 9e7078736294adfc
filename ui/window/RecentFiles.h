#pragma once

#include <QObject>
#include <QString>
#include <QStringList>

class QMenu;
class QSettings;

namespace resnet::ui {

// The files of one kind that were opened last, the latest first, kept from run to run. A file that is gone
// leaves the list when it is chosen.
class RecentFiles : public QObject {
    Q_OBJECT
public:
    static constexpr qsizetype most = 8;

    // `settings` may be null: then nothing is kept. `key` is theirs: "recent/pictures".
    RecentFiles(QSettings* settings, const QString& key, QObject* parent = nullptr);

    void add(const QString& path);
    const QStringList& paths() const { return m_paths; }
    // Always says what is there now; without any it cannot be opened.
    QMenu* makeMenu(const QString& title, QWidget* parent);

public Q_SLOTS:
    void clear();

Q_SIGNALS:
    void changed();
    void chosen(const QString& path);
    // It was chosen and is not there any more.
    void gone(const QString& path);

private:
    void fill(QMenu& menu);
    void choose(const QString& path);
    void keep();

    QSettings* m_settings;
    const QString m_key;
    QStringList m_paths;
};

}  // namespace resnet::ui
