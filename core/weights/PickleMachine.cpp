#include "core/weights/PickleMachine.h"

#include "core/Error.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

namespace resnet {

namespace {

constexpr std::size_t mostValues = 200'000;
constexpr std::size_t mostItems = 1'000'000;
constexpr std::size_t mostDimensions = 16;

// clang-format off
enum Opcode : std::uint8_t {
    Mark = '(', Stop = '.', BinFloat = 'G', BinInt = 'J', BinInt1 = 'K', BinInt2 = 'M', None = 'N', BinPersId = 'Q',
    Reduce = 'R', ShortBinString = 'U', BinUnicode = 'X', EmptyList = ']', Append = 'a', Build = 'b', Global = 'c',
    Appends = 'e', BinGet = 'h', LongBinGet = 'j', BinPut = 'q', LongBinPut = 'r', SetItem = 's', Tuple = 't',
    SetItems = 'u', EmptyDict = '}', EmptyTuple = ')', Proto = 0x80, NewObj = 0x81, Tuple1 = 0x85, Tuple2 = 0x86,
    Tuple3 = 0x87, NewTrue = 0x88, NewFalse = 0x89, Long1 = 0x8a, ShortBinUnicode = 0x8c, StackGlobal = 0x93,
    Memoize = 0x94, Frame = 0x95,
};
// clang-format on

constexpr std::array<std::string_view, 12> knownGlobals{
    "collections OrderedDict",
    "torch._utils _rebuild_tensor_v2",
    "torch._utils _rebuild_tensor",
    "torch._utils _rebuild_parameter",
    "torch FloatStorage",
    "torch DoubleStorage",
    "torch HalfStorage",
    "torch BFloat16Storage",
    "torch LongStorage",
    "torch IntStorage",
    "torch BoolStorage",
    "torch ByteStorage",
};

}  // namespace

Pickle readPickle(std::string_view bytes, const std::string& file) {
    return PickleMachine(bytes, file).run();
}

Pickle PickleMachine::run() {
    while (step()) {
    }
    m_pickle.length = m_position;
    return std::move(m_pickle);
}

bool PickleMachine::step() {
    const auto opcode = std::uint8_t(take(1)[0]);
    if (opcode == Stop) {
        m_pickle.root = pop();
        return false;
    }
    if (!stepPushing(opcode) && !stepBuilding(opcode))
        refuse("unknown opcode " + std::to_string(int(opcode)));
    return true;
}

bool PickleMachine::stepPushing(std::uint8_t opcode) {
    switch (opcode) {
        case Proto:
            if (number<std::uint8_t>() > 5)
                refuse("unknown protocol");
            return true;
        case Frame:
            number<std::uint64_t>();
            return true;
        case None:
            push(Kind::None);
            return true;
        case NewTrue:
        case NewFalse:
            pushInteger(Kind::Boolean, opcode == NewTrue);
            return true;
        case BinInt:
            pushInteger(Kind::Integer, number<std::int32_t>());
            return true;
        case BinInt1:
            pushInteger(Kind::Integer, number<std::uint8_t>());
            return true;
        case BinInt2:
            pushInteger(Kind::Integer, number<std::uint16_t>());
            return true;
        case Long1:
            pushLong();
            return true;
        case BinFloat:  // big-endian, alone among the numbers
            push(Kind::Real).real = std::bit_cast<double>(__builtin_bswap64(number<std::uint64_t>()));
            return true;
        case ShortBinString:
        case ShortBinUnicode:
            pushText(take(number<std::uint8_t>()));
            return true;
        case BinUnicode:
            pushText(take(number<std::uint32_t>()));
            return true;
        case EmptyTuple:
            push(Kind::Tuple);
            return true;
        case EmptyList:
            push(Kind::List);
            return true;
        case EmptyDict:
            push(Kind::Dictionary);
            return true;
        case Global: {
            const std::string_view module = takeLine();
            pushGlobal(module, takeLine());
            return true;
        }
        case BinGet:
            recall(number<std::uint8_t>());
            return true;
        case LongBinGet:
            recall(number<std::uint32_t>());
            return true;
        default:
            return false;
    }
}

bool PickleMachine::stepBuilding(std::uint8_t opcode) {
    switch (opcode) {
        case Mark:
            if (m_marks.size() == mostValues)
                refuse("more than " + std::to_string(mostValues) + " marks");
            m_marks.push_back(m_stack.size());
            return true;
        case Tuple1:
        case Tuple2:
        case Tuple3:
            makeTuple(opcode - Tuple1 + 1);
            return true;
        case Tuple:
            makeTuple(popToMark());
            return true;
        case Append:
            append({pop()});
            return true;
        case Appends:
            append(popToMark());
            return true;
        case SetItem: {
            const Index item = pop();
            const Index key = pop();
            setItems({key, item});
            return true;
        }
        case SetItems:
            setItems(popToMark());
            return true;
        case StackGlobal: {
            const Index name = pop();
            const Index module = pop();
            if (value(name).kind != Kind::Text || value(module).kind != Kind::Text)
                refuse("the name of a global is no text");
            pushGlobal(value(module).text, value(name).text);
            return true;
        }
        case BinPut:
            memoize(number<std::uint8_t>());
            return true;
        case LongBinPut:
            memoize(number<std::uint32_t>());
            return true;
        case Memoize:
            memoize(std::uint32_t(m_memo.size()));
            return true;
        case BinPersId:
            persistentId();
            return true;
        case Reduce:
            reduce();
            return true;
        case NewObj:
            makeObject();
            return true;
        case Build:
            build();
            return true;
        default:
            return false;
    }
}

void PickleMachine::refuse(const std::string& problem) const {
    throw Error(m_file + ": pickle, at byte " + std::to_string(m_position) + ": " + problem);
}

std::string_view PickleMachine::take(std::uint64_t count) {
    if (count > m_bytes.size() - m_position)
        refuse("expected " + std::to_string(count) + " more bytes, found " +
               std::to_string(m_bytes.size() - m_position) + ": it is cut short");
    const std::string_view taken = m_bytes.substr(m_position, std::size_t(count));
    m_position += std::size_t(count);
    return taken;
}

std::string_view PickleMachine::takeLine() {
    const std::size_t end = m_bytes.find('\n', m_position);
    if (end == m_bytes.npos)
        refuse("a name without end");
    const std::string_view line = take(end - m_position);
    take(1);
    return line;
}

template <typename Number>
Number PickleMachine::number() {
    Number result{};
    std::memcpy(&result, take(sizeof result).data(), sizeof result);
    return result;
}

PickleValue& PickleMachine::push(Kind kind) {
    if (m_pickle.values.size() == mostValues)
        refuse("more than " + std::to_string(mostValues) + " values");
    pushIndex(Index(m_pickle.values.size()));
    PickleValue& made = m_pickle.values.emplace_back();
    made.kind = kind;
    return made;
}

void PickleMachine::pushIndex(Index index) {
    if (m_stack.size() == mostValues)
        refuse("more than " + std::to_string(mostValues) + " values on the stack");
    m_stack.push_back(index);
}

void PickleMachine::pushInteger(Kind kind, std::int64_t integer) {
    push(kind).integer = integer;
}

void PickleMachine::pushText(std::string_view text) {
    push(Kind::Text).text = text;
}

// Little-endian two's complement. What does not fit 64 bits (the magic number of the older container does
// not) is kept as its bytes.
void PickleMachine::pushLong() {
    const std::string_view bytes = take(number<std::uint8_t>());
    if (bytes.size() > 8) {
        push(Kind::Integer).text = bytes;
        return;
    }
    std::int64_t integer = !bytes.empty() && (bytes.back() & 0x80) ? -1 : 0;
    std::memcpy(&integer, bytes.data(), bytes.size());
    pushInteger(Kind::Integer, integer);
}

void PickleMachine::pushGlobal(std::string_view module, std::string_view name) {
    if (module.size() + name.size() > 1024)
        refuse("the name of a global has over 1024 bytes");
    std::string text = std::string(module) + " " + std::string(name);
    const auto known = std::ranges::find(knownGlobals, text);
    if (known != knownGlobals.end()) {
        push(Kind::Global).text = *known;
        return;
    }
    m_items += text.size() / 4;
    if (m_items > mostItems)
        refuse("too many names of globals");
    auto& strangers = m_pickle.strangers;
    if (strangers.size() < 100 && std::ranges::find(strangers, text) == strangers.end())
        strangers.push_back(text);
    m_pickle.names.push_back(std::make_unique<std::string>(std::move(text)));
    pushStranger(*m_pickle.names.back());
}

PickleValue& PickleMachine::pushStranger(std::string_view name) {
    PickleValue& stranger = push(Kind::Stranger);
    stranger.text = name;
    return stranger;
}

PickleMachine::Index PickleMachine::pop() {
    const Index index = top();
    m_stack.pop_back();
    return index;
}

PickleMachine::Index PickleMachine::top() const {
    if (m_stack.empty() || (!m_marks.empty() && m_marks.back() == m_stack.size()))
        refuse("the stack is empty");
    return m_stack.back();
}

std::vector<PickleMachine::Index> PickleMachine::popToMark() {
    if (m_marks.empty())
        refuse("there is no mark");
    const auto from = m_stack.begin() + std::ptrdiff_t(m_marks.back());
    std::vector<Index> items(from, m_stack.end());
    m_stack.erase(from, m_stack.end());
    m_marks.pop_back();
    return items;
}

void PickleMachine::addItem(Index container, Index item) {
    if (++m_items > mostItems)
        refuse("more than " + std::to_string(mostItems) + " items");
    m_pickle.values[container].items.push_back(item);
}

void PickleMachine::makeTuple(std::size_t count) {
    std::vector<Index> items(count);
    for (std::size_t i = count; i-- > 0;)
        items[i] = pop();
    makeTuple(std::move(items));
}

void PickleMachine::makeTuple(std::vector<Index> items) {
    push(Kind::Tuple);
    const Index tuple = m_stack.back();
    for (const Index item : items)
        addItem(tuple, item);
}

void PickleMachine::append(const std::vector<Index>& items) {
    const Index list = top();
    if (value(list).kind == Kind::Stranger)
        return;
    if (value(list).kind != Kind::List)
        refuse("values are appended to something that is no list");
    for (const Index item : items)
        addItem(list, item);
}

void PickleMachine::setItems(const std::vector<Index>& items) {
    const Index dictionary = top();
    if (items.size() % 2 != 0)
        refuse("a key without value");
    if (value(dictionary).kind == Kind::Stranger)
        return;
    if (value(dictionary).kind != Kind::Dictionary)
        refuse("keys are set in something that is no dictionary");
    for (const Index item : items)
        addItem(dictionary, item);
}

// State set on an object: of an ordered dictionary its attributes (`_metadata`), which say nothing we need.
void PickleMachine::build() {
    pop();
    const Kind kind = value(top()).kind;
    if (kind == Kind::Stranger)
        m_pickle.values[top()].isInstance = true;
    else if (kind != Kind::Dictionary && kind != Kind::Tensor)
        refuse("state is set on something that has none");
}

void PickleMachine::makeObject() {
    pop();
    const PickleValue& made = value(pop());
    if (made.kind != Kind::Stranger && made.kind != Kind::Global)
        refuse("an object of something that is no class");
    pushStranger(made.text).isInstance = true;
}

// ("storage", type, key, location, number of elements[, view]): a place for numbers that are elsewhere.
void PickleMachine::persistentId() {
    const PickleValue& id = value(pop());
    if (id.kind != Kind::Tuple || id.items.size() < 5 || id.items.size() > 6 ||
        value(id.items[0]).kind != Kind::Text || value(id.items[0]).text != "storage")
        refuse("a reference to something that is no storage");
    const Index type = id.items[1];
    const Index key = id.items[2];
    const PickleValue& count = value(id.items[4]);
    if (value(key).kind != Kind::Text || count.kind != Kind::Integer || count.integer < 0 ||
        !count.text.empty())
        refuse("a storage without key or size");
    if (id.items.size() == 6 && value(id.items[5]).kind != Kind::None)
        refuse("a storage that is part of another one");
    if (value(type).kind == Kind::Stranger) {
        pushStranger(value(type).text);
        return;
    }
    const std::int64_t integer = count.integer;
    push(Kind::Storage).integer = integer;
    const Index storage = m_stack.back();
    addItem(storage, key);
    addItem(storage, type);
}

void PickleMachine::reduce() {
    const PickleValue& arguments = value(pop());
    const PickleValue& callable = value(pop());
    if (arguments.kind != Kind::Tuple)
        refuse("arguments that are no tuple");
    if (callable.kind == Kind::Stranger) {
        pushStranger(callable.text);
        return;
    }
    if (callable.kind != Kind::Global)
        refuse("a call of something that is no function");
    if (callable.text == "torch._utils _rebuild_tensor" ||
        callable.text == "torch._utils _rebuild_tensor_v2") {
        rebuildTensor(arguments);
    } else if (callable.text == "torch._utils _rebuild_parameter") {
        if (arguments.items.empty())
            refuse("a parameter without tensor");
        pushIndex(arguments.items[0]);
    } else if (callable.text == "collections OrderedDict") {
        // Python 2 gives the pairs as an argument.
        std::vector<Index> pairs;
        if (!arguments.items.empty())
            for (const Index pair : value(arguments.items[0]).items) {
                if (value(pair).items.size() != 2)
                    refuse("a dictionary of something that is no pair");
                pairs.insert(pairs.end(), value(pair).items.begin(), value(pair).items.end());
            }
        push(Kind::Dictionary);
        setItems(pairs);
    } else {
        refuse("a call of " + std::string(callable.text));
    }
}

// (storage, offset, size, stride, ...)
void PickleMachine::rebuildTensor(const PickleValue& tuple) {
    if (tuple.items.size() < 4)
        refuse("a tensor of too few parts");
    const std::array arguments{tuple.items[0], tuple.items[1], tuple.items[2], tuple.items[3]};
    const PickleValue& storage = value(arguments[0]);
    if (storage.kind == Kind::Stranger) {
        pushStranger(storage.text);
        return;
    }
    const PickleValue& offset = value(arguments[1]);
    const auto isSizes = [&](Index index) {
        return value(index).kind == Kind::Tuple && value(index).items.size() <= mostDimensions &&
               std::ranges::all_of(value(index).items, [&](Index item) {
                   return value(item).kind == Kind::Integer && value(item).text.empty();
               });
    };
    if (storage.kind != Kind::Storage || offset.kind != Kind::Integer || !offset.text.empty() ||
        !isSizes(arguments[2]) || !isSizes(arguments[3]))
        refuse("a tensor made of something else than a storage, offset, size and stride");
    const std::int64_t integer = offset.integer;
    push(Kind::Tensor).integer = integer;
    const Index tensor = m_stack.back();
    for (const std::size_t part : {0, 2, 3})
        addItem(tensor, arguments[part]);
}

void PickleMachine::memoize(std::uint32_t key) {
    if (m_memo.size() == mostValues)
        refuse("more than " + std::to_string(mostValues) + " remembered values");
    m_memo[key] = top();
}

void PickleMachine::recall(std::uint32_t key) {
    const auto found = m_memo.find(key);
    if (found == m_memo.end())
        refuse("value " + std::to_string(key) + " was never remembered");
    pushIndex(found->second);
}

}  // namespace resnet
