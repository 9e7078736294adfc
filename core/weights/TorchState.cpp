#include "core/weights/TorchState.h"

#include "core/Error.h"
#include "core/tensor/Tensor.h"
#include "core/weights/TensorFile.h"

#include <algorithm>
#include <array>
#include <set>

namespace resnet {

namespace {

using ValueKind = PickleValue::Kind;

constexpr std::size_t mostOthers = 1000;
constexpr std::size_t deepestNest = 32;

class StateFinder {
public:
    StateFinder(const Pickle& pickle, const std::string& file) : m_pickle(pickle), m_file(file) {}

    TorchState find() {
        const PickleValue& root = m_pickle.at(m_pickle.root);
        if (!isContainer(root))
            refuseWhatIsNoDictionary(root);
        readEntries(root, 0, {});
        if (m_state.tensors.empty())
            refuseWithoutTensors(root);
        noteStrangers();
        return std::move(m_state);
    }

private:
    static bool isContainer(const PickleValue& value) {
        return value.kind == ValueKind::Dictionary || value.kind == ValueKind::List ||
               value.kind == ValueKind::Tuple;
    }

    [[noreturn]] void refuse(const std::string& problem) const { throw Error(m_file + ": " + problem); }

    [[noreturn]] void refuseWhatIsNoDictionary(const PickleValue& value) const {
        if (value.kind == ValueKind::Stranger && value.isInstance)
            refuse("expected a state dict, found a whole pickled object (" + std::string(value.text) +
                   "), which only its own program can make; there, save model.state_dict() instead");
        if (value.kind == ValueKind::Stranger)
            refuse("expected a state dict, found a call of '" + std::string(value.text) +
                   "', which was not run");
        if (value.kind == ValueKind::Tensor)
            refuse("expected a state dict, found a single tensor");
        refuse("expected a state dict, found a pickle of something else");
    }

    [[noreturn]] void refuseWithoutTensors(const PickleValue& root) const {
        for (std::size_t i = 1; root.kind == ValueKind::Dictionary && i < root.items.size(); i += 2) {
            const PickleValue& value = m_pickle.at(root.items[i]);
            if (value.kind == ValueKind::Stranger && value.isInstance &&
                value.text.find("argparse") == value.text.npos && !value.text.starts_with("numpy"))
                refuseWhatIsNoDictionary(value);
        }
        if (std::ranges::find(m_pickle.strangers, "torch._utils _rebuild_qtensor") !=
            m_pickle.strangers.end())
            refuse(
                "holds a quantised network; expected float32 or float16: save the network before it is "
                "quantised");
        if (std::ranges::any_of(m_pickle.strangers, [](const std::string& name) {
                return name.starts_with("numpy") && name.ends_with("_reconstruct");
            }))
            refuse("expected a state dict of tensors, found NumPy arrays");
        if (!m_pickle.strangers.empty())
            refuse("expected a state dict, found no tensors, but '" + m_pickle.strangers.front() +
                   "', which was not run");
        refuse("expected a state dict, found a dictionary without tensors");
    }

    // The tensors of a dictionary, list or tuple and of those in it, each of which is visited once.
    void readEntries(const PickleValue& container, std::size_t depth, const std::string& prefix) {
        const bool isDictionary = container.kind == ValueKind::Dictionary;
        std::set<std::string_view> keys;
        for (std::size_t i = 0; i < container.items.size(); i += isDictionary ? 2 : 1) {
            const PickleValue& value = m_pickle.at(container.items[i + (isDictionary ? 1 : 0)]);
            std::string key = std::to_string(i);
            if (isDictionary) {
                const PickleValue& given = m_pickle.at(container.items[i]);
                if (value.kind == ValueKind::Tensor &&
                    (given.kind != ValueKind::Text || given.text.empty()) && given.kind != ValueKind::Integer)
                    refuse("a tensor without a name of up to 1024 bytes");
                key = given.kind == ValueKind::Integer ? std::to_string(given.integer)
                                                       : std::string(given.text);
                if (value.kind == ValueKind::Tensor && given.kind == ValueKind::Text &&
                    !keys.insert(given.text).second)
                    refuse("tensor '" + prefix + key + "': is there twice");
            }
            const std::size_t before = m_state.tensors.size();
            if (value.kind == ValueKind::Tensor)
                addTensor(prefix + key, value);
            else if (isContainer(value) && depth < deepestNest && m_visited.insert(&value).second)
                readEntries(value, depth + 1, prefix + key + ".");
            if (depth == 0 && isDictionary && m_state.tensors.size() == before &&
                m_state.others.size() < mostOthers)
                m_state.others.push_back(key.substr(0, 100));
        }
    }

