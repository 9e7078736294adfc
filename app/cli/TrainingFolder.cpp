#include "app/cli/TrainingFolder.h"

#include "app/cli/Command.h"
#include "core/Error.h"
#include "core/files/FileBytes.h"
#include "core/weights/WeightsFile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>

namespace resnet::app {

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
    if (stop.stop_requested())
        throw Interrupted();
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
            throw UsageError(QStringLiteral("%1: expected the tensors of %2, found another network's")
                                 .arg(file.path, files[0].checkpoint.path));
        if (file.epoch == before.epoch)
            throw UsageError(QStringLiteral("%1: epoch %2 is also that of %3")
                                 .arg(file.path)
                                 .arg(file.epoch)
                                 .arg(before.path));
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

}  // namespace

std::vector<Training> trainingsIn(const QString& path, const std::stop_token& stop) {
    const QDir folder(path);
    if (!QFileInfo(path).isDir())
        throw UsageError(QStringLiteral("%1: expected a folder of checkpoints").arg(path));
    const QStringList filters{QStringLiteral("*.safetensors"), QStringLiteral("*.pth"),
                              QStringLiteral("*.pt"), QStringLiteral("*.keras"), QStringLiteral("*.h5")};
    std::map<QString, std::vector<Read>> byName;
    for (const QFileInfo& file : folder.entryInfoList(filters, QDir::Files, QDir::Name)) {
        NumberedName name = numberedName(file.completeBaseName().remove(QStringLiteral(".weights")));
        if (name.name.isEmpty())
            name.name = QDir(path).dirName();
        byName[name.name].push_back(readCheckpoint(file, name, stop));
    }
    if (byName.empty())
        throw UsageError(QStringLiteral("%1: no weights files in this folder").arg(path));
    std::vector<Training> trainings;
    for (auto& [name, files] : byName) {
        std::ranges::stable_sort(files, {}, [](const Read& each) { return each.checkpoint.epoch; });
        checkTogether(files);
        Training training{name, {}, {}};
        for (Read& each : files)
            training.checkpoints.push_back(std::move(each.checkpoint));
        const QString history = folder.filePath(name + QStringLiteral("-history.json"));
        if (QFileInfo::exists(history))
            training.history = readHistory(history);
        trainings.push_back(std::move(training));
    }
    return trainings;
}

}  // namespace resnet::app
