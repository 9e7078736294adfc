#include "ui/words/References.h"

namespace resnet::ui {

QString referenceTo(Paper paper) {
    switch (paper) {
        case Paper::DeepResidualLearning:
            return QStringLiteral(
                "He, Zhang, Ren, Sun: Deep Residual Learning for Image Recognition, 2015, arXiv:1512.03385");
        case Paper::IdentityMappings:
            return QStringLiteral(
                "He, Zhang, Ren, Sun: Identity Mappings in Deep Residual Networks, 2016, arXiv:1603.05027");
        case Paper::DelvingIntoRectifiers:
            return QStringLiteral(
                "He, Zhang, Ren, Sun: Delving Deep into Rectifiers, 2015, arXiv:1502.01852");
        case Paper::BatchNormalization:
            return QStringLiteral("Ioffe, Szegedy: Batch Normalization, 2015, arXiv:1502.03167");
        case Paper::EnsemblesOfShallowNetworks:
            return QStringLiteral(
                "Veit, Wilber, Belongie: Residual Networks Behave Like Ensembles of Relatively Shallow Networks, 2016, arXiv:1605.06431");
        case Paper::ShatteredGradients:
            return QStringLiteral(
                "Balduzzi, Frean, Leary, Lewis, Ma, McWilliams: The Shattered Gradients Problem, 2017, arXiv:1702.08591");
        case Paper::NetworkInNetwork:
            return QStringLiteral("Lin, Chen, Yan: Network In Network, 2013, arXiv:1312.4400");
        case Paper::ClassActivationMapping:
            return QStringLiteral(
                "Zhou, Khosla, Lapedriza, Oliva, Torralba: Learning Deep Features for Discriminative Localization, 2016, arXiv:1512.04150");
        case Paper::VisualizingNetworks:
            return QStringLiteral(
                "Zeiler, Fergus: Visualizing and Understanding Convolutional Networks, 2014, arXiv:1311.2901");
        case Paper::EffectiveReceptiveField:
            return QStringLiteral(
                "Luo, Li, Urtasun, Zemel: Understanding the Effective Receptive Field in Deep Convolutional Neural Networks, 2016, arXiv:1701.04128");
    }
    return {};
}

}  // namespace resnet::ui
