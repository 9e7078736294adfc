#pragma once

#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace resnet {

// The 1000 classes of ImageNet, in the order of torchvision's and Keras' networks.
const std::vector<std::string>& imageNetClassNames();

// "class 0", "class 1", ...
std::vector<std::string> numberedClassNames(int count);

// Class names from a text file (one per line; a line end at the end is no further name) or JSON: a list of
// strings, an object of index to name, or Keras' {"0": ["n01440764", "tench"]}. Told by its content; at most
// 100,000 names of up to 1024 bytes. Throws Error that begins with `file`.
std::vector<std::string> parseClassNames(std::string_view text, const std::string& file);

// Reads and parses a class name file of at most 16 MB. Throws Error, also when stopped.
std::vector<std::string> readClassNames(const std::string& path, const std::stop_token& stop = {});

}  // namespace resnet
