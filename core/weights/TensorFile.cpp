#include "core/weights/TensorFile.h"

#include "core/Error.h"

namespace resnet {

void refuseUndecodable(const TensorFile& file, const TensorNames& names) {
    std::vector<std::string> problems;
    for (const auto& [place, newName] : names) {
        const ListedTensor& tensor = file.tensors()[place];
        if (!isDecodable(tensor.type))
            problems.push_back("tensor '" + tensor.name + "': expected F16, BF16, F32 or F64, found " +
                               std::string(name(tensor.type)));
    }
    if (problems.empty())
        return;
    const std::string first = file.name() + ": " + problems.front();
    problems.erase(problems.begin());
    throw Error(first, std::move(problems));
}

}  // namespace resnet
