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

void RecentFiles::clear() {
    m_paths.clear();
    keep();
}

void RecentFiles::keep() {
    if (m_settings)
        m_settings->setValue(m_key, m_paths);
    Q_EMIT changed();
}

QMenu* RecentFiles::makeMenu(const QString& title, QWidget* parent) {
    auto* menu = new QMenu(title, parent);
    menu->setToolTipsVisible(true);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] { fill(*menu); });
    // Later: what is changed by an entry of the menu cannot take the entry away.
    connect(
        this, &RecentFiles::changed, menu, [this, menu] { fill(*menu); }, Qt::QueuedConnection);
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
    const bool isEmpty = m_paths.isEmpty();
    menu.menuAction()->setEnabled(!isEmpty);
    menu.menuAction()->setToolTip(isEmpty ? tr("What is opened from a file will stand here") : QString());
    if (isEmpty)
        return;
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
