#include "app/cli/LandscapePictures.h"

#include "app/cli/Command.h"
#include "app/cli/OpenNetwork.h"

namespace resnet::app {

namespace {

constexpr int mostPictures = 256;  // that stay in memory

}  // namespace

ui::LabelledPictures landscapePictures(const QString& folder, const Model& model, const std::stop_token& stop,
                                       const QString& option) {
    ui::LabelledPictures read;
    ui::PictureSet set = pictureSet(folder, model, option, [&](const QString& note) { read.notes << note; });
    if (set.hasClasses() && set.classes() < 2)
        throw UsageError(
            (option.isEmpty() ? QString() : QStringLiteral("--%1: ").arg(option)) +
            QStringLiteral("%1: expected pictures of two classes or more, found one class").arg(folder));
    const int total = set.count();
    int index = 0;
    const bool isWhole = set.forEachBatch(model, 1, stop, [&](std::span<const LabelledInput> batch) {
        const bool isTaken = total <= mostPictures || std::int64_t(index) * mostPictures / total !=
                                                          (std::int64_t(index) - 1) * mostPictures / total;
        if (isTaken)
            read.pictures.push_back(batch.front());
        ++index;
        return true;
    });
    if (!isWhole)
        throw Interrupted();
    if (int(read.pictures.size()) < total)
        read.notes
            << QStringLiteral("note: %1 of the %2 pictures are used").arg(read.pictures.size()).arg(total);
    return read;
}

}  // namespace resnet::app
