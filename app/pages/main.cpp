// Writes what a desktop and a distribution want to be told of the program, from its commands and from
// CHANGELOG.md, so that nothing of it can be out of date:
//   resnet-explorer-pages CHANGELOG METAINFO MAINTAINER FOLDER
// METAINFO is AppStream's metadata with <releases/> in place of the releases. Into FOLDER go
// resnet-explorer.1, the bash completion `resnet-explorer`, `changelog.Debian`, and the metadata under the
// name of METAINFO.

#include "app/pages/Completion.h"
#include "app/pages/Manual.h"
#include "core/Error.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <iostream>

using namespace resnet;

namespace {

QString contentOf(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        throw Error(path.toStdString() + ": " + file.errorString().toStdString());
    return QString::fromUtf8(file.readAll());
}

void write(const QString& path, const QString& text) {
    QFile file(path);
    const QByteArray bytes = text.toUtf8();
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.flush())
        throw Error(path.toStdString() + ": " + file.errorString().toStdString());
}

void writePages(const QStringList& arguments) {
    const QList<app::Release> releases = app::parseReleases(contentOf(arguments[0]));
    if (releases.first().version != QStringLiteral(RESNET_VERSION))
        throw Error("CHANGELOG.md: expected " RESNET_VERSION " first, as in CMakeLists.txt, found " +
                    releases.first().version.toStdString());
    const QString name = QStringLiteral("resnet-explorer");
    const QDir folder(arguments[3]);
    write(folder.filePath(name + QStringLiteral(".1")), app::manual(releases.first()));
    write(folder.filePath(name), app::bashCompletion());
    write(folder.filePath(QStringLiteral("changelog.Debian")),
          app::debianChangelog(releases, name, arguments[2]));
    write(folder.filePath(QFileInfo(arguments[1]).fileName()),
          contentOf(arguments[1]).replace(QStringLiteral("  <releases/>"), app::releasesElement(releases)));
}

}  // namespace

int main(int argc, char** argv) {
    QStringList arguments;
    for (int i = 1; i < argc; ++i)
        arguments.append(QString::fromLocal8Bit(argv[i]));
    try {
        if (arguments.size() != 4)
            throw Error("expected CHANGELOG METAINFO MAINTAINER FOLDER");
        writePages(arguments);
        return 0;
    } catch (const std::exception& error) {
        std::cerr << "resnet-explorer-pages: " << error.what() << '\n';
        return 1;
    }
}
