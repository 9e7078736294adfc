#include "ui/exports/DataFiles.h"

#include "core/files/Npy.h"

namespace resnet::ui {

QByteArray npyFile(const FeatureMaps& maps) {
    const std::vector<std::uint8_t> bytes = npyBytes(maps);
    return {reinterpret_cast<const char*>(bytes.data()), qsizetype(bytes.size())};
}

QByteArray npyFile(const FeatureMapView& channel) {
    FeatureMaps alone({1, channel.height, channel.width});
    for (int y = 0; y < channel.height; ++y)
        for (int x = 0; x < channel.width; ++x)
            alone.at(0, y, x) = channel.at(y, x);
    return npyFile(alone);
}

QByteArray csvFile(const Table& table) {
    return QByteArray::fromStdString(csvText(table));
}

}  // namespace resnet::ui
