#pragma once

#include "core/weights/Pickle.h"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <unordered_map>

namespace resnet {

// The bytes of a pickle, taken from front to back. Every function but refuse() throws Error if they end.
class PickleInput {
public:
    PickleInput(std::string_view bytes, const std::string& file) : m_bytes(bytes), m_file(file) {}

    std::string_view take(std::uint64_t count);
    // Up to a line feed, which is taken, too.
    std::string_view takeLine();
    // Little-endian.
    template <typename Number>
    Number takeNumber() {
        Number result{};
        std::memcpy(&result, take(sizeof result).data(), sizeof result);
        return result;
    }
    std::size_t position() const { return m_position; }

    // Throws Error that names the file and the position.
    [[noreturn]] void refuse(const std::string& problem) const;

private:
    std::string_view m_bytes;
    const std::string& m_file;
    std::size_t m_position = 0;
};

// The stack of a pickle's machine, its marks and its memo, all of which hold values by index, and the values
// made so far. Every number of them is bounded. Throws Error (of the input, for its position) where a bound
// is passed, where there is nothing to take, and where a value is not of the kind that it has to be.
class PickleStack {
public:
    using Index = std::uint32_t;
    using Kind = PickleValue::Kind;

    explicit PickleStack(const PickleInput& input) : m_input(input) {}

    // Makes a value on top. References to values end with the next push.
    PickleValue& push(Kind kind);
    void push(Kind kind, std::int64_t integer) { push(kind).integer = integer; }
    void push(Kind kind, std::string_view text) { push(kind).text = text; }
    // A tuple or list of these.
    void pushAll(Kind kind, const std::vector<Index>& items);
    // Puts a value on top once more.
    void pushAgain(Index index);
    Index pop();
    Index top() const;
    // The last `count` values, in the order in which they were pushed.
    std::vector<Index> pop(std::size_t count);
    void mark();
    std::vector<Index> popToMark();
    // Takes the last value away, or the last mark if it is above that.
    void drop();

    void memoize(std::uint32_t key);
    void memoizeNext() { memoize(std::uint32_t(m_memo.size())); }
    void recall(std::uint32_t key);

    // To the list or dictionary on top. What is put into a Stranger is dropped.
    void append(const std::vector<Index>& items);
    void setItems(const std::vector<Index>& keysAndValues);
    void addItem(Index container, Index item);
    // Counts memory of other kinds as items.
    void countItems(std::size_t count);

    const PickleValue& value(Index index) const { return m_pickle.values[index]; }
    PickleValue& value(Index index) { return m_pickle.values[index]; }
    Pickle& pickle() { return m_pickle; }

    [[noreturn]] void refuse(const std::string& problem) const { m_input.refuse(problem); }

private:
    const PickleInput& m_input;
    std::size_t m_items = 0;
    Pickle m_pickle;
    std::vector<Index> m_stack;
    std::vector<std::size_t> m_marks;
    std::unordered_map<std::uint32_t, Index> m_memo;
};

}  // namespace resnet
