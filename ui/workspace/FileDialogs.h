#pragma once

#include <QPointer>
#include <QSettings>
#include <QString>

class QWidget;

namespace resnet::ui {

// Asks the person for files and folders. Each kind begins where the last of it was, which is kept from run to
// run; where that is gone, in the desktop's usual folder. Empty answers: none was chosen.
class FileDialogs {
public:
    enum class Kind { Pictures, Networks, Changes, Exports };

    // Null, as at first: nothing is kept after this run.
    void keepIn(QSettings* settings);

    // One that is there.
    QString folder(Kind kind) const;
    // The folder of a file that was opened or saved is where the next is looked for.
    void note(Kind kind, const QString& file);

    // `name` is proposed, without what file systems have no room for. A name without an ending gets that of
    // the chosen filter, if this has one.
    QString askWhereToSave(Kind kind, QWidget* parent, const QString& title, const QString& name,
                           const QString& filters);
    QString askForFile(Kind kind, QWidget* parent, const QString& title, const QString& filters = {});
    QString askForFolder(Kind kind, QWidget* parent, const QString& title);

private:
    QPointer<QSettings> m_settings;
    QString m_folders[4];  // by kinds
};

}  // namespace resnet::ui
