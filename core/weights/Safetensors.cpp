#include "core/weights/Safetensors.h"

#include "core/Error.h"
#include "core/weights/TensorValues.h"

#include <nlohmann/json.hpp>
#include <tbb/parallel_for_each.h>

#include <cassert>
#include <cstring>

namespace resnet {

namespace {

bool isIgnored(const std::string& tensorName) {
    return tensorName.ends_with("num_batches_tracked");
}

void refuseUndecodable(const std::string& file, const SafetensorsHeader& header) {
    std::vector<std::string> problems;
    for (const SafetensorsEntry& entry : header.tensors)
        if (!isIgnored(entry.name) && !isDecodable(entry.type))
            problems.push_back("tensor '" + entry.name + "': expected F16, BF16, F32 or F64, found " +
                               std::string(name(entry.type)));
    if (problems.empty())
        return;
    const std::string first = file + ": " + problems.front();
    problems.erase(problems.begin());
    throw Error(first, std::move(problems));
}

}  // namespace

SafetensorsFile readSafetensors(const ByteSource& source) {
    SafetensorsHeader header = readSafetensorsHeader(source);
    refuseUndecodable(source.name(), header);

    struct Job {
        const SafetensorsEntry* entry;
        Tensor* tensor;
    };
    SafetensorsFile file;
    std::vector<Job> jobs;
    for (const SafetensorsEntry& entry : header.tensors)
        if (!isIgnored(entry.name))
            jobs.push_back({&entry, &file.tensors[entry.name]});
    if (jobs.empty())
        throw Error(source.name() + ": holds no tensors");

    tbb::parallel_for_each(jobs, [&](const Job& job) {
        job.tensor->shape = job.entry->shape;
        allocateValues(job.tensor->values, (job.entry->end - job.entry->begin) / byteSize(job.entry->type));
        decode(source, job.entry->begin, job.entry->type, job.tensor->values.data(),
               job.tensor->values.size());
    });
    file.metadata = std::move(header.metadata);
    return file;
}

SafetensorsFile readSafetensors(const std::string& path) {
    return readSafetensors(*openFile(path));
}

std::string serialiseSafetensors(std::span<const TensorToWrite> tensors, const Metadata& metadata) {
    nlohmann::ordered_json header = nlohmann::ordered_json::object();
    if (!metadata.empty())
        header["__metadata__"] = metadata;
    std::uint64_t position = 0;
    for (const TensorToWrite& tensor : tensors) {
        assert(tensor.type == ElementType::F32 || tensor.type == ElementType::F16);
        const std::uint64_t end = position + tensor.values.size() * byteSize(tensor.type);
        header[tensor.name] = {
            {"dtype", name(tensor.type)}, {"shape", tensor.shape}, {"data_offsets", {position, end}}};
        position = end;
    }
    std::string text = header.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    text.append((8 - text.size() % 8) % 8, ' ');

    const std::uint64_t length = text.size();
    std::string bytes;
    bytes.reserve(sizeof length + text.size() + position);
    bytes.append(reinterpret_cast<const char*>(&length), sizeof length);
    bytes += text;
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
