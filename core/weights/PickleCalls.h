#pragma once

#include "core/weights/PickleStack.h"

namespace resnet {

// What a pickle asks to be looked up, called and made. Nothing is: the few functions that a state dict needs
// are tags, and what they would return is built here; any other name gives a Stranger, and so does all that
// is made with one. All throw Error where the arguments on the stack do not fit.

// GLOBAL and STACK_GLOBAL: pushes the tag, or the Stranger, of a name.
void pushGlobal(PickleStack& stack, std::string_view module, std::string_view name);

// REDUCE: a call of the global below the tuple of arguments.
void callGlobal(PickleStack& stack);

// NEWOBJ and NEWOBJ_EX: an instance of the class below its arguments, which are one value or two.
void makeInstance(PickleStack& stack, std::size_t argumentCount);

// BUILD: state set on the object below it.
void setState(PickleStack& stack);

// BINPERSID: a storage, by the tuple ("storage", type, key, location, number of elements[, view]).
void pushStorage(PickleStack& stack);

}  // namespace resnet
