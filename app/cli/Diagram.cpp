#include "app/cli/Commands.h"
#include "app/cli/Console.h"
#include "app/cli/OpenNetwork.h"
#include "core/Error.h"
#include "ui/exports/DiagramExport.h"
#include "ui/exports/PngWriter.h"
#include "ui/painting/RunContent.h"

#include <algorithm>

namespace resnet::app {

namespace {

using ui::DiagramExportOptions;
using DiagramSubject = DiagramExportOptions::Subject;

ui::ExportPage pageOf(const Invocation& invocation) {
    const QString page = invocation.choice(option("page"), {option("tight"), option("a4"), option("16:9")});
    return page == option("a4")     ? ui::ExportPage::A4
           : page == option("16:9") ? ui::ExportPage::Widescreen
                                    : ui::ExportPage::Tight;
}

ui::ShownOfRun shownOf(const Invocation& invocation) {
    ui::ShownOfRun shown;
    const QString by = invocation.choice(
        option("shade"),
        {option("none"), option("time"), option("parameters"), option("multiply-adds"), option("memory")});
    shown.shadedBy = by == option("time")            ? ui::ShadedBy::Time
                     : by == option("parameters")    ? ui::ShadedBy::Parameters
                     : by == option("multiply-adds") ? ui::ShadedBy::MultiplyAdds
                     : by == option("memory")        ? ui::ShadedBy::Memory
                                                     : ui::ShadedBy::Nothing;
    shown.areNormsShown = invocation.has(option("norms"));
    shown.isOnDark = invocation.theme() == ui::Theme::Kind::Dark;
    const bool needsRun = shown.areNormsShown || shown.shadedBy == ui::ShadedBy::Time;
    if (needsRun && !invocation.has(option("maps")))
        throw UsageError(
            QStringLiteral("--norms and --shade time tell of a picture: they need --maps IMAGE"));
    return shown;
}

// What it throws comes of what was asked for.
template <typename Ask>
auto asked(const char* name, const Ask& ask) {
    try {
        return ask();
    } catch (const Error& error) {
        throw UsageError(QStringLiteral("--%1: ").arg(option(name)) + QString::fromUtf8(error.what()));
    }
}

void refuseTogether(const Invocation& invocation, const char* one,
                    std::initializer_list<const char*> others) {
    for (const char* other : others)
        if (invocation.has(option(one)) && invocation.has(option(other)))
            throw UsageError(
                QStringLiteral("--%1 and --%2 cannot be used together").arg(option(one), option(other)));
}

// The unit to draw, or "both"; empty where --unit only says of which kind the network's units are.
QString drawnUnit(const Invocation& invocation) {
    QString drawn;
    for (const QString& value : invocation.values(option("unit")))
        if (!isUnitKind(value))
            drawn = value;
    return drawn;
}

// What does not depend on the network; wrong usage is told before a network is opened.
DiagramExportOptions diagramOptions(const Invocation& invocation) {
    if (!drawnUnit(invocation).isEmpty())
        refuseTogether(invocation, "unit", {"stage", "open", "detail"});
    refuseTogether(invocation, "scale", {"width"});
    DiagramExportOptions options;
    options.theme = invocation.theme();
    options.page = pageOf(invocation);
    options.isTransparent =
        invocation.choice(option("background"), {option("theme"), option("transparent")}) ==
        option("transparent");
    options.textAsPaths = invocation.has(option("text-as-paths"));
    options.isTikzFragment = invocation.has(option("tikz-fragment"));
    options.scale = invocation.number(option("scale"), 0.05, 64.0);
    if (invocation.has(option("width")))
        options.width = invocation.integer(option("width"), 16, ui::widestPng);
    return options;
}

void readSubject(const Invocation& invocation, const Graph& graph, DiagramExportOptions& options) {
    if (const std::string name = drawnUnit(invocation).toStdString(); !name.empty()) {
        options.subject = name == "both" ? DiagramSubject::UnitKindsFigure : DiagramSubject::Unit;
        if (options.subject == DiagramSubject::Unit) {
            const ResidualUnit unit = asked("unit", [&] { return ui::unitNamed(graph, name); });
            options.stage = unit.stage;
            options.unit = unit.unit;
        } else if (std::ranges::none_of(graph.units(), &ResidualUnit::hasAddition)) {
            throw UsageError(QStringLiteral("--unit: this network has no shortcuts, of neither kind"));
        }
        return;
    }
    const QString detail =
        invocation.choice(option("detail"), {option("network"), option("unit"), option("layer")});
    options.open = ui::OpenNodes::at(ui::detailNamed(detail.toStdString()), graph);
    if (invocation.has(option("open")))
        for (const QString& pattern : invocation.value(option("open")).split(QLatin1Char(',')))
            asked("open", [&] { options.open.openNamed(graph, pattern.trimmed().toStdString()); });
    if (invocation.has(option("stage"))) {
        options.subject = DiagramSubject::Stage;
        options.stage = invocation.integer(option("stage"), 1, graph.stageCount()) - 1;
        options.open.open({ui::Group::Kind::Stage, options.stage, -1});
    }
}

ui::DiagramContent contentFor(const Invocation& invocation, const Model& model, const ui::ShownOfRun& shown) {
    if (!invocation.has(option("maps")))
        return ui::contentOf(model.graph(), {}, {}, shown);
    const ui::PicturePtr picture = openPicture(invocation.value(option("maps")));
    Executor executor(model.network, invocation.network().threads);
    const Graph& graph = model.graph();
    const Run activations = runImage(executor, model, picture->image, graph.softmaxStep(), invocation.stop());
    return ui::contentOf(graph, activations, cropOf(model, picture->image), shown);
}

ui::ExportFormat formatOf(const Invocation& invocation, const QString& output) {
    QStringList names;
    for (const ui::ExportFormat each : ui::allExportFormats)
        names << ui::extensionOf(each);
    QString format;
    if (invocation.has(option("format")))
        format = invocation.choice(option("format"), names);
    return asked("output", [&] { return ui::exportFormatOf(output, format); });
}

// A picture that is too large, or empty.
void checkSize(const Invocation& invocation, const Graph& graph, const ui::DiagramContent& content,
               ui::ExportFormat format, const DiagramExportOptions& options) {
    const ui::Figure figure = ui::diagramFigure(graph, content, options);
    asked(invocation.has(option("width")) ? "width" : "scale",
          [&] { ui::checkExportedSize(figure, format, options.scaleOf(figure)); });
}

void tellWhatIsLeftOut(const Invocation& invocation, ui::ExportFormat format, const ui::ShownOfRun& shown) {
    using Format = ui::ExportFormat;
    const bool isGraph = format == Format::Dot || format == Format::Mermaid;
    QStringList left;
    const auto leaveOut = [&](bool isAsked, const char* what) {
        if (isAsked)
            left << option(what);
    };
    leaveOut(invocation.has(option("maps")) && (isGraph || format == Format::Tikz), "maps");
    leaveOut(isGraph && shown.shadedBy != ui::ShadedBy::Nothing, "shades");
    leaveOut(isGraph && shown.areNormsShown, "norms");
    leaveOut(isGraph && pageOf(invocation) != ui::ExportPage::Tight, "pages");
    leaveOut(isGraph && (invocation.has(option("scale")) || invocation.has(option("width"))), "size");
    leaveOut((isGraph || format == Format::Tikz) && invocation.has(option("text-as-paths")), "outlines");
    leaveOut(format == Format::Mermaid && invocation.has(option("background")), "background");
    if (!left.isEmpty())
        tell(QStringLiteral(".%1 files have no %2: left out")
                 .arg(ui::extensionOf(format), left.join(QStringLiteral(", no "))));
}

int runDiagram(const Invocation& invocation) {
    const QString output = invocation.required(option("output"));
    const ui::ExportFormat format = formatOf(invocation, output);
    DiagramExportOptions options = diagramOptions(invocation);
    if (options.isTikzFragment && format != ui::ExportFormat::Tikz)
        throw UsageError(QStringLiteral("--tikz-fragment is for .tex files"));
    const ui::ShownOfRun shown = shownOf(invocation);
    const ModelPtr model = openNetwork(invocation);
    readSubject(invocation, model->graph(), options);
    const ui::DiagramContent content = contentFor(invocation, *model, shown);
    invocation.throwIfInterrupted();
    checkSize(invocation, model->graph(), content, format, options);
    tellWhatIsLeftOut(invocation, format, shown);
    for (const QString& note : ui::exportDiagram(output, model->graph(), content, format, options))
        tell(note);
    return ExitDone;
}

}  // namespace

Command diagramCommand() {
    const auto text = [](const char* words) { return QString::fromUtf8(words); };
    Command command;
    command.name = option("diagram");
    command.arguments = text("--output FILE");
    command.summary = text("draw the network");
    command.options = {
        {option("output"), text(".svg, .pdf, .png, .dot, .tex (TikZ) or .mmd (Mermaid)"), text("FILE")},
        {option("format"), text("svg, pdf, png, dot, tex or mmd, if the name does not say"), text("FORMAT")},
        {option("detail"), text("network (stages), unit or layer (every step)"), text("LEVEL"),
         option("unit")},
        {option("stage"), text("only this stage, counted from 1: stage 3 holds the units layer3.*"),
         text("N")},
        {option("unit"),
         text("only this unit, such as layer2.0; both: the two kinds; or the kind of the network's units"),
         text("NAME")},
        {option("open"), text("also open these: layer2, layer2.0, layer3.*, stem, head; separated by commas"),
         text("NAMES")},
        {option("maps"), text("fill the blocks with what the network makes of this picture"), text("IMAGE")},
        {option("shade"), text("none; or shade the blocks by time, parameters, multiply-adds or memory"),
         text("FIGURE"), option("none")},
        {option("norms"), text("thickness of the lines shows the norms of F(x), x and their sum")},
        themeOption(),
        {option("background"), text("theme or transparent"), text("KIND"), option("theme")},
        {option("page"), text("tight, a4 or 16:9"), text("PAGE"), option("tight")},
        {option("scale"), text("how many times its size, 0.05 to 64"), text("FACTOR"), option("1")},
        {option("width"), text("pixels, instead of a scale"), text("PIXELS")},
        {option("text-as-paths"), text("text as outlines: the same look where the font is missing")},
        {option("tikz-fragment"), text("of .tex, the picture alone: for \\input in a document with TikZ")},
    };
    command.paints = true;
    command.run = runDiagram;
    command.notes = text(
        "Stages count from 1, as in the names layer1 to layer4, units from 0: layer3.1 is the second unit of\n"
        "stage 3. The same network and options give the same bytes; only --shade time measures anew.");
    return command;
}

}  // namespace resnet::app
