#pragma once

#include "core/weights/TensorFile.h"

#include <string>
#include <utility>
#include <vector>

namespace resnet {

// Tensors as an open file, in an order of its own.
class ListedTensors final : public TensorFile {
public:
    using Named = std::vector<std::pair<std::string, Tensor>>;

    explicit ListedTensors(Named tensors, bool isInOrder = false)
        : m_tensors(std::move(tensors)), m_isInOrder(isInOrder) {
        for (const auto& [name, tensor] : m_tensors)
            m_list.push_back({name, ElementType::F32, tensor.shape});
    }
    // By name.
    explicit ListedTensors(const StateDict& tensors) : ListedTensors(Named(tensors.begin(), tensors.end())) {}

    void setType(const std::string& name, ElementType type) {
        for (ListedTensor& each : m_list)
            if (each.name == name)
                each.type = type;
    }

    const std::string& name() const override { return m_name; }
    const std::vector<ListedTensor>& tensors() const override { return m_list; }
    bool isInOrder() const override { return m_isInOrder; }
    StateDict read(const TensorNames& names) const override {
        refuseUndecodable(*this, names);
        StateDict result;
        for (const auto& [place, name] : names)
            result[name] = m_tensors[place].second;
        return result;
    }

private:
    std::string m_name = "weights";
    Named m_tensors;
    std::vector<ListedTensor> m_list;
    bool m_isInOrder;
};

}  // namespace resnet