    void addTensor(std::string name, const PickleValue& value) {
        if (name.size() > longestTensorName)
            refuse("a tensor without a name of up to 1024 bytes");
        if (m_state.tensors.size() == mostTensors)
            refuse("more than " + std::to_string(mostTensors) + " tensors");
        const PickleValue& storage = m_pickle.at(value.items[0]);
        const PickleValue& storageClass = m_pickle.at(storage.items[1]);
        const auto kind =
            storageClass.kind == ValueKind::Global ? torchStorageKind(storageClass.text) : std::nullopt;
        if (!kind)
            refuse("tensor '" + name + "': expected a storage of numbers, found '" +
                   std::string(storageClass.text.substr(0, 100)) + "'");
        if (!kind->type)
            return;
        TorchTensor made;
        made.name = std::move(name);
        made.storage = m_pickle.at(storage.items[0]).text;
        made.type = *kind->type;
        made.storageCount = storage.integer;
        made.offset = value.integer;
        made.shape = numbers(value.items[1]);
        made.stride = numbers(value.items[2]);
        checkWindow(made);
        // No step is ever taken along an axis of extent 1, and its stride may be any number.
        for (std::size_t i = 0; i < made.shape.size(); ++i)
            if (made.shape[i] == 1)
                made.stride[i] = 0;
        m_state.tensors.push_back(std::move(made));
    }

    std::vector<std::int64_t> numbers(std::uint32_t tuple) const {
        std::vector<std::int64_t> result;
        for (const std::uint32_t item : m_pickle.at(tuple).items)
            result.push_back(m_pickle.at(item).integer);
        return result;
    }

    void checkWindow(const TorchTensor& tensor) const {
        const std::string place = "tensor '" + tensor.name + "': ";
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

    const Pickle& m_pickle;
    const std::string& m_file;
    TorchState m_state;
    std::set<const PickleValue*> m_visited;
};

}  // namespace

std::int64_t TorchTensor::count() const {
    return elementCount(shape);
}

bool TorchTensor::isWholeStorage() const {
    if (offset != 0 || count() != storageCount)
        return false;
    if (storageCount == 0)
        return true;
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

std::optional<TorchStorageKind> torchStorageKind(std::string_view storageClass) {
    struct Row {
        std::string_view name;
        TorchStorageKind kind;
    };
    static constexpr std::array rows{
        Row{"torch FloatStorage", {4, ElementType::F32}},
        Row{"torch DoubleStorage", {8, ElementType::F64}},
        Row{"torch HalfStorage", {2, ElementType::F16}},
        Row{"torch BFloat16Storage", {2, ElementType::BF16}},
        Row{"torch LongStorage", {8, ElementType::I64}},
        Row{"torch IntStorage", {4, ElementType::I32}},
        Row{"torch ShortStorage", {2, ElementType::I16}},
        Row{"torch CharStorage", {1, ElementType::I8}},
        Row{"torch ByteStorage", {1, ElementType::U8}},
        Row{"torch BoolStorage", {1, ElementType::Bool}},
        Row{"torch ComplexFloatStorage", {8, std::nullopt}},
        Row{"torch ComplexDoubleStorage", {16, std::nullopt}},
        Row{"torch QInt8Storage", {1, std::nullopt}},
        Row{"torch QUInt8Storage", {1, std::nullopt}},
        Row{"torch QInt32Storage", {4, std::nullopt}},
    };
    const auto found = std::ranges::find(rows, storageClass, &Row::name);
    if (found == rows.end())
        return std::nullopt;
    return found->kind;
}

}  // namespace resnet
