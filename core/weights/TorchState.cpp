#include "core/weights/TorchState.h"

#include "core/Error.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>

namespace resnet {

namespace {

using Kind = PickleValue::Kind;

constexpr std::size_t longestName = 1024;
constexpr std::size_t mostTensors = 65'536;

class StateFinder {
public:
    StateFinder(const Pickle& pickle, const std::string& file) : m_pickle(pickle), m_file(file) {}

    TorchState find() {
        refuseWhatIsNoDictionary();
        std::string path;
        const PickleValue& dictionary = stateDict(m_pickle.at(m_pickle.root), 0, path);
        if (!path.empty())
            m_state.notes.push_back("The parameters were found under " + path + ".");
        readTensors(dictionary);
        noteStrangers();
        noteTypes();
        return std::move(m_state);
    }

private:
    [[noreturn]] void refuse(const std::string& problem) const { throw Error(m_file + ": " + problem); }

    void refuseWhatIsNoDictionary() const {
        const PickleValue& root = m_pickle.at(m_pickle.root);
        if (root.kind == Kind::Dictionary)
            return;
        if (root.kind == Kind::Stranger && root.isInstance)
            refuse("expected a state dict, found a whole pickled object (" + std::string(root.text) +
                   "); save model.state_dict() instead");
        if (root.kind == Kind::Stranger)
            refuse("expected a state dict, found a call of '" + std::string(root.text) +
                   "', which was not run");
        refuse("expected a state dict, found a pickle of something else");
    }

    int tensorsIn(const PickleValue& dictionary) const {
        int count = 0;
        for (std::size_t i = 1; i < dictionary.items.size(); i += 2)
            count += m_pickle.at(dictionary.items[i]).kind == Kind::Tensor;
        return count;
    }

    // The dictionary itself if it has tensors, else the best of those in it: one of the usual names, or the
    // one with the most tensors. An optimizer's state has its tensors deeper.
    const PickleValue& stateDict(const PickleValue& dictionary, int depth, std::string& path) const {
        if (tensorsIn(dictionary) > 0)
            return dictionary;
        constexpr std::array<std::string_view, 6> usual{"state_dict", "model_state_dict", "model",
                                                        "net",        "network",          "weights"};
        struct Candidate {
            std::size_t rank;
            int tensors;
            std::uint32_t index;
            std::string_view key;
        };
        std::optional<Candidate> best;
        for (std::size_t i = 0; i < dictionary.items.size(); i += 2) {
            const PickleValue& key = m_pickle.at(dictionary.items[i]);
            const PickleValue& value = m_pickle.at(dictionary.items[i + 1]);
            if (key.kind != Kind::Text || value.kind != Kind::Dictionary)
                continue;
            const auto rank = std::size_t(std::ranges::find(usual, key.text) - usual.begin());
            const int tensors = tensorsIn(value);
            if (tensors == 0 && (depth > 0 || rank == usual.size()))
                continue;
            if (!best || rank < best->rank || (rank == best->rank && tensors > best->tensors))
                best = Candidate{rank, tensors, dictionary.items[i + 1], key.text};
        }
        if (best) {
            path += (path.empty() ? "'" : ", '") + std::string(best->key.substr(0, 100)) + "'";
            return stateDict(m_pickle.at(best->index), depth + 1, path);
        }
        if (!m_pickle.strangers.empty())
            refuse("expected a state dict, found no tensors, but '" + m_pickle.strangers.front() +
                   "', which was not run");
        refuse("expected a state dict, found a dictionary without tensors");
    }

    void readTensors(const PickleValue& dictionary) {
        std::set<std::string_view> names;
        int others = 0;
        for (std::size_t i = 0; i < dictionary.items.size(); i += 2) {
            const PickleValue& key = m_pickle.at(dictionary.items[i]);
            const PickleValue& value = m_pickle.at(dictionary.items[i + 1]);
            if (value.kind != Kind::Tensor) {
                ++others;
                continue;
            }
            if (key.kind != Kind::Text || key.text.empty() || key.text.size() > longestName)
                refuse("a tensor without a name of up to 1024 bytes");
            if (!names.insert(key.text).second)
                refuse("tensor '" + std::string(key.text) + "': is there twice");
            if (m_state.tensors.size() == mostTensors)
                refuse("more than " + std::to_string(mostTensors) + " tensors");
            if (key.text.ends_with("num_batches_tracked"))
                m_countsBatches = true;
            else
                m_state.tensors.push_back(tensor(std::string(key.text), value));
        }
        if (m_state.tensors.empty())
            refuse("holds no tensors");
        if (others > 0)
            m_state.notes.push_back(std::to_string(others) + " entries that are no tensors were left out.");
        if (!m_countsBatches)
            m_state.notes.emplace_back("There is no num_batches_tracked, as in old files; it is not needed.");
    }

