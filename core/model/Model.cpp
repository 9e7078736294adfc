#include "core/model/Model.h"

#include "core/Error.h"
#include "core/inference/MemoryEstimate.h"
#include "core/model/ClassNames.h"
#include "core/model/ModelMetadata.h"
#include "core/model/ModelSettings.h"
#include "core/model/ParameterChecks.h"
#include "core/model/SpecDetection.h"
#include "core/model/UnusualLayers.h"
#include "core/weights/WeightsFile.h"

#include <algorithm>
#include <cmath>

namespace resnet {

namespace {

constexpr std::size_t mostProblems = 200;

[[noreturn]] void refuse(const std::string& path, std::vector<std::string> problems) {
    const std::size_t others = problems.size() - 1;
    std::string first = problems.front();
    problems.erase(problems.begin());
    if (problems.size() > mostProblems) {
        const std::size_t left = problems.size() - mostProblems;
        problems.resize(mostProblems);
        problems.push_back("and " + std::to_string(left) + " more");
    }
    if (others > 0)
        first += " (and " + std::to_string(others) + " more problems)";
    throw Error(path.empty() ? first : path + ": " + first, std::move(problems));
}

template <typename Value>
SettingSource sourceOf(const std::optional<Value>& asked, const std::optional<Value>& said,
                       SettingSource otherwise) {
    return asked ? SettingSource::User : said ? SettingSource::File : otherwise;
}

// The settings that no tensor tells, from the first of request, metadata and guess that has them.
class Settings {
public:
    Settings(const ModelRequest& request, const ModelMetadata& metadata)
        : m_request(request), m_metadata(metadata) {}

    void complete(NetworkSpec& spec) const {
        spec.padding = m_request.padding.value_or(m_metadata.padding.value_or(Padding::Symmetric));
        spec.batchNormEpsilon =
            m_request.batchNormEpsilon.value_or(m_metadata.batchNormEpsilon.value_or(1e-5));
        const int usual = spec.stem == StemKind::Small ? 32 : 224;
        spec.inputHeight = m_request.inputHeight.value_or(m_metadata.inputHeight.value_or(usual));
        spec.inputWidth = m_request.inputWidth.value_or(m_metadata.inputWidth.value_or(usual));
    }

    // `otherwise` is where settings come from that neither tells.
    SettingSources sources(SettingSource otherwise) const {
        const bool asksForSize = m_request.inputHeight || m_request.inputWidth;
        return {
            .padding = sourceOf(m_request.padding, m_metadata.padding, otherwise),
            .batchNormEpsilon = sourceOf(m_request.batchNormEpsilon, m_metadata.batchNormEpsilon, otherwise),
            .inputSize = asksForSize ? SettingSource::User : sourceOf({}, m_metadata.inputHeight, otherwise),
            .preprocessing = sourceOf(m_request.preprocessing, m_metadata.preprocessing, otherwise),
            .classNames = sourceOf(m_request.classNames, m_metadata.classNames, otherwise),
            .unit = m_request.unit ? SettingSource::User : otherwise,
            .strideIn = sourceOf(m_request.strideIn, m_metadata.strideIn, otherwise),
            .shortcut = sourceOf(m_request.shortcut, m_metadata.shortcut, otherwise),
            .stem = sourceOf(m_request.stem, m_metadata.stem, otherwise)};
    }

    // What shapes tell of the family, or the file layer by layer, is from the file.
    void markTold(SettingSources& sources, const NetworkSpec& spec, bool statesLayers) const {
        sources.unit = SettingSource::File;
        const bool saysPlain = m_metadata.architecture == "plain34";
        if (statesLayers || spec.unit != UnitKind::Bottleneck)
            sources.strideIn = SettingSource::File;
        if (statesLayers || !isWithoutParameters(spec.shortcut) || (saysPlain && !m_request.shortcut))
            sources.shortcut = SettingSource::File;
        if (statesLayers || spec.stem == StemKind::Large)
            sources.stem = SettingSource::File;
    }

    Preprocessing preprocessing(const NetworkSpec& spec) const {
        if (m_request.preprocessing)
            return *m_request.preprocessing;
        if (m_metadata.preprocessing)
            return *m_metadata.preprocessing;
        Preprocessing result;
        if (spec.inputChannels != 3) {  // ImageNet's figures are those of three colours
            result.mean = {0.0f, 0.0f, 0.0f};
            result.deviation = {1.0f, 1.0f, 1.0f};
        }
        // torchvision resizes to 256 before it crops 224; other input sizes keep that proportion.
        if (!m_metadata.padding && spec.stem == StemKind::Large)
            result.shorterSide =
                int(std::lround(std::min(spec.inputHeight, spec.inputWidth) * 256.0 / 224.0));
        return result;
    }

