#include "ui/training/DirectionFiles.h"

#include "core/Error.h"
#include "core/weights/SafetensorsWriter.h"
#include "ui/exports/WholeFile.h"

#include <QDir>

namespace resnet::ui {

void writeDirections(const QString& folder, const QString& name, const Direction& first,
                     const Direction& second) {
    if (!QDir().mkpath(folder))
        throw Error((folder + QStringLiteral(": cannot make this folder")).toStdString());
    int number = 1;
    for (const Direction* direction : {&first, &second}) {
        std::vector<TensorToWrite> tensors;
        for (const auto& [parameter, tensor] : *direction)
            tensors.push_back({parameter, tensor.shape, tensor.values, ElementType::F32});
        const std::string bytes = serialiseSafetensors(tensors);
        writeWholeFile(QStringLiteral("%1/%2-direction-%3.safetensors").arg(folder, name).arg(number++),
                       QByteArray::fromRawData(bytes.data(), qsizetype(bytes.size())));
    }
}

}  // namespace resnet::ui
