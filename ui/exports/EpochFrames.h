#pragma once

#include "core/image/Image.h"
#include "core/inference/EngineOptions.h"
#include "ui/exports/PictureSeries.h"
#include "ui/painting/Theme.h"

#include <QString>

#include <optional>
#include <string>
#include <vector>

namespace resnet::ui {

// The file of an epoch.
struct EpochFile {
    QString path;
    int epoch = 0;
};

// What a training made of one picture: the maps of a step at each epoch, all on one scale, and what the
// network says, as pictures of one size. Opens and runs every file; nothing when stopped. Throws Error for
// files that cannot be read, and networks without that step.
std::optional<PictureSeries> epochFrames(const std::vector<EpochFile>& files, const Image& picture,
                                         const std::string& step, Theme::Kind theme,
                                         const EngineOptions& options, const std::stop_token& stop);

}  // namespace resnet::ui
