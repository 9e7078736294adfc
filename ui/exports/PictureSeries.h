#pragma once

#include <QImage>
#include <QString>

#include <functional>
#include <stop_token>

namespace resnet::ui {

// Pictures of one size, to be looked at one after the other. They are made when they are asked for.
struct PictureSeries {
    int count = 0;
    int milliseconds = 400;  // that each is shown; the last stays longer
    std::function<QImage(int)> picture;
    std::function<QString(int)> name;  // without an ending; sorts as the pictures follow each other
};

using SeriesProgress = std::function<void(int done, int total)>;

// Where a series goes: an animated GIF, or a folder of numbered PNGs.
enum class SeriesKind { Gif, Folder };
// Of a name: ".gif", or a folder that ends in "/" or is there. Throws Error for any other.
SeriesKind seriesKindOf(const QString& path);

// Writes a series whole or not at all: false if it was stopped. A folder must be new or empty. Throws Error.
bool writeSeries(const QString& path, const PictureSeries& series, const std::stop_token& stop,
                 const SeriesProgress& progress);

}  // namespace resnet::ui
