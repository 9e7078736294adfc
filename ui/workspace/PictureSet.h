#pragma once

#include "core/experiments/Trial.h"
#include "core/model/Model.h"

#include <QStringList>

#include <functional>
#include <optional>
#include <stop_token>
#include <vector>

namespace resnet::ui {

// The pictures of a folder and of the folders in it, in the order of their names, and the classes that those
// folders are named after, where they are.
class PictureSet {
public:
    // Folders name classes if each has a class's name or number, or if there are as many as classes: then
    // they stand for them in the order of their names, as PyTorch's ImageFolder has it. `say` is told what
    // they are taken for, and which pictures cannot be read. Throws Error for what is no folder and one
    // without pictures.
    using Say = std::function<void(const QString&)>;
    PictureSet(const QString& folder, const Model& model, Say say);

    int count() const { return int(m_pictures.size()); }
    bool hasClasses() const { return m_classes > 0; }
    // How many classes there are pictures of.
    int classes() const { return m_classes; }

    // Calls `use` for batch after batch of at most `size` samples until it says no. A picture that cannot be
    // read is told, once, and left out. Inputs are kept while they fit half a gigabyte. False when stopped.
    // Throws Error if no picture can be read.
    using UseBatch = std::function<bool(std::span<const LabelledInput>)>;
    bool forEachBatch(const Model& model, int size, const std::stop_token& stop, const UseBatch& use);

    // The inputs of the first pictures that can be read, at most `most`; fewer when stopped.
    std::vector<FeatureMapsPtr> inputs(const Model& model, int most, const std::stop_token& stop);

private:
    struct Picture {
        QString path;
        std::optional<int> expected;
        FeatureMapsPtr input = nullptr;
        bool isUnreadable = false;
    };
    void nameClasses(const QStringList& folders, const Model& model);
    FeatureMapsPtr inputOf(Picture& picture, const Model& model);

    QString m_folder;
    Say m_say;
    std::vector<Picture> m_pictures;
    int m_classes = 0;
    std::size_t m_kept = 0;  // bytes
};

}  // namespace resnet::ui
