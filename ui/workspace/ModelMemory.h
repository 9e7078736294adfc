#pragma once

#include "core/model/Model.h"

#include <QByteArray>
#include <QString>

#include <functional>

namespace resnet::ui {

// Keeps the settings that the user gave a weights file, and puts them in when that file is opened again. The
// file is known by its absolute path, its size and its first megabyte. Where the settings are kept is the
// business of whoever makes this; the functions are called from any thread.
class ModelMemory {
public:
    using Load = std::function<QByteArray(const QString& file)>;
    using Save = std::function<void(const QString& file, const QByteArray& settings)>;  // empty: forget

    ModelMemory() = default;  // remembers nothing
    ModelMemory(Load load, Save save) : m_load(std::move(load)), m_save(std::move(save)) {}

    // The model with what is remembered for its file. What was asked for when it was opened goes before;
    // what is damaged or does not fit is ignored.
    ModelPtr recall(const ModelPtr& opened) const;
    void remember(const Model& model) const;

private:
    Load m_load;
    Save m_save;
};

}  // namespace resnet::ui
