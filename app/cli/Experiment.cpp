#include "app/cli/Commands.h"
#include "app/cli/Console.h"
#include "app/cli/ExperimentFigure.h"
#include "app/cli/InputFile.h"
#include "app/cli/OpenNetwork.h"
#include "app/cli/PictureSet.h"
#include "core/Error.h"
#include "core/experiments/BatchNormMeasuring.h"
#include "core/model/ModelInput.h"
#include "ui/exports/FigureFile.h"
#include "ui/exports/WholeFile.h"

#include <QFile>
#include <QFileInfo>

#include <algorithm>

namespace resnet::app {

namespace {

constexpr int batchSize = 16;

// What is tried: a row for each.
std::vector<ExperimentRow> rowsOf(const Invocation& invocation, const Graph& graph) {
    std::vector<ExperimentRow> rows;
    if (invocation.has(option("sweep")) == invocation.has(option("edit")))
        throw UsageError(QStringLiteral("expected either --edit or --sweep"));
    if (invocation.has(option("edit"))) {
        rows.push_back({textOf(editsOf(invocation, graph), graph), {}, {}, {}});
        return rows;
    }
    SweepRequest request;
    request.draws = invocation.integer(option("draws"), 1, 1000);
    request.seed = std::uint64_t(invocation.integer(option("draw-seed"), 0, 2'000'000'000));
    QStringList kinds;
    for (const QString& given : invocation.values(option("sweep")))
        kinds << given.split(QLatin1Char(','));
    try {
        for (const QString& kind : kinds) {
            request.kind = sweepKindNamed(kind.trimmed().toStdString());
            for (const SweepPoint& point : sweepPoints(graph, request))
                rows.push_back({textOf(point.edits, graph), point, {}, {}});
        }
    } catch (const Error& error) {
        throw UsageError(QStringLiteral("--sweep: ") + QString::fromUtf8(error.what()));
    }
    return rows;
}

std::string checkedEnding(const QString& output) {
    const QString ending = QFileInfo(output).suffix().toLower();
    if (ending != QLatin1String("svg") && ending != QLatin1String("png") && ending != QLatin1String("csv"))
        throw UsageError(
            QStringLiteral("--output: expected a name ending in .svg, .png or .csv, found '%1'").arg(output));
    ui::checkTarget(output);
    return ending.toStdString();
}

// At most ten times, and only of what takes a while.
class Progress {
public:
    explicit Progress(QString what, int total) : m_what(std::move(what)), m_total(total) {}
    void tellOf(int done) {
        const int step = std::max(1, (m_total + 9) / 10);
        if (m_total >= 40 && done % step == 0 && done < m_total)
            tell(QStringLiteral("%1 of %2 %3").arg(done).arg(m_total).arg(m_what));
    }

private:
    QString m_what;
    int m_total;
};

// The network, what goes through it, and what has come out.
class Experiment {
public:
    Experiment(const Invocation& invocation, ModelPtr model, std::vector<ExperimentRow> rows)
        : m_invocation(invocation),
          m_model(std::move(model)),
          m_packed(std::make_shared<const PackedNetwork>(
              m_model->network, EngineOptions{invocation.network().threads, {}, {}})) {
        m_report.rows = std::move(rows);
        for (const ExperimentRow& row : m_report.rows)
            m_edits.push_back(row.point ? row.point->edits : editsOf(invocation, m_model->graph()));
        if (invocation.has(option("class")))
            m_report.watched = invocation.integer(option("class"), 0, m_model->graph().spec().classes - 1);
        if (invocation.has(option("remeasure-batch-norm")))
            takeMeasuringPictures(invocation.value(option("remeasure-batch-norm")));
    }

    void onPicture(const QString& name, const FeatureMapsPtr& input) {
        m_report.subject = name;
        Executor executor(m_packed);
        Run run = executor.start(input);
        executor.run(run, m_invocation.stop());
        m_invocation.throwIfInterrupted();
        Progress progress(QStringLiteral("edits"), int(m_edits.size()));
        const auto trials = tryOnPicture(m_packed, run, m_edits, m_invocation.stop(),
                                         [&](int done, int) { progress.tellOf(done); });
        if (!trials)
            throw Interrupted();
        if (!m_report.watched)
            m_report.watched = trials->reference.top();
        const LabelledInput sample{input, {}, m_report.watched};
        m_report.reference.add(trials->reference, trials->reference, sample);
        for (std::size_t i = 0; i < m_edits.size(); ++i)
            m_report.rows[i].outcome.add(trials->results[i], trials->reference, sample);
        measureAnew([&](SetTrials& measured) {
            measured.add(std::vector{sample}, std::vector{trials->reference}, m_invocation.stop());
        });
        if (isOverUnits())
            m_report.shares = scoreShares(run, *m_report.watched);
    }

    void onFolder(const QString& folder) {
        PictureSet pictures(folder, *m_model);
        m_report.subject = QFileInfo(folder).fileName().isEmpty() ? folder : QFileInfo(folder).fileName();
        m_report.isFolder = true;
        m_report.hasClasses = pictures.hasClasses();
        SetTrials trials(m_packed, m_edits);
        std::vector<Prediction> references;
        Progress progress(QStringLiteral("pictures"), pictures.count());
        forEachBatch(pictures, [&](std::span<const LabelledInput> batch) {
            const bool isDone = trials.add(batch, m_invocation.stop());
            references.insert(references.end(), trials.lastReferences().begin(),
                              trials.lastReferences().end());
            progress.tellOf(int(references.size()) / 10 * 10);
            return isDone;
        });
        m_report.reference = trials.reference();
        for (std::size_t i = 0; i < m_edits.size(); ++i)
            m_report.rows[i].outcome = trials.results()[i];
        measureAnew([&](SetTrials& measured) {
            std::size_t first = 0;
            forEachBatch(pictures, [&](std::span<const LabelledInput> batch) {
                const auto known = std::span(references).subspan(first, batch.size());
                first += batch.size();
                return measured.add(batch, known, m_invocation.stop());
            });
        });
    }

    const ExperimentReport& report() const { return m_report; }
    const Model& model() const { return *m_model; }

private:
    bool isOverUnits() const {
        return std::ranges::any_of(m_report.rows, [](const ExperimentRow& row) {
            return row.point && row.point->kind == SweepKind::Units;
        });
    }

    void forEachBatch(PictureSet& pictures, const PictureSet::UseBatch& use) const {
        std::vector<LabelledInput> samples;
        pictures.forEachBatch(*m_model, batchSize, m_invocation.stop(),
                              [&](std::span<const LabelledInput> batch) {
                                  samples.assign(batch.begin(), batch.end());
                                  for (LabelledInput& sample : samples)
                                      sample.watched = m_report.watched;
                                  return use(samples);
                              });
        m_invocation.throwIfInterrupted();
    }

    void takeMeasuringPictures(const QString& folder) {
        const QString name = option("remeasure-batch-norm");
        PictureSet pictures(folder, *m_model, name);
        const int most = mostMeasuredPictures(m_model->graph());
        m_measuring = pictures.inputs(*m_model, most, m_invocation.stop());
        if (int(m_measuring.size()) < fewestMeasuredPictures)
            throw UsageError(QStringLiteral("--%1: %2: expected at least %3 pictures, found %4")
                                 .arg(name, folder)
                                 .arg(fewestMeasuredPictures)
                                 .arg(m_measuring.size()));
        if (int(m_measuring.size()) < advisedMeasuredPictures)
            tell(QStringLiteral("note: batch norm measured over %1 pictures is rough; %2 or more are better")
                     .arg(m_measuring.size())
                     .arg(advisedMeasuredPictures));
        if (int(m_measuring.size()) < pictures.count())
            tell(QStringLiteral("note: batch norm is measured over the first %1 of %2 pictures")
                     .arg(m_measuring.size())
                     .arg(pictures.count()));
    }

    // Each edit with batch norm measured anew, and the network without edits, too.
    void measureAnew(const std::function<void(SetTrials&)>& feed) {
        if (m_measuring.empty())
            return;
        const auto outcomeOf = [&](const Edits& edits) {
            const auto measured = withMeasuredBatchNorm(m_packed, edits, m_measuring, m_invocation.stop());
            m_invocation.throwIfInterrupted();
            SetTrials trials(std::make_shared<const PackedNetwork>(measured->network, m_packed->options()),
                             {measured->gains});
            feed(trials);
            m_invocation.throwIfInterrupted();
            return trials.results().front();
        };
        m_report.measuredReference = outcomeOf({});
        for (std::size_t i = 0; i < m_edits.size(); ++i) {
            m_report.rows[i].measured = outcomeOf(m_edits[i]);
            if (m_edits.size() > 1)
                tell(QStringLiteral("batch norm measured anew: %1 of %2").arg(i + 1).arg(m_edits.size()));
        }
    }

    const Invocation& m_invocation;
    ModelPtr m_model;
    std::shared_ptr<const PackedNetwork> m_packed;
    std::vector<Edits> m_edits;
    std::vector<FeatureMapsPtr> m_measuring;
    ExperimentReport m_report;
};

void writeOutput(const QString& output, const std::string& ending, const Experiment& experiment,
                 const Invocation& invocation) {
    if (ending == "csv")
        return ui::writeWholeFile(output, csvText(experiment.report(), experiment.model()));
    const ui::Figure figure =
        figureOf(experiment.report(), experiment.model(), ui::Theme::of(invocation.theme()));
    ui::writeFigure(output, figure, ending == "png" ? 2.0 : 1.0);
}

int run(const Invocation& invocation) {
    const QString format =
        invocation.choice(option("format"), {option("text"), option("json"), option("csv")});
    const QString output = invocation.value(option("output"));
    const std::string ending = output.isEmpty() ? std::string() : checkedEnding(output);
    const QString path = invocation.arguments().first();
    std::optional<Tensor> tensor;
    const std::string file = QFile::encodeName(path).toStdString();
    if (isInputFile(path))
        tensor = readInputFile(file);
    const ModelPtr model = tensor ? openNetwork(optionsFor(*tensor, invocation.network()), invocation.stop())
                                  : openNetwork(invocation);
    Experiment experiment(invocation, model, rowsOf(invocation, model->graph()));
    if (tensor)
        experiment.onPicture(QFileInfo(path).fileName(),
                             inputFrom(*tensor, model->graph().outputShape(inputStep), file));
    else if (QFileInfo(path).isDir())
        experiment.onFolder(path);
    else
        experiment.onPicture(QFileInfo(path).fileName(), inputOf(*model, openPicture(path)->image));
    if (!output.isEmpty())
        writeOutput(output, ending, experiment, invocation);
    if (format == option("json"))
        print(jsonText(experiment.report(), *model));
    else if (format == option("csv"))
        print(csvText(experiment.report(), *model));
    else if (output.isEmpty() || invocation.has(option("format")))
        print(plainText(experiment.report(), *model));
    return ExitDone;
}

}  // namespace

Command experimentCommand() {
    Command command;
    command.name = QStringLiteral("experiment");
    command.arguments = QStringLiteral("IMAGE|FOLDER|INPUT.npy");
    command.summary = QStringLiteral("tell what becomes of predictions when parts are changed");
    command.options = {
        editOption(),
        {QStringLiteral("sweep"),
         QStringLiteral("units, shortcuts, count, swaps or exits; several with commas between"),
         QStringLiteral("KINDS")},
        {QStringLiteral("draws"), QStringLiteral("count: draws of each number of units"), QStringLiteral("N"),
         QStringLiteral("10")},
        {QStringLiteral("draw-seed"), QStringLiteral("count: seed of the draws"), QStringLiteral("N"),
         QStringLiteral("0")},
        {QStringLiteral("remeasure-batch-norm"),
         QStringLiteral("beside each result that with statistics measured anew over these pictures"),
         QStringLiteral("FOLDER")},
        {QStringLiteral("class"), QStringLiteral("index of the class to tell of, from 0"),
         QStringLiteral("N")},
        {QStringLiteral("format"), QStringLiteral("text, json or csv"), QStringLiteral("KIND"),
         QStringLiteral("text")},
        {QStringLiteral("output"), QStringLiteral("FILE.svg or FILE.png (bars) or FILE.csv"),
         QStringLiteral("FILE")},
        themeOption()};
    command.minimumArguments = 1;
    command.maximumArguments = 1;
    command.paints = true;
    command.run = run;
    command.notes = QStringLiteral(
        "units: every F(x) off in turn; shortcuts: every shortcut; count: k units at random, their F(x)\n"
        "off; swaps: pairs of a stage's units swapped; exits: all F(x) after the first k units off.\n"
        "One picture proves nothing; a folder tells accuracy if its folders are named after classes.");
    return command;
}

}  // namespace resnet::app
