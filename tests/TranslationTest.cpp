#include "tests/TestPrograms.h"

#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QtTest>

#include <functional>

namespace {

// Where a text is handed on that lupdate has not seen: it extracts literals that stand in tr() or
// translate().
QStringList unseenIn(const QString& source) {
    static const QRegularExpression pattern(QStringLiteral(
        "translate\\(\\s*\"\\w+\",\\s*[a-z_]\\w*\\)|\\btr\\([a-z_]\\w*\\)|QString (words|text|tr)\\(const char"));
    QStringList found;
    for (auto match = pattern.globalMatch(source); match.hasNext();)
        found << match.next().captured();
    return found;
}

// A part of a source that is no code: a comment or a literal.
const QRegularExpression& asides() {
    static const QRegularExpression pattern(
        QStringLiteral("//[^\\n]*|/\\*.*?\\*/|\"(?:[^\"\\\\\\n]|\\\\.)*\"|'(?:[^'\\\\\\n]|\\\\.)'"),
        QRegularExpression::DotMatchesEverythingOption);
    return pattern;
}

// Whether a place in a source stands, within its statement, between the parentheses of tr() or of what makes
// an error: those are English, as the command line prints them.
bool isTranslatedOrError(const QString& code, qsizetype place) {
    static const QRegularExpression caller(QStringLiteral("\\b(tr|translate|Error|fail)\\s*$"));
    int closed = 0;
    for (qsizetype i = place - 1; i >= 0; --i) {
        const QChar each = code[i];
        if (each == QLatin1Char(')'))
            ++closed;
        else if (each == QLatin1Char('(') && closed > 0)
            --closed;
        else if (each == QLatin1Char('(') && caller.match(code.left(i).right(20)).hasMatch())
            return true;
        else if (closed == 0 && QStringLiteral(";{}").contains(each))
            return false;
    }
    return false;
}

// Literals of two words or more that are not translated, as "LINE: "literal"". The name of the program and
// the insides of HTML's tags are no words.
QStringList bareWordsIn(const QString& source) {
    static const QRegularExpression notWords(QStringLiteral("<[^>]*>|ResNet Explorer"));
    static const QRegularExpression twoWords(QStringLiteral("[A-Za-z]{2,} [A-Za-z]{2,}"));
    QString code = source;
    for (auto match = asides().globalMatch(source); match.hasNext();) {
        const auto each = match.next();
        code.replace(each.capturedStart(), each.capturedLength(),
                     QString(each.capturedLength(), QLatin1Char(' ')));
    }
    QStringList found;
    for (auto match = asides().globalMatch(source); match.hasNext();) {
        const auto each = match.next();
        const QString literal = each.captured();
        if (literal.startsWith(QLatin1Char('"')) && QString(literal).remove(notWords).contains(twoWords) &&
            !isTranslatedOrError(code, each.capturedStart()))
            found << QStringLiteral("%1: %2")
                         .arg(source.left(each.capturedStart()).count(QLatin1Char('\n')) + 1)
                         .arg(literal);
    }
    return found;
}

// Calls `take` with the path and the text of every source below a folder of the tree.
void forEachSource(const QString& folder, const std::function<void(const QString&, const QString&)>& take) {
    const QString root = QStringLiteral(RESNET_SOURCE_DIR "/");
    QDirIterator all(root + folder, {QStringLiteral("*.cpp"), QStringLiteral("*.h")}, QDir::Files,
                     QDirIterator::Subdirectories);
    while (all.hasNext()) {
        QFile file(all.next());
        if (!file.open(QIODevice::ReadOnly))
            qFatal("cannot read %s", qPrintable(file.fileName()));
        take(file.fileName().mid(root.size()), QString::fromUtf8(file.readAll()));
    }
}

}  // namespace

class TranslationTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyTextCanBeExtracted() {
        QStringList unseen;
        int files = 0;
        for (const char* folder : {"ui", "app"})
            forEachSource(QString::fromLatin1(folder), [&](const QString& path, const QString& source) {
                ++files;
                for (const QString& each : unseenIn(source))
                    unseen << path + QStringLiteral(": ") + each;
            });
        QVERIFY(files > 200);
        QVERIFY2(unseen.isEmpty(), qPrintable(unseen.join(QLatin1Char('\n'))));
    }

    // Where painters are given words.
    void whatIsPaintedIsTranslated() {
        const QStringList others{
            QStringLiteral("ui/exports/DotWriter.cpp"),  // what these write is the syntax of their formats
            QStringLiteral("ui/exports/SvgPaintEngine.cpp"), QStringLiteral("ui/exports/SvgWriter.cpp"),
            QStringLiteral("ui/exports/TikzWriter.cpp"),
            QStringLiteral("ui/diagram/StepSearch.cpp")};  // words of the field that are typed, never shown
        QStringList bare;
        for (const char* folder : {"ui/drawing", "ui/painting", "ui/exports", "ui/diagram"})
            forEachSource(QString::fromLatin1(folder), [&](const QString& path, const QString& source) {
                for (const QString& each : others.contains(path) ? QStringList() : bareWordsIn(source))
                    bare << path + QLatin1Char(':') + each;
            });
        QVERIFY2(bare.isEmpty(), qPrintable(bare.join(QLatin1Char('\n'))));
    }

    void findsBareWords() {
        QCOMPARE(
            bareWordsIn(QStringLiteral("// one\n\npainter.drawText(box, QStringLiteral(\"two words\"));")),
            QStringList{QStringLiteral("3: \"two words\"")});
        QCOMPARE(bareWordsIn(QStringLiteral("f(tr(\"(\")); title = \"is here \\\"\";")).size(), 1);
        QCOMPARE(bareWordsIn(
                     QStringLiteral("throw Error(path + \"no such\"); // \"two words\"\n/* \"and more\" */")),
                 QStringList());
        QCOMPARE(bareWordsIn(
                     QStringLiteral("show(Words::tr(many ? \"two words\" : \"one word\"), \"ms\", '\"');")),
                 QStringList());
        QCOMPARE(bareWordsIn(QStringLiteral("QStringLiteral(\"<span style='a b'>%1</span>\")")),
                 QStringList());
    }

    void findsTextsThatAreHandedOn() {
        QCOMPARE(unseenIn(QStringLiteral("QString words(const char* text) {")).size(), 1);
        QCOMPARE(unseenIn(QStringLiteral("QCoreApplication::translate(\"Chart\", text);")).size(), 1);
        QCOMPARE(unseenIn(QStringLiteral("label->setText(tr(name));")).size(), 1);
        QCOMPARE(unseenIn(QStringLiteral("tr(\"Step\") + Words::tr(\"%1 of %2\").arg(n)")).size(), 0);
    }
};

RESNET_TEST(TranslationTest)
#include "TranslationTest.moc"
