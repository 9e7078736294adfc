#include "core/weights/PickleCalls.h"

#include "core/weights/TensorFile.h"

#include <algorithm>
#include <array>

namespace resnet {

namespace {

using Index = PickleStack::Index;
using ValueKind = PickleValue::Kind;

constexpr std::size_t longestGlobal = 1024;
constexpr std::size_t mostStrangersNamed = 100;

// What a known name makes when it is called; nothing of it is Python's own.
enum class Makes { Nothing, Tensor, Parameter, Wrapped, Dictionary, EmptyDictionary, List, Bytes, Size };

struct KnownGlobal {
    std::string_view name;
    Makes makes;
};

constexpr std::array knownGlobals{
    KnownGlobal{"torch._utils _rebuild_tensor_v2", Makes::Tensor},
    KnownGlobal{"torch._utils _rebuild_tensor", Makes::Tensor},
    KnownGlobal{"torch._utils _rebuild_parameter", Makes::Parameter},
    KnownGlobal{"torch._utils _rebuild_parameter_with_state", Makes::Parameter},
    KnownGlobal{"torch._tensor _rebuild_from_type_v2", Makes::Wrapped},
    KnownGlobal{"torch Tensor", Makes::Nothing},
    KnownGlobal{"torch.nn.parameter Parameter", Makes::Nothing},
    KnownGlobal{"torch Size", Makes::Size},
    KnownGlobal{"collections OrderedDict", Makes::Dictionary},
    KnownGlobal{"collections defaultdict", Makes::EmptyDictionary},
    KnownGlobal{"builtins set", Makes::List},
    KnownGlobal{"builtins frozenset", Makes::List},
    KnownGlobal{"__builtin__ set", Makes::List},
    KnownGlobal{"__builtin__ frozenset", Makes::List},
    KnownGlobal{"_codecs encode", Makes::Bytes},
    KnownGlobal{"builtins bytes", Makes::Bytes},
    KnownGlobal{"builtins bytearray", Makes::Bytes},
    KnownGlobal{"__builtin__ bytes", Makes::Bytes},
    KnownGlobal{"__builtin__ bytearray", Makes::Bytes},
    KnownGlobal{"torch FloatStorage", Makes::Nothing},
    KnownGlobal{"torch DoubleStorage", Makes::Nothing},
    KnownGlobal{"torch HalfStorage", Makes::Nothing},
    KnownGlobal{"torch BFloat16Storage", Makes::Nothing},
    KnownGlobal{"torch LongStorage", Makes::Nothing},
    KnownGlobal{"torch IntStorage", Makes::Nothing},
    KnownGlobal{"torch ShortStorage", Makes::Nothing},
    KnownGlobal{"torch CharStorage", Makes::Nothing},
    KnownGlobal{"torch ByteStorage", Makes::Nothing},
    KnownGlobal{"torch BoolStorage", Makes::Nothing},
    KnownGlobal{"torch ComplexFloatStorage", Makes::Nothing},
    KnownGlobal{"torch ComplexDoubleStorage", Makes::Nothing},
    KnownGlobal{"torch QInt8Storage", Makes::Nothing},
    KnownGlobal{"torch QUInt8Storage", Makes::Nothing},
    KnownGlobal{"torch QInt32Storage", Makes::Nothing},
};

const KnownGlobal* knownGlobal(std::string_view name) {
    const auto found = std::ranges::find(knownGlobals, name, &KnownGlobal::name);
    return found == knownGlobals.end() ? nullptr : &*found;
}

// Not one of the numbers of more than 64 bits, which are kept as their bytes.
bool isInteger(const PickleValue& value) {
    return value.kind == ValueKind::Integer && value.text.empty();
}

// Nothing, or an iterable of pairs, as Python 2 gives it.
void makeDictionary(PickleStack& stack, const PickleValue& arguments) {
    std::vector<Index> items;
    if (!arguments.items.empty())
        for (const Index pair : stack.value(arguments.items[0]).items) {
            const std::vector<Index>& parts = stack.value(pair).items;
            if (parts.size() != 2)
                stack.refuse("a dictionary of something that is no pair");
            items.insert(items.end(), parts.begin(), parts.end());
        }
    stack.push(ValueKind::Dictionary);
    stack.setItems(items);
}

// (storage, offset, size, stride, ...)
void makeTensor(PickleStack& stack, const PickleValue& arguments) {
    if (arguments.items.size() < 4)
        stack.refuse("a tensor of too few parts");
    const std::array parts{arguments.items[0], arguments.items[1], arguments.items[2], arguments.items[3]};
    const PickleValue& storage = stack.value(parts[0]);
    if (storage.kind == ValueKind::Stranger)
        return stack.push(ValueKind::Stranger, storage.text);
    const PickleValue& offset = stack.value(parts[1]);
    const auto isSizes = [&](const PickleValue& tuple) {
        return tuple.kind == ValueKind::Tuple && tuple.items.size() <= mostDimensions &&
               std::ranges::all_of(tuple.items, [&](Index item) { return isInteger(stack.value(item)); });
    };
    if (storage.kind != ValueKind::Storage || !isInteger(offset) || !isSizes(stack.value(parts[2])) ||
        !isSizes(stack.value(parts[3])))
        stack.refuse("a tensor made of something else than a storage, offset, size and stride");
    stack.push(ValueKind::Tensor, offset.integer);
    for (const std::size_t part : {0, 2, 3})
        stack.addItem(stack.top(), parts[part]);
}

const PickleValue& argument(PickleStack& stack, const PickleValue& arguments, std::size_t position) {
    if (arguments.items.size() <= position)
        stack.refuse("a call with too few arguments");
    return stack.value(arguments.items[position]);
}

void make(PickleStack& stack, Makes makes, const PickleValue& arguments);

// (function, class, its arguments, state): a tensor that has attributes of its own, which are left out.
void makeWrapped(PickleStack& stack, const PickleValue& arguments) {
    const PickleValue& function = argument(stack, arguments, 0);
    const PickleValue& inner = argument(stack, arguments, 2);
    if (function.kind == ValueKind::Stranger)
        return stack.push(ValueKind::Stranger, function.text);
    const KnownGlobal* known = function.kind == ValueKind::Global ? knownGlobal(function.text) : nullptr;
    if (known == nullptr || (known->makes != Makes::Tensor && known->makes != Makes::Parameter) ||
        inner.kind != ValueKind::Tuple)
        stack.refuse("a tensor made by something that makes none");
    make(stack, known->makes, inner);
}

void make(PickleStack& stack, Makes makes, const PickleValue& arguments) {
    switch (makes) {
        case Makes::Nothing:
            stack.refuse("a call of something that is no function");
        case Makes::Tensor:
            return makeTensor(stack, arguments);
        case Makes::Parameter:
        case Makes::Size:
            argument(stack, arguments, 0);
            return stack.pushAgain(arguments.items[0]);
        case Makes::Wrapped:
            return makeWrapped(stack, arguments);
        case Makes::Dictionary:
            return makeDictionary(stack, arguments);
        case Makes::EmptyDictionary:
            stack.push(ValueKind::Dictionary);
            return;
        case Makes::List:
            stack.push(ValueKind::List);
            return;
        case Makes::Bytes:
            stack.push(ValueKind::Bytes);
            return;
    }
}

}  // namespace

void pushGlobal(PickleStack& stack, std::string_view module, std::string_view name) {
    if (module.size() + name.size() > longestGlobal)
        stack.refuse("the name of a global has over " + std::to_string(longestGlobal) + " bytes");
    std::string text = std::string(module) + " " + std::string(name);
    if (const KnownGlobal* known = knownGlobal(text)) {
        stack.push(ValueKind::Global, known->name);
        return;
    }
    stack.countItems(text.size() / sizeof(Index));
    auto& strangers = stack.pickle().strangers;
    if (strangers.size() < mostStrangersNamed && std::ranges::find(strangers, text) == strangers.end())
        strangers.push_back(text);
    auto& names = stack.pickle().names;
    names.push_back(std::make_unique<std::string>(std::move(text)));
    stack.push(ValueKind::Stranger, *names.back());
}

void callGlobal(PickleStack& stack) {
    const PickleValue& arguments = stack.value(stack.pop());
    const PickleValue& callable = stack.value(stack.pop());
    if (arguments.kind != ValueKind::Tuple)
        stack.refuse("arguments that are no tuple");
    if (callable.kind == ValueKind::Stranger)
        return stack.push(ValueKind::Stranger, callable.text);
    const KnownGlobal* known = callable.kind == ValueKind::Global ? knownGlobal(callable.text) : nullptr;
    if (known == nullptr)
        stack.refuse("a call of something that is no function");
    make(stack, known->makes, arguments);
}

void makeInstance(PickleStack& stack, std::size_t argumentCount) {
    stack.pop(argumentCount);
    const PickleValue& type = stack.value(stack.pop());
    if (type.kind != ValueKind::Stranger && type.kind != ValueKind::Global)
        stack.refuse("an object of something that is no class");
    if (type.text == "collections OrderedDict")
        return stack.push(ValueKind::Dictionary, std::string_view());
    stack.push(ValueKind::Stranger, type.text);
    stack.value(stack.top()).isInstance = true;
}

// An ordered dictionary has attributes (`_metadata`), which say nothing we need.
void setState(PickleStack& stack) {
    stack.pop();
    PickleValue& object = stack.value(stack.top());
    if (object.kind == ValueKind::Stranger)
        object.isInstance = true;
    else if (object.kind != ValueKind::Dictionary && object.kind != ValueKind::Tensor &&
             object.kind != ValueKind::List && object.kind != ValueKind::Bytes)
        stack.refuse("state is set on something that has none");
}

void pushStorage(PickleStack& stack) {
    const PickleValue& id = stack.value(stack.pop());
    if (id.kind != ValueKind::Tuple || id.items.size() < 5 || id.items.size() > 6 ||
        stack.value(id.items[0]).kind != ValueKind::Text || stack.value(id.items[0]).text != "storage")
        stack.refuse("a reference to something that is no storage");
    const Index type = id.items[1];
    const Index key = id.items[2];
    const PickleValue& count = stack.value(id.items[4]);
    if (stack.value(key).kind != ValueKind::Text || !isInteger(count) || count.integer < 0)
        stack.refuse("a storage without key or size");
    if (id.items.size() == 6 && stack.value(id.items[5]).kind != ValueKind::None)
        stack.refuse("a storage that is part of another one");
    if (stack.value(type).kind == ValueKind::Stranger)
        return stack.push(ValueKind::Stranger, stack.value(type).text);
    stack.push(ValueKind::Storage, count.integer);
    for (const Index item : {key, type})
        stack.addItem(stack.top(), item);
}

}  // namespace resnet
