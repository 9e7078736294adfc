#include "core/Error.h"
#include "tests/TestPrograms.h"
#include "ui/exports/DiagramExport.h"
#include "ui/exports/TikzWriter.h"
#include "ui/painting/RunContent.h"

#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtTest>

#include <set>

using namespace resnet;
using namespace resnet::ui;

namespace {

DiagramExportOptions tikzOptionsAt(Detail detail, const Graph& graph) {
    DiagramExportOptions options;
    options.open = OpenNodes::at(detail, graph);
    return options;
}

// Shades as different as the steps' work, and a norm that grows from step to step.
DiagramContent shadedContent(const Graph& graph) {
    DiagramContent content;
    content.shading = shadingOf(graph, Run(), ShadedBy::MultiplyAdds);
    for (const Step& step : graph.steps())
        content.norms.push_back(1.0 + step.id);
    return content;
}

QByteArray tikz(const Graph& graph, const DiagramContent& content, const DiagramExportOptions& options) {
    return exportedDiagram(graph, content, ExportFormat::Tikz, options).bytes;
}

void write(const QString& path, const QByteArray& bytes) {
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
}

}  // namespace

class TikzWriterTest : public QObject {
    Q_OBJECT
    const Graph m_graph{NetworkSpec{}};

private Q_SLOTS:
    void initTestCase() { loadFonts(); }

    void aDocumentIsWholeAndOfItsOwnSize() {
        const DiagramExportOptions options = tikzOptionsAt(Detail::Layer, m_graph);
        const QByteArray text = tikz(m_graph, {}, options);
        QVERIFY(text.startsWith("% ResNet-34"));
        // Nothing that an installation for papers may lack.
        QCOMPARE(int(text.count("\\usepackage")), 2);
        QVERIFY(text.contains("\\usepackage{tikz}"));
        QCOMPARE(text.count("\\begin{"), text.count("\\end{"));
        QCOMPARE(text.count('{'), text.count('}'));
        for (const char c : text)
            QVERIFY(static_cast<unsigned char>(c) < 0x80);
        for (const QByteArray& line : text.split('\n'))
            if (line.startsWith("\\draw") || line.startsWith("\\node"))
                QVERIFY2(line.contains(';'), line.constData());
        const QSizeF size = diagramFigure(m_graph, {}, options).size * 0.75;
        QVERIFY(text.contains("paperwidth=" + QByteArray::number(size.width(), 'f', 2) +
                              "bp, paperheight=" + QByteArray::number(size.height(), 'f', 2) + "bp"));
    }

    // What only one engine knows stands behind the question whether it does.
    void noEngineMeetsWhatOnlyAnotherKnows() {
        for (const QByteArray& line : tikz(m_graph, {}, tikzOptionsAt(Detail::Unit, m_graph)).split('\n')) {
            const bool isGuarded = line.startsWith("\\ifdefined") && line.endsWith("\\fi");
            for (const char* command : {"\\pdf", "\\Xe", "\\special", "\\page"})
                QVERIFY2(isGuarded || !line.contains(command) || line.startsWith("\\pagestyle"),
                         line.constData());
        }
    }

    void aFragmentIsThePictureAlone() {
        DiagramExportOptions options = tikzOptionsAt(Detail::Unit, m_graph);
        const QByteArray whole = tikz(m_graph, {}, options);
        options.isTikzFragment = true;
        const QByteArray fragment = tikz(m_graph, {}, options);
        for (const char* command : {"\\documentclass", "\\usepackage{", "\\begin{document}", "\\pdf"})
            QVERIFY2(fragment.count(command) <= (command[1] == 'u' ? 1 : 0), command);
        const auto picture = [](const QByteArray& text) {
            const qsizetype start = text.indexOf("\\begin{tikzpicture}");
            return text.mid(start, text.indexOf("\\end{tikzpicture}") - start);
        };
        QVERIFY(!picture(fragment).isEmpty());
        QCOMPARE(picture(fragment), picture(whole));
        // A document has its own colours, and signs that its language uses.
        QVERIFY(fragment.indexOf("\\begingroup") < fragment.indexOf("\\catcode"));
        QVERIFY(fragment.indexOf("\\begin{tikzpicture}") < fragment.indexOf("\\definecolor"));
        QVERIFY(fragment.trimmed().endsWith("\\endgroup%"));
    }

    void everyStepIsThere() {
        const QByteArray text = tikz(m_graph, {}, tikzOptionsAt(Detail::Layer, m_graph));
        for (const Step& step : m_graph.steps())
            QCOMPARE(int(text.count("% " + QByteArray::fromStdString(step.name) + '\n')), 1);
    }

    void shadesAndNormsAreShown() {
        const DiagramExportOptions options = tikzOptionsAt(Detail::Unit, m_graph);
        const auto different = [&](const DiagramContent& content, const char* pattern) {
            const QString text = QString::fromUtf8(tikz(m_graph, content, options));
            const QRegularExpression expression{QString::fromLatin1(pattern)};
            std::set<QString> found;
            for (auto match = expression.globalMatch(text); match.hasNext();)
                found.insert(match.next().captured(1));
            return int(found.size());
        };
        constexpr const char* fills = "fill=\\{(rgb[^}]*)\\}";
        constexpr const char* widths = "draw=resnetmain, line width=([0-9.]+)bp";
        QCOMPARE(different({}, fills), 0);
        QVERIFY(different({}, widths) <= 2);  // of the drawing, and of the legend
        const DiagramContent content = shadedContent(m_graph);
        QVERIFY(different(content, fills) >= 4);
        QVERIFY(different(content, widths) > 4);
        const QByteArray text = tikz(m_graph, content, options);
        QVERIFY(text.contains("Multiply-adds: 0"));
        QVERIFY(text.contains("Thickness: norm of what flows"));
    }

