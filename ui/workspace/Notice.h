#pragma once

#include <QString>
#include <QStringList>

namespace resnet::ui {

// Something to tell the person at the window: one line, with more on demand.
struct Notice {
    enum class Kind { Information, Warning, Error };
    Kind kind = Kind::Information;
    QString text;
    QStringList details;
    QString saved = {};  // the file or folder that was written, if that is what is told
};

// "Saved /tmp/x.csv", and then what else is to be said of it.
Notice savedNotice(const QString& path, const QStringList& notes = {});

}  // namespace resnet::ui
