#include "app/cli/Commands.h"
#include "app/cli/Console.h"
#include "app/cli/OpenNetwork.h"
#include "core/Error.h"
#include "core/experiments/Landscape.h"
#include "core/explain/Tables.h"
#include "ui/training/TrainingFolder.h"

#include <QFileInfo>

#include <nlohmann/json.hpp>

#include <set>

namespace resnet::app {

namespace {

using Json = nlohmann::ordered_json;
using ui::Checkpoint;
using ui::HistoryEntry;
using ui::Training;

// What a checkpoint says of the pictures of --pictures.
struct Measured {
    double loss = 0.0;
    double accuracy = 0.0;
    int images = 0;
};

Measured measureCheckpoint(const QString& path, const Invocation& invocation) {
    NetworkOptions options = invocation.network();
    options.weights = path;
    options.isNew = false;
    const ModelPtr model = openNetwork(options, invocation.stop());
    ui::PictureSet pictures = pictureSet(invocation.value(option("pictures")), *model, option("pictures"));
    if (!pictures.hasClasses())
        throw UsageError(QStringLiteral("--pictures: %1: expected folders that name the network's classes")
                             .arg(invocation.value(option("pictures"))));
    FusedExecutor executor(std::make_shared<const PackedNetwork>(
        model->network, EngineOptions{invocation.network().threads, {}, {}}));
    Measured measured;
    pictures.forEachBatch(*model, 64, invocation.stop(), [&](std::span<const LabelledInput> batch) {
        std::vector<FeatureMapsPtr> inputs;
        for (const LabelledInput& each : batch)
            inputs.push_back(each.input);
        if (executor.run(inputs, invocation.stop()) == RunOutcome::Cancelled)
            throw Interrupted();
        for (std::size_t i = 0; i < batch.size(); ++i) {
            measured.loss += crossEntropy(executor.logits(int(i)), *batch[i].expected);
            measured.accuracy += predictionOf(executor, int(i)).top() == batch[i].expected ? 1.0 : 0.0;
            ++measured.images;
        }
        return true;
    });
    invocation.throwIfInterrupted();
    measured.loss /= measured.images;
    measured.accuracy /= measured.images;
    return measured;
}

struct Row {
    int epoch = 0;
    const Checkpoint* checkpoint = nullptr;  // null: no file of this epoch
    HistoryEntry history;
    std::optional<Measured> measured;
};

// Every epoch that has a file or an entry in the history.
std::vector<Row> rowsOf(const Training& training, const Invocation& invocation) {
    std::set<int> epochs;
    for (const Checkpoint& each : training.checkpoints)
        epochs.insert(each.epoch);
    for (const HistoryEntry& each : training.history)
        epochs.insert(each.epoch);
    std::vector<Row> rows;
    for (const int epoch : epochs) {
        Row row{epoch, nullptr, {}, {}};
        for (const Checkpoint& each : training.checkpoints)
            if (each.epoch == epoch)
                row.checkpoint = &each;
        for (const HistoryEntry& each : training.history)
            if (each.epoch == epoch)
                row.history = each;
        if (row.checkpoint && invocation.has(option("pictures")))
            row.measured = measureCheckpoint(row.checkpoint->path, invocation);
        rows.push_back(row);
    }
    return rows;
}

Json numberOrNull(const std::optional<double>& value) {
    return value ? Json(*value) : Json(nullptr);
}

QByteArray trainingJson(const std::vector<std::pair<QString, std::vector<Row>>>& trainings) {
    Json networks = Json::array();
    for (const auto& [name, rows] : trainings) {
        Json epochs = Json::array();
        for (const Row& row : rows) {
            Json each = {{"epoch", row.epoch},
                         {"file", row.checkpoint ? Json(row.checkpoint->path.toStdString()) : Json(nullptr)},
                         {"trainingLoss", numberOrNull(row.history.trainingLoss)},
                         {"trainingAccuracy", numberOrNull(row.history.trainingAccuracy)},
                         {"validationLoss", numberOrNull(row.history.validationLoss)},
                         {"validationAccuracy", numberOrNull(row.history.validationAccuracy)}};
            if (row.measured)
                each["measured"] = {{"loss", row.measured->loss},
                                    {"accuracy", row.measured->accuracy},
                                    {"images", row.measured->images}};
            epochs.push_back(std::move(each));
        }
        networks.push_back({{"name", name.toStdString()}, {"epochs", std::move(epochs)}});
    }
    return QByteArray::fromStdString(Json({{"networks", networks}}).dump(1)) + '\n';
}

QByteArray csvFile(const std::vector<std::pair<QString, std::vector<Row>>>& trainings, bool isMeasured) {
    Table table;
    table.columns = {"network",
                     "epoch",
                     "file",
                     "training_loss",
                     "training_accuracy",
                     "validation_loss",
                     "validation_accuracy"};
    if (isMeasured)
        table.columns.insert(table.columns.end(), {"measured_loss", "measured_accuracy"});
    const auto value = [](const std::optional<double>& of) {
        return of ? Table::Value(*of) : Table::Value(std::string());
    };
    for (const auto& [name, rows] : trainings)
        for (const Row& row : rows) {
            table.rows.push_back({name.toStdString(), std::int64_t(row.epoch),
                                  row.checkpoint ? row.checkpoint->path.toStdString() : std::string(),
                                  value(row.history.trainingLoss), value(row.history.trainingAccuracy),
                                  value(row.history.validationLoss), value(row.history.validationAccuracy)});
            if (!isMeasured)
                continue;
            table.rows.back().push_back(row.measured ? Table::Value(row.measured->loss)
                                                     : Table::Value(std::string()));
            table.rows.back().push_back(row.measured ? Table::Value(row.measured->accuracy)
                                                     : Table::Value(std::string()));
        }
    return QByteArray::fromStdString(csvText(table));
}

std::vector<Training> trainingsOf(const Invocation& invocation) {
    try {
        std::vector<Training> trainings = ui::trainingsIn(invocation.arguments().first(), invocation.stop());
        if (invocation.stop().stop_requested())
            throw Interrupted();
        return trainings;
    } catch (const ui::TrainingError& error) {
        throw UsageError(QString::fromUtf8(error.what()));
    }
}

int runTraining(const Invocation& invocation) {
    const QString format = invocation.choice(option("format"), {option("csv"), option("json")});
    if (!invocation.network().weights.isEmpty())
        throw UsageError(QStringLiteral("--weights: expected nothing, the checkpoints are in the folder"));
    const std::vector<Training> trainings = trainingsOf(invocation);
    std::vector<std::pair<QString, std::vector<Row>>> rows;
    for (const Training& training : trainings)
        rows.emplace_back(training.name, rowsOf(training, invocation));
    print(format == option("json") ? trainingJson(rows) : csvFile(rows, invocation.has(option("pictures"))));
    return ExitDone;
}

}  // namespace

Command trainingCommand() {
    Command command;
    command.name = QStringLiteral("training");
    command.arguments = QStringLiteral("FOLDER");
    command.summary = QStringLiteral("list the checkpoints of trainings with loss and accuracy");
    command.options = {{QStringLiteral("format"), QStringLiteral("csv or json"), QStringLiteral("KIND"),
                        QStringLiteral("csv")},
                       {QStringLiteral("pictures"),
                        QStringLiteral("measure every checkpoint over these; the inner folders are classes"),
                        QStringLiteral("FOLDER")}};
    command.minimumArguments = 1;
    command.maximumArguments = 1;
    command.run = runTraining;
    command.notes = QStringLiteral(
        "Files belong together by the beginning of their names: residual-e00, residual-e20. The epoch is\n"
        "that of the file's metadata or the number in its name. NAME-history.json is read, too.");
    return command;
}

}  // namespace resnet::app
