#include "core/Error.h"
#include "tests/TestPrograms.h"
#include "tests/core/inference/MadeUpRun.h"
#include "ui/exports/DiagramExport.h"
#include "ui/exports/PngWriter.h"
#include "ui/painting/DiagramPainter.h"
#include "ui/painting/RunContent.h"
#include "ui/painting/Thumbnails.h"

#include <QPainter>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QSvgRenderer>
#include <QTemporaryDir>
#include <QtTest>

using namespace resnet;
using namespace resnet::ui;

namespace {

DiagramExportOptions optionsAt(Detail detail, const Graph& graph) {
    DiagramExportOptions options;
    options.open = OpenNodes::at(detail, graph);
    return options;
}

// A run that a network could have produced, without one.
Run someActivations(const Graph& graph) {
    Run activations = test::madeUpRun(graph);
    for (const Step& step : graph.steps()) {
        auto maps = std::make_shared<FeatureMaps>(step.output);
        for (std::size_t i = 0; i < maps->size(); ++i)
            maps->data()[i] = float((i * 2654435761u + std::size_t(step.id)) % 1000) / 500.0f - 1.0f;
        activations = std::move(activations).withOutput(step.id, maps, 1.0);
    }
    return activations;
}

// A message of one line, or nothing if `action` does not fail.
template <typename Action>
QString failureOf(Action action) {
    try {
        action();
    } catch (const Error& error) {
        return QString::fromUtf8(error.what());
    }
    return {};
}

// Shades as different as the steps' work, and a norm that grows from step to step.
DiagramContent shadedContent(const Graph& graph) {
    DiagramContent content;
    content.shading = NodeShading{QStringLiteral("Multiply-adds"), QStringLiteral("million"), {}};
    for (const Step& step : graph.steps()) {
        content.shading->values.push_back(double(step.multiplyAdds) / 1e6);
        content.norms.push_back(1.0 + step.id);
    }
    return content;
}

}  // namespace

class DiagramExportTest : public QObject {
    Q_OBJECT
private:
    const Graph m_graph{NetworkSpec{}};

private Q_SLOTS:
    void initTestCase() { loadFonts(); }

    // What it holds is held against the network by DiagramSvgTest.
    void svgIsShort() {
        const QByteArray svg =
            exportedDiagram(m_graph, {}, ExportFormat::Svg, optionsAt(Detail::Layer, m_graph));
        qInfo("SVG at layer level: %lld KB", qlonglong(svg.size() / 1024));
        QVERIFY(svg.size() < 400 * 1024);
    }

    void everyFormatGivesTheSameBytesTwice() {
        const DiagramContent content = contentOf(m_graph, someActivations(m_graph), {});
        for (const ExportFormat format : allExportFormats) {
            const DiagramExportOptions options = optionsAt(Detail::Unit, m_graph);
            const QByteArray first = exportedDiagram(m_graph, content, format, options);
            QTest::qWait(format == ExportFormat::Pdf ? 1100 : 0);  // PDFs have a date in seconds
            QVERIFY2(first == exportedDiagram(m_graph, content, format, options),
                     qPrintable(extensionOf(format)));
            QVERIFY(first.size() > 1000);
        }
    }

    // Each process has another seed for its hash tables, and Qt keeps a PDF's fonts in one.
    void pdfsAreTheSameInEveryProcess() {
        const DiagramExportOptions options = optionsAt(Detail::Unit, m_graph);
        const QByteArray first = exportedDiagram(m_graph, {}, ExportFormat::Pdf, options);
        for (int process = 0; process < 8; ++process) {
            QHashSeed::resetRandomGlobalSeed();
            QVERIFY(first == exportedDiagram(m_graph, {}, ExportFormat::Pdf, options));
        }
    }

    void textAsPathsLeavesNoText() {
        DiagramExportOptions options = optionsAt(Detail::Unit, m_graph);
        options.textAsPaths = true;
        QVERIFY(!exportedDiagram(m_graph, {}, ExportFormat::Svg, options).contains("<text"));
        options.textAsPaths = false;
        QVERIFY(exportedDiagram(m_graph, {}, ExportFormat::Svg, options).contains(">Stage 3</text>"));
    }

    void pdfEmbedsItsFonts() {
        const QByteArray pdf =
            exportedDiagram(m_graph, {}, ExportFormat::Pdf, optionsAt(Detail::Unit, m_graph));
        QVERIFY(pdf.startsWith("%PDF"));
        QVERIFY(pdf.contains("/FontFile"));
        QVERIFY(pdf.contains("Inter"));
    }

