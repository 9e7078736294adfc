#include "app/pages/Releases.h"

#include "core/Error.h"

#include <QLocale>
#include <QRegularExpression>

namespace resnet::app {

namespace {

constexpr qsizetype debianLine = 78;

// `code` and *emphasis* without their marks.
QString plain(QString text) {
    static const QRegularExpression emphasis(QStringLiteral("(?<![\\w*])\\*([^*]+)\\*(?![\\w*])"));
    return text.remove(QLatin1Char('`')).replace(emphasis, QStringLiteral("\\1"));
}

// Lines of at most debianLine characters: the first begins with a star, the others under its text.
QString wrapped(const QString& change) {
    QString text;
    QString line = QStringLiteral("  *");
    for (const QString& word : change.split(QLatin1Char(' '))) {
        if (line.size() + 1 + word.size() > debianLine) {
            text += line + QLatin1Char('\n');
            line = QStringLiteral("   ");
        }
        line += QLatin1Char(' ') + word;
    }
    return text + line + QLatin1Char('\n');
}

void check(const Release& release) {
    if (!release.date.isValid())
        throw Error("CHANGELOG.md: expected '## " + release.version.toStdString() +
                    " (YYYY-MM-DD)', found no such date");
    if (release.changes.isEmpty())
        throw Error("CHANGELOG.md: no change is listed under " + release.version.toStdString());
}

}  // namespace

QList<Release> parseReleases(const QString& changelog) {
    static const QRegularExpression heading(QStringLiteral("^## (\\d+\\.\\d+\\.\\d+)(?: \\((.*)\\))?$"));
    QList<Release> releases;
    bool isRelease = false;
    for (const QString& line : changelog.split(QLatin1Char('\n'))) {
        if (line.startsWith(QStringLiteral("## "))) {
            const QRegularExpressionMatch found = heading.match(line);
            isRelease = found.hasMatch();
            if (isRelease)
                releases.append({found.captured(1), QDate::fromString(found.captured(2), Qt::ISODate), {}});
        } else if (isRelease && line.startsWith(QStringLiteral("- "))) {
            releases.last().changes.append(line.mid(2).trimmed());
        } else if (isRelease && line.startsWith(QStringLiteral("  ")) && !releases.last().changes.isEmpty()) {
            releases.last().changes.last() += QLatin1Char(' ') + line.trimmed();
        }
    }
    if (releases.isEmpty())
        throw Error("CHANGELOG.md: expected a heading such as '## 0.2.0 (2026-11-26)', found none");
    for (Release& release : releases) {
        check(release);
        for (QString& change : release.changes)
            change = plain(change);
    }
    return releases;
}

QString releasesElement(const QList<Release>& releases) {
    QString text = QStringLiteral("  <releases>\n");
    for (const Release& release : releases) {
        text +=
            QStringLiteral("    <release version=\"%1\" date=\"%2\">\n      <description>\n        <ul>\n")
                .arg(release.version, release.date.toString(Qt::ISODate));
        for (const QString& change : release.changes)
            text += QStringLiteral("          <li>") + change.toHtmlEscaped() + QStringLiteral("</li>\n");
        text += QStringLiteral("        </ul>\n      </description>\n    </release>\n");
    }
    return text + QStringLiteral("  </releases>");
}

QString debianChangelog(const QList<Release>& releases, const QString& package, const QString& maintainer) {
    QStringList entries;
    for (const Release& release : releases) {
        QString text = QStringLiteral("%1 (%2-1) unstable; urgency=medium\n\n").arg(package, release.version);
        for (const QString& change : release.changes)
            text += wrapped(change);
        entries.append(text + QStringLiteral("\n -- %1  %2 00:00:00 +0000\n")
                                  .arg(maintainer, QLocale::c().toString(
                                                       release.date, QStringLiteral("ddd, dd MMM yyyy"))));
    }
    return entries.join(QLatin1Char('\n'));
}

}  // namespace resnet::app
