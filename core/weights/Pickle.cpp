#include "core/weights/Pickle.h"

#include "core/weights/PickleCalls.h"
#include "core/weights/PickleStack.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

namespace resnet {

namespace {

using Index = PickleStack::Index;
using ValueKind = PickleValue::Kind;

// clang-format off
enum Opcode : std::uint8_t {
    Mark = '(', EmptyTuple = ')', Stop = '.', Pop = '0', PopMark = '1', Dup = '2', BinBytes = 'B',
    ShortBinBytes = 'C', BinFloat = 'G', BinInt = 'J', BinInt1 = 'K', BinInt2 = 'M', None = 'N', BinPersId = 'Q',
    Reduce = 'R', BinString = 'T', ShortBinString = 'U', BinUnicode = 'X', EmptyList = ']', Append = 'a',
    Build = 'b', Global = 'c', Dict = 'd', Appends = 'e', BinGet = 'h', LongBinGet = 'j', List = 'l', BinPut = 'q',
    LongBinPut = 'r', SetItem = 's', Tuple = 't', SetItems = 'u', EmptyDict = '}',
    Proto = 0x80, NewObj = 0x81, Ext1 = 0x82, Ext2 = 0x83, Ext4 = 0x84, Tuple1 = 0x85, Tuple2 = 0x86, Tuple3 = 0x87,
    NewTrue = 0x88, NewFalse = 0x89, Long1 = 0x8a, Long4 = 0x8b,
    ShortBinUnicode = 0x8c, BinUnicode8 = 0x8d, BinBytes8 = 0x8e, EmptySet = 0x8f, AddItems = 0x90,
    FrozenSet = 0x91, NewObjEx = 0x92, StackGlobal = 0x93, Memoize = 0x94, Frame = 0x95,
    ByteArray8 = 0x96, NextBuffer = 0x97, ReadOnlyBuffer = 0x98,
};
// clang-format on

// Texts and bytes: an opcode, a length of so many bytes, then as much.
struct Counted {
    std::uint8_t opcode;
    int lengthBytes;
    ValueKind kind;
};

constexpr std::array counted{
    Counted{ShortBinString, 1, ValueKind::Text}, Counted{ShortBinUnicode, 1, ValueKind::Text},
    Counted{BinString, 4, ValueKind::Text},      Counted{BinUnicode, 4, ValueKind::Text},
    Counted{BinUnicode8, 8, ValueKind::Text},    Counted{ShortBinBytes, 1, ValueKind::Bytes},
    Counted{BinBytes, 4, ValueKind::Bytes},      Counted{BinBytes8, 8, ValueKind::Bytes},
    Counted{ByteArray8, 8, ValueKind::Bytes},
};

// The stack machine behind readPickle(). Opcodes as Python's pickletools documents them.
class PickleMachine {
public:
    PickleMachine(std::string_view bytes, const std::string& file) : m_input(bytes, file), m_stack(m_input) {}

    Pickle run() {
        std::uint8_t opcode = takeByte();
        for (; opcode != Stop; opcode = takeByte())
            if (!pushesNumber(opcode) && !pushesCounted(opcode) && !pushes(opcode) && !gathers(opcode) &&
                !makes(opcode))
                refuseOpcode(opcode);
        Pickle& pickle = m_stack.pickle();
        pickle.root = m_stack.pop();
        pickle.length = m_input.position();
        return std::move(pickle);
    }

private:
    // Each of these does what an opcode of its group says; false if the opcode is of another group.
    bool pushesNumber(std::uint8_t opcode);
    bool pushesCounted(std::uint8_t opcode);
    bool pushes(std::uint8_t opcode);
    bool gathers(std::uint8_t opcode);
    bool makes(std::uint8_t opcode);

    void pushLong(std::uint64_t length);
    void pushStackGlobal();
    [[noreturn]] void refuseOpcode(std::uint8_t opcode) const;

    std::uint8_t takeByte() { return m_input.takeNumber<std::uint8_t>(); }

