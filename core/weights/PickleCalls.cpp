#include "core/weights/PickleCalls.h"

#include <algorithm>
#include <array>

namespace resnet {

namespace {

using Index = PickleStack::Index;
using Kind = PickleValue::Kind;

constexpr std::size_t mostDimensions = 16;
constexpr std::size_t longestGlobal = 1024;
constexpr std::size_t mostStrangersNamed = 100;

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

// Not one of the numbers of more than 64 bits, which are kept as their bytes.
bool isInteger(const PickleValue& value) {
    return value.kind == Kind::Integer && value.text.empty();
}

// Nothing, or an iterable of pairs, as Python 2 gives it.
void makeOrderedDictionary(PickleStack& stack, const PickleValue& arguments) {
    std::vector<Index> items;
    if (!arguments.items.empty())
        for (const Index pair : stack.value(arguments.items[0]).items) {
            const std::vector<Index>& parts = stack.value(pair).items;
            if (parts.size() != 2)
                stack.refuse("a dictionary of something that is no pair");
            items.insert(items.end(), parts.begin(), parts.end());
        }
    stack.push(Kind::Dictionary);
    stack.setItems(items);
}

// (storage, offset, size, stride, ...)
void rebuildTensor(PickleStack& stack, const PickleValue& arguments) {
    if (arguments.items.size() < 4)
        stack.refuse("a tensor of too few parts");
    const std::array parts{arguments.items[0], arguments.items[1], arguments.items[2], arguments.items[3]};
    const PickleValue& storage = stack.value(parts[0]);
    if (storage.kind == Kind::Stranger)
        return stack.push(Kind::Stranger, storage.text);
    const PickleValue& offset = stack.value(parts[1]);
    const auto isSizes = [&](const PickleValue& tuple) {
        return tuple.kind == Kind::Tuple && tuple.items.size() <= mostDimensions &&
               std::ranges::all_of(tuple.items, [&](Index item) { return isInteger(stack.value(item)); });
    };
    if (storage.kind != Kind::Storage || !isInteger(offset) || !isSizes(stack.value(parts[2])) ||
        !isSizes(stack.value(parts[3])))
        stack.refuse("a tensor made of something else than a storage, offset, size and stride");
    stack.push(Kind::Tensor, offset.integer);
    for (const std::size_t part : {0, 2, 3})
        stack.addItem(stack.top(), parts[part]);
}

}  // namespace

void pushGlobal(PickleStack& stack, std::string_view module, std::string_view name) {
    if (module.size() + name.size() > longestGlobal)
        stack.refuse("the name of a global has over " + std::to_string(longestGlobal) + " bytes");
    std::string text = std::string(module) + " " + std::string(name);
    if (const auto known = std::ranges::find(knownGlobals, text); known != knownGlobals.end())
        return stack.push(Kind::Global, *known);
    stack.countItems(text.size() / sizeof(Index));
    auto& strangers = stack.pickle().strangers;
    if (strangers.size() < mostStrangersNamed && std::ranges::find(strangers, text) == strangers.end())
        strangers.push_back(text);
    auto& names = stack.pickle().names;
    names.push_back(std::make_unique<std::string>(std::move(text)));
    stack.push(Kind::Stranger, *names.back());
}

void callGlobal(PickleStack& stack) {
    const PickleValue& arguments = stack.value(stack.pop());
    const PickleValue& callable = stack.value(stack.pop());
    if (arguments.kind != Kind::Tuple)
        stack.refuse("arguments that are no tuple");
    if (callable.kind == Kind::Stranger)
        return stack.push(Kind::Stranger, callable.text);
    if (callable.kind != Kind::Global)
        stack.refuse("a call of something that is no function");
    if (callable.text.starts_with("torch._utils _rebuild_tensor"))
        return rebuildTensor(stack, arguments);
    if (callable.text == "collections OrderedDict")
        return makeOrderedDictionary(stack, arguments);
    if (callable.text != "torch._utils _rebuild_parameter")
        stack.refuse("a call of " + std::string(callable.text));
    if (arguments.items.empty())
        stack.refuse("a parameter without tensor");
    stack.pushAgain(arguments.items[0]);
}

void makeInstance(PickleStack& stack) {
    stack.pop();
    const PickleValue& type = stack.value(stack.pop());
    if (type.kind != Kind::Stranger && type.kind != Kind::Global)
        stack.refuse("an object of something that is no class");
    stack.push(Kind::Stranger, type.text);
    stack.value(stack.top()).isInstance = true;
}

// An ordered dictionary has attributes (`_metadata`), which say nothing we need.
void setState(PickleStack& stack) {
    stack.pop();
    PickleValue& object = stack.value(stack.top());
    if (object.kind == Kind::Stranger)
        object.isInstance = true;
    else if (object.kind != Kind::Dictionary && object.kind != Kind::Tensor)
        stack.refuse("state is set on something that has none");
}

void pushStorage(PickleStack& stack) {
    const PickleValue& id = stack.value(stack.pop());
    if (id.kind != Kind::Tuple || id.items.size() < 5 || id.items.size() > 6 ||
        stack.value(id.items[0]).kind != Kind::Text || stack.value(id.items[0]).text != "storage")
        stack.refuse("a reference to something that is no storage");
    const Index type = id.items[1];
    const Index key = id.items[2];
    const PickleValue& count = stack.value(id.items[4]);
    if (stack.value(key).kind != Kind::Text || !isInteger(count) || count.integer < 0)
        stack.refuse("a storage without key or size");
    if (id.items.size() == 6 && stack.value(id.items[5]).kind != Kind::None)
        stack.refuse("a storage that is part of another one");
    if (stack.value(type).kind == Kind::Stranger)
        return stack.push(Kind::Stranger, stack.value(type).text);
    stack.push(Kind::Storage, count.integer);
    for (const Index item : {key, type})
        stack.addItem(stack.top(), item);
}

}  // namespace resnet