    // The picture on the screen is painted by the same call as the file.
    void screenAndExportAgree() {
        const DiagramContent content = contentOf(m_graph, someActivations(m_graph), {});
        const DiagramExportOptions options = optionsAt(Detail::Unit, m_graph);
        const Figure figure = diagramFigure(m_graph, content, options);
        const QImage exported = imageOf(figure, 1.0);
        const DiagramLayout layout = layoutDiagram(m_graph, options.open);
        QImage screen(exported.size(), QImage::Format_RGB32);
        screen.fill(Theme::light().panel);
        QPainter painter(&screen);
        paintDiagram(painter, layout, content, Theme::light());
        painter.end();
        const QRect drawn = layout.bounds.toAlignedRect();
        QCOMPARE(exported.copy(drawn), screen.copy(drawn));
    }

    void svgLooksLikeThePng() {
        DiagramExportOptions options = optionsAt(Detail::Unit, m_graph);
        options.textAsPaths = true;
        const QImage png = imageOf(diagramFigure(m_graph, {}, options), 1.0);
        QSvgRenderer renderer(exportedDiagram(m_graph, {}, ExportFormat::Svg, options));
        QVERIFY(renderer.isValid());
        QImage svg(png.size(), QImage::Format_RGB32);
        svg.fill(Qt::white);
        QPainter painter(&svg);
        painter.setRenderHint(QPainter::Antialiasing);
        renderer.render(&painter);
        painter.end();
        qint64 difference = 0;
        for (int y = 0; y < png.height(); ++y)
            for (int x = 0; x < png.width(); ++x)
                difference += std::abs(qGray(png.pixel(x, y)) - qGray(svg.pixel(x, y)));
        QVERIFY2(double(difference) / (png.width() * png.height()) < 1.0,
                 qPrintable(QString::number(difference)));
    }

