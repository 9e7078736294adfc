#include "app/cli/AttributionFigures.h"
#include "app/cli/AttributionOptions.h"
#include "app/cli/Commands.h"
#include "app/cli/Console.h"
#include "app/cli/Explanation.h"
#include "app/cli/OpenNetwork.h"
#include "app/cli/Subject.h"
#include "core/attribution/PathLengths.h"
#include "ui/exports/PngWriter.h"
#include "ui/exports/SvgWriter.h"
#include "ui/exports/WholeFile.h"
#include "ui/words/NumberText.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace resnet::app {

namespace {

using Json = nlohmann::ordered_json;

QString lengthsText(const PathLengths& of) {
    QString text = QStringLiteral("units   ways   norm of the part\n");
    for (std::size_t k = 0; k < of.norms.size(); ++k)
        text +=
            QStringLiteral("%1 %2   %3\n").arg(k, 5).arg(of.ways[k], 6, 'f', 0).arg(of.norms[k], 0, 'g', 6);
    return text +
           QStringLiteral("whole gradient: norm %1; the parts add up to it within %2 of its largest value\n")
               .arg(of.whole, 0, 'g', 6)
               .arg(of.sumError, 0, 'g', 2);
}

QString csvOf(const PathLengths& of) {
    QString text = QStringLiteral("units,ways,norm\n");
    for (std::size_t k = 0; k < of.norms.size(); ++k)
        text += QStringLiteral("%1,%2,%3\n").arg(k).arg(of.ways[k], 0, 'f', 0).arg(of.norms[k], 0, 'g', 9);
    return text;
}

QString jsonOf(const PathLengths& of, const std::string& image, int classIndex, std::optional<int> against) {
    Json parts = Json::array();
    for (std::size_t k = 0; k < of.norms.size(); ++k)
        parts.push_back({{"units", k}, {"ways", of.ways[k]}, {"norm", of.norms[k]}});
    Json report{{"image", image}, {"class", classIndex}};
    if (against)
        report["against"] = *against;
    report["parts"] = parts;
    report["whole"] = of.whole;
    report["sumError"] = of.sumError;
    return QString::fromStdString(report.dump()) + QLatin1Char('\n');
}

// The gradient at the input that has passed `length` units: null where nothing comes through them.
FeatureMaps partOf(const PathLengths& of, std::size_t length, const FeatureShape& shape) {
    FeatureMaps part(shape);
    if (of.parts[length])
        std::copy_n(of.parts[length]->data(), part.size(), part.data());
    else
        std::fill_n(part.data(), part.size(), 0.0f);
    return part;
}

struct Found {
    const Subject& subject;
    const Run& run;
    const PathLengths& lengths;
    int classIndex = 0;
    std::optional<int> against;

