#include "app/cli/NetworkOptions.h"

#include "app/cli/Command.h"
#include "core/Error.h"

#include <QCommandLineParser>

namespace resnet::app {

namespace {

QCommandLineOption optionWithValue(const char* name, const QString& description, const char* value) {
    return {QString::fromLatin1(name), description, QString::fromLatin1(value)};
}

UsageError unusable(const QString& option, const QString& expected, const QString& found) {
    return UsageError(QStringLiteral("--%1: expected %2, found '%3'").arg(option, expected, found));
}

std::vector<int> parseIntegers(const QString& option, const QString& text, int high) {
    std::vector<int> values;
    for (const QString& part : text.split(QLatin1Char(','))) {
        bool isNumber = false;
        const int value = part.trimmed().toInt(&isNumber);
        if (!isNumber || value < 1 || value > high)
            throw unusable(option, QStringLiteral("numbers from 1 to %1 such as 3,4,6,3").arg(high), text);
        values.push_back(value);
    }
    return values;
}

void parseInputSize(const QString& text, ModelRequest& request) {
    const QStringList sides = text.split(QLatin1Char('x'), Qt::KeepEmptyParts, Qt::CaseInsensitive);
    bool isHeight = false;
    bool isWidth = false;
    if (sides.size() == 2) {
        request.inputHeight = sides[0].toInt(&isHeight);
        request.inputWidth = sides[1].toInt(&isWidth);
    }
    if (!isHeight || !isWidth)
        throw unusable(QStringLiteral("input"), QStringLiteral("HEIGHTxWIDTH such as 224x224"), text);
}

// The ranges of validate(), told as wrong usage before any file is opened. A file tells its own stages, so
// what is asked of them only has to be in range.
void checkRanges(const ModelRequest& request, bool hasWeights) {
    if (!hasWeights) {
        specOf(request);
        return;
    }
    NetworkSpec spec = request.architecture ? specNamed(*request.architecture) : NetworkSpec{};
    spec.shortcut = ShortcutKind::Projection;
    spec.stem = StemKind::Small;
    if (request.unitsPerStage) {
        spec.unitsPerStage = *request.unitsPerStage;
        spec.channelsPerStage.assign(spec.unitsPerStage.size(), 64);
    }
    if (request.channelsPerStage) {
        spec.channelsPerStage = *request.channelsPerStage;
        if (!request.unitsPerStage)
            spec.unitsPerStage.assign(spec.channelsPerStage.size(), 1);
    }
    spec.classes = request.classes.value_or(spec.classes);
    spec.inputHeight = request.inputHeight.value_or(spec.inputHeight);
    spec.inputWidth = request.inputWidth.value_or(spec.inputWidth);
    spec.batchNormEpsilon = request.batchNormEpsilon.value_or(spec.batchNormEpsilon);
    validate(spec);
}

}  // namespace

int parseInteger(const QString& option, const QString& text, int low, int high) {
    bool isNumber = false;
    const int value = text.toInt(&isNumber);
    if (!isNumber || value < low || value > high)
        throw unusable(option, QStringLiteral("a whole number from %1 to %2").arg(low).arg(high), text);
    return value;
}

double parseNumber(const QString& option, const QString& text, double low, double high) {
    bool isNumber = false;
    const double value = text.toDouble(&isNumber);
    if (!isNumber || !(value >= low && value <= high))
        throw unusable(option, QStringLiteral("a number from %1 to %2").arg(low).arg(high), text);
    return value;
}

QList<QCommandLineOption> networkOptions() {
    return {
        optionWithValue("weights", QStringLiteral("file of weights; without it the bundled network"), "FILE"),
        optionWithValue("copy", QStringLiteral("of several networks in the file, the one to open: model_ema"),
                        "NAME"),
        optionWithValue(
            "padding",
            QStringLiteral("same (Keras), symmetric (PyTorch) or same-torch (old Keras on PyTorch)"), "KIND"),
        optionWithValue("epsilon", QStringLiteral("of the batch norms, such as 1e-3"), "E"),
        optionWithValue(
            "architecture",
            QStringLiteral("resnet18 to 152, plain34, preact34, cifar20 to 110; wider: resnet50-x2"), "NAME"),
        optionWithValue("unit", QStringLiteral("basic, bottleneck or pre-activation"), "KIND"),
        optionWithValue("stride-in",
                        QStringLiteral("conv1 (2015, Keras) or conv2 (torchvision): of bottleneck units"),
                        "CONV"),
        optionWithValue("shortcut",
                        QStringLiteral("projection, projection-always, padding, padding-after or none"),
                        "KIND"),
        optionWithValue("stem", QStringLiteral("7x7 with pooling, or 3x3 without, for small pictures"),
                        "KIND"),
        optionWithValue("input-channels", QStringLiteral("1 (grey), 3 or 4"), "N"),
        optionWithValue("units", QStringLiteral("residual units of each stage, such as 3,4,6,3"), "N,N,..."),
        optionWithValue("channels", QStringLiteral("feature maps of each stage, such as 64,128,256,512"),
                        "N,N,..."),
        optionWithValue("classes", QStringLiteral("number of classes"), "N"),
        optionWithValue("input", QStringLiteral("size of the network's input, such as 224x224"), "HxW"),
        optionWithValue("seed", QStringLiteral("of a network without weights"), "N"),
        optionWithValue("threads", QStringLiteral("threads to compute with; 0, the default, is all"), "N"),
    };
}

bool isUnitKind(const QString& text) {
    for (const UnitKind kind : {UnitKind::Basic, UnitKind::Bottleneck, UnitKind::PreActivation})
        if (text == QString::fromStdString(std::string(name(kind))))
            return true;
    return false;
}

NetworkOptions parseNetworkOptions(const QCommandLineParser& parser, bool unitIsShared) {
    NetworkOptions options;
    const auto given = [&](const char* name, auto use) {
        const QString key = QString::fromLatin1(name);
        if (parser.isSet(key))
            use(key, parser.value(key));
    };
    ModelRequest& request = options.request;
    given("weights", [&](const QString& key, const QString& text) {
        if (text.isEmpty())
            throw UsageError(QStringLiteral("--%1: expected a file name, found nothing").arg(key));
        options.weights = text;
    });
    given("copy", [&](const QString& key, const QString& text) {
        if (text.isEmpty())
            throw unusable(key, QStringLiteral("a name"), text);
        request.copy = text.toStdString();
    });
    given("epsilon", [&](const QString& key, const QString& text) {
        request.batchNormEpsilon = parseNumber(key, text, 0.0, 1.0);
    });
    given("units", [&](const QString& key, const QString& text) {
        request.unitsPerStage = parseIntegers(key, text, 64);
    });
    given("channels", [&](const QString& key, const QString& text) {
        request.channelsPerStage = parseIntegers(key, text, 4096);
    });
    given("classes", [&](const QString& key, const QString& text) {
        request.classes = parseInteger(key, text, 1, 100'000);
    });
    given("input-channels", [&](const QString& key, const QString& text) {
        request.inputChannels = parseInteger(key, text, 1, 4);
    });
    given("input", [&](const QString&, const QString& text) { parseInputSize(text, request); });
    given("seed", [&](const QString& key, const QString& text) {
        bool isNumber = false;
        request.seed = text.toULongLong(&isNumber);
        if (!isNumber)
            throw unusable(key, QStringLiteral("a whole number from 0 to 18446744073709551615"), text);
        options.hasSeed = true;
    });
    given("threads", [&](const QString& key, const QString& text) {
        options.threads = parseInteger(key, text, 0, 1024);
    });
    try {
        given("padding", [&](const QString&, const QString& text) {
            request.padding = paddingNamed(text.toStdString());
        });
        given("architecture",
              [&](const QString&, const QString& text) { request.architecture = text.toStdString(); });
        for (const QString& text : parser.values(QStringLiteral("unit")))
            if (!unitIsShared || isUnitKind(text))
                request.unit = unitKindNamed(text.toStdString());
        given("stride-in", [&](const QString&, const QString& text) {
            request.strideIn = strideInNamed(text.toStdString());
        });
        given("shortcut", [&](const QString&, const QString& text) {
            request.shortcut = shortcutKindNamed(text.toStdString());
        });
        given("stem",
              [&](const QString&, const QString& text) { request.stem = stemKindNamed(text.toStdString()); });
        checkRanges(request, !options.weights.isEmpty());
    } catch (const Error& error) {
        throw UsageError(QStringLiteral("--") + QString::fromStdString(error.what()));
    }
    options.isNew = options.weights.isEmpty() &&
                    (request.architecture || request.unit || request.strideIn || request.shortcut ||
                     request.stem || request.inputChannels || request.unitsPerStage ||
                     request.channelsPerStage || request.classes || options.hasSeed);
    return options;
}

}  // namespace resnet::app