    std::vector<std::string> classNames(int classes, std::vector<std::string>& notes) const {
        const auto& given = m_request.classNames ? m_request.classNames : m_metadata.classNames;
        if (!given)
            return classes == 1000 ? imageNetClassNames()
                   : classes == 1  ? std::vector<std::string>{"yes"}
                                   : numberedClassNames(classes);
        std::vector<std::string> names = *given;
        if (names.size() != std::size_t(classes)) {
            notes.push_back("There are " + std::to_string(names.size()) + " class names for " +
                            std::to_string(classes) + " classes.");
            const std::vector<std::string> numbered = numberedClassNames(classes);
            const std::size_t kept = std::min(names.size(), numbered.size());
            names.resize(kept);
            names.insert(names.end(), numbered.begin() + std::ptrdiff_t(kept), numbered.end());
        }
        return names;
    }

private:
    const ModelRequest& m_request;
    const ModelMetadata& m_metadata;
};

// "Imagenette" of "Imagenette, train split, 9469 images"; without a data set the file's name.
std::string subtitle(const ModelMetadata& metadata, const std::string& path) {
    if (!metadata.dataset.empty())
        return metadata.dataset.substr(0, std::min(metadata.dataset.find(','), std::size_t(60)));
    const std::string file = path.substr(path.rfind('/') + 1);
    return file.substr(0, file.find('.', 1));
}

void noteContradictions(const NetworkSpec& spec, const ModelMetadata& metadata,
                        std::vector<std::string>& notes) {
    const auto& known = architectureNames();
    if (!metadata.architecture || std::ranges::find(known, *metadata.architecture) == known.end())
        return;
    const NetworkSpec named = specNamed(*metadata.architecture);
    if (named.unitsPerStage != spec.unitsPerStage || named.unit != spec.unit)
        notes.push_back("The file calls itself " + *metadata.architecture +
                        ", but its tensors are those of a " + displayName(spec) + ".");
}

// Keras files leave unsaid what a reader of Keras files may well guess.
void markGuesses(SettingSources& sources, const std::set<std::string, std::less<>>& guessed) {
    const auto mark = [&](SettingSource& source, const char* key) {
        if (source == SettingSource::File && guessed.contains(key))
            source = SettingSource::Guess;
    };
    mark(sources.padding, "padding");
    mark(sources.batchNormEpsilon, "bn_epsilon");
    mark(sources.preprocessing, "scale");
}

// The network of a file: from the layers that it states, else from its shapes.
class NetworkOfFile {
public:
    NetworkOfFile(WeightsFile& file, const ModelRequest& request, const ModelMetadata& metadata,
                  std::vector<std::string>& problems)
        : m_file(file), m_request(request), m_metadata(metadata), m_problems(problems) {}

    // Checked against the parameters, which then carry the names of its steps. Throws Error.
    Graph read() {
        const bool isStated = m_file.layers || m_metadata.layers;
        Graph graph = isStated ? stated() : detected();
        if (!m_problems.empty())
            refuse("", std::move(m_problems));
        std::vector<std::string> mismatches = mismatchesOf(graph, m_file.parameters);
        if (std::vector<std::string> part = partBesides(graph, m_file.parameters); !part.empty())
            throw Error(part.front(), {part.begin() + 1, part.end()});
        if (!mismatches.empty())
            refuse("", std::move(mismatches));
        return graph;
    }

private:
    Graph stated() {
        const auto layers =
            std::make_shared<const LayerGraph>(m_file.layers ? *m_file.layers : *m_metadata.layers);
        checkSettings(*layers, m_request);
        NetworkSpec settings;
        settings.inputChannels = layers->inputChannels;
        Settings(m_request, m_metadata).complete(settings);
        checkSize(settings);
        Graph graph(layers, settings);
        m_file.parameters = underStepNames(graph, std::move(m_file.parameters));
        checkRequest(graph.spec(), m_request, m_problems);
        for (const auto& [field, isAsked] : {std::pair("stride in", m_request.strideIn.has_value()),
                                             std::pair("shortcut", m_request.shortcut.has_value())})
            if (isAsked)
                m_problems.push_back(std::string(field) + ": the file states each of its layers");
        for (std::string& note : unusualIn(graph))
            m_file.notes.push_back(std::move(note));
        return graph;
    }

    Graph detected() {
        DetectedNetwork found = detectNetwork(m_file.parameters, m_request, m_metadata, m_problems);
        Settings(m_request, m_metadata).complete(found.spec);
        if (!m_problems.empty())
            refuse("", std::move(m_problems));
        validate(found.spec);
        noteContradictions(found.spec, m_metadata, m_file.notes);
        Graph graph = found.layers ? Graph(found.layers, found.spec) : Graph(found.spec);
        if (!mismatchesOf(graph, m_file.parameters).empty())
            return Graph(found.spec);  // what is missing is told of the network as its names promise it
        std::ranges::move(found.notes, std::back_inserter(m_file.notes));
        if (found.layers || found.spec.inputChannels != 3)
            for (std::string& note : unusualIn(graph))
                m_file.notes.push_back(std::move(note));
        return graph;
    }