    void widePngHasNoBlankTile() {
        DiagramExportOptions options = optionsAt(Detail::Unit, m_graph);
        const Figure figure = diagramFigure(m_graph, {}, options);
        const QImage image = imageOf(figure, 16'000.0 / figure.size.width());
        QCOMPARE(image.width(), 16'000);
        // The river runs through from the first block to the last: every column between them has ink.
        const DiagramLayout layout = layoutDiagram(m_graph, options.open);
        const double scale = 16'000.0 / figure.size.width();
        const int bottom = int(layout.bounds.bottom() * scale);
        for (int x = int(layout.nodes.front().box.left() * scale) + 8;
             x < int(layout.nodes.back().box.right() * scale); x += 16) {
            bool hasInk = false;
            for (int y = 0; y < bottom && !hasInk; y += 4)
                hasInk = qGray(image.pixel(x, y)) < 250;
            QVERIFY2(hasInk, qPrintable(QString::number(x)));
        }
    }

    void transparentBackgroundStaysTransparent() {
        DiagramExportOptions options = optionsAt(Detail::Network, m_graph);
        options.isTransparent = true;
        const QImage image = imageOf(diagramFigure(m_graph, {}, options), 1.0);
        QCOMPARE(qAlpha(image.pixel(1, 1)), 0);
        QVERIFY(!exportedDiagram(m_graph, {}, ExportFormat::Tikz, options).contains("\\fill[panel]"));
        QVERIFY(exportedDiagram(m_graph, {}, ExportFormat::Dot, options).contains("bgcolor=\"transparent\""));
        options.isTransparent = false;
        QCOMPARE(imageOf(diagramFigure(m_graph, {}, options), 1.0).pixel(1, 1), Theme::light().panel.rgb());
    }

    void pagesHaveTheirSizes() {
        DiagramExportOptions options = optionsAt(Detail::Layer, m_graph);
        options.page = ExportPage::Widescreen;
        const QSizeF wide = diagramFigure(m_graph, {}, options).size;
        QCOMPARE(wide.width() / wide.height(), 16.0 / 9.0);
        options.page = ExportPage::A4;
        const QSizeF a4 = diagramFigure(m_graph, {}, options).size;
        QVERIFY(std::abs(a4.width() * 25.4 / 96 - 297.0) < 0.1);
        QVERIFY(std::abs(a4.height() * 25.4 / 96 - 210.0) < 0.1);
    }

    void graphFormatsHaveEveryStepAndEdge() {
        const DiagramExportOptions options = optionsAt(Detail::Layer, m_graph);
        const QByteArray dot = exportedDiagram(m_graph, {}, ExportFormat::Dot, options);
        const QByteArray mermaid = exportedDiagram(m_graph, {}, ExportFormat::Mermaid, options);
        const QByteArray tikz = exportedDiagram(m_graph, {}, ExportFormat::Tikz, options);
        for (const Step& step : m_graph.steps()) {
            const QByteArray name = QByteArray::fromStdString(step.name);
            QCOMPARE(int(dot.count("tooltip=\"" + name + '"')), 1);
            QCOMPARE(int(tikz.count("% " + name + '\n')), 1);
            QByteArray id = name;
            id.replace('.', '_');
            QCOMPARE(int(mermaid.count(' ' + id + '[') + mermaid.count(' ' + id + "((")), 1);
            for (const StepId input : step.inputs)
                QCOMPARE(int(dot.count('"' + QByteArray::fromStdString(m_graph.stepName(input)) + "\" -> \"" +
                                       name + "\" ")),
                         1);
        }
        for (const char c : tikz)
            QVERIFY(static_cast<unsigned char>(c) < 0x80);
    }

    void tikzIsCompiledByPdflatexAlone_data() {
        QTest::addColumn<QString>("architecture");
        QTest::addColumn<QString>("part");
        const auto row = [](const char* architecture, const char* part) {
            QTest::addRow("%s, %s", architecture, part)
                << QString::fromLatin1(architecture) << QString::fromLatin1(part);
        };
        for (const char* part : {"network", "unit", "layer", "stage", "residual unit", "both"})
            row("resnet34", part);
        for (const char* part : {"shaded network", "shaded unit"})
            row("resnet34", part);
        row("resnet18", "unit");
        row("plain34", "layer");
    }
    void tikzIsCompiledByPdflatexAlone() {
        const QString pdflatex = QStandardPaths::findExecutable(QStringLiteral("pdflatex"));
        if (pdflatex.isEmpty())
            QSKIP("pdflatex is not installed");
        QFETCH(QString, architecture);
        QFETCH(QString, part);
        using Subject = DiagramExportOptions::Subject;
        const Graph graph(specNamed(architecture.toStdString()));
        DiagramContent content;
        if (part.startsWith(QLatin1String("shaded ")))
            content = shadedContent(graph);
        part.remove(QStringLiteral("shaded "));
        const bool isLevel = part == QLatin1String("network") || part == QLatin1String("unit");
        DiagramExportOptions options =
            optionsAt(isLevel ? detailNamed(part.toStdString()) : Detail::Layer, graph);
        options.stage = 1;
        options.subject = part == QLatin1String("stage")           ? Subject::Stage
                          : part == QLatin1String("residual unit") ? Subject::Unit
                          : part == QLatin1String("both")          ? Subject::UnitKindsFigure
                                                                   : Subject::Network;
        const QTemporaryDir folder;
        exportDiagram(folder.filePath(QStringLiteral("figure.tex")), graph, content, ExportFormat::Tikz,
                      options);
        QProcess compiler;
        compiler.setWorkingDirectory(folder.path());
        compiler.start(pdflatex, {QStringLiteral("-interaction=nonstopmode"),
                                  QStringLiteral("-halt-on-error"), QStringLiteral("figure.tex")});
        QVERIFY(compiler.waitForFinished(60'000));
        const QByteArray log = compiler.readAllStandardOutput();
        QVERIFY2(compiler.exitCode() == 0, log.constData());
        QVERIFY2(log.contains("(1 page,"), log.constData());
        QVERIFY2(!log.contains("Overfull") && !log.contains("Undefined"), log.constData());
    }

    void tikzShowsShadesAndNorms() {
        const DiagramExportOptions options = optionsAt(Detail::Unit, m_graph);
        const auto different = [&](const DiagramContent& content, const char* pattern) {
            const QString tikz =
                QString::fromUtf8(exportedDiagram(m_graph, content, ExportFormat::Tikz, options));
            const QRegularExpression expression{QString::fromLatin1(pattern)};
            std::set<QString> found;
            for (auto match = expression.globalMatch(tikz); match.hasNext();)
                found.insert(match.next().captured(1));
            return int(found.size());
        };
        constexpr const char* fills = "fill=\\{(rgb[^}]*)\\}";
        constexpr const char* widths = "draw=main, line width=([0-9.]+)bp";
        QCOMPARE(different({}, fills), 0);
        QCOMPARE(different({}, widths), 1);
        const DiagramContent content = shadedContent(m_graph);
        QVERIFY(different(content, fills) >= 4);
        QVERIFY(different(content, widths) > 4);
        const QByteArray tikz = exportedDiagram(m_graph, content, ExportFormat::Tikz, options);
        QVERIFY(tikz.contains("Multiply-adds: 0"));
        QVERIFY(tikz.contains("thickness: norm of what flows"));
    }

    void tikzIsAWholeDocumentOfItsOwnSize() {
        const QByteArray tikz =
            exportedDiagram(m_graph, {}, ExportFormat::Tikz, optionsAt(Detail::Layer, m_graph));
        QVERIFY(tikz.startsWith("%"));
        QCOMPARE(int(tikz.count("\\usepackage")), 1);  // TikZ, and nothing that may be missing
        QCOMPARE(tikz.count("\\begin{"), tikz.count("\\end{"));
        QCOMPARE(tikz.count('{'), tikz.count('}'));
        QVERIFY(tikz.contains("\\pdfpagewidth=\\wd0"));
        for (const QByteArray& line : tikz.split('\n'))
            if (line.startsWith("\\draw") || line.startsWith("\\node"))
                QVERIFY2(line.contains(';'), line.constData());
    }

    void everySpecExportsEverywhere() {
        NetworkSpec narrow;
        narrow.unitsPerStage = {1, 2};
        narrow.channelsPerStage = {8, 16};
        narrow.inputHeight = 40;
        narrow.inputWidth = 90;
        for (const NetworkSpec& spec : {resNet18(), plain34(), narrow}) {
            const Graph graph(spec);
            for (const Detail detail : {Detail::Network, Detail::Unit, Detail::Layer})
                for (const ExportFormat format : allExportFormats)
                    QVERIFY(!exportedDiagram(graph, {}, format, optionsAt(detail, graph)).isEmpty());
        }
    }

    void badRequestsGetOneLine() {
        const DiagramExportOptions good = optionsAt(Detail::Unit, m_graph);
        const auto exportWith = [&](auto change) {
            DiagramExportOptions options = good;
            change(options);
            return failureOf([&] { exportedDiagram(m_graph, {}, ExportFormat::Png, options); });
        };
        const QStringList failures{
            exportWith([](auto& options) { options.scale = 0.0; }),
            exportWith([](auto& options) { options.scale = -1.0; }),
            exportWith([](auto& options) { options.scale = std::nan(""); }),
            exportWith([](auto& options) { options.scale = 60.0; }),  // wider than a PNG may be
            exportWith([](auto& options) { options.width = 20'000; }),
            failureOf([] { exportFormatOf(QStringLiteral("a.svg"), QStringLiteral("pdf")); }),
            failureOf([] { exportFormatOf(QStringLiteral("a.jpeg")); }),
            failureOf([] { exportFormatOf(QStringLiteral("a"), QStringLiteral("eps")); }),
            failureOf([] {
                DiagramExportOptions seed;
                seed.subject = DiagramExportOptions::Subject::UnitKindsFigure;
                exportedDiagram(Graph(plain34()), {}, ExportFormat::Svg, seed);
            }),
        };
        for (const QString& failure : failures) {
            QVERIFY(!failure.isEmpty());
            QVERIFY(!failure.contains(QLatin1Char('\n')));
        }
        QVERIFY(exportFormatOf(QStringLiteral("a.PNG")) == ExportFormat::Png);
        QVERIFY(exportFormatOf(QStringLiteral("a"), QStringLiteral("tex")) == ExportFormat::Tikz);
    }

    void aFailureLeavesTheOldFile() {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("diagram.png"));
        const DiagramExportOptions good = optionsAt(Detail::Network, m_graph);
        exportDiagram(path, m_graph, {}, ExportFormat::Png, good);
        const qint64 size = QFileInfo(path).size();
        QVERIFY(size > 0);
        DiagramExportOptions bad = good;
        bad.scale = 60.0;
        QVERIFY_EXCEPTION_THROWN(exportDiagram(path, m_graph, {}, ExportFormat::Png, bad), Error);
        QCOMPARE(QFileInfo(path).size(), size);
        QVERIFY_EXCEPTION_THROWN(exportDiagram(folder.path(), m_graph, {}, ExportFormat::Png, good), Error);
        QVERIFY_EXCEPTION_THROWN(
            exportDiagram(QStringLiteral("/dev/full"), m_graph, {}, ExportFormat::Png, good), Error);
    }
};

RESNET_WINDOW_TEST(DiagramExportTest)
#include "DiagramExportTest.moc"
