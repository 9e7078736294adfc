#include "ui/training/TrainingFolder.h"

#include "core/files/ByteSource.h"
#include "core/weights/WeightsFile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <string>
#include <utility>

namespace resnet::ui {

namespace {

using Json = nlohmann::json;

// "residual" and 20 of "residual-e20"; no number: -1.
struct NumberedName {
    QString name;
    int number = -1;
};

NumberedName numberedName(const QString& base) {
    static const QRegularExpression pattern(QStringLiteral("^(.*?)[-_.]?(?:epoch|ep|e)?[-_.]?(\\d{1,6})$"),
                                            QRegularExpression::CaseInsensitiveOption);
    const auto match = pattern.match(base);
    return match.hasMatch() ? NumberedName{match.captured(1), match.captured(2).toInt()}
                            : NumberedName{base, -1};
}

using Shapes = std::map<std::string, std::vector<std::int64_t>>;

struct Read {
    Checkpoint checkpoint;
    Shapes shapes;
};

Read readCheckpoint(const QFileInfo& file, const NumberedName& name, const std::stop_token& stop) {
    const WeightsFile weights = readWeights(QFile::encodeName(file.filePath()).toStdString(), stop);
    Read read{{file.filePath(), name.number}, {}};
    const auto epoch = weights.metadata.find("epoch");
    if (epoch != weights.metadata.end()) {
        bool isNumber = false;
        const int number = QString::fromStdString(epoch->second).toInt(&isNumber);
        if (isNumber && number >= 0)
            read.checkpoint.epoch = number;
    }
    if (read.checkpoint.epoch < 0)
        throw Error(file.filePath().toStdString() +
                    ": expected an epoch in its metadata or a number in its name, found neither");
    for (const auto& [tensor, values] : weights.parameters)
        read.shapes.emplace(tensor, values.shape);
    return read;
}

void checkTogether(const std::vector<Read>& files) {
    for (std::size_t i = 1; i < files.size(); ++i) {
        const Checkpoint& file = files[i].checkpoint;
        const Checkpoint& before = files[i - 1].checkpoint;
        if (files[i].shapes != files[0].shapes)
            throw TrainingError(QStringLiteral("%1: expected the tensors of %2, found another network's")
                                    .arg(file.path, files[0].checkpoint.path)
                                    .toStdString());
        if (file.epoch == before.epoch)
            throw TrainingError(QStringLiteral("%1: epoch %2 is also that of %3")
                                    .arg(file.path)
                                    .arg(file.epoch)
                                    .arg(before.path)
                                    .toStdString());
    }
}

std::vector<HistoryEntry> readHistory(const QString& path) {
    const std::string file = QFile::encodeName(path).toStdString();
    const std::vector<std::uint8_t> bytes = readFileBytes(file, 1 << 22);
    const Json list = Json::parse(bytes.begin(), bytes.end(), nullptr, false);
    if (!list.is_array())
        throw Error(file + ": expected a list of epochs");
    std::vector<HistoryEntry> history;
    for (const Json& each : list) {
        if (!each.is_object() || !each.contains("epoch") || !each["epoch"].is_number_integer())
            throw Error(file + ": expected an epoch in every entry");
        const auto value = [&](const char* key) {
            return each.contains(key) && each[key].is_number() ? std::optional(each[key].get<double>())
                                                               : std::nullopt;
        };
        history.push_back({each["epoch"].get<int>(), value("train_loss"), value("train_top1"),
                           value("val_loss"), value("val_top1")});
    }
    std::ranges::stable_sort(history, {}, &HistoryEntry::epoch);
    return history;
}

const QString historyEnd = QStringLiteral("-history.json");

QFileInfoList weightsIn(const QDir& folder) {
    return folder.entryInfoList({QStringLiteral("*.safetensors"), QStringLiteral("*.pth"),
                                 QStringLiteral("*.pt"), QStringLiteral("*.keras"), QStringLiteral("*.h5")},
                                QDir::Files, QDir::Name);
}

NumberedName nameOfFile(const QFileInfo& file) {
    NumberedName name = numberedName(file.completeBaseName().remove(QStringLiteral(".weights")));
    if (name.name.isEmpty())
        name.name = file.absoluteDir().dirName();
    return name;
}

Training trainingOf(const QString& name, std::vector<Read> files, const QDir& folder) {
    std::ranges::stable_sort(files, {}, [](const Read& each) { return each.checkpoint.epoch; });
    checkTogether(files);
    Training training{name, {}, {}};
    for (Read& each : files)
        training.checkpoints.push_back(std::move(each.checkpoint));
    const QString history = folder.filePath(name + historyEnd);
    if (QFileInfo::exists(history))
        training.history = readHistory(history);
    return training;
}

}  // namespace

std::vector<Training> trainingsIn(const QString& path, const std::stop_token& stop) {
    const QDir folder(path);
    if (!QFileInfo(path).isDir())
        throw TrainingError(QStringLiteral("%1: expected a folder of checkpoints").arg(path).toStdString());
    std::map<QString, std::vector<Read>> byName;
    for (const QFileInfo& file : weightsIn(folder)) {
        const NumberedName name = nameOfFile(file);
        byName[name.name].push_back(readCheckpoint(file, name, stop));
        if (stop.stop_requested())
            return {};
    }
    if (byName.empty())
        throw TrainingError(QStringLiteral("%1: no weights files in this folder").arg(path).toStdString());
    std::vector<Training> trainings;
    for (auto& [name, files] : byName)
        trainings.push_back(trainingOf(name, std::move(files), folder));
    return trainings;
}

std::vector<Training> trainingsBeside(const QString& path, const std::stop_token& stop) {
    const QDir folder = QFileInfo(path).absoluteDir();
    const QString own = nameOfFile(QFileInfo(path)).name;
    std::vector<std::pair<QFileInfo, NumberedName>> together;
    for (const QFileInfo& file : weightsIn(folder))
        if (NumberedName name = nameOfFile(file); name.name == own)
            together.emplace_back(file, std::move(name));
    std::vector<Read> files;
    for (const auto& [file, name] : together) {
        try {
            files.push_back(readCheckpoint(file, name, stop));
        } catch (const Error&) {
            if (stop.stop_requested())
                return {};
            if (together.size() > 1)
                throw;
        }
    }
    std::vector<Training> trainings{trainingOf(own, std::move(files), folder)};
    for (const QString& file : folder.entryList({QLatin1Char('*') + historyEnd}, QDir::Files, QDir::Name)) {
        const QString other = file.chopped(historyEnd.size());
        if (other != own && trainings.size() < 2)
            trainings.push_back({other, {}, readHistory(folder.filePath(file))});
    }
    return trainings;
}

}  // namespace resnet::ui