    PickleInput m_input;
    PickleStack m_stack;
};

void PickleMachine::refuseOpcode(std::uint8_t opcode) const {
    if (opcode >= Ext1 && opcode <= Ext4)
        m_input.refuse("it refers to Python's registry of extensions");
    if (opcode == NextBuffer || opcode == ReadOnlyBuffer)
        m_input.refuse("it refers to buffers that are not in the file");
    m_input.refuse("unknown opcode " + std::to_string(int(opcode)));
}

bool PickleMachine::pushesNumber(std::uint8_t opcode) {
    switch (opcode) {
        case NewTrue:
        case NewFalse:
            m_stack.push(ValueKind::Boolean, std::int64_t(opcode == NewTrue));
            return true;
        case BinInt:
            m_stack.push(ValueKind::Integer, std::int64_t(m_input.takeNumber<std::int32_t>()));
            return true;
        case BinInt1:
            m_stack.push(ValueKind::Integer, std::int64_t(takeByte()));
            return true;
        case BinInt2:
            m_stack.push(ValueKind::Integer, std::int64_t(m_input.takeNumber<std::uint16_t>()));
            return true;
        case Long1:
            pushLong(takeByte());
            return true;
        case Long4:
            pushLong(m_input.takeNumber<std::uint32_t>());
            return true;
        case BinFloat:  // big-endian, alone among the numbers
            m_stack.push(ValueKind::Real).real =
                std::bit_cast<double>(__builtin_bswap64(m_input.takeNumber<std::uint64_t>()));
            return true;
        default:
            return false;
    }
}

// Little-endian two's complement. What does not fit 64 bits (the magic number of the older container does
// not) is kept as its bytes.
void PickleMachine::pushLong(std::uint64_t length) {
    const std::string_view bytes = m_input.take(length);
    if (bytes.size() > sizeof(std::int64_t))
        return m_stack.push(ValueKind::Integer, bytes);
    std::int64_t integer = !bytes.empty() && (bytes.back() & 0x80) ? -1 : 0;
    std::memcpy(&integer, bytes.data(), bytes.size());
    m_stack.push(ValueKind::Integer, integer);
}

bool PickleMachine::pushesCounted(std::uint8_t opcode) {
    const auto row = std::ranges::find(counted, opcode, &Counted::opcode);
    if (row == counted.end())
        return false;
    const std::string_view digits = m_input.take(std::uint64_t(row->lengthBytes));
    std::uint64_t length = 0;
    std::memcpy(&length, digits.data(), digits.size());
    const std::string_view content = m_input.take(length);
    m_stack.push(row->kind, row->kind == ValueKind::Text ? content : std::string_view());
    return true;
}

bool PickleMachine::pushes(std::uint8_t opcode) {
    switch (opcode) {
        case None:
            m_stack.push(ValueKind::None);
            return true;
        case EmptyTuple:
            m_stack.push(ValueKind::Tuple);
            return true;
        case EmptyList:
        case EmptySet:
            m_stack.push(ValueKind::List);
            return true;
        case EmptyDict:
            m_stack.push(ValueKind::Dictionary);
            return true;
        case Global: {
            const std::string_view module = m_input.takeLine();
            pushGlobal(m_stack, module, m_input.takeLine());
            return true;
        }
        case StackGlobal:
            pushStackGlobal();
            return true;
        case BinGet:
            m_stack.recall(takeByte());
            return true;
        case LongBinGet:
            m_stack.recall(m_input.takeNumber<std::uint32_t>());
            return true;
        case Dup:
            m_stack.pushAgain(m_stack.top());
            return true;
        case BinPersId:
            pushStorage(m_stack);
            return true;
        default:
            return false;
    }
}

// Marks, and what becomes of the values above them.
bool PickleMachine::gathers(std::uint8_t opcode) {
    switch (opcode) {
        case Mark:
            m_stack.mark();
            return true;
        case Pop:
            m_stack.drop();
            return true;
        case PopMark:
            m_stack.popToMark();
            return true;
        case Tuple1:
        case Tuple2:
        case Tuple3:
            m_stack.pushAll(ValueKind::Tuple, m_stack.pop(std::size_t(opcode) - Tuple1 + 1));
            return true;
        case Tuple:
            m_stack.pushAll(ValueKind::Tuple, m_stack.popToMark());
            return true;
        case List:
        case FrozenSet:
            m_stack.pushAll(ValueKind::List, m_stack.popToMark());
            return true;
        case Dict: {
            const std::vector<Index> items = m_stack.popToMark();
            m_stack.push(ValueKind::Dictionary);
            m_stack.setItems(items);
            return true;
        }
        case Append:
            m_stack.append(m_stack.pop(1));
            return true;
        case Appends:
        case AddItems:
            m_stack.append(m_stack.popToMark());
            return true;
        case SetItem:
            m_stack.setItems(m_stack.pop(2));
            return true;
        case SetItems:
            m_stack.setItems(m_stack.popToMark());
            return true;
        default:
            return false;
    }
}

bool PickleMachine::makes(std::uint8_t opcode) {
    switch (opcode) {
        case Proto:
            if (takeByte() > 5)
                m_input.refuse("unknown protocol");
            return true;
        case Frame:
            m_input.takeNumber<std::uint64_t>();
            return true;
        case BinPut:
            m_stack.memoize(takeByte());
            return true;
        case LongBinPut:
            m_stack.memoize(m_input.takeNumber<std::uint32_t>());
            return true;
        case Memoize:
            m_stack.memoizeNext();
            return true;
        case Reduce:
            callGlobal(m_stack);
            return true;
        case NewObj:
            makeInstance(m_stack, 1);
            return true;
        case NewObjEx:
            makeInstance(m_stack, 2);
            return true;
        case Build:
            setState(m_stack);
            return true;
        default:
            return false;
    }
}

void PickleMachine::pushStackGlobal() {
    const PickleValue& name = m_stack.value(m_stack.pop());
    const PickleValue& module = m_stack.value(m_stack.pop());
    if (name.kind != ValueKind::Text || module.kind != ValueKind::Text)
        m_input.refuse("the name of a global is no text");
    pushGlobal(m_stack, module.text, name.text);
}

}  // namespace

Pickle readPickle(std::string_view bytes, const std::string& file) {
    return PickleMachine(bytes, file).run();
}

}  // namespace resnet
