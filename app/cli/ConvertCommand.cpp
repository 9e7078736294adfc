#include "app/cli/Commands.h"
#include "app/cli/OpenNetwork.h"
#include "core/model/SaveModel.h"
#include "ui/exports/WholeFile.h"

namespace resnet::app {

namespace {

int runConvert(const Invocation& invocation) {
    const QStringList files = invocation.arguments();
    NetworkOptions options = invocation.network();
    if (!options.weights.isEmpty())
        throw UsageError(
            QStringLiteral("--weights: expected nothing, the file to convert is the first argument"));
    options.weights = files[0];
    options.isNew = false;
    const ModelPtr model = openNetwork(options, invocation.stop());
    const bool isHalf = invocation.has(QStringLiteral("half"));
    const std::string bytes = serialiseModel(*model, isHalf ? Precision::Half : Precision::Single);
    invocation.throwIfInterrupted();
    ui::writeWholeFile(files[1], QByteArray::fromRawData(bytes.data(), qsizetype(bytes.size())));
    return ExitDone;
}

}  // namespace

Command convertCommand() {
    Command command;
    command.name = QStringLiteral("convert");
    command.arguments = QStringLiteral("IN OUT.safetensors");
    command.summary = QStringLiteral("write weights of any format as safetensors, with full metadata");
    command.options = {
        {QStringLiteral("half"),
         QStringLiteral("store kernels and the dense matrix as float16, rounded if they were not")}};
    command.minimumArguments = 2;
    command.maximumArguments = 2;
    command.run = runConvert;
    command.notes = QStringLiteral(
        "IN is a safetensors, PyTorch (.pth) or Keras (.keras, .weights.h5, .h5) file.\n"
        "Options such as --padding go before what the file says, and are written down.\n");
    return command;
}

}  // namespace resnet::app
