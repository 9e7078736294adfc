#include "core/Error.h"
#include "tests/TestPrograms.h"
#include "tests/core/inference/MadeUpRun.h"
#include "ui/exports/DiagramExport.h"
#include "ui/exports/DiagramSheet.h"
#include "ui/exports/PngWriter.h"
#include "ui/painting/DiagramPainter.h"
#include "ui/painting/RunContent.h"
#include "ui/painting/Thumbnails.h"

#include <QDate>
#include <QPainter>
#include <QRegularExpression>
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

// Of an SVG at scale 1, in points.
double smallestText(const QByteArray& svg) {
    static const QRegularExpression size(QStringLiteral("font-size=\"([0-9.]+)\""));
    double smallest = 1e9;
    for (auto match = size.globalMatch(QString::fromUtf8(svg)); match.hasNext();)
        smallest = std::min(smallest, match.next().captured(1).toDouble());
    return smallest * 72.0 / 96.0;
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

}  // namespace

class DiagramExportTest : public QObject {
    Q_OBJECT
private:
    const Graph m_graph{NetworkSpec{}};

    static QByteArray bytesOf(const Graph& graph, const DiagramContent& content, ExportFormat format,
                              const DiagramExportOptions& options) {
        return exportedDiagram(graph, content, format, options).bytes;
    }

private Q_SLOTS:
    void initTestCase() { loadFonts(); }

    // What it holds is held against the network by DiagramSvgTest.
    void svgIsShort() {
        const QByteArray svg = bytesOf(m_graph, {}, ExportFormat::Svg, optionsAt(Detail::Layer, m_graph));
        qInfo("SVG at layer level: %lld KB", qlonglong(svg.size() / 1024));
        QVERIFY(svg.size() < 400 * 1024);
    }

    void everyFormatGivesTheSameBytesTwice() {
        const DiagramContent content = contentOf(m_graph, someActivations(m_graph), {});
        for (const ExportFormat format : allExportFormats) {
            const DiagramExportOptions options = optionsAt(Detail::Unit, m_graph);
            const QByteArray first = bytesOf(m_graph, content, format, options);
            QVERIFY2(first == bytesOf(m_graph, content, format, options), qPrintable(extensionOf(format)));
            QVERIFY(first.size() > 1000);
        }
    }

    // Qt writes the time of day into a PDF, in seconds.
    void pdfsTellNoTime() {
        const QByteArray pdf = bytesOf(m_graph, {}, ExportFormat::Pdf, optionsAt(Detail::Unit, m_graph));
        const qsizetype dates = pdf.count("(D:");
        QVERIFY(dates > 0);
        QCOMPARE(pdf.count("(D:20000101000000"), dates);
        const QDate today = QDate::currentDate();
        for (const char* format : {"yyyyMMdd", "yyyy-MM-dd"})
            QVERIFY(!pdf.contains(today.toString(QLatin1String(format)).toLatin1()));
    }

    // Each process has another seed for its hash tables, and Qt keeps a PDF's fonts in one.
    void pdfsAreTheSameInEveryProcess() {
        const DiagramExportOptions options = optionsAt(Detail::Unit, m_graph);
        const QByteArray first = bytesOf(m_graph, {}, ExportFormat::Pdf, options);
        for (int process = 0; process < 8; ++process) {
            QHashSeed::resetRandomGlobalSeed();
            QVERIFY(first == bytesOf(m_graph, {}, ExportFormat::Pdf, options));
        }
    }

    void textAsPathsLeavesNoText() {
        DiagramExportOptions options = optionsAt(Detail::Unit, m_graph);
        options.textAsPaths = true;
        QVERIFY(!bytesOf(m_graph, {}, ExportFormat::Svg, options).contains("<text"));
        options.textAsPaths = false;
        QVERIFY(bytesOf(m_graph, {}, ExportFormat::Svg, options).contains(">Stage 3</text>"));
    }

