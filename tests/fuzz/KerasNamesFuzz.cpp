#include "core/Error.h"
#include "core/weights/KerasNames.h"

#include <algorithm>

// Lines "path/shape": the last number of digits are the extents, one digit each. Then, after an empty line,
// the file's own order.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, std::size_t size) {
    using namespace resnet;
    std::string_view rest(reinterpret_cast<const char*>(bytes), size);
    std::vector<KerasVariable> variables;
    std::vector<std::string> order;
    int part = 0;
    while (!rest.empty() && part < 2) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        std::string line(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (line.empty()) {
            ++part;
        } else if (part == 1) {
            order.push_back(line);
        } else {
            std::vector<std::int64_t> shape;
            while (!line.empty() && line.back() >= '1' && line.back() <= '9' && shape.size() < 5) {
                shape.insert(shape.begin(), line.back() - '0');
                line.pop_back();
            }
            if (line.ends_with(' '))
                line.pop_back();
            variables.push_back({line, shape});
        }
    }
    torchvisionNames(variables, order);
    return 0;
}
