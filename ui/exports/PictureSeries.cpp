#include "ui/exports/PictureSeries.h"

#include "core/Error.h"
#include "ui/exports/GifWriter.h"
#include "ui/exports/Palette.h"
#include "ui/exports/PngWriter.h"
#include "ui/exports/WholeFile.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

#include <cstdio>

namespace resnet::ui {

namespace {

constexpr int paletteSamples = 6;
constexpr int lastStays = 4;  // times as long

// A folder of pictures while it grows, beside where it is to be. What is not moved there goes.
class GrowingFolder {
public:
    explicit GrowingFolder(const QString& path)
        : m_target(QDir::cleanPath(path)),
          m_grown(QStringLiteral("%1.%2.part").arg(m_target).arg(QCoreApplication::applicationPid())) {
        const QFileInfo target(m_target);
        if (target.exists() && !target.isDir())
            fail(QStringLiteral("it is no folder"));
        if (target.isDir() && !QDir(m_target).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot))
            fail(QStringLiteral("the folder is not empty"));
        if (!target.dir().exists())
            fail(QStringLiteral("the folder %1 does not exist").arg(target.path()));
        if (!QDir().mkdir(m_grown))
            fail(QStringLiteral("no folder can be made there"));
    }
    ~GrowingFolder() {
        if (!m_isMoved)
            QDir(m_grown).removeRecursively();
    }
    GrowingFolder(const GrowingFolder&) = delete;
    GrowingFolder& operator=(const GrowingFolder&) = delete;

    QString file(const QString& name) const { return m_grown + QLatin1Char('/') + name; }
    // Takes the place of an empty folder.
    void move() {
        m_isMoved =
            std::rename(QFile::encodeName(m_grown).constData(), QFile::encodeName(m_target).constData()) == 0;
        if (!m_isMoved)
            fail(QStringLiteral("the finished pictures cannot be moved there"));
    }

private:
    [[noreturn]] void fail(const QString& reason) const {
        throw Error(m_target.toStdString() + ": cannot be written: " + reason.toStdString());
    }

    QString m_target;
    QString m_grown;
    bool m_isMoved = false;
};

bool writeGif(const QString& path, const PictureSeries& series, const std::stop_token& stop,
              const SeriesProgress& progress) {
    checkTarget(path);
    std::vector<QImage> samples;
    for (int i = 0; i < paletteSamples; ++i) {
        if (stop.stop_requested())
            return false;
        samples.push_back(series.picture(i * (series.count - 1) / (paletteSamples - 1)));
    }
    GifWriter gif(samples.front().size(), paletteOf(samples, GifWriter::mostColors));
    samples.clear();
    for (int i = 0; i < series.count; ++i) {
        if (stop.stop_requested())
            return false;
        const bool isLast = i == series.count - 1;
        gif.add(series.picture(i), series.milliseconds * (isLast ? lastStays : 1));
        progress(i + 1, series.count);
    }
    writeWholeFile(path, gif.finished());
    return true;
}

bool writeFolder(const QString& path, const PictureSeries& series, const std::stop_token& stop,
                 const SeriesProgress& progress) {
    GrowingFolder folder(path);
    for (int i = 0; i < series.count; ++i) {
        if (stop.stop_requested())
            return false;
        writeWholeFile(folder.file(series.name(i) + QStringLiteral(".png")), pngBytes(series.picture(i)));
        progress(i + 1, series.count);
    }
    folder.move();
    return true;
}

}  // namespace

SeriesKind seriesKindOf(const QString& path) {
    if (path.endsWith(QLatin1String(".gif"), Qt::CaseInsensitive))
        return SeriesKind::Gif;
    if (path.endsWith(QLatin1Char('/')) || QFileInfo(path).isDir())
        return SeriesKind::Folder;
    throw Error(path.toStdString() + ": expected a name ending in .gif, or a folder ending in /");
}

bool writeSeries(const QString& path, const PictureSeries& series, const std::stop_token& stop,
                 const SeriesProgress& progress) {
    return seriesKindOf(path) == SeriesKind::Gif ? writeGif(path, series, stop, progress)
                                                 : writeFolder(path, series, stop, progress);
}

}  // namespace resnet::ui
