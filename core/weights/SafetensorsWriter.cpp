#include "core/weights/SafetensorsWriter.h"

#include <nlohmann/json.hpp>

#include <cassert>

namespace resnet {

std::string serialiseSafetensorsHeader(std::span<const SafetensorsEntry> tensors, const Metadata& metadata) {
    nlohmann::ordered_json header = nlohmann::ordered_json::object();
    if (!metadata.empty())
        header["__metadata__"] = metadata;
    std::uint64_t position = 0;
    for (const SafetensorsEntry& tensor : tensors) {
        const std::uint64_t end =
            position + std::uint64_t(elementCount(tensor.shape)) * byteSize(tensor.type);
        header[tensor.name] = {
            {"dtype", name(tensor.type)}, {"shape", tensor.shape}, {"data_offsets", {position, end}}};
        position = end;
    }
    std::string text = header.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    text.append((8 - text.size() % 8) % 8, ' ');
    const std::uint64_t length = text.size();
    return std::string(reinterpret_cast<const char*>(&length), sizeof length) + text;
}

std::string serialiseSafetensors(std::span<const TensorToWrite> tensors, const Metadata& metadata) {
    std::vector<SafetensorsEntry> entries;
    std::size_t size = 0;
    for (const TensorToWrite& tensor : tensors) {
        assert(tensor.type == ElementType::F32 || tensor.type == ElementType::F16);
        entries.push_back({tensor.name, tensor.type, tensor.shape, 0, 0});
        size += tensor.values.size() * byteSize(tensor.type);
    }
    std::string bytes = serialiseSafetensorsHeader(entries, metadata);
    bytes.reserve(bytes.size() + size);
    for (const TensorToWrite& tensor : tensors) {
        if (tensor.type == ElementType::F32) {
            bytes.append(reinterpret_cast<const char*>(tensor.values.data()), tensor.values.size_bytes());
            continue;
        }
        for (const float value : tensor.values) {
            const std::uint16_t half = toHalf(value);
            bytes.append(reinterpret_cast<const char*>(&half), sizeof half);
        }
    }
    return bytes;
}

}  // namespace resnet
