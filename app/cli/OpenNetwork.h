#pragma once

#include "app/cli/Command.h"
#include "core/inference/Executor.h"
#include "core/model/Model.h"
#include "ui/images/Picture.h"
#include "ui/workspace/PictureSet.h"

#include <QImage>

#include <stop_token>

namespace resnet::app {

// The weights file asked for; else, if the flags describe one, a network without weights; else the bundled
// network. Tells what had to be guessed on stderr. Throws Error, or
// Interrupted.
ModelPtr openNetwork(const NetworkOptions& options, const std::stop_token& stop);
ModelPtr openNetwork(const Invocation& invocation);

// Says on stderr where what a network predicts is chance.
void tellIfUntrained(const Model& model);

// The step of this name, or `inputStep` for "input". Throws UsageError.
StepId stepNamed(const QString& name, const Graph& graph);

// What --at says: "3,5" is row 3, column 5. Throws UsageError.
Cell cellNamed(const QString& text);

// --edit UNIT:KEY=VALUE,...
QCommandLineOption editOption();
// What --edit, or a file that it names, says is different about the network; several are taken together.
// Throws UsageError.
Edits editsOf(const Invocation& invocation, const Graph& graph);
// A title with the edits behind it, if there are any.
QString editedTitle(const QString& title, const Run& run);

// Opens a picture file, and tells on stderr what its decoder had to do. Throws Error.
ui::PicturePtr openPicture(const QString& path);

// The pictures of a folder that an option, or an argument, names. What is to be said of them goes to stderr,
// or where `say` has it. Throws UsageError.
ui::PictureSet pictureSet(const QString& folder, const Model& model, const QString& option = {},
                          ui::PictureSet::Say say = {});

// The picture as the network sees it, resized and cropped.
QImage cropOf(const Model& model, const Image& image);

// Runs the steps up to and including `last` (nothing for `inputStep`). Throws Interrupted when stopped.
Run runImage(Executor& executor, const Model& model, const Image& image, StepId last,
             const std::stop_token& stop, const Edits& edits = {});

}  // namespace resnet::app