    void pdfEmbedsItsFonts() {
        const QByteArray pdf = bytesOf(m_graph, {}, ExportFormat::Pdf, optionsAt(Detail::Unit, m_graph));
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
        QSvgRenderer renderer(bytesOf(m_graph, {}, ExportFormat::Svg, options));
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
        QVERIFY(!bytesOf(m_graph, {}, ExportFormat::Tikz, options).contains("\\fill[resnetpanel]"));
        QVERIFY(bytesOf(m_graph, {}, ExportFormat::Dot, options).contains("bgcolor=\"transparent\""));
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

    void textOnAPageCanBeReadOrItIsTold_data() {
        QTest::addColumn<ExportPage>("page");
        QTest::addColumn<QString>("detail");
        for (const char* detail : {"network", "unit", "layer"}) {
            QTest::addRow("A4, %s", detail) << ExportPage::A4 << QString::fromLatin1(detail);
            QTest::addRow("16:9, %s", detail) << ExportPage::Widescreen << QString::fromLatin1(detail);
        }
    }
    void textOnAPageCanBeReadOrItIsTold() {
        QFETCH(ExportPage, page);
        QFETCH(QString, detail);
        DiagramExportOptions options = optionsAt(detailNamed(detail.toStdString()), m_graph);
        options.page = page;
        const ExportedDiagram first = exportedDiagram(m_graph, {}, ExportFormat::Svg, options);
        qInfo("%.2f points", smallestText(first.bytes));
        if (detail != QLatin1String("layer"))
            QVERIFY(smallestText(first.bytes) >= 5.9);
        if (smallestText(first.bytes) >= 5.9) {
            QVERIFY(first.notes.isEmpty());
            return;
        }
        QCOMPARE(first.notes.size(), 1);
        QVERIFY(!first.notes[0].contains(QLatin1Char('\n')));
        static const QRegularExpression advice(QStringLiteral("at scale ([0-9.]+)"));
        options.scale = advice.match(first.notes[0]).captured(1).toDouble();
        QVERIFY2(options.scale > 1.0 && options.scale < 3.0, qPrintable(first.notes[0]));
        const ExportedDiagram second = exportedDiagram(m_graph, {}, ExportFormat::Svg, options);
        QVERIFY(second.notes.isEmpty());
        QVERIFY(smallestText(second.bytes) * options.scale >= 5.9);
    }

    void aPageTellsAllThatTheDrawingTells() {
        for (const Detail detail : {Detail::Unit, Detail::Layer}) {
            DiagramExportOptions options = optionsAt(detail, m_graph);
            options.page = ExportPage::A4;
            const DiagramSheet sheet = sheetOf(m_graph, {}, options);
            const std::vector<PlacedLabel> onPage = placedLabels(sheet.layout, sheet.textZoom);
            const std::vector<PlacedLabel> drawn = placedLabels(sheet.layout, 1.0);
            QCOMPARE(onPage.size(), drawn.size());
            for (std::size_t i = 0; i < drawn.size(); ++i)
                QCOMPARE(onPage[i].text, drawn[i].text);
        }
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
                    QVERIFY(!bytesOf(graph, {}, format, optionsAt(detail, graph)).isEmpty());
        }
    }

    void badRequestsGetOneLine() {
        const DiagramExportOptions good = optionsAt(Detail::Unit, m_graph);
        const auto exportWith = [&](auto change) {
            DiagramExportOptions options = good;
            change(options);
            return failureOf([&] { bytesOf(m_graph, {}, ExportFormat::Png, options); });
        };
        const QStringList failures{
            exportWith([](auto& options) { options.scale = 0.0; }),
            exportWith([](auto& options) { options.scale = -1.0; }),
            exportWith([](auto& options) { options.scale = std::nan(""); }),
            exportWith([](auto& options) { options.scale = 60.0; }),  // wider than a PNG may be
            exportWith([](auto& options) { options.width = 20'000; }),
            failureOf([&] {
                DiagramExportOptions large = good;
                large.scale = 60.0;
                exportedDiagram(m_graph, {}, ExportFormat::Pdf, large);
            }),
            failureOf([&] {
                DiagramExportOptions large = good;
                large.scale = 60.0;
                exportedDiagram(m_graph, {}, ExportFormat::Tikz, large);
            }),
            failureOf([] { exportFormatOf(QStringLiteral("a.svg"), QStringLiteral("pdf")); }),
            failureOf([] { exportFormatOf(QStringLiteral("a.jpeg")); }),
            failureOf([] { exportFormatOf(QStringLiteral("a"), QStringLiteral("eps")); }),
            failureOf([] {
                DiagramExportOptions seed;
                seed.subject = DiagramExportOptions::Subject::UnitKindsFigure;
                bytesOf(Graph(plain34()), {}, ExportFormat::Svg, seed);
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
