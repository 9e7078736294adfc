#include "app/cli/Commands.h"
#include "app/cli/Console.h"
#include "app/cli/OpenNetwork.h"
#include "app/cli/TraceReport.h"
#include "core/Error.h"

#include <QElapsedTimer>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace resnet::app {

namespace {

using Json = nlohmann::ordered_json;

struct Prediction {
    int index = 0;
    float probability = 0.0f;
    float logit = 0.0f;
};

struct Result {
    QString image;
    std::vector<Prediction> predictions;  // the most probable first
    double milliseconds = 0.0;
};

// NaN goes last, equal values by index.
std::vector<Prediction> bestOf(const FeatureMaps& logits, const FeatureMaps& probabilities, int count) {
    std::vector<Prediction> all;
    for (int c = 0; c < logits.channels(); ++c)
        all.push_back({c, probabilities.at(c, 0, 0), logits.at(c, 0, 0)});
    std::stable_sort(all.begin(), all.end(), [](const Prediction& a, const Prediction& b) {
        return std::isnan(b.probability) ? !std::isnan(a.probability) : a.probability > b.probability;
    });
    all.resize(std::min(all.size(), std::size_t(count)));
    return all;
}

Json toJson(const Result& result, const Model& model) {
    Json predictions = Json::array();
    for (const Prediction& p : result.predictions)
        predictions.push_back(
            {{"index", p.index},
             {"label", model.classNames[std::size_t(p.index)]},
             {"probability", model.graph().hasProbabilities() ? Json(shortest(p.probability)) : Json()},
             {"logit", shortest(p.logit)}});
    return {{"image", result.image.toStdString()},
            {"predictions", predictions},
            {"milliseconds", std::round(result.milliseconds * 1000.0) / 1000.0}};
}

QString toText(const Result& result, const Model& model) {
    QStringList labels;
    qsizetype width = 0;
    for (const Prediction& p : result.predictions) {
        labels.append(QString::fromStdString(model.classNames[std::size_t(p.index)]));
        width = std::max(width, labels.last().size());
    }
    QString text = QStringLiteral("%1 (%2 ms)\n").arg(result.image).arg(result.milliseconds, 0, 'f', 0);
    for (std::size_t i = 0; i < result.predictions.size(); ++i) {
        const Prediction& p = result.predictions[i];
        const QString label = labels[qsizetype(i)].leftJustified(width);
        if (model.graph().hasProbabilities())
            text += QStringLiteral("  %1  %2 %   logit %3\n")
                        .arg(label)
                        .arg(double(p.probability) * 100.0, 5, 'f', 1)
                        .arg(double(p.logit), 8, 'f', 4);
        else
            text += QStringLiteral("  %1  score %2\n").arg(label).arg(double(p.logit), 8, 'f', 4);
    }
    if (model.network->spec().classes == 1 && model.graph().hasProbabilities())
        text += QStringLiteral("  %1  %2 %\n")
                    .arg(QStringLiteral("no").leftJustified(width))
                    .arg(100.0 - double(result.predictions.front().probability) * 100.0, 5, 'f', 1);
    return text;
}

Result predict(Executor& executor, const Model& model, const QString& path, int count, const Edits& edits,
               const Invocation& invocation) {
    const ui::PicturePtr picture = openPicture(path);
    QElapsedTimer timer;
    timer.start();
    const Run run =
        runImage(executor, model, picture->image, model.graph().softmaxStep(), invocation.stop(), edits);
    const double milliseconds = double(timer.nsecsElapsed()) * 1e-6;
    return {path,
            bestOf(*run.output(model.graph().logitsStep()), *run.output(model.graph().softmaxStep()), count),
            milliseconds};
}

int runPredict(const Invocation& invocation) {
    const bool isJson = invocation.wantsJson();
    const int count = invocation.integer(QStringLiteral("top"), 1, 100'000);
    const ModelPtr model = openNetwork(invocation);
    const Edits edits = editsOf(invocation, model->graph());
    Executor executor(model->network, invocation.network().threads);
    Json results = Json::array();
    int status = ExitDone;
    bool isAnyDone = false;
    for (const QString& path : invocation.arguments()) {
        try {
            const Result result = predict(executor, *model, path, count, edits, invocation);
            if (!std::exchange(isAnyDone, true))
                tellIfUntrained(*model);
            if (isJson)
                results.push_back(toJson(result, *model));
            else
                print(toText(result, *model));
        } catch (const Error& error) {
            tell(QString::fromStdString(error.what()));
            status = ExitFailed;
        }
    }
    if (isJson)
        print(QString::fromStdString(results.dump(1)) + QLatin1Char('\n'));
    return status;
}

}  // namespace

Command predictCommand() {
    Command command;
    command.name = QStringLiteral("predict");
    command.arguments = QStringLiteral("IMAGE...");
    command.summary = QStringLiteral("name the most probable classes of images");
    command.options = {{QStringLiteral("top"), QStringLiteral("how many classes to name"),
                        QStringLiteral("K"), QStringLiteral("5")},
                       editOption(),
                       formatOption()};
    command.minimumArguments = 1;
    command.maximumArguments = unlimited;
    command.run = runPredict;
    command.notes =
        QStringLiteral("An image that cannot be used does not stop the others; the exit status is then 1.");
    return command;
}

}  // namespace resnet::app
