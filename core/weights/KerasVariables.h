#pragma once

#include "core/weights/KerasLayers.h"
#include "core/weights/KerasNodes.h"

#include <map>
#include <string>
#include <vector>

namespace resnet {

// What a file says of whose its variables are.
struct KerasOwnership {
    // Of the older .h5 files: a layer's variables in its order ("weight_names"), by the layer.
    std::map<std::string, std::vector<std::string>, std::less<>> weightNames;
    // Of later ones: names of layers by their group ("layers/conv2d_3").
    std::map<std::string, std::string, std::less<>> layerOfGroup;
};

// The variables of a file, found for the layers of its configuration by what the file says: the list of a
// layer's variables, the name that a group carries, or the place of a layer among those of its class.
class KerasVariables {
public:
    // `nodes` tell which way the file keeps them. Both arguments must outlive this.
    KerasVariables(const std::vector<KerasVariable>& variables, const KerasOwnership& ownership,
                   const std::vector<KerasNode>& nodes);

    // A layer's own, in Keras' order.
    std::vector<const KerasVariable*> of(const KerasNode& node) const;
    // Those of the layers inside of a layer that is not Keras' own, in the order of the file; `inOrder` tells
    // whether the file states that order or names do.
    std::vector<KerasVariable> inside(const KerasNode& node, bool& inOrder) const;

private:
    enum class Scheme { Legacy, ByPosition, ByName, ByStatedName };

    std::string groupOf(const KerasNode& node) const;
    std::vector<const KerasVariable*> legacy(const KerasNode& node) const;

    const std::vector<KerasVariable>& m_variables;
    const KerasOwnership& m_ownership;
    std::map<std::string, std::vector<const KerasVariable*>, std::less<>> m_groups;  // without "/vars"
    std::map<std::string, std::string, std::less<>> m_groupOfLayer;                  // as the file states it
    Scheme m_scheme = Scheme::ByPosition;
};

}  // namespace resnet
