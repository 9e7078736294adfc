#include "ui/workspace/FileDialogs.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QRegularExpression>
#include <QStandardPaths>

namespace resnet::ui {

namespace {

const QString keys[] = {QStringLiteral("folders/pictures"), QStringLiteral("folders/networks"),
                        QStringLiteral("folders/changes"), QStringLiteral("folders/exports")};

QString fileNameOf(QString name) {
    static const QRegularExpression forbidden(QStringLiteral("[/\\\\:*?\"<>|\\x00-\\x1f]+"));
    return name.replace(forbidden, QStringLiteral("-"));
}

// "gif" of "Animated GIF (*.gif)"; empty of "All files (*)".
QString endingOf(const QString& filter) {
    static const QRegularExpression first(QStringLiteral("\\(\\*\\.(\\w+)"));
    return first.match(filter).captured(1);
}

}  // namespace

void FileDialogs::keepIn(QSettings* settings) {
    m_settings = settings;
    if (!m_settings)
        return;
    for (int kind = 0; kind < int(std::size(keys)); ++kind)
        m_folders[kind] = m_settings->value(keys[kind]).toString();
}

QString FileDialogs::folder(Kind kind) const {
    const QString& last = m_folders[int(kind)];
    if (!last.isEmpty() && QFileInfo(last).isDir())
        return last;
    const QString usual = QStandardPaths::writableLocation(
        kind == Kind::Pictures ? QStandardPaths::PicturesLocation : QStandardPaths::DocumentsLocation);
    return QFileInfo(usual).isDir() ? usual : QDir::homePath();
}

void FileDialogs::note(Kind kind, const QString& file) {
    const QString folder = QFileInfo(file).absolutePath();
    if (m_folders[int(kind)] == folder)
        return;
    m_folders[int(kind)] = folder;
    if (m_settings)
        m_settings->setValue(keys[int(kind)], folder);
}

QString FileDialogs::askWhereToSave(Kind kind, QWidget* parent, const QString& title, const QString& name,
                                    const QString& filters) {
    QFileDialog dialog(parent, title, folder(kind), filters);
    dialog.setAcceptMode(QFileDialog::AcceptSave);
    const auto followFilter = [&dialog](const QString& filter) { dialog.setDefaultSuffix(endingOf(filter)); };
    followFilter(dialog.selectedNameFilter());
    QObject::connect(&dialog, &QFileDialog::filterSelected, &dialog, followFilter);
    dialog.selectFile(fileNameOf(name));
    if (dialog.exec() != QDialog::Accepted)
        return {};
    QString path = dialog.selectedFiles().value(0);
    note(kind, path);
    return path;
}

QString FileDialogs::askForFile(Kind kind, QWidget* parent, const QString& title, const QString& filters) {
    QString path = QFileDialog::getOpenFileName(parent, title, folder(kind), filters);
    if (!path.isEmpty())
        note(kind, path);
    return path;
}

// The next is looked for among its neighbours.
QString FileDialogs::askForFolder(Kind kind, QWidget* parent, const QString& title) {
    QString path = QFileDialog::getExistingDirectory(parent, title, folder(kind));
    if (!path.isEmpty())
        note(kind, path);
    return path;
}

}  // namespace resnet::ui