    QString json() const { return jsonOf(lengths, subject.name.toStdString(), classIndex, against); }
    QString title(const QString& text) const {
        return editedTitle(text.arg(subject.name, classesText(*subject.model, classIndex, against)), run);
    }
};

// One part, as a map at the input.
QByteArray lengthFile(const Found& of, const QString& ending, const Invocation& invocation) {
    const int length = invocation.integer(option("length"), 0, int(of.lengths.parts.size()) - 1);
    Explanation made;
    made.title = of.title(QStringLiteral("%1: gradient of %2 through %3 units")
                              .arg(QStringLiteral("%1"), QStringLiteral("%2"), QString::number(length)));
    made.meaning =
        QStringLiteral("norm %1 of the whole %2; %3 of the ways; summed over the colours")
            .arg(ui::valueText(of.lengths.norms[std::size_t(length)]), ui::valueText(of.lengths.whole))
            .arg(of.lengths.ways[std::size_t(length)], 0, 'f', 0);
    made.map = partOf(of.lengths, std::size_t(length), of.subject.input->shape());
    made.columns = columnsOf(made.map);
    made.seen = of.subject.seen;
    Json facts{{"image", of.subject.name.toStdString()}, {"class", of.classIndex}, {"units", length}};
    return fileOf(made, ending, invocation.theme(), facts);
}

// All parts, as numbers or bars.
QByteArray lengthsFile(const Found& of, const QString& ending, ui::Theme::Kind theme) {
    if (ending == option("csv"))
        return csvOf(of.lengths).toUtf8();
    if (ending == option("json"))
        return of.json().toUtf8();
    const ui::FigureTitle title{
        of.title(QStringLiteral("%1: how many units does the gradient of %2 pass?")),
        QStringLiteral("Norm of each part, exact: all add up to the gradient (norm %1) within %2 of its "
                       "largest value")
            .arg(ui::valueText(of.lengths.whole), ui::valueText(of.lengths.sumError))};
    const ui::Figure figure = figureOf(of.lengths, title, ui::Theme::of(theme));
    return ending == option("svg") ? ui::svgOf(figure) : ui::pngOf(figure, 2.0);
}

int runPaths(const Invocation& invocation) {
    const QString format =
        invocation.choice(option("format"), {option("text"), option("csv"), option("json")});
    const QString output = invocation.value(option("output"));
    const bool hasLength = invocation.has(option("length"));
    if (hasLength && output.isEmpty())
        throw UsageError(QStringLiteral("--length needs --output"));
    const QString ending = output.isEmpty() ? QString() : explanationEnding(output);
    if (ending == option("npy") && !hasLength)
        throw UsageError(QStringLiteral("--output: a .npy file takes one part: --length says which"));
    const ui::Theme::Kind theme = invocation.theme();
    const Subject subject = subjectOf(invocation);
    const Graph& graph = subject.model->graph();
    Executor executor(subject.model->network, invocation.network().threads);
    const Run run = runSubject(executor, subject, graph.logitsStep(), invocation);
    checkExplainable(*subject.model, run);
    BackwardExecutor backward(executor.packed());
    const auto lengths = pathLengths(backward, run, targetOf(invocation, run), invocation.stop());
    if (!lengths)
        throw Interrupted();
    const Found of{subject, run, *lengths, classOf(invocation, run), againstOf(invocation, graph)};
    if (!output.isEmpty()) {
        const QByteArray bytes =
            hasLength ? lengthFile(of, ending, invocation) : lengthsFile(of, ending, theme);
        invocation.throwIfInterrupted();
        ui::writeWholeFile(output, bytes);
    }
    if (output.isEmpty() || invocation.has(option("format")))
        print(format == option("json")  ? of.json()
              : format == option("csv") ? csvOf(*lengths)
                                        : lengthsText(*lengths));
    return ExitDone;
}

}  // namespace

Command pathsCommand() {
    Command command;
    command.name = QStringLiteral("paths");
    command.arguments = QStringLiteral("IMAGE|INPUT.npy");
    command.summary = QStringLiteral("split a score's gradient by how many units' F(x) it passes");
    command.options = {
        classOption(),
        againstOption(),
        {QStringLiteral("format"), QStringLiteral("text, csv or json"), QStringLiteral("KIND"),
         QStringLiteral("text")},
        {QStringLiteral("length"), QStringLiteral("the part to write to --output"), QStringLiteral("N")},
        {QStringLiteral("output"),
         QStringLiteral("FILE.png, .svg, .csv or .json of all parts; with --length of that part at the "
                        "input, or FILE.npy (float32, 3 x h x w)"),
         QStringLiteral("FILE")},
        themeOption(),
        editOption()};
    command.minimumArguments = 1;
    command.maximumArguments = 1;
    command.paints = true;
    command.run = runPaths;
    command.notes = QStringLiteral(
        "Exact: with the masks of the ReLUs held, the gradient at the input is the sum over all\n"
        "ways through the network, here sorted by the number of units whose F(x) they take. The\n"
        "number of ways is the binomial; the norms are Euclidean, at the input.");
    return command;
}

}  // namespace resnet::app
