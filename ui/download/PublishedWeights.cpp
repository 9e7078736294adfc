#include "ui/download/PublishedWeights.h"

namespace resnet::ui {

PublishedWeights torchvisionResNet34() {
    constexpr double mebibyte = 1024.0 * 1024.0;
    return {QUrl(QStringLiteral("https://download.pytorch.org/models/resnet34-b627a593.pth")),
            QStringLiteral("resnet34-b627a593.pth"), "b627a593", qint64(83.3 * mebibyte),
            qint64(84 * mebibyte)};
}

}  // namespace resnet::ui