    void checkSize(const NetworkSpec& spec) const {
        for (const int side : {spec.inputHeight, spec.inputWidth})
            if (side < 8 || side > 1024)
                throw Error("input size: expected 8 to 1024 pixels in height and width, found " +
                            std::to_string(spec.inputHeight) + " x " + std::to_string(spec.inputWidth));
    }

    WeightsFile& m_file;
    const ModelRequest& m_request;
    const ModelMetadata& m_metadata;
    std::vector<std::string>& m_problems;
};

ModelPtr modelFrom(WeightsFile file, const ModelRequest& request, const std::stop_token& stop) {
    std::vector<std::string> problems;
    const ModelMetadata metadata = parseMetadata(file.metadata, problems);
    if (!problems.empty())
        refuse("", std::move(problems));
    const bool statesLayers = file.layers || metadata.layers;
    Graph graph = NetworkOfFile(file, request, metadata, problems).read();
    std::vector<std::string> notes = std::move(file.notes);

    const NetworkSpec spec = graph.spec();
    const Settings settings(request, metadata);
    auto model = std::make_shared<Model>();
    model->preprocessing = settings.preprocessing(spec);
    model->classNames = settings.classNames(spec.classes, notes);
    model->sources = settings.sources(SettingSource::Guess);
    markGuesses(model->sources, file.guessed);
    settings.markTold(model->sources, spec, statesLayers);
    model->statesLayers = statesLayers;
    std::ranges::move(suspiciousNumbersIn(file.parameters, stop), std::back_inserter(notes));
    if (stop.stop_requested())
        throw Error("reading was stopped");
    model->isInitialisation = metadata.isInitialisation;
    model->title = displayName(spec) + " · " + subtitle(metadata, file.path) +
                   (metadata.isInitialisation ? " · untrained" : "");
    model->network = std::make_shared<const Network>(std::move(graph), std::move(file.parameters));
    model->dataset = metadata.dataset;
    model->source = file.path;
    model->format = name(file.format);
    std::vector<std::string> guesses = guessesIn(*model);
    notes.insert(notes.begin(), guesses.begin(), guesses.end());
    model->notes = std::move(notes);
    return model;
}

}  // namespace

ModelPtr openModel(const std::string& path, const ModelRequest& request, const std::stop_token& stop) {
    if (request.architecture)
        specNamed(*request.architecture);  // a wrong flag is not the file's fault
    WeightsFile file = readWeights(path, stop, request.copy);
    const std::string problem = file.problem;
    try {
        return modelFrom(std::move(file), request, stop);
    } catch (const Error& error) {
        std::vector<std::string> details = error.details();
        if (!problem.empty())
            details.push_back("by structure and shape: " + problem);
        throw Error(path + ": " + error.what(), std::move(details));
    }
}

NetworkSpec specOf(const ModelRequest& request) {
    NetworkSpec spec = request.architecture ? specNamed(*request.architecture) : NetworkSpec{};
    if (request.stem) {
        spec.stem = *request.stem;
        if (spec.stem == StemKind::Small && !request.architecture)
            spec.inputHeight = spec.inputWidth = 32;
    }
    if (request.unitsPerStage) {
        spec.unitsPerStage = *request.unitsPerStage;
        const std::size_t stages = std::min(spec.unitsPerStage.size(), std::size_t(6));
        const int first = spec.channelsPerStage.empty() ? 64 : spec.channelsPerStage.front();
        spec.channelsPerStage.clear();
        for (std::size_t stage = 0; stage < stages; ++stage)
            spec.channelsPerStage.push_back(first << stage);
    }
    if (request.channelsPerStage)
        spec.channelsPerStage = *request.channelsPerStage;
    spec.unit = request.unit.value_or(spec.unit);
    spec.strideIn = request.strideIn.value_or(spec.strideIn);
    spec.shortcut = request.shortcut.value_or(spec.shortcut);
    spec.inputChannels = request.inputChannels.value_or(spec.inputChannels);
    spec.classes = request.classes.value_or(spec.classes);
    spec.inputHeight = request.inputHeight.value_or(spec.inputHeight);
    spec.inputWidth = request.inputWidth.value_or(spec.inputWidth);
    spec.padding = request.padding.value_or(spec.padding);
    spec.batchNormEpsilon = request.batchNormEpsilon.value_or(spec.batchNormEpsilon);
    validate(spec);
    return spec;
}

ModelPtr newModel(const ModelRequest& request) {
    NetworkSpec spec = specOf(request);
    requireMemory(memoryNeededBy(Graph(spec)), availableMemory());
    auto model = std::make_shared<Model>();
    const ModelMetadata nothing;
    const Settings settings(request, nothing);
    model->preprocessing = request.preprocessing.value_or(Preprocessing{});
    model->sources = settings.sources(SettingSource::Default);
    model->classNames = request.classNames ? settings.classNames(spec.classes, model->notes)
                                           : numberedClassNames(spec.classes);
    model->isInitialisation = true;
    model->title = displayName(spec) + " · untrained";
    model->network = std::make_shared<const Network>(Network::initialised(spec, request.seed));
    return model;
}

}  // namespace resnet
