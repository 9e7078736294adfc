#include "core/weights/TorchFile.h"

#include "core/Error.h"

#include <tbb/parallel_for_each.h>

#include <map>
#include <mutex>

namespace resnet {

namespace {

struct Job {
    TorchStorage storage;
    std::vector<std::pair<const TorchTensor*, Tensor*>> tensors;
};

void gather(const TorchTensor& from, const std::vector<float>& storage, std::vector<float>& to) {
    std::vector<std::int64_t> index(from.shape.size(), 0);
    std::int64_t position = from.offset;
    for (float& value : to) {
        value = storage[std::size_t(position)];
        for (std::size_t axis = index.size(); axis-- > 0;) {
            position += from.stride[axis];
            if (++index[axis] < from.shape[axis])
                break;
            position -= from.stride[axis] * from.shape[axis];
            index[axis] = 0;
        }
    }
}

// Tensors may share storages. A thousand that share a large one would take more memory than any machine has,
// and so would a huge storage for the sake of one number.
void checkSharing(const std::vector<Job>& jobs, const std::string& file) {
    for (const Job& job : jobs) {
        std::int64_t count = 0;
        for (const auto& [view, tensor] : job.tensors)
            if (__builtin_add_overflow(count, view->count(), &count) || count > 2 * job.storage.count)
                throw Error(file + ": storage '" + job.storage.key + "': its tensors overlap");
        constexpr std::int64_t unusedAllowed = 8'000'000;  // numbers: 32 MB
        if (job.storage.count / 2 > count + unusedAllowed)
            throw Error(file + ": storage '" + job.storage.key +
                        "': its tensors use only a small part of it");
    }
}

}  // namespace

TorchFile::TorchFile(std::string name, TorchState state, Locate locate)
    : m_name(std::move(name)), m_state(std::move(state)), m_locate(std::move(locate)) {
    for (const TorchTensor& tensor : m_state.tensors)
        m_tensors.push_back({tensor.name, tensor.type, tensor.shape});
}

StateDict TorchFile::read(const TensorNames& names) const {
    refuseUndecodable(*this, names);
    StateDict tensors;
    std::vector<Job> jobs;
    std::map<std::string_view, std::size_t> jobOfKey;
    for (const auto& [place, name] : names) {
        const TorchTensor& tensor = m_state.tensors[place];
        const auto [found, isNew] = jobOfKey.emplace(tensor.storage, jobs.size());
        if (isNew)
            jobs.push_back({m_locate(tensor), {}});
        Job& job = jobs[found->second];
        if (tensor.type != job.storage.type || tensor.storageCount != job.storage.count)
            throw Error(m_name + ": tensor '" + tensor.name + "': its storage is described in two ways");
        Tensor& target = tensors[name];
        target.shape = tensor.shape;
        job.tensors.emplace_back(&tensor, &target);
    }
    checkSharing(jobs, m_name);

    std::mutex oneCopyAtATime;  // keeps the memory for whole storages to that of the largest
    tbb::parallel_for_each(jobs, [&](const Job& job) {
        if (job.tensors.size() == 1 && job.tensors.front().first->isWholeStorage()) {
            std::vector<float>& values = job.tensors.front().second->values;
            allocateValues(values, std::size_t(job.storage.count));
            job.storage.decodeAll(values.data());
            return;
        }
        const std::lock_guard lock(oneCopyAtATime);
        std::vector<float> whole;
        allocateValues(whole, std::size_t(job.storage.count));
        job.storage.decodeAll(whole.data());
        for (const auto& [view, tensor] : job.tensors) {
            allocateValues(tensor->values, std::size_t(view->count()));
            gather(*view, whole, tensor->values);
        }
    });
    return tensors;
}

}  // namespace resnet
