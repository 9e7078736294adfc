#pragma once

#include "core/model/Model.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace resnet {

// What no tensor tells of a model, as the user may set it: padding, epsilon, input size, preprocessing,
// class names, and where the file leaves them open, the stride of bottleneck units and the shortcuts.

// The model as it was detected with these settings put in; the other fields of the request are ignored. The
// parameters are shared, and so is the whole network if no setting of it changes. Settings equal to the
// detected ones count as detected; with none left it is the detected model itself.
// Throws Error naming the setting that is out of range, and if there is not one class name per class.
ModelPtr withSettings(const ModelPtr& model, const ModelRequest& settings);

// Whether the stride may be in another convolution: of bottleneck units, unless the file states its layers.
bool canChangeStride(const Model& model);
// Whether shortcuts may be others of those that have no parameters.
bool canChangeShortcut(const Model& model);

// All settings as they are.
ModelRequest settingsOf(const Model& model);

// What withSettings() was given for this model, as far as it made a difference.
ModelRequest changedSettings(const Model& model);

// Throws Error naming the value out of range: the scale above 0 and at most 1000, the shorter side 0 to 8192,
// mean and standard deviation finite, and no standard deviation 0.
void validate(const Preprocessing& preprocessing);

// One line for each thing that was guessed, empty if the file or the user said all of it.
std::vector<std::string> guessesIn(const Model& model);

// Settings as text (JSON), to be kept for a file; empty without any.
std::string settingsText(const ModelRequest& settings);
// Nothing if the text is damaged, or was not written by settingsText().
std::optional<ModelRequest> settingsFromText(std::string_view text);

}  // namespace resnet
