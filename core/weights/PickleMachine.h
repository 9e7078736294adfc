#pragma once

#include "core/weights/Pickle.h"

#include <unordered_map>

namespace resnet {

// The stack machine behind readPickle(). Opcodes as Python's pickletools documents them.
class PickleMachine {
public:
    PickleMachine(std::string_view bytes, const std::string& file) : m_bytes(bytes), m_file(file) {}
    Pickle run();

private:
    using Index = std::uint32_t;
    using Kind = PickleValue::Kind;

    bool step();  // false after STOP
    bool stepBuilding(std::uint8_t opcode);
    bool stepPushing(std::uint8_t opcode);

    [[noreturn]] void refuse(const std::string& problem) const;
    std::string_view take(std::uint64_t count);
    std::string_view takeLine();
    template <typename Number>
    Number number();

    PickleValue& push(Kind kind);
    void pushIndex(Index index);
    void pushInteger(Kind kind, std::int64_t value);
    void pushText(std::string_view text);
    void pushLong();
    void pushGlobal(std::string_view module, std::string_view name);
    PickleValue& pushStranger(std::string_view name);
    Index pop();
    Index top() const;
    std::vector<Index> popToMark();
    void addItem(Index container, Index item);

    void makeTuple(std::size_t count);
    void makeTuple(std::vector<Index> items);
    void append(const std::vector<Index>& items);
    void setItems(const std::vector<Index>& items);
    void build();
    void makeObject();
    void persistentId();
    void reduce();
    void rebuildTensor(const PickleValue& tuple);
    void memoize(std::uint32_t key);
    void recall(std::uint32_t key);

    const PickleValue& value(Index index) const { return m_pickle.values[index]; }

    std::string_view m_bytes;
    const std::string& m_file;
    std::size_t m_position = 0;
    std::size_t m_items = 0;
    Pickle m_pickle;
    std::vector<Index> m_stack;
    std::vector<std::size_t> m_marks;
    std::unordered_map<std::uint32_t, Index> m_memo;
};

}  // namespace resnet
