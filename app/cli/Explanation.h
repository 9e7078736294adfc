#pragma once

#include "core/tensor/FeatureMaps.h"
#include "ui/painting/Theme.h"

#include <QByteArray>
#include <QImage>
#include <QString>

#include <nlohmann/json_fwd.hpp>

#include <vector>

namespace resnet::app {

// A map that explains something, ready for every format it can be written in.
struct Explanation {
    struct Column {
        const char* name;
        FeatureMaps map;  // 1 x h x w
    };
    FeatureMaps map;              // as it was computed
    std::vector<Column> columns;  // of a table; the first is what is painted

    QImage seen;
    QString title;
    QString meaning;
};

// Columns of a map: "value" of one channel, else "sum" and "channel0" on.
std::vector<Explanation::Column> columnsOf(const FeatureMaps& map);

// What --output asks for: "png", "svg", "npy", "csv" or "json". Throws UsageError for another ending, and
// Error if no file can be there.
QString explanationEnding(const QString& output);

// The bytes of such a file; `facts` go into JSON, before the maps.
QByteArray fileOf(const Explanation& of, const QString& ending, ui::Theme::Kind theme,
                  nlohmann::ordered_json facts);

}  // namespace resnet::app
