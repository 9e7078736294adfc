#include "tests/TestPrograms.h"

#include <QDirIterator>
#include <QFile>
#include <QMap>
#include <QRegularExpression>
#include <QSet>
#include <QtTest>

namespace {

// What each folder of core may include besides itself and core/Error.h.
const QMap<QString, QStringList>& coreFolders() {
    static const QMap<QString, QStringList> folders{
        {QStringLiteral("tensor"), {}},
        {QStringLiteral("ops"), {QStringLiteral("tensor")}},
        {QStringLiteral("network"), {QStringLiteral("tensor")}},
        {QStringLiteral("weights"), {QStringLiteral("tensor")}},
        {QStringLiteral("files"), {QStringLiteral("tensor"), QStringLiteral("weights")}},
        {QStringLiteral("image"), {QStringLiteral("tensor")}},
        {QStringLiteral("inference"),
         {QStringLiteral("network"), QStringLiteral("ops"), QStringLiteral("tensor")}},
        {QStringLiteral("explain"),
         {QStringLiteral("inference"), QStringLiteral("network"), QStringLiteral("ops"),
          QStringLiteral("tensor")}},
        {QStringLiteral("model"),
         {QStringLiteral("inference"), QStringLiteral("network"), QStringLiteral("weights"),
          QStringLiteral("image"), QStringLiteral("tensor")}},
    };
    return folders;
}

// Folders of ui that are no views: every view may use them, and what they may use is said here.
const QMap<QString, QStringList>& sharedUiFolders() {
    static const QMap<QString, QStringList> folders{
        {QStringLiteral("images"), {}},
        {QStringLiteral("painting"), {QStringLiteral("images")}},
        {QStringLiteral("widgets"), {QStringLiteral("painting")}},
        {QStringLiteral("workspace"), {QStringLiteral("images"), QStringLiteral("painting")}},
        {QStringLiteral("exports"), {QStringLiteral("images"), QStringLiteral("painting")}},
    };
    return folders;
}

// The readers of weights, by how their files are called. A Keras file is read by a helper process that
// answers in safetensors, so it may know that one.
QString readerOf(const QString& path) {
    static const QRegularExpression pattern(
        QStringLiteral("^core/weights/(Safetensors|Torch|Pickle|Keras|Hdf5)"));
    const QString found = pattern.match(path).captured(1);
    return found == QLatin1String("Pickle") ? QStringLiteral("Torch")
           : found == QLatin1String("Hdf5") ? QStringLiteral("Keras")
                                            : found;
}

QString violationInCore(const QString& file, const QString& included) {
    const QString from = file.section(QLatin1Char('/'), 1, 1);
    const QString to = included.section(QLatin1Char('/'), 1, 1);
    if (!coreFolders().contains(from))
        return QStringLiteral("core/%1 is not in this test's table").arg(from);
    if (from != to && included != QLatin1String("core/Error.h") && !coreFolders()[from].contains(to))
        return QStringLiteral("core/%1 may not know core/%2").arg(from, to);
    const QString fromReader = readerOf(file);
    const QString toReader = readerOf(included);
    const bool isHelperAnswer =
        fromReader == QLatin1String("Keras") && toReader == QLatin1String("Safetensors");
    if (!fromReader.isEmpty() && !toReader.isEmpty() && fromReader != toReader && !isHelperAnswer)
        return QStringLiteral("the reader %1 may not know the reader %2").arg(fromReader, toReader);
    return {};
}

// Painters and exports draw what a view has laid out, and know that much of it.
bool paintsValues(const QString& folder) {
    return folder == QLatin1String("painting") || folder == QLatin1String("exports");
}

bool isPlainValue(const QString& header) {
    static const QRegularExpression pattern(QStringLiteral("(Layout|Content|OpenNodes)\\.h$"));
    return pattern.match(header).hasMatch();
}

QString violationInUi(const QString& file, const QString& included) {
    // The main window creates and connects the views, so it knows them all.
    const bool isWindow = file.startsWith(QLatin1String("ui/window/"));
    const bool isOutsideFolders =
        file.count(QLatin1Char('/')) == 1 || !included.startsWith(QLatin1String("ui/"));
    const QString from = file.section(QLatin1Char('/'), 1, 1);
    const QString to = included.section(QLatin1Char('/'), 1, 1);
    if (isWindow || isOutsideFolders || from == to)
        return {};
    const bool isView = !sharedUiFolders().contains(from);
    if (isView && !sharedUiFolders().contains(to))
        return QStringLiteral("the view ui/%1 may not know the view ui/%2").arg(from, to);
    if (isView || sharedUiFolders()[from].contains(to) || (paintsValues(from) && isPlainValue(included)))
        return {};
    return QStringLiteral("ui/%1 may not know ui/%2").arg(from, to);
}

// Why `file` may not include `included`; empty if it may. Both from the root, or a system header.
QString violation(const QString& file, const QString& included) {
    const auto isIn = [](const QString& path, const char* layer) {
        return path.startsWith(QLatin1String(layer) + QLatin1Char('/'));
    };
    if (included.startsWith(QLatin1String("tests/")) || included.contains(QLatin1String("..")))
        return QStringLiteral("includes are from the root and never of tests");
    if (isIn(file, "core")) {
        if (included.startsWith(QLatin1Char('Q')))
            return QStringLiteral("core knows no Qt");
        if (isIn(included, "ui") || isIn(included, "app"))
            return QStringLiteral("core knows neither ui nor app");
        return isIn(included, "core") ? violationInCore(file, included) : QString();
    }
    if (isIn(file, "ui"))
        return isIn(included, "app") ? QStringLiteral("ui does not know app") : violationInUi(file, included);
    return {};
}

QStringList includesOf(const QString& source) {
    static const QRegularExpression pattern(QStringLiteral("^\\s*#\\s*include\\s*[<\"]([^>\"]+)[>\"]"),
                                            QRegularExpression::MultilineOption);
    QStringList found;
    for (auto match = pattern.globalMatch(source); match.hasNext();)
        found.append(match.next().captured(1));
    return found;
}

}  // namespace

