#pragma once

#include "core/files/ByteSource.h"
#include "core/weights/TensorFile.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace resnet {

// The safetensors format: a u64 little-endian N, N bytes of JSON that give each tensor's type, shape and
// place, then the numbers. Source: github.com/huggingface/safetensors, README, "Format".

using Metadata = std::map<std::string, std::string, std::less<>>;

struct SafetensorsEntry : ListedTensor {
    std::uint64_t begin = 0;  // position of the numbers in the file
    std::uint64_t end = 0;
};

struct SafetensorsHeader {
    std::vector<SafetensorsEntry> tensors;  // in the order of their numbers
    Metadata metadata;
};

// Reads and checks everything but the numbers, which come next: sizes fit, tensors lie side by side from the
// header to the end. Throws Error.
SafetensorsHeader readSafetensorsHeader(SequentialSource& source);

// An open file, which must outlive it. Throws Error if it is damaged or has no tensors.
class SafetensorsFile final : public TensorFile {
public:
    explicit SafetensorsFile(const ByteSource& source);

    const Metadata& metadata() const { return m_metadata; }

    const std::string& name() const override { return m_source.name(); }
    const std::vector<ListedTensor>& tensors() const override { return m_tensors; }
    bool isInOrder() const override { return false; }
    StateDict read(const TensorNames& names) const override;

private:
    const ByteSource& m_source;
    Metadata m_metadata;
    std::vector<ListedTensor> m_tensors;
    struct Numbers {
        std::uint64_t begin;  // position in the file
        std::size_t count;
    };
    std::vector<Numbers> m_numbers;
};

}  // namespace resnet
