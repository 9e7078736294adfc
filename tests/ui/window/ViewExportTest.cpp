#include "core/Error.h"
#include "core/experiments/EditSweep.h"
#include "core/network/Initialization.h"
#include "tests/TestPrograms.h"
#include "tests/core/network/OtherGraphs.h"
#include "tests/ui/Painted.h"
#include "tests/ui/window/OpenWindow.h"
#include "tests/ui/window/PanelParts.h"
#include "ui/exports/FigureFile.h"
#include "ui/exports/PngWriter.h"
#include "ui/exports/SvgWriter.h"
#include "ui/window/AnimationDialog.h"
#include "ui/window/ViewExportDialog.h"

#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QImageReader>
#include <QMimeData>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QXmlStreamReader>

using namespace resnet;
using namespace resnet::ui;
using namespace resnet::ui::test;

// Every view as a picture, from the window.
class ViewExportTest : public QObject {
    Q_OBJECT

    OpenWindow m_open;

    Workspace& workspace() const { return *m_open.workspace; }
    MainWindow& window() const { return *m_open.window; }
    QList<ViewFigure> views() const { return viewFigures(workspace(), &window()); }
    QStringList names() const {
        QStringList all;
        for (const ViewFigure& each : views())
            all << each.name;
        return all;
    }
    const ViewFigure view(const char* name) const {
        for (const ViewFigure& each : views())
            if (each.name == QLatin1String(name))
                return each;
        return {};
    }
    static QStringList textsIn(const QByteArray& svg) {
        QStringList texts;
        QXmlStreamReader reader(svg);
        while (!reader.atEnd())
            if (reader.readNext() == QXmlStreamReader::StartElement && reader.name() == QLatin1String("text"))
                texts << reader.readElementText();
        return reader.hasError() ? QStringList() : texts;
    }
    // Under the title, which fills less than the upper half.
    static int inkOfTheView(const QImage& image) {
        return inkWithin(image, image.rect().adjusted(0, image.height() / 2, 0, 0));
    }

private Q_SLOTS:
    void init() {
        m_open.open();
        window().findChild<Workbench*>()->choose(ViewSettings::maps);
    }
    void cleanup() { m_open.close(); }

    void everyViewIsAPicture() {
        const auto arePictures = [this](std::initializer_list<const char*> expected) {
            for (const char* name : expected)
                QVERIFY2(names().contains(QLatin1String(name)), name);
            for (const ViewFigure& each : views()) {
                const QByteArray svg = svgOf(each.figure);
                QVERIFY2(!textsIn(svg).isEmpty(), qPrintable(each.name));
                QVERIFY2(inkOfTheView(imageOf(each.figure, 1.0)) > 0, qPrintable(each.name));
                QVERIFY2(!each.fileName.contains(QLatin1Char('/')), qPrintable(each.fileName));
            }
        };
        arePictures({"Diagram", "Input", "Inspector", "Feature maps"});
        m_open.action("Where does this number")->trigger();
        arePictures({"Where does this number come from?", "What has it seen?"});
        m_open.action("Why this class")->trigger();
        arePictures({"Why this class?"});
    }

    void aPictureSaysWhatItShows() {
        const QStringList texts = textsIn(svgOf(view("Feature maps").figure));
        QCOMPARE(texts.value(0), QStringLiteral("Feature maps"));
        QVERIFY2(texts.value(1).contains(QStringLiteral("layer1.0.add")), qPrintable(texts.value(1)));
        QVERIFY2(texts.value(1).contains(QStringLiteral("gradient")), qPrintable(texts.value(1)));
    }

    void aPictureOfAChangedNetworkSaysWhatIsChanged() {
        const auto line = [this] { return textsIn(svgOf(view("Feature maps").figure)).value(1); };
        QVERIFY2(!line().contains(QStringLiteral("off")), qPrintable(line()));
        workspace().setEdits(withoutMainPath({1, 1}));
        QTRY_VERIFY(!workspace().edits().isEmpty() && !workspace().isBusy());
        QVERIFY2(line().contains(QStringLiteral("stage 2, unit 2: F(x) off")), qPrintable(line()));
    }

    void everyKindOfPanelIsAPicture() {
        auto* panel = window().findChild<Workbench*>();
        const std::pair<QString, const char*> kinds[] = {{QStringLiteral("steps"), "All steps"},
                                                         {QStringLiteral("units"), "All residual units"},
                                                         {QStringLiteral("weights"), "Weights"}};
        for (const auto& [kind, name] : kinds) {
            panel->choose(kind);
            QTRY_VERIFY2(names().contains(QLatin1String(name)), name);
            QTRY_VERIFY2(inkOfTheView(imageOf(view(name).figure, 1.0)) > 0, name);
        }
        panel->choose(ViewSettings::unitMaps);
        QTRY_VERIFY(names().contains(QStringLiteral("Unit by channel")));
        const QStringList unit = textsIn(svgOf(view("Unit by channel").figure));
        for (const char* title : {"x", "F(x)", "sum", "ReLU", "0", "7"})
            QVERIFY2(unit.contains(QLatin1String(title)), title);
        panel->choose(ViewSettings::maps);
        workspace().goToLast();
        QTRY_VERIFY(names().contains(QStringLiteral("Values")));
    }

    void foldingIsAPictureWithItsNumbers() {
        workspace().goToStep(*workspace().model()->graph().find("layer1.0.bn1"));
        m_open.action("Fold batch norm")->trigger();
        const auto texts = [this] {
            return textsIn(svgOf(view("Fold batch norm into the convolution").figure))
                .join(QLatin1Char('\n'));
        };
        QTRY_VERIFY2(texts().contains(QStringLiteral("Measured here")), qPrintable(texts()));
        QVERIFY2(texts().contains(QStringLiteral("Stage 1, unit 1: bn1 folded into conv1")),
                 qPrintable(texts()));
    }

