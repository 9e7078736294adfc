#pragma once

#include "core/Error.h"

#include <QString>

#include <functional>

namespace resnet {

// The message that `action` throws; empty if it does not throw, and marked if it is not one clear line.
inline QString refusalOf(const std::function<void()>& action) {
    try {
        action();
    } catch (const Error& error) {
        const QString message = QString::fromStdString(error.what());
        return message.contains(QLatin1Char('\n')) ? QStringLiteral("several lines: ") + message : message;
    }
    return {};
}

}  // namespace resnet
