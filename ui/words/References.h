#pragma once

#include <QString>

#include <vector>

namespace resnet::ui {

// What the explanations refer to.
enum class Paper {
    DeepResidualLearning,
    IdentityMappings,
    DelvingIntoRectifiers,
    BatchNormalization,
    EnsemblesOfShallowNetworks,
    ShatteredGradients,
    NetworkInNetwork,
    ClassActivationMapping,
    VisualizingNetworks,
    EffectiveReceptiveField,
    GradCam,
    HiResCam,
    LayerCam,
    DeepInsideNetworks,
    NotJustABlackBox,
    IntegratedGradients,
    SmoothGrad,
    StrivingForSimplicity,
    SanityChecks,
    RandomizedInputSampling,
    FullGradient,
    LossLandscape,
};

// Authors, title, year and where to find it, in one line.
QString referenceTo(Paper paper);

// What something is, for someone who wants to know more than a line.
struct Explanation {
    QString title;
    QString formula;  // one line, or empty
    QString text;     // paragraphs of rich text
    std::vector<Paper> papers;
};

}  // namespace resnet::ui
