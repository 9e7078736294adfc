#include "app/cli/AttributionOptions.h"
#include "app/cli/Commands.h"
#include "app/cli/Console.h"
#include "app/cli/OpenNetwork.h"
#include "core/attribution/PathLengths.h"
#include "ui/exports/FigureFile.h"
#include "ui/exports/WholeFile.h"

#include <nlohmann/json.hpp>

namespace resnet::app {

namespace {

using Json = nlohmann::ordered_json;

QString textOf(const PathLengths& of) {
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

// The gradient at the input that has passed `length` units, as numbers.
void writePart(const Invocation& invocation, const PathLengths& of, const FeatureShape& shape) {
    const QString output = invocation.required(QStringLiteral("output"));
    const std::size_t length =
        std::size_t(invocation.integer(QStringLiteral("length"), 0, int(of.parts.size()) - 1));
    FeatureMaps none(shape);
    std::fill_n(none.data(), none.size(), 0.0f);
    ui::writeWholeFile(output, ui::npyFile(of.parts[length] ? *of.parts[length] : none));
}

int run(const Invocation& invocation) {
    const QString format = invocation.choice(
        QStringLiteral("format"), {QStringLiteral("text"), QStringLiteral("csv"), QStringLiteral("json")});
    if (invocation.has(QStringLiteral("length")) != invocation.has(QStringLiteral("output")))
        throw UsageError(QStringLiteral("--length and --output go together"));
    const QString output = invocation.value(QStringLiteral("output"));
    if (!output.isEmpty() && !output.endsWith(QStringLiteral(".npy"), Qt::CaseInsensitive))
        throw UsageError(QStringLiteral("--output: expected a name ending in .npy, found '%1'").arg(output));
    const QString path = invocation.arguments().first();
    const ModelPtr model = openNetwork(invocation);
    const Graph& graph = model->graph();
    const Edits edits = editsOf(invocation, graph);
    const ui::PicturePtr picture = openPicture(path);
    Executor executor(model->network, invocation.network().threads);
    const Run run = runImage(executor, *model, picture->image, graph.logitsStep(), invocation.stop(), edits);
    checkExplainable(*model, run);
    BackwardExecutor backward(executor.packed());
    const auto lengths = pathLengths(backward, run, targetOf(invocation, run), invocation.stop());
    if (!lengths)
        throw Interrupted();
    if (!output.isEmpty())
        writePart(invocation, *lengths, graph.outputShape(inputStep));
    if (format == QLatin1String("json"))
        print(jsonOf(*lengths, path.toStdString(), classOf(invocation, run), againstOf(invocation, graph)));
    else
        print(format == QLatin1String("csv") ? csvOf(*lengths) : textOf(*lengths));
    return ExitDone;
}

}  // namespace

Command pathsCommand() {
    Command command;
    command.name = QStringLiteral("paths");
    command.arguments = QStringLiteral("IMAGE");
    command.summary = QStringLiteral("split a score's gradient by how many units' F(x) it passes");
    command.options = {
        classOption(),
        againstOption(),
        {QStringLiteral("format"), QStringLiteral("text, csv or json"), QStringLiteral("KIND"),
         QStringLiteral("text")},
        {QStringLiteral("length"), QStringLiteral("the part to write to --output"), QStringLiteral("N")},
        {QStringLiteral("output"), QStringLiteral("FILE.npy: that part at the input (float32, 3 x h x w)"),
         QStringLiteral("FILE")},
        editOption()};
    command.minimumArguments = 1;
    command.maximumArguments = 1;
    command.run = run;
    command.notes = QStringLiteral(
        "Exact: with the masks of the ReLUs held, the gradient at the input is the sum over all\n"
        "ways through the network, here sorted by the number of units whose F(x) they take. The\n"
        "number of ways is the binomial; the norms are Euclidean, at the input.");
    return command;
}

}  // namespace resnet::app