    void theViewThatWasUsedLastIsChosen() {
        auto* panel = window().findChild<Workbench*>();
        PanelParts(*panel).grid()->setFocus();
        QTRY_VERIFY(view("Feature maps").hasFocus);
        ViewExportDialog dialog(workspace(), views(), &window());
        QCOMPARE(dialog.views()->currentText(), QStringLiteral("Feature maps"));
    }

    void itIsCopiedAsPictureAndSvg() {
        PanelParts(*window().findChild<Workbench*>()).grid()->setFocus();
        m_open.press(Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
        const auto copied = [] { return QGuiApplication::clipboard()->mimeData(); };
        QTRY_VERIFY(copied() && copied()->hasImage());
        QVERIFY(copied()->data(QStringLiteral("image/svg+xml")).contains("Feature maps"));
    }

    void theNumberOfTheCellIsCopied() {
        workspace().goTo(0, 3, Cell{1, 2});
        const float value = workspace().activations().output(0)->at(3, 1, 2);
        m_open.press(Qt::Key_C, Qt::ControlModifier | Qt::AltModifier);
        QTRY_COMPARE(QGuiApplication::clipboard()->text().toFloat(), value);
        workspace().goToStep(workspace().model()->graph().softmaxStep());
        const float share =
            workspace().activations().output(workspace().currentStep())->at(workspace().channel(), 0, 0);
        m_open.press(Qt::Key_C, Qt::ControlModifier | Qt::AltModifier);
        QTRY_COMPARE(QGuiApplication::clipboard()->text().toFloat(), share);
    }

    // A network that ends in a global max pool has no such map.
    void theClassActivationMapIsExportedWhereThereIsOne() {
        QAction* evidence = m_open.action("Class activation map");
        QVERIFY(evidence && evidence->isEnabled());
        const Graph graph = resnet::test::bottleneckGraph(64, StepKind::GlobalMaxPool);
        Model model = *workspace().model();
        model.network = std::make_shared<Network>(graph, initialParameters(graph, 1));
        const auto other = std::make_shared<const Model>(std::move(model));
        workspace().setModel(other);
        QTRY_VERIFY(workspace().model() == other && workspace().session().isComputed());
        QVERIFY(!evidence->isEnabled());
        QVERIFY(evidence->toolTip().contains(QStringLiteral("no weighted mean")));
    }

    void filesHoldTheFigure() {
        QTemporaryDir folder;
        for (const char* name : {"view.png", "view.svg", "view.pdf"}) {
            writeFigure(folder.filePath(QLatin1String(name)), view("Input").figure, 2.0);
            QVERIFY(QFileInfo(folder.filePath(QLatin1String(name))).size() > 1000);
        }
        const QImage image(folder.filePath(QStringLiteral("view.png")));
        QCOMPARE(image.size(), pixelSizeOf(view("Input").figure, 2.0));
        QVERIFY_EXCEPTION_THROWN(
            writeFigure(folder.filePath(QStringLiteral("view.jpeg")), view("Input").figure, 1.0), Error);
    }

    void whatCannotBeSavedSaysWhy() {
        QVERIFY(m_open.action("Terms of the selected")->toolTip().contains(QStringLiteral("No cell")));
        QVERIFY(!m_open.action("Terms of the selected")->isEnabled());
        workspace().selectCell(Cell{1, 1});
        QVERIFY(m_open.action("Terms of the selected")->isEnabled());
        workspace().restart();
        QVERIFY(!m_open.action("Forward pass")->isEnabled());
        QVERIFY(!m_open.action("Forward pass")->toolTip().isEmpty());
    }

    void thePassIsWrittenInTheBackground() {
        QTemporaryDir folder;
        AnimationDialog dialog(workspace(), &window());
        QSignalSpy accepted(&dialog, &QDialog::accepted);
        dialog.write(folder.filePath(QStringLiteral("pass.gif")));
        QVERIFY(dialog.isWriting());
        QTRY_COMPARE_WITH_TIMEOUT(accepted.count(), 1, 60'000);
        QVERIFY(QImageReader(folder.filePath(QStringLiteral("pass.gif"))).imageCount() > 3);
    }

    void whereThePassCannotBeWrittenIsTold() {
        QTemporaryDir folder;
        QList<Notice> notices;
        AnimationDialog dialog(workspace(), &window());
        connect(&workspace(), &Workspace::noticePosted, &dialog,
                [&](const Notice& notice) { notices << notice; });
        dialog.write(folder.filePath(QStringLiteral("none/pass.gif")));
        QTRY_COMPARE(notices.size(), 1);
        QCOMPARE(notices[0].kind, Notice::Kind::Error);
        QVERIFY2(notices[0].text.contains(QStringLiteral("does not exist")), qPrintable(notices[0].text));
        QVERIFY(!dialog.isWriting());
        QVERIFY(QDir(folder.path()).isEmpty());
        QSignalSpy accepted(&dialog, &QDialog::accepted);  // the dialog is of use again
        dialog.write(folder.filePath(QStringLiteral("pass.gif")));
        QTRY_COMPARE_WITH_TIMEOUT(accepted.count(), 1, 60'000);
    }

    void closedWhileItIsWrittenNothingIsLeft() {
        QTemporaryDir folder;
        {
            AnimationDialog dialog(workspace(), &window());
            dialog.write(folder.filePath(QStringLiteral("pass/")));
            dialog.reject();
            QVERIFY(!dialog.isWriting());
        }
        QVERIFY(QDir(folder.path()).isEmpty());
    }
};

RESNET_WINDOW_TEST(ViewExportTest)
#include "ViewExportTest.moc"
