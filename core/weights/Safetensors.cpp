#include "core/weights/Safetensors.h"

#include "core/Error.h"
#include "core/weights/ElementType.h"

#include <tbb/parallel_for_each.h>

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

}  // namespace resnet
