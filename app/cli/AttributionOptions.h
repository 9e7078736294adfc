#pragma once

#include "app/cli/Command.h"
#include "core/attribution/Attribution.h"
#include "core/model/Model.h"

#include <optional>

namespace resnet::app {

// --class N, and --against N: a class and the one whose score is taken off.
QCommandLineOption classOption();
QCommandLineOption againstOption();
// The class asked for, or the most probable one of the run.
int classOf(const Invocation& invocation, const Run& run);
std::optional<int> againstOf(const Invocation& invocation, const Graph& graph);
// The score, or the difference of two, that both ask for.
GradientTarget targetOf(const Invocation& invocation, const Run& run);
// "church", or "church over golf ball".
QString classesText(const Model& model, int classIndex, std::optional<int> against);

// --step, --nodes, --baseline, --samples, --noise: what a method can be told.
QList<QCommandLineOption> attributionOptions();
// The method of this name; none for another.
std::optional<AttributionMethod> attributionNamed(const QString& name);
// Throws UsageError for an option of another method than `methodName`, which may be none of gradients.
void checkAttributionOptions(const Invocation& invocation, const QString& methodName);
// For a run that has come to the scores. Throws UsageError, and Error for a baseline that cannot be read.
AttributionRequest attributionRequest(const Invocation& invocation, const Model& model, const Run& run,
                                      AttributionMethod method);

// Throws Error, one line, if the scores of a run cannot be explained; tells on stderr where the network is
// not trained.
void checkExplainable(const Model& model, const Run& run);

}  // namespace resnet::app
