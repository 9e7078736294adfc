#pragma once

#include "core/weights/ElementType.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace resnet {

// A value that a pickle describes. Values live in a Pickle and refer to each other by index, so that no depth
// of nesting and no cycle can hurt.
struct PickleValue {
    enum class Kind {
        None,
        Boolean,
        Integer,
        Real,
        Text,
        Bytes,  // without their content
        Tuple,
        List,        // or set
        Dictionary,  // items: key, value, key, value, ...
        Global,      // text: "collections OrderedDict"
        Storage,     // items: key, element type as a Global; integer: number of elements
        Tensor,      // items: storage, size, stride; integer: offset in elements
        Stranger,    // what a pickle wanted made by something we do not know; text: by what
    };
    Kind kind = Kind::None;
    bool isInstance = false;   // of a Stranger: an object of a class, not the result of a call
    std::int64_t integer = 0;  // also 0 and 1 of Boolean
    double real = 0.0;
    std::string_view text;  // in the pickle's bytes, or in Pickle::names
    std::vector<std::uint32_t> items;
};

struct Pickle {
    std::vector<PickleValue> values;
    std::uint32_t root = 0;
    std::vector<std::string> strangers;  // "posix system": globals that nothing was done for, each once
    std::size_t length = 0;              // bytes up to and including STOP
    std::vector<std::unique_ptr<std::string>> names;

    const PickleValue& at(std::uint32_t index) const { return values[index]; }
};

// Runs a pickle of protocol 2 to 5 on a machine that knows how to build values and tensors and calls nothing.
// `bytes` must outlive the result; what comes after STOP is left alone. At most 200,000 values. Throws Error
// that begins with `file`.
Pickle readPickle(std::string_view bytes, const std::string& file);

}  // namespace resnet
