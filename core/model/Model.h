#pragma once

#include "core/image/Preprocessing.h"
#include "core/network/Network.h"

#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace resnet {

// Where a setting that no tensor tells was taken from.
enum class SettingSource { Default, File, Guess, User };

struct SettingSources {
    SettingSource padding{};
    SettingSource batchNormEpsilon{};
    SettingSource inputSize{};
    SettingSource preprocessing{};
    SettingSource classNames{};
    SettingSource unit{};
    SettingSource strideIn{};
    SettingSource shortcut{};
    SettingSource stem{};

    bool operator==(const SettingSources&) const = default;
};

// A network and what it takes to use it on pictures. Immutable once made; shared between threads.
struct Model {
    std::shared_ptr<const Network> network;
    Preprocessing preprocessing;
    std::vector<std::string> classNames;  // one per class
    std::string source;                   // path of the weights file, or empty for a network without weights
    std::string format;                   // "safetensors", "PyTorch", ...; empty without a file
    std::string title;                    // "ResNet-34 · Imagenette"
    std::string dataset;                  // what it was trained on, where the file says
    std::vector<std::string> notes;       // what was guessed or looks wrong, one line each
    SettingSources sources;
    bool statesLayers = false;      // the file states each layer; else they are of the family, by shapes
    bool isInitialisation = false;  // random weights, or a file that says it was saved before training
    // As it was before the user changed settings of it (ModelSettings.h); null if they did not.
    std::shared_ptr<const Model> detected;

    bool isOfFile() const { return !source.empty(); }
    // As far as the file says.
    bool isTrained() const { return !isInitialisation; }
    const Graph& graph() const { return network->graph(); }
};

using ModelPtr = std::shared_ptr<const Model>;

// Requested settings, by options or in the window. Precedence: request, then file metadata, then a guess.
// Units, channels and classes only apply without a file: a file's shapes tell them, and one that says
// otherwise is an error. Where the stride of bottleneck units is, and what shortcuts without parameters do,
// no shape tells.
struct ModelRequest {
    std::optional<Padding> padding;
    std::optional<double> batchNormEpsilon;
    std::optional<std::string> architecture;  // a name that specNamed() knows
    std::optional<UnitKind> unit;
    std::optional<StrideIn> strideIn;
    std::optional<ShortcutKind> shortcut;
    std::optional<StemKind> stem;
    std::optional<int> inputChannels;
    std::optional<std::vector<int>> unitsPerStage;
    std::optional<std::vector<int>> channelsPerStage;
    std::optional<int> classes;
    std::optional<int> inputHeight;
    std::optional<int> inputWidth;
    std::optional<Preprocessing> preprocessing;
    std::optional<std::vector<std::string>> classNames;
    std::string copy;        // of several networks in a file, the one to open: "model_ema"
    std::uint64_t seed = 0;  // of a network without weights
    // Where nothing tells what shortcuts without projections are: take padding and say so in a note, where a
    // person can change it, instead of refusing the file.
    bool guessesShortcut = false;

    bool operator==(const ModelRequest&) const = default;
};

// Opens a weights file of any format. Throws Error naming the file and everything wrong with it, and also
// when stopped.
ModelPtr openModel(const std::string& path, const ModelRequest& request = {},
                   const std::stop_token& stop = {});

// The network that a request without a file describes. Throws Error if it is out of range.
NetworkSpec specOf(const ModelRequest& request);

// A network without weights, started as Keras would. Throws Error if the request is out of range.
ModelPtr newModel(const ModelRequest& request = {});

}  // namespace resnet
