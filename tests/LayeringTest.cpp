#include "tests/TestPrograms.h"

#include <QDirIterator>
#include <QFile>
#include <QMap>
#include <QRegularExpression>
#include <QSet>
#include <QtTest>

#include <functional>

namespace {

// What each folder may include besides itself, core/Error.h and ui/Words.h; core/ops stands for its kernels,
// too. A folder that is not here is an error: a new one says here what it knows.
const QMap<QString, QStringList>& allowedFolders() {
    static const QMap<QString, QStringList> folders = [] {
        QMap<QString, QStringList> table;
        const auto row = [&](const char* folder, const char* known) {
            table[QString::fromLatin1(folder)] =
                QString::fromLatin1(known).split(QLatin1Char(' '), Qt::SkipEmptyParts);
        };
        row("core/tensor", "");
        row("core/files", "core/tensor");
        row("core/ops", "core/tensor");
        row("core/network", "core/ops core/tensor");
        row("core/image", "core/tensor");
        row("core/inference", "core/network core/ops core/tensor");
        row("core/weights", "core/files core/network core/tensor");
        row("core/model", "core/files core/image core/inference core/network core/tensor core/weights");
        row("core/explain", "core/inference core/network core/ops core/tensor");
        row("core/attribution", "core/explain core/inference core/network core/ops core/tensor");
        row("core/experiments",
            "core/explain core/image core/inference core/model core/network core/ops core/tensor");

        const QString values = QStringLiteral(
            "core/attribution core/experiments core/explain core/image core/inference core/model core/network "
            "core/tensor");
        const auto uiRow = [&](const char* folder, const QString& known) {
            table[QString::fromLatin1(folder)] = (values + QLatin1Char(' ') + known).split(QLatin1Char(' '));
        };
        uiRow("ui/words", QString());
        table[QStringLiteral("ui/drawing")] = {QStringLiteral("core/network")};
        table[QStringLiteral("ui/images")] = {QStringLiteral("core/files"), QStringLiteral("core/image")};
        const QString painting = QStringLiteral("ui/words ui/drawing");
        const QString exports = painting + QStringLiteral(" ui/painting");
        uiRow("ui/painting", painting);
        uiRow("ui/exports", exports + QStringLiteral(" core/files"));
        uiRow("ui/widgets", exports + QStringLiteral(" ui/exports"));
        const QString workspace = exports + QStringLiteral(" ui/exports ui/widgets ui/images");
        uiRow("ui/workspace", workspace);
        const QString views = workspace + QStringLiteral(" ui/workspace");
        const QString viewFolders = QStringLiteral(
            "ui/activations ui/attribution ui/diagram ui/download ui/experiments ui/explain ui/inspector ui/model "
            "ui/predictions ui/steps ui/tour ui/training");
        for (const QString& view : viewFolders.split(QLatin1Char(' ')))
            uiRow(qPrintable(view), views);
        // Checkpoints are told apart by what their files say.
        uiRow("ui/training", views + QStringLiteral(" core/files core/weights"));
        // The main window creates, places and connects the views, so it knows them all.
        uiRow("ui/window", views + QLatin1Char(' ') + viewFolders);

        const QString viewsOfTheCommandLine = QStringLiteral(
            " ui/attribution ui/exports ui/images ui/painting ui/training ui/words ui/workspace");
        row("app/resources", "ui/images");
        uiRow("app/cli", QStringLiteral("app/resources core/files core/weights") + viewsOfTheCommandLine);
        row("app/pages", "app/cli");
        row("app/hdf5helper", "core/tensor core/weights");
        uiRow("app", QStringLiteral("app/cli app/resources ui/download ui/painting ui/window ui/workspace"));
        return table;
    }();
    return folders;
}

// "core/ops" for "core/ops/kernels/KernelTable.h", "app" for "app/Window.cpp"; empty for other files that
// stand in no folder of a layer.
QString folderOf(const QString& path) {
    if (path.count(QLatin1Char('/')) >= 2)
        return path.section(QLatin1Char('/'), 0, 1);
    return path.startsWith(QLatin1String("app/")) ? QStringLiteral("app") : QString();
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

QString readerViolation(const QString& file, const QString& included) {
    const QString fromReader = readerOf(file);
    const QString toReader = readerOf(included);
    const bool isHelperAnswer =
        fromReader == QLatin1String("Keras") && toReader == QLatin1String("Safetensors");
    if (!fromReader.isEmpty() && !toReader.isEmpty() && fromReader != toReader && !isHelperAnswer)
        return QStringLiteral("the reader %1 may not know the reader %2").arg(fromReader, toReader);
    return {};
}

QString folderViolation(const QString& file, const QString& included) {
    const QString from = folderOf(file);
    const QString to = folderOf(included);
    if (from == to)
        return readerViolation(file, included);
    if (from.isEmpty() || included == QLatin1String("core/Error.h") ||
        included == QLatin1String("ui/Words.h"))
        return {};
    if (!allowedFolders().contains(from))
        return QStringLiteral("%1 is not in this test's table").arg(from);
    if (!allowedFolders()[from].contains(to))
        return QStringLiteral("%1 may not know %2").arg(from, to);
    return {};
}

bool isOfTheProject(const QString& included) {
    return included.startsWith(QLatin1String("core/")) || included.startsWith(QLatin1String("ui/")) ||
           included.startsWith(QLatin1String("app/"));
}

// Why `file` may not include `included`; empty if it may. Both from the root, or a system header.
QString violation(const QString& file, const QString& included) {
    const auto isIn = [](const QString& path, const char* layer) {
        return path.startsWith(QLatin1String(layer) + QLatin1Char('/'));
    };
    if (included.startsWith(QLatin1String("tests/")) || included.contains(QLatin1String("..")))
        return QStringLiteral("includes are from the root and never of tests");
    if (isIn(file, "core") && included.startsWith(QLatin1Char('Q')))
        return QStringLiteral("core knows no Qt");
    if (isIn(file, "core") && (isIn(included, "ui") || isIn(included, "app")))
        return QStringLiteral("core knows neither ui nor app");
    if (isIn(file, "ui") && isIn(included, "app"))
        return QStringLiteral("ui does not know app");
    return isOfTheProject(included) ? folderViolation(file, included) : QString();
}

using Includes = QMap<QString, QSet<QString>>;  // by file or folder: what it includes

// What folders include of each other, from what their files do.
Includes betweenFolders(const Includes& files) {
    Includes folders;
    for (auto file = files.begin(); file != files.end(); ++file)
        for (const QString& included : file.value()) {
            const QString from = folderOf(file.key());
            const QString to = folderOf(included);
            if (isOfTheProject(included) && !from.isEmpty() && !to.isEmpty() && from != to)
                folders[from].insert(to);
        }
    return folders;
}

// A way that leads from a folder back to itself, as "a > b > a"; empty if there is none.
QString cycleIn(const Includes& folders) {
    QSet<QString> clean;
    QStringList way;
    const std::function<QString(const QString&)> walk = [&](const QString& folder) -> QString {
        if (clean.contains(folder))
            return {};
        way.append(folder);
        for (const QString& next : folders.value(folder)) {
            if (way.contains(next))
                return (way.mid(way.indexOf(next)) + QStringList(next)).join(QStringLiteral(" > "));
            if (const QString cycle = walk(next); !cycle.isEmpty())
                return cycle;
        }
        way.removeLast();
        clean.insert(folder);
        return {};
    };
    for (const QString& folder : folders.keys())
        if (const QString cycle = walk(folder); !cycle.isEmpty())
            return cycle;
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

Includes includesOfTheTree() {
    const QString root = QStringLiteral(RESNET_SOURCE_DIR "/");
    Includes all;
    for (const char* layer : {"core", "ui", "app"}) {
        QDirIterator i(root + QLatin1String(layer), {QStringLiteral("*.h"), QStringLiteral("*.cpp")},
                       QDir::Files, QDirIterator::Subdirectories);
        while (i.hasNext()) {
            QFile file(i.next());
            if (!file.open(QIODevice::ReadOnly))
                qFatal("cannot read %s", qPrintable(file.fileName()));
            const QStringList found = includesOf(QString::fromUtf8(file.readAll()));
            all[file.fileName().mid(root.size())] = QSet<QString>(found.begin(), found.end());
        }
    }
    return all;
}

}  // namespace

// The one rule, app -> ui -> core, and the rules of the folders inside, held against every include.
class LayeringTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyIncludeKeepsTheRule() {
        const Includes all = includesOfTheTree();
        QVERIFY(all.size() > 50);
        QStringList violations;
        for (auto file = all.begin(); file != all.end(); ++file)
            for (const QString& included : file.value())
                if (const QString reason = violation(file.key(), included); !reason.isEmpty())
                    violations.append(QStringLiteral("%1 includes %2: %3").arg(file.key(), included, reason));
        QVERIFY2(violations.isEmpty(), qPrintable(violations.join(QLatin1Char('\n'))));
    }

    void foldersMakeNoCircle() {
        Includes all = includesOfTheTree();
        QCOMPARE(cycleIn(betweenFolders(all)), QString());
        all[QStringLiteral("ui/drawing/Planted.h")].insert(QStringLiteral("ui/exports/Figure.h"));
        QVERIFY(cycleIn(betweenFolders(all)).contains(QLatin1String("ui/drawing")));
    }

    void theTableItselfMakesNoCircle() {
        Includes table;
        for (auto row = allowedFolders().begin(); row != allowedFolders().end(); ++row)
            table[row.key()] = QSet<QString>(row.value().begin(), row.value().end());
        QCOMPARE(cycleIn(table), QString());
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
        row("core/model/Model.h", "app/resources/Samples.h");
        row("core/ops/Dense.h", "core/network/Graph.h");
        row("core/inference/Executor.cpp", "core/weights/SafetensorsReader.h");
        row("core/inference/Executor.cpp", "core/explain/Statistics.h");
        row("core/explain/Statistics.cpp", "core/experiments/Trial.h");
        row("core/files/ZipArchive.cpp", "core/weights/ElementType.h");
        row("core/tensor/Tensor.h", "core/network/Graph.h");
        row("core/novelty/New.h", "core/tensor/Tensor.h");
        row("core/weights/TorchFile.cpp", "core/weights/SafetensorsReader.h");
        row("core/weights/PickleMachine.cpp", "core/weights/KerasNames.h");
        row("core/weights/SafetensorsReader.cpp", "core/weights/Pickle.h");
        row("ui/workspace/Workspace.h", "app/resources/Samples.h");
        row("ui/window/MainWindow.cpp", "app/resources/Samples.h");
        row("ui/diagram/DiagramView.cpp", "ui/window/MainWindow.h");
        row("ui/diagram/DiagramView.cpp", "ui/inspector/InspectorView.h");
        row("ui/painting/MapPainter.h", "ui/workspace/Workspace.h");
        row("ui/painting/MapPainter.h", "ui/widgets/Card.h");
        row("ui/painting/DiagramPainter.h", "ui/diagram/DiagramView.h");
        row("ui/drawing/DiagramLayout.cpp", "ui/painting/Theme.h");
        row("ui/painting/DiagramPainter.h", "ui/exports/Figure.h");
        row("ui/novelty/New.h", "core/network/Graph.h");
        row("ui/workspace/Workspace.cpp", "ui/diagram/DiagramView.h");
        row("app/cli/Predict.cpp", "app/Window.h");
        row("app/cli/Predict.cpp", "ui/window/MainWindow.h");
        row("app/resources/Samples.cpp", "app/cli/Command.h");
        row("app/hdf5helper/main.cpp", "core/network/Graph.h");
        row("app/novelty/New.h", "core/network/Graph.h");
        row("app/Novelty.h", "core/weights/TorchFile.h");
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
        row("ui/painting/DiagramPainter.h", "ui/drawing/DiagramLayout.h");
        row("ui/window/MainWindow.cpp", "ui/diagram/DiagramView.h");
        row("app/Window.cpp", "ui/window/MainWindow.h");
        row("app/cli/OpenNetwork.cpp", "app/resources/ResourcePaths.h");
    }
    void allowsWhatIsMeant() {
        QFETCH(QString, file);
        QFETCH(QString, included);
        QCOMPARE(violation(file, included), QString());
    }
};

RESNET_TEST(LayeringTest)
#include "LayeringTest.moc"
