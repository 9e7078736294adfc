#pragma once

#include <QByteArray>
#include <QString>
#include <QUrl>

namespace resnet::ui {

// A weights file on the internet and how to know that it is the right one.
struct PublishedWeights {
    QUrl url;
    QString fileName;
    QByteArray sha256Start;  // hexadecimal, lower case
    qint64 size = 0;         // bytes, about
    qint64 sizeLimit = 0;    // bytes; what is larger is not it
};

// torchvision's ResNet-34 with the weights IMAGENET1K_V1. The sum is checked as PyTorch does, by the eight
// digits in the file's name.
PublishedWeights torchvisionResNet34();

}  // namespace resnet::ui