// The one rule, app -> ui -> core, and the rules of the folders inside, held against every include.
class LayeringTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyIncludeKeepsTheRule() {
        const QString root = QStringLiteral(RESNET_SOURCE_DIR "/");
        QStringList violations;
        int files = 0;
        for (const char* layer : {"core", "ui", "app"}) {
            QDirIterator i(root + QLatin1String(layer), {QStringLiteral("*.h"), QStringLiteral("*.cpp")},
                           QDir::Files, QDirIterator::Subdirectories);
            while (i.hasNext()) {
                QFile file(i.next());
                QVERIFY(file.open(QIODevice::ReadOnly));
                const QString path = file.fileName().mid(root.size());
                ++files;
                for (const QString& included : includesOf(QString::fromUtf8(file.readAll())))
                    if (const QString reason = violation(path, included); !reason.isEmpty())
                        violations.append(QStringLiteral("%1 includes %2: %3").arg(path, included, reason));
            }
        }
        QVERIFY(files > 50);
        QVERIFY2(violations.isEmpty(), qPrintable(violations.join(QLatin1Char('\n'))));
    }

    void findsIncludes() {
        QCOMPARE(
            includesOf(QStringLiteral("#include \"a/B.h\"\n  # include <QString>\n// include \"c.h\"\n")),
            (QStringList{QStringLiteral("a/B.h"), QStringLiteral("QString")}));
    }

    void seesWhatIsForbidden_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("included");
        const auto row = [](const char* file, const char* included) {
            QTest::addRow("%s -> %s", file, included)
                << QString::fromLatin1(file) << QString::fromLatin1(included);
        };
        row("core/ops/Dense.cpp", "QString");
        row("core/model/Model.h", "QtCore/QString");
        row("core/model/Model.h", "ui/images/Picture.h");
        row("core/model/Model.h", "app/Samples.h");
        row("core/ops/Dense.h", "core/network/Graph.h");
        row("core/inference/Executor.cpp", "core/weights/Safetensors.h");
        row("core/inference/Executor.cpp", "core/explain/Statistics.h");
        row("core/tensor/Tensor.h", "core/network/Graph.h");
        row("core/novelty/New.h", "core/tensor/Tensor.h");
        row("core/weights/TorchZip.cpp", "core/weights/Safetensors.h");
        row("core/weights/PickleMachine.cpp", "core/weights/KerasNames.h");
        row("core/weights/SafetensorsHeader.cpp", "core/weights/Pickle.h");
        row("ui/workspace/Workspace.h", "app/Samples.h");
        row("ui/window/MainWindow.cpp", "app/Samples.h");
        row("ui/diagram/DiagramView.cpp", "ui/window/MainWindow.h");
        row("ui/diagram/DiagramView.cpp", "ui/inspector/InspectorView.h");
        row("ui/painting/MapPainter.h", "ui/workspace/Workspace.h");
        row("ui/painting/MapPainter.h", "ui/widgets/Card.h");
        row("ui/painting/DiagramPainter.h", "ui/diagram/DiagramView.h");
        row("ui/workspace/Workspace.cpp", "ui/diagram/DiagramLayout.h");
        row("ui/workspace/Workspace.cpp", "ui/diagram/DiagramView.h");
        row("app/main.cpp", "../core/Error.h");
        row("app/main.cpp", "tests/Helper.h");
    }
    void seesWhatIsForbidden() {
        QFETCH(QString, file);
        QFETCH(QString, included);
        QVERIFY(!violation(file, included).isEmpty());
    }

    void allowsWhatIsMeant_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("included");
        const auto row = [](const char* file, const char* included) {
            QTest::addRow("%s -> %s", file, included)
                << QString::fromLatin1(file) << QString::fromLatin1(included);
        };
        row("core/ops/Dense.cpp", "core/tensor/Tensor.h");
        row("core/ops/Dense.cpp", "core/Error.h");
        row("core/ops/Dense.cpp", "tbb/parallel_for.h");
        row("core/weights/WeightsFile.cpp", "core/weights/TorchFile.h");
        row("ui/diagram/DiagramView.cpp", "ui/workspace/Workspace.h");
        row("ui/diagram/DiagramView.cpp", "core/network/Graph.h");
        row("ui/painting/DiagramPainter.h", "ui/diagram/DiagramLayout.h");
        row("ui/window/MainWindow.cpp", "ui/diagram/DiagramView.h");
        row("app/Window.cpp", "ui/diagram/DiagramView.h");
    }
    void allowsWhatIsMeant() {
        QFETCH(QString, file);
        QFETCH(QString, included);
        QCOMPARE(violation(file, included), QString());
    }
};

RESNET_TEST(LayeringTest)
#include "LayeringTest.moc"