    TorchTensor tensor(std::string name, const PickleValue& value) const {
        const PickleValue& storage = m_pickle.at(value.items[0]);
        TorchTensor made;
        made.name = std::move(name);
        made.storage = m_pickle.at(storage.items[0]).text;
        const std::string place = "tensor '" + made.name + "': ";
        const PickleValue& storageClass = m_pickle.at(storage.items[1]);
        try {
            made.type =
                torchElementType(storageClass.kind == Kind::Global ? storageClass.text : "nothing known");
        } catch (const Error& error) {
            refuse(place + error.what());
        }
        made.storageCount = storage.integer;
        made.offset = value.integer;
        made.shape = numbers(value.items[1]);
        made.stride = numbers(value.items[2]);
        checkWindow(made, place);
        return made;
    }

    std::vector<std::int64_t> numbers(std::uint32_t tuple) const {
        std::vector<std::int64_t> result;
        for (const std::uint32_t item : m_pickle.at(tuple).items)
            result.push_back(m_pickle.at(item).integer);
        return result;
    }

    void checkWindow(const TorchTensor& tensor, const std::string& place) const {
        if (tensor.shape.size() != tensor.stride.size())
            refuse(place + "has a shape of " + std::to_string(tensor.shape.size()) + " and strides of " +
                   std::to_string(tensor.stride.size()) + " dimensions");
        std::int64_t count = 0;
        try {
            count = tensor.count();
        } catch (const Error& error) {
            refuse(place + error.what());
        }
        std::int64_t last = tensor.offset;
        bool isOutside = last < 0;
        for (std::size_t i = 0; i < tensor.shape.size(); ++i) {
            std::int64_t way = 0;
            isOutside |= tensor.stride[i] < 0;
            isOutside |= count > 0 && (__builtin_mul_overflow(tensor.shape[i] - 1, tensor.stride[i], &way) ||
                                       __builtin_add_overflow(last, way, &last));
        }
        // A window of more elements than there are repeats some; nothing honest needs that, and it could be
        // huge.
        if (isOutside || (count > 0 && last >= tensor.storageCount) || count > tensor.storageCount)
            refuse(place + "reaches beyond its storage of " + std::to_string(tensor.storageCount) +
                   " numbers");
    }

    void noteStrangers() {
        if (m_pickle.strangers.empty())
            return;
        std::string names;
        const std::size_t shown = std::min<std::size_t>(m_pickle.strangers.size(), 4);
        for (std::size_t i = 0; i < shown; ++i)
            names += (i == 0 ? "'" : ", '") + m_pickle.strangers[i].substr(0, 80) + "'";
        if (m_pickle.strangers.size() > shown)
            names += " and others";
        m_state.notes.push_back("The file asks for " + names + "; nothing of it was run.");
    }

    void noteTypes() {
        std::set<ElementType> types;
        for (const TorchTensor& each : m_state.tensors)
            if (each.type != ElementType::F32)
                types.insert(each.type);
        for (const ElementType type : types)
            if (isDecodable(type))
                m_state.notes.push_back("Its numbers are " + std::string(resnet::name(type)) +
                                        ", computed as F32.");
    }

    const Pickle& m_pickle;
    const std::string& m_file;
    TorchState m_state;
    bool m_countsBatches = false;
};

}  // namespace

std::int64_t TorchTensor::count() const {
    return elementCount(shape);
}

bool TorchTensor::isWholeStorage() const {
    if (offset != 0 || count() != storageCount)
        return false;
    std::int64_t expected = 1;
    for (std::size_t i = shape.size(); i-- > 0;) {
        if (shape[i] != 1 && stride[i] != expected)
            return false;
        expected *= shape[i];
    }
    return true;
}

TorchState findTorchState(const Pickle& pickle, const std::string& file) {
    return StateFinder(pickle, file).find();
}

ElementType torchElementType(std::string_view storageClass) {
    struct Row {
        std::string_view name;
        ElementType type;
    };
    constexpr std::array rows{
        Row{"torch FloatStorage", ElementType::F32}, Row{"torch DoubleStorage", ElementType::F64},
        Row{"torch HalfStorage", ElementType::F16},  Row{"torch BFloat16Storage", ElementType::BF16},
        Row{"torch LongStorage", ElementType::I64},  Row{"torch IntStorage", ElementType::I32},
        Row{"torch BoolStorage", ElementType::Bool}, Row{"torch ByteStorage", ElementType::U8},
    };
    const auto found = std::ranges::find(rows, storageClass, &Row::name);
    if (found == rows.end())
        throw Error("expected a storage of numbers, found '" + std::string(storageClass) + "'");
    return found->type;
}

}  // namespace resnet
