#pragma once

#include "ui/workspace/Workspace.h"

#include <QHash>
#include <QObject>

#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>

namespace resnet::ui {

class BackgroundJob;

// Writes files in the background, several at a time, each whole or not at all, and tells in the window what
// became of them. What is not finished when this goes is not written.
class FileSaver : public QObject {
    Q_OBJECT
public:
    explicit FileSaver(Workspace& workspace, QObject* parent = nullptr);

    // Makes the bytes in the background; they may throw Error. For the same path the latest wins.
    using MakeBytes = std::function<QByteArray(const std::stop_token&)>;
    void save(const QString& path, MakeBytes bytes);
    bool isSaving() const { return !m_savings.isEmpty(); }

private:
    void end(const QString& path, const Notice& notice);

    Workspace& m_workspace;
    // The one who writes holds the lock, so that one who was overtaken is not the last.
    struct Saving {
        BackgroundJob* job = nullptr;
        std::shared_ptr<std::mutex> writing;
    };
    QHash<QString, Saving> m_savings;  // under way, by path
};

}  // namespace resnet::ui
