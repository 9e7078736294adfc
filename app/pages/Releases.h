#pragma once

#include <QDate>
#include <QList>
#include <QString>
#include <QStringList>

namespace resnet::app {

// A release as CHANGELOG.md has it: "## 0.2.0 (2026-11-26)", and a list of what changed.
struct Release {
    QString version;
    QDate date;
    QStringList changes;  // plain text, a paragraph each
};

// The newest first. What stands under a heading without a number, as "Unreleased", is left out. Throws Error
// for a release without a date or without changes, and if there is none.
QList<Release> parseReleases(const QString& changelog);

// The element <releases> of AppStream's metadata.
QString releasesElement(const QList<Release>& releases);

// Debian's changelog of a package whose versions are those of the program with "-1" behind.
QString debianChangelog(const QList<Release>& releases, const QString& package, const QString& maintainer);

}  // namespace resnet::app