    // Lines, corners and texts grow with the picture.
    void scaleIsOfEverything() {
        DiagramExportOptions options = tikzOptionsAt(Detail::Unit, m_graph);
        const auto sumOf = [&](const char* pattern) {
            const QString text = QString::fromUtf8(tikz(m_graph, {}, options));
            double sum = 0.0;
            const QRegularExpression expression{QString::fromLatin1(pattern)};
            for (auto match = expression.globalMatch(text); match.hasNext();)
                sum += match.next().captured(1).toDouble();
            return sum;
        };
        for (const char* pattern : {"line width=([0-9.]+)bp", "rounded corners=([0-9.]+)bp",
                                    "scale=([0-9.]+)\\]", "rectangle \\(([0-9.]+),"}) {
            options.scale = 1.0;
            const double before = sumOf(pattern);
            QVERIFY(before > 0.0);
            options.scale = 4.0;
            QVERIFY2(std::abs(sumOf(pattern) / before - 4.0) < 0.05, pattern);
        }
    }

    // 16,383.99 points of TeX are its longest length; 1.00375 of them are one of PDF's.
    void whatTexCannotMeasureIsRefused() {
        DiagramExportOptions options = tikzOptionsAt(Detail::Unit, m_graph);
        const double side = diagramFigure(m_graph, {}, options).size.width() * 0.75;
        options.scale = 16'300.0 / side;
        QVERIFY(!tikz(m_graph, {}, options).isEmpty());
        options.scale = 16'330.0 / side;
        try {
            tikz(m_graph, {}, options);
            QFAIL("it was written");
        } catch (const Error& error) {
            QVERIFY2(QString::fromUtf8(error.what()).contains(QStringLiteral("at a scale of at most 17.5")),
                     error.what());
        }
    }

    void whatTexMayNotHoldIsTold() {
        QVERIFY(exportedDiagram(m_graph, {}, ExportFormat::Tikz, tikzOptionsAt(Detail::Layer, m_graph))
                    .notes.isEmpty());
        NetworkSpec spec;
        spec.unitsPerStage = {64, 64, 64, 64};
        const Graph graph(spec);
        const ExportedDiagram large =
            exportedDiagram(graph, {}, ExportFormat::Tikz, tikzOptionsAt(Detail::Layer, graph));
        QVERIFY(tikzStrokes(large.bytes) > mostTikzStrokes);
        QCOMPARE(large.notes.size(), 1);
        QVERIFY(large.notes[0].contains(QStringLiteral("lualatex")));
    }

    void enginesCompileIt_data() {
        QTest::addColumn<QString>("engine");
        QTest::addColumn<QString>("part");
        for (const char* engine : {"pdflatex", "lualatex", "xelatex", "latex"})
            for (const char* part : {"shaded units", "fragment"})
                QTest::addRow("%s, %s", engine, part)
                    << QString::fromLatin1(engine) << QString::fromLatin1(part);
        for (const char* part : {"steps", "both kinds", "page"})
            QTest::addRow("pdflatex, %s", part) << QStringLiteral("pdflatex") << QString::fromLatin1(part);
    }
    void enginesCompileIt() {
        QFETCH(QString, engine);
        QFETCH(QString, part);
        const QString program = QStandardPaths::findExecutable(engine);
        if (program.isEmpty())
            QSKIP("not installed");
        DiagramExportOptions options =
            tikzOptionsAt(part == QLatin1String("steps") ? Detail::Layer : Detail::Unit, m_graph);
        if (part == QLatin1String("both kinds"))
            options.subject = DiagramExportOptions::Subject::UnitKindsFigure;
        if (part == QLatin1String("page"))
            options.page = ExportPage::A4;
        options.isTikzFragment = part == QLatin1String("fragment");
        const QTemporaryDir folder;
        write(folder.filePath(QStringLiteral("figure.tex")),
              tikz(m_graph,
                   part.startsWith(QLatin1String("shaded")) ? shadedContent(m_graph) : DiagramContent(),
                   options));
        write(folder.filePath(QStringLiteral("paper.tex")),
              "\\documentclass{article}\\usepackage{tikz}\\begin{document}\\catcode`\\!=13 "
              "\\begin{figure}\\scalebox{0.3}{\\input{figure}}\\end{figure}\\end{document}");
        QProcess compiler;
        compiler.setWorkingDirectory(folder.path());
        compiler.start(program,
                       {QStringLiteral("-interaction=nonstopmode"), QStringLiteral("-halt-on-error"),
                        options.isTikzFragment ? QStringLiteral("paper.tex") : QStringLiteral("figure.tex")});
        QVERIFY(compiler.waitForFinished(tests::patience(300'000)));
        const QByteArray log = compiler.readAllStandardOutput();
        QVERIFY2(compiler.exitCode() == 0, log.constData());
        QVERIFY2(log.contains("(1 page"), log.constData());
        QVERIFY2(!log.contains("Overfull") && !log.contains("Undefined") && !log.contains("Missing"),
                 log.constData());
    }
};

RESNET_WINDOW_TEST(TikzWriterTest)
#include "TikzWriterTest.moc"
