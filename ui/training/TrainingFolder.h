#pragma once

#include "core/Error.h"

#include <QString>

#include <optional>
#include <stop_token>
#include <vector>

namespace resnet::ui {

// A network as it was after some epochs of its training.
struct Checkpoint {
    QString path;
    int epoch = 0;  // 0: as it started
};

// What a training program wrote down of an epoch; shares, and means of the cross-entropy.
struct HistoryEntry {
    int epoch = 0;
    std::optional<double> trainingLoss, trainingAccuracy, validationLoss, validationAccuracy;
};

// The files of one training, and its history if it lies beside them.
struct Training {
    QString name;  // "residual" of residual-e00.safetensors; the folder's where the files have numbers alone
    std::vector<Checkpoint> checkpoints;  // by epoch
    std::vector<HistoryEntry> history;
};

// What is asked for is no folder of one or several trainings.
class TrainingError : public Error {
public:
    using Error::Error;
};

// The trainings of a folder: weights files (.safetensors, .pth, .pt, .keras, .h5), told apart by what their
// names begin with, and NAME-history.json, a list of {epoch, train_loss, train_top1, val_loss, val_top1}. The
// epoch is that of the file's metadata, else the last number in its name. Throws TrainingError for what is no
// folder, one without checkpoints, tensors of other shapes in one training and an epoch twice, and Error for
// files that cannot be read and a damaged history. Empty when stopped.
std::vector<Training> trainingsIn(const QString& folder, const std::stop_token& stop = {});

// The training that a file belongs to, and after it another one that has its history in the same folder, with
// that alone. No other training's weights are read. One without checkpoints where the file says no epoch and
// is alone. Throws like trainingsIn(). Empty when stopped.
std::vector<Training> trainingsBeside(const QString& file, const std::stop_token& stop = {});

}  // namespace resnet::ui
