#pragma once

#include <QString>

namespace resnet::ui {

// What the explanations refer to.
enum class Paper {
    DeepResidualLearning,
    IdentityMappings,
    DelvingIntoRectifiers,
    BatchNormalization,
    EnsemblesOfShallowNetworks,
    NetworkInNetwork,
    ClassActivationMapping,
    VisualizingNetworks,
    EffectiveReceptiveField,
};

// Authors, title, year and where to find it, in one line.
QString referenceTo(Paper paper);

}  // namespace resnet::ui
