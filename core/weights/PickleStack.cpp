#include "core/weights/PickleStack.h"

#include "core/Error.h"

namespace resnet {

std::string_view PickleInput::take(std::uint64_t count) {
    if (count > m_bytes.size() - m_position)
        refuse("expected " + std::to_string(count) + " more bytes, found " +
               std::to_string(m_bytes.size() - m_position) + ": it is cut short");
    const std::string_view taken = m_bytes.substr(m_position, std::size_t(count));
    m_position += std::size_t(count);
    return taken;
}

std::string_view PickleInput::takeLine() {
    const std::size_t end = m_bytes.find('\n', m_position);
    if (end == m_bytes.npos)
        refuse("a name without end");
    const std::string_view line = take(end - m_position);
    take(1);
    return line;
}

void PickleInput::refuse(const std::string& problem) const {
    throw Error(m_file + ": pickle, at byte " + std::to_string(m_position) + ": " + problem);
}

namespace {

constexpr std::size_t mostValues = 200'000;
constexpr std::size_t mostItems = 1'000'000;

}  // namespace

PickleValue& PickleStack::push(Kind kind) {
    if (m_pickle.values.size() == mostValues)
        refuse("more than " + std::to_string(mostValues) + " values");
    pushAgain(Index(m_pickle.values.size()));
    PickleValue& made = m_pickle.values.emplace_back();
    made.kind = kind;
    return made;
}

void PickleStack::pushAgain(Index index) {
    if (m_stack.size() == mostValues)
        refuse("more than " + std::to_string(mostValues) + " values on the stack");
    m_stack.push_back(index);
}

void PickleStack::pushAll(Kind kind, const std::vector<Index>& items) {
    push(kind);
    for (const Index item : items)
        addItem(top(), item);
}

PickleStack::Index PickleStack::pop() {
    const Index index = top();
    m_stack.pop_back();
    return index;
}

PickleStack::Index PickleStack::top() const {
    if (m_stack.empty() || (!m_marks.empty() && m_marks.back() == m_stack.size()))
        refuse("the stack is empty");
    return m_stack.back();
}

std::vector<PickleStack::Index> PickleStack::pop(std::size_t count) {
    std::vector<Index> items(count);
    for (std::size_t i = count; i-- > 0;)
        items[i] = pop();
    return items;
}

void PickleStack::mark() {
    if (m_marks.size() == mostValues)
        refuse("more than " + std::to_string(mostValues) + " marks");
    m_marks.push_back(m_stack.size());
}

std::vector<PickleStack::Index> PickleStack::popToMark() {
    if (m_marks.empty())
        refuse("there is no mark");
    const auto from = m_stack.begin() + std::ptrdiff_t(m_marks.back());
    std::vector<Index> items(from, m_stack.end());
    m_stack.erase(from, m_stack.end());
    m_marks.pop_back();
    return items;
}

void PickleStack::drop() {
    if (!m_marks.empty() && m_marks.back() == m_stack.size())
        m_marks.pop_back();
    else
        pop();
}

void PickleStack::memoize(std::uint32_t key) {
    if (m_memo.size() == mostValues)
        refuse("more than " + std::to_string(mostValues) + " remembered values");
    m_memo[key] = top();
}

void PickleStack::recall(std::uint32_t key) {
    const auto found = m_memo.find(key);
    if (found == m_memo.end())
        refuse("value " + std::to_string(key) + " was never remembered");
    pushAgain(found->second);
}

void PickleStack::append(const std::vector<Index>& items) {
    const Index list = top();
    if (value(list).kind == Kind::Stranger)
        return;
    if (value(list).kind != Kind::List)
        refuse("values are appended to something that is no list");
    for (const Index item : items)
        addItem(list, item);
}

void PickleStack::setItems(const std::vector<Index>& keysAndValues) {
    const Index dictionary = top();
    if (keysAndValues.size() % 2 != 0)
        refuse("a key without value");
    if (value(dictionary).kind == Kind::Stranger)
        return;
    if (value(dictionary).kind != Kind::Dictionary)
        refuse("keys are set in something that is no dictionary");
    for (const Index item : keysAndValues)
        addItem(dictionary, item);
}

void PickleStack::addItem(Index container, Index item) {
    countItems(1);
    value(container).items.push_back(item);
}

void PickleStack::countItems(std::size_t count) {
    m_items += count;
    if (m_items > mostItems)
        refuse("more than " + std::to_string(mostItems) + " items");
}

}  // namespace resnet
