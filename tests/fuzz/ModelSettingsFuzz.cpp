#include "core/model/ModelMetadata.h"
#include "core/model/ModelSettings.h"

#include <algorithm>

// The settings that were remembered for a file, and what a file says of itself, as lines "key=value".
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, std::size_t size) {
    using namespace resnet;
    std::string_view rest(reinterpret_cast<const char*>(bytes), size);
    settingsFromText(rest);
    MetadataText text;
    while (!rest.empty()) {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(line.size() + 1, rest.size()));
        if (const std::size_t sign = line.find('='); sign != line.npos)
            text.emplace(line.substr(0, sign), line.substr(sign + 1));
    }
    std::vector<std::string> problems;
    parseMetadata(text, problems);
    return 0;
}
