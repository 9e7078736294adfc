#pragma once

#include "ui/images/Bytes.h"

#include <string>

namespace resnet::ui {

// A file that is no picture of those that are read.
struct ForeignKind {
    enum class Use { None, Picture, Weights };

    std::string what;    // "a HEIC picture, as iPhones take them"; empty if it is not known
    std::string advice;  // how to get a picture from it; empty if there is nothing to say
    Use use = Use::None;
};

// What a file is, by how it begins: the first 4 KiB are enough.
ForeignKind foreignKindOf(const Bytes& beginning);

// One line for who meant to open a picture: what it is instead, and what to do.
std::string refusalOf(const Bytes& file);

}  // namespace resnet::ui
