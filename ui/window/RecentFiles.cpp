#include "ui/window/RecentFiles.h"

#include <QFileInfo>
#include <QMenu>
#include <QSettings>

namespace resnet::ui {

RecentFiles::RecentFiles(QSettings* settings, const QString& key, QObject* parent)
    : QObject(parent), m_settings(settings), m_key(key) {
    if (!m_settings)
        return;
    for (const QString& path : m_settings->value(m_key).toStringList())
        if (!path.isEmpty() && !m_paths.contains(path) && m_paths.size() < most)
            m_paths << path;
}

void RecentFiles::add(const QString& path) {
    m_paths.removeAll(path);
    m_paths.prepend(path);
    if (m_paths.size() > most)
        m_paths.removeLast();
    keep();
}

QString RecentFiles::folder() const {
    return m_paths.isEmpty() ? QString() : QFileInfo(m_paths.front()).absolutePath();
}

void RecentFiles::clear() {
    m_paths.clear();
    keep();
}

void RecentFiles::keep() {
    if (m_settings)
        m_settings->setValue(m_key, m_paths);
}

QMenu* RecentFiles::makeMenu(const QString& title, QWidget* parent) {
    auto* menu = new QMenu(title, parent);
    menu->setToolTipsVisible(true);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] { fill(*menu); });
    fill(*menu);
    return menu;
}

void RecentFiles::fill(QMenu& menu) {
    menu.clear();
    for (const QString& path : m_paths) {
        const QFileInfo file(path);
        QAction* action = menu.addAction(file.fileName().replace(QLatin1Char('&'), QStringLiteral("&&")));
        action->setToolTip(file.exists() ? path : tr("%1 is not there any more").arg(path));
        connect(action, &QAction::triggered, this, [this, path] { choose(path); });
    }
    if (m_paths.isEmpty()) {
        QAction* none = menu.addAction(tr("None yet"));
        none->setEnabled(false);
        none->setToolTip(tr("What is opened from a file will stand here"));
        return;
    }
    menu.addSeparator();
    menu.addAction(tr("&Clear this list"), this, &RecentFiles::clear);
}

void RecentFiles::choose(const QString& path) {
    if (QFileInfo::exists(path)) {
        Q_EMIT chosen(path);
        return;
    }
    m_paths.removeAll(path);
    keep();
    Q_EMIT gone(path);
}

}  // namespace resnet::ui
