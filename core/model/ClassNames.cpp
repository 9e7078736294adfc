#include "core/model/ClassNames.h"

#include "core/Error.h"
#include "core/files/BoundedJson.h"
#include "core/files/ByteSource.h"

#include <charconv>
#include <map>

namespace resnet {

namespace {

constexpr std::string_view imageNetLabels =
#include "core/model/ImageNetLabels.inc"
    ;

constexpr std::size_t mostNames = 100'000;
constexpr std::size_t longestName = 1024;
constexpr std::uint64_t largestFile = 16 * 1024 * 1024;

std::vector<std::string> lines(std::string_view text) {
    std::vector<std::string> result;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        std::string_view line = text.substr(0, end);
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        result.emplace_back(line);
        text.remove_prefix(end == text.npos ? text.size() : end + 1);
    }
    return result;
}

std::string nameFrom(const nlohmann::json& value, const std::string& place) {
    if (value.is_string())
        return value.get<std::string>();
    if (value.is_array() && value.size() == 2 && value[0].is_string() && value[1].is_string())
        return value[1].get<std::string>();
    throw Error(place + ": expected a class name, found " + value.type_name());
}

std::vector<std::string> namesFrom(const nlohmann::json& root, const std::string& file) {
    std::vector<std::string> names;
    if (root.is_array()) {
        for (const auto& value : root)
            names.push_back(nameFrom(value, file + ": entry " + std::to_string(names.size())));
        return names;
    }
    std::map<std::size_t, std::string> byIndex;
    for (const auto& [key, value] : root.items()) {
        std::size_t index = 0;
        const auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), index);
        if (error != std::errc() || end != key.data() + key.size())
            throw Error(file + ": expected class numbers as keys, found '" + key.substr(0, 40) + "'");
        byIndex[index] = nameFrom(value, file + ": class " + key);
    }
    for (auto& [index, name] : byIndex) {
        if (index != names.size())
            throw Error(file + ": class " + std::to_string(names.size()) + " has no name");
        names.push_back(std::move(name));
    }
    return names;
}

std::vector<std::string> fromJson(std::string_view text, const std::string& file) {
    constexpr int deepest = 3;
    constexpr std::size_t partsOfName = 4;  // "0": ["n01440764", "tench"]
    const nlohmann::json root = parseJson(text, deepest, partsOfName * mostNames + 1);
    if (root.is_discarded())
        throw Error(
            file +
            ": expected class names, one per line or as JSON; the JSON is broken, nested or has more than " +
            std::to_string(mostNames));
    return namesFrom(root, file);
}

void check(const std::vector<std::string>& names, const std::string& file) {
    if (names.empty())
        throw Error(file + ": holds no class names");
    if (names.size() > mostNames)
        throw Error(file + ": expected at most " + std::to_string(mostNames) + " class names, found " +
                    std::to_string(names.size()));
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (names[i].size() > longestName)
            throw Error(file + ": class " + std::to_string(i) + ": a name of " +
                        std::to_string(names[i].size()) + " bytes; at most 1024 are read");
        for (const char character : names[i])
            if (static_cast<unsigned char>(character) < 0x20 && character != '\t')
                throw Error(file + ": class " + std::to_string(i) +
                            ": the name has control characters; is it a text?");
    }
}

}  // namespace

const std::vector<std::string>& imageNetClassNames() {
    static const std::vector<std::string> names = lines(imageNetLabels.substr(1));
    return names;
}

std::vector<std::string> numberedClassNames(int count) {
    std::vector<std::string> names;
    for (int i = 0; i < count; ++i)
        names.push_back("class " + std::to_string(i));
    return names;
}

std::vector<std::string> parseClassNames(std::string_view text, const std::string& file) {
    constexpr std::string_view byteOrderMark = "\xef\xbb\xbf";
    if (text.starts_with(byteOrderMark))
        text.remove_prefix(byteOrderMark.size());
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    const bool isJson = first != text.npos && (text[first] == '[' || text[first] == '{');
    std::vector<std::string> names = isJson ? fromJson(text, file) : lines(text);
    check(names, file);
    return names;
}

std::vector<std::string> readClassNames(const std::string& path, const std::stop_token& stop) {
    const auto source = openFile(path, stop);
    if (source->size() > largestFile)
        throw Error(path + ": expected class names, found a file of over 16 MB");
    return parseClassNames(source->readText(0, std::size_t(source->size())), path);
}

}  // namespace resnet
