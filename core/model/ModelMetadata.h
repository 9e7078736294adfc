#pragma once

#include "core/model/Model.h"

#include <map>
#include <string>

namespace resnet {

// What a weights file says of its network in text. All keys are optional:
//   architecture   a name that specNamed() knows
//   unit, stride_in, shortcut, stem    as NetworkSpec.h names them
//   graph          the layers, where they are none of a NetworkSpec (LayerGraphText.h)
//   padding        same, symmetric or same-torch
//   bn_epsilon     0.001
//   input_size     224, or [height, width]
//   mean, std      [r, g, b], in the order of channel_order; one number for grey, four with opacity
//   scale          what pixels are multiplied with before the mean is subtracted (1/255)
//   resize         the shorter side in pixels before cropping (the input size)
//   channel_order  RGB or BGR
//   classes        a list of names
//   dataset        what it was trained on
//   epoch          how often it saw all of that; 0: only initialised
// Lists are JSON, numbers are decimal.
struct ModelMetadata {
    std::optional<std::string> architecture;
    std::optional<UnitKind> unit;
    std::optional<StrideIn> strideIn;
    std::optional<ShortcutKind> shortcut;
    std::optional<StemKind> stem;
    std::optional<LayerGraph> layers;
    std::optional<Padding> padding;
    std::optional<double> batchNormEpsilon;
    std::optional<int> inputHeight;
    std::optional<int> inputWidth;
    std::optional<Preprocessing> preprocessing;
    std::optional<std::vector<std::string>> classNames;
    std::string dataset;
    bool isInitialisation = false;  // epoch 0
};

using MetadataText = std::map<std::string, std::string, std::less<>>;

// Reads the keys above and ignores others. Every value that cannot be used adds a line to `problems`.
ModelMetadata parseMetadata(const MetadataText& text, std::vector<std::string>& problems);

// The text that parseMetadata() reads the same settings from: those of padding, epsilon, input size (both
// sides), preprocessing and class names that are given.
MetadataText metadataOf(const ModelRequest& settings, int channels = 3);
// The text that parseMetadata() reads the same model from.
MetadataText metadataOf(const Model& model);

}  // namespace resnet
