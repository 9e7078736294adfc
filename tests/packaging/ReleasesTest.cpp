#include "app/pages/Releases.h"
#include "core/Error.h"
#include "tests/TestPrograms.h"

#include <QtTest>

using namespace resnet;
using namespace resnet::app;

// CHANGELOG.md as packages and software centres are told of it.
class ReleasesTest : public QObject {
    Q_OBJECT

    QString m_changelog = QStringLiteral(
        "# Changes\n\n- Of no release.\n\n## Unreleased\n\n- Not yet.\n\n"
        "## 0.2.0 (2026-11-26)\n\n- `gradients` and *Why this class?* say 3 x 3 < 4 & more\n  in a second line.\n"
        "- Two.\n\n## 0.1.0 (2026-02-03)\n\n- One.\n");

private Q_SLOTS:
    void releasesAreTheNumberedHeadings() {
        const QList<Release> releases = parseReleases(m_changelog);
        QCOMPARE(releases.size(), 2);
        QCOMPARE(releases[0].version, QStringLiteral("0.2.0"));
        QCOMPARE(releases[0].date, QDate(2026, 11, 26));
        QCOMPARE(releases[0].changes,
                 (QStringList{
                     QStringLiteral("gradients and Why this class? say 3 x 3 < 4 & more in a second line."),
                     QStringLiteral("Two.")}));
        QCOMPARE(releases[1].changes, QStringList{QStringLiteral("One.")});
    }

    void softwareCentresGetThemEscaped() {
        const QString element = releasesElement(parseReleases(m_changelog));
        QVERIFY(element.contains(QStringLiteral("<release version=\"0.2.0\" date=\"2026-11-26\">")));
        QVERIFY(element.contains(QStringLiteral("3 x 3 &lt; 4 &amp; more")));
        QVERIFY(element.indexOf(QStringLiteral("0.2.0")) < element.indexOf(QStringLiteral("0.1.0")));
    }

    void debianGetsLinesOfEightyCharacters() {
        const QString text =
            debianChangelog(parseReleases(m_changelog), QStringLiteral("name"), QStringLiteral("A <a@b>"));
        QVERIFY2(text.startsWith(QStringLiteral("name (0.2.0-1) unstable; urgency=medium\n\n  * gradients ")),
                 qPrintable(text));
        QVERIFY2(text.contains(QStringLiteral("\n -- A <a@b>  Thu, 26 Nov 2026 00:00:00 +0000\n")),
                 qPrintable(text));
        const QString padded =
            QStringLiteral("## 1.0.0 (2026-01-01)\n\n- ") + QStringLiteral("seven77 ").repeated(60);
        for (const QString& line :
             debianChangelog(parseReleases(padded), QStringLiteral("name"), {}).split(QLatin1Char('\n')))
            QVERIFY2(line.size() <= 80, qPrintable(line));
    }

    void whatIsNoReleaseIsAnError_data() {
        QTest::addColumn<QString>("changelog");
        QTest::addColumn<QString>("told");
        const auto row = [](const char* name, const char* changelog, const char* told) {
            QTest::newRow(name) << QString::fromLatin1(changelog) << QString::fromLatin1(told);
        };
        row("empty", "", "found none");
        row("no date", "## 1.2.3\n\n- One.\n", "1.2.3 (YYYY-MM-DD)");
        row("no such day", "## 1.2.3 (2026-02-30)\n\n- One.\n", "1.2.3 (YYYY-MM-DD)");
        row("no changes", "## 1.2.3 (2026-02-20)\n\nNothing.\n", "no change is listed under 1.2.3");
    }
    void whatIsNoReleaseIsAnError() {
        QFETCH(const QString, changelog);
        QFETCH(const QString, told);
        try {
            parseReleases(changelog);
            QFAIL("no error");
        } catch (const Error& error) {
            QVERIFY2(QString::fromUtf8(error.what()).contains(told), error.what());
        }
    }
};

RESNET_TEST(ReleasesTest)
#include "ReleasesTest.moc"
