#pragma once

#include "core/weights/NetworkChoice.h"
#include "core/weights/TensorFile.h"

#include <optional>
#include <string>
#include <vector>

namespace resnet {

// A layer that prepares the picture before the network proper: (x - mean) / std, a number for each channel.
struct NormaliseLayer {
    std::size_t mean = 0;  // places in the file's list
    std::size_t deviation = 0;
    std::string path;
};

// Whether the words of a path say that what lies below is no part of a network: a loss, a metric, an
// optimizer, a moving average.
bool saysItIsBeside(std::string_view path);

// What of a file's tensors is no part of the network that was found in it.
class BesideNetwork {
public:
    // Without a match, `root` is the prefix of the names.
    BesideNetwork(const TensorFile& file, const NetworkChoice& choice, std::string root);

    // Whether the network computes without it: counters, losses, metrics, optimizers, and what
    // stands outside of the network and is of no layer. Remembers it for the note.
    bool leavesOut(std::size_t tensor);

    // Finds mean and standard deviation among the tensors that are `left`. Throws Error if there are several
    // pairs.
    std::optional<NormaliseLayer> normaliseLayer(const std::vector<std::size_t>& left,
                                                 std::int64_t channels) const;

    // One line about what was left out, entries that are no tensors included; empty if it is not worth one.
    std::string note(const std::vector<std::string>& otherEntries) const;

private:
    bool isInUnit(std::string_view path) const;
    std::string_view ownPart(std::string_view name) const;
    void remember(const std::string& name, bool isCounter);

    const TensorFile& m_file;
    const NetworkChoice& m_choice;
    std::string m_root;
    struct Group {
        std::string name;
        std::string first;  // tensor
        std::size_t tensors = 0;
    };
    std::vector<Group> m_groups;
    std::size_t m_more = 0;  // tensors of further groups
};

}  // namespace resnet
