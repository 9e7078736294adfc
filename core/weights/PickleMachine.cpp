#include "core/weights/Pickle.h"
#include "core/weights/PickleCalls.h"
#include "core/weights/PickleStack.h"

#include <bit>
#include <cstring>

namespace resnet {

namespace {

using Kind = PickleValue::Kind;

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

// The stack machine behind readPickle(). Opcodes as Python's pickletools documents them.
class PickleMachine {
public:
    PickleMachine(std::string_view bytes, const std::string& file) : m_input(bytes, file), m_stack(m_input) {}

    Pickle run() {
        std::uint8_t opcode = m_input.takeNumber<std::uint8_t>();
        for (; opcode != Stop; opcode = m_input.takeNumber<std::uint8_t>())
            if (!pushesNumber(opcode) && !pushes(opcode) && !builds(opcode))
                m_input.refuse("unknown opcode " + std::to_string(int(opcode)));
        Pickle& pickle = m_stack.pickle();
        pickle.root = m_stack.pop();
        pickle.length = m_input.position();
        return std::move(pickle);
    }

private:
    // Each of these does what an opcode of its group says; false if the opcode is of another group.
    bool pushesNumber(std::uint8_t opcode);
    bool pushes(std::uint8_t opcode);
    bool builds(std::uint8_t opcode);
    void pushLong();
    void pushStackGlobal();

    std::uint8_t takeByte() { return m_input.takeNumber<std::uint8_t>(); }

    PickleInput m_input;
    PickleStack m_stack;
};

bool PickleMachine::pushesNumber(std::uint8_t opcode) {
    switch (opcode) {
        case NewTrue:
        case NewFalse:
            m_stack.push(Kind::Boolean, std::int64_t(opcode == NewTrue));
            return true;
        case BinInt:
            m_stack.push(Kind::Integer, std::int64_t(m_input.takeNumber<std::int32_t>()));
            return true;
        case BinInt1:
            m_stack.push(Kind::Integer, std::int64_t(takeByte()));
            return true;
        case BinInt2:
            m_stack.push(Kind::Integer, std::int64_t(m_input.takeNumber<std::uint16_t>()));
            return true;
        case Long1:
            pushLong();
            return true;
        case BinFloat:  // big-endian, alone among the numbers
            m_stack.push(Kind::Real).real =
                std::bit_cast<double>(__builtin_bswap64(m_input.takeNumber<std::uint64_t>()));
            return true;
        default:
            return false;
    }
}

bool PickleMachine::pushes(std::uint8_t opcode) {
    switch (opcode) {
        case None:
            m_stack.push(Kind::None);
            return true;
        case ShortBinString:
        case ShortBinUnicode:
            m_stack.push(Kind::Text, m_input.take(takeByte()));
            return true;
        case BinUnicode:
            m_stack.push(Kind::Text, m_input.take(m_input.takeNumber<std::uint32_t>()));
            return true;
        case EmptyTuple:
            m_stack.push(Kind::Tuple);
            return true;
        case EmptyList:
            m_stack.push(Kind::List);
            return true;
        case EmptyDict:
            m_stack.push(Kind::Dictionary);
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
        default:
            return false;
    }
}

bool PickleMachine::builds(std::uint8_t opcode) {
    switch (opcode) {
        case Proto:
            if (takeByte() > 5)
                m_input.refuse("unknown protocol");
            return true;
        case Frame:
            m_input.takeNumber<std::uint64_t>();
            return true;
        case Mark:
            m_stack.mark();
            return true;
        case Tuple1:
        case Tuple2:
        case Tuple3:
            m_stack.pushTuple(m_stack.pop(std::size_t(opcode - Tuple1 + 1)));
            return true;
        case Tuple:
            m_stack.pushTuple(m_stack.popToMark());
            return true;
        case Append:
            m_stack.append(m_stack.pop(1));
            return true;
        case Appends:
            m_stack.append(m_stack.popToMark());
            return true;
        case SetItem:
            m_stack.setItems(m_stack.pop(2));
            return true;
        case SetItems:
            m_stack.setItems(m_stack.popToMark());
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
        case BinPersId:
            pushStorage(m_stack);
            return true;
        case Reduce:
            callGlobal(m_stack);
            return true;
        case NewObj:
            makeInstance(m_stack);
            return true;
        case Build:
            setState(m_stack);
            return true;
        default:
            return false;
    }
}

// Little-endian two's complement. What does not fit 64 bits (the magic number of the older container does
// not) is kept as its bytes.
void PickleMachine::pushLong() {
    const std::string_view bytes = m_input.take(takeByte());
    if (bytes.size() > sizeof(std::int64_t))
        return m_stack.push(Kind::Integer, bytes);
    std::int64_t integer = !bytes.empty() && (bytes.back() & 0x80) ? -1 : 0;
    std::memcpy(&integer, bytes.data(), bytes.size());
    m_stack.push(Kind::Integer, integer);
}

void PickleMachine::pushStackGlobal() {
    const PickleValue& name = m_stack.value(m_stack.pop());
    const PickleValue& module = m_stack.value(m_stack.pop());
    if (name.kind != Kind::Text || module.kind != Kind::Text)
        m_input.refuse("the name of a global is no text");
    pushGlobal(m_stack, module.text, name.text);
}

}  // namespace

Pickle readPickle(std::string_view bytes, const std::string& file) {
    return PickleMachine(bytes, file).run();
}

}  // namespace resnet
