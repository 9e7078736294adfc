#pragma once

#include "core/weights/KerasNodes.h"

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace resnet {

// Settings of one layer of a Keras configuration. All throw Error that names the layer, its class and the
// setting where what it says is of another kind, or is nothing this program computes.
class KerasSettingsReader {
public:
    explicit KerasSettingsReader(const KerasNode& node) : m_node(node) {}

    [[noreturn]] void refuse(const std::string& why) const;

    bool has(const char* key) const;  // and it is not null
    bool flag(const char* key, bool otherwise) const;
    double number(const char* key, double otherwise) const;
    // From 1 to `most`.
    int count(const char* key, int otherwise, int most) const;
    std::string word(const char* key, const std::string& otherwise) const;
    // One number or a list of them, none where there is nothing.
    std::vector<double> numbers(const char* key) const;
    // One number for both sides of a window: 3, [3] or [3, 3].
    int square(const char* key, int otherwise, int most) const;
    // Rows before and after, columns before and after: 1, [1, 2] or [[1, 1], [2, 2]].
    std::array<int, 4> edges(const char* key) const;
    // Height and width.
    std::array<int, 2> size(const char* heightKey, const char* widthKey) const;
    // An activation that is an argument of the layer, as a layer of its own: of the class Activation for a
    // word, of the class stated for an object, of the function linear where there is none.
    KerasNode activation(const char* key) const;
    bool isChannelsFirst() const;

private:
    const nlohmann::json* find(const char* key) const;
    [[noreturn]] void refuseSetting(const char* key, const std::string& expected) const;

    const KerasNode& m_node;
};

}  // namespace resnet
