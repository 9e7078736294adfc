#include "ui/workspace/PictureSet.h"

#include "core/Error.h"
#include "core/model/ModelInput.h"
#include "ui/images/PictureReader.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace resnet::ui {

namespace {

constexpr std::size_t mostKept = 512u << 20;  // bytes of inputs

QStringList picturesIn(const QDir& folder) {
    QStringList pictures;
    for (const QFileInfo& file : folder.entryInfoList(pictureNameFilters(), QDir::Files, QDir::Name))
        pictures << file.filePath();
    return pictures;
}

// "garbage_truck" and "Garbage truck" are one.
QString plainName(const QString& name) {
    return name.toLower()
        .replace(QLatin1Char('_'), QLatin1Char(' '))
        .replace(QLatin1Char('-'), QLatin1Char(' '));
}

std::optional<int> classNamed(const QString& folder, const Model& model) {
    for (std::size_t i = 0; i < model.classNames.size(); ++i)
        if (plainName(QString::fromStdString(model.classNames[i])) == plainName(folder))
            return int(i);
    bool isNumber = false;
    const int index = folder.toInt(&isNumber);
    return isNumber && index >= 0 && index < int(model.classNames.size()) ? std::optional(index)
                                                                          : std::nullopt;
}

// By folder; empty where they name no classes.
std::vector<int> classesOf(const QStringList& folders, const Model& model) {
    std::vector<int> classes;
    for (const QString& folder : folders)
        if (const std::optional<int> index = classNamed(folder, model))
            classes.push_back(*index);
    if (classes.size() == std::size_t(folders.size()))
        return classes;
    classes.clear();
    if (std::size_t(folders.size()) == model.classNames.size())
        for (int i = 0; i < folders.size(); ++i)
            classes.push_back(i);
    return classes;
}

}  // namespace

PictureSet::PictureSet(const QString& path, const Model& model, Say say)
    : m_folder(path), m_say(std::move(say)) {
    const QDir folder(path);
    if (!QFileInfo(path).isDir())
        throw Error(path.toStdString() + ": expected a folder of pictures");
    for (const QString& picture : picturesIn(folder))
        m_pictures.push_back({picture, {}});
    const bool hasLoosePictures = !m_pictures.empty();
    QStringList named;
    for (const QFileInfo& inner : folder.entryInfoList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name)) {
        const QStringList pictures = picturesIn(QDir(inner.filePath()));
        for (const QString& picture : pictures)
            m_pictures.push_back({picture, int(named.size())});
        if (!pictures.isEmpty())
            named << inner.fileName();
    }
    if (m_pictures.empty())
        throw Error(path.toStdString() + ": no pictures in this folder");
    nameClasses(hasLoosePictures ? QStringList() : named, model);
}

void PictureSet::nameClasses(const QStringList& folders, const Model& model) {
    const std::vector<int> classes = classesOf(folders, model);
    for (Picture& picture : m_pictures)
        picture.expected = classes.empty() || !picture.expected
                               ? std::nullopt
                               : std::optional(classes[std::size_t(*picture.expected)]);
    m_classes = int(std::set<int>(classes.begin(), classes.end()).size());
    if (folders.isEmpty())
        return;
    if (classes.empty())
        m_say(QStringLiteral("note: %1: its folders do not name the classes of the network").arg(m_folder));
    else if (!classNamed(folders.first(), model))
        m_say(
            QStringLiteral("note: %1: its %2 folders are taken for the classes in the order of their names, "
                           "'%3' for %4")
                .arg(m_folder)
                .arg(folders.size())
                .arg(folders.first(), QString::fromStdString(model.classNames.front())));
}

FeatureMapsPtr PictureSet::inputOf(Picture& picture, const Model& model) {
    if (picture.input || picture.isUnreadable)
        return picture.input;
    try {
        FeatureMapsPtr input = resnet::inputOf(model, readPicture(picture.path)->image);
        const std::size_t bytes = input->size() * sizeof(float);
        if (m_kept + bytes <= mostKept) {
            m_kept += bytes;
            picture.input = input;
        }
        return input;
    } catch (const Error& error) {
        m_say(QString::fromUtf8(error.what()) + QStringLiteral(" (left out)"));
        picture.isUnreadable = true;
        return nullptr;
    }
}

bool PictureSet::forEachBatch(const Model& model, int size, const std::stop_token& stop,
                              const UseBatch& use) {
    std::vector<LabelledInput> batch;
    bool isAnyReadable = false;
    for (std::size_t i = 0; i <= m_pictures.size(); ++i) {
        if (stop.stop_requested())
            return false;
        const bool isEnd = i == m_pictures.size();
        if (!isEnd)
            if (const FeatureMapsPtr input = inputOf(m_pictures[i], model))
                batch.push_back({input, m_pictures[i].expected});
        if (batch.empty() || (!isEnd && int(batch.size()) < size))
            continue;
        isAnyReadable = true;
        if (!use(batch))
            return true;
        batch.clear();
    }
    if (!isAnyReadable)
        throw Error(m_folder.toStdString() + ": none of its pictures can be read");
    return true;
}

std::vector<FeatureMapsPtr> PictureSet::inputs(const Model& model, int most, const std::stop_token& stop) {
    std::vector<FeatureMapsPtr> inputs;
    forEachBatch(model, 1, stop, [&](std::span<const LabelledInput> batch) {
        inputs.push_back(batch.front().input);
        return int(inputs.size()) < most;
    });
    return inputs;
}

}  // namespace resnet::ui
