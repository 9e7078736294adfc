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
        case Paper::GradCam:
            return QStringLiteral(
                "Selvaraju, Cogswell, Das, Vedantam, Parikh, Batra: Grad-CAM: Visual Explanations from Deep Networks via Gradient-based Localization, 2017, arXiv:1610.02391");
        case Paper::HiResCam:
            return QStringLiteral(
                "Draelos, Carin: Use HiResCAM instead of Grad-CAM for Faithful Explanations of Convolutional Neural Networks, 2020, arXiv:2011.08891");
        case Paper::LayerCam:
            return QStringLiteral(
                "Jiang, Zhang, Hou, Cheng, Wei: LayerCAM: Exploring Hierarchical Class Activation Maps for Localization, IEEE Transactions on Image Processing, 2021");
        case Paper::DeepInsideNetworks:
            return QStringLiteral(
                "Simonyan, Vedaldi, Zisserman: Deep Inside Convolutional Networks, 2013, arXiv:1312.6034");
        case Paper::NotJustABlackBox:
            return QStringLiteral(
                "Shrikumar, Greenside, Shcherbina, Kundaje: Not Just a Black Box: Learning Important Features Through Propagating Activation Differences, 2016, arXiv:1605.01713");
        case Paper::IntegratedGradients:
            return QStringLiteral(
                "Sundararajan, Taly, Yan: Axiomatic Attribution for Deep Networks, 2017, arXiv:1703.01365");
        case Paper::SmoothGrad:
            return QStringLiteral(
                "Smilkov, Thorat, Kim, Viégas, Wattenberg: SmoothGrad: Removing Noise by Adding Noise, 2017, arXiv:1706.03825");
        case Paper::StrivingForSimplicity:
            return QStringLiteral(
                "Springenberg, Dosovitskiy, Brox, Riedmiller: Striving for Simplicity: The All Convolutional Net, 2014, arXiv:1412.6806");
        case Paper::SanityChecks:
            return QStringLiteral(
                "Adebayo, Gilmer, Muelly, Goodfellow, Hardt, Kim: Sanity Checks for Saliency Maps, 2018, arXiv:1810.03292");
        case Paper::RandomizedInputSampling:
            return QStringLiteral(
                "Petsiuk, Das, Saenko: RISE: Randomized Input Sampling for Explanation of Black-box Models, 2018, arXiv:1806.07421");
        case Paper::FullGradient:
            return QStringLiteral(
                "Srinivas, Fleuret: Full-Gradient Representation for Neural Network Visualization, 2019, arXiv:1905.00780");
        case Paper::LossLandscape:
            return QStringLiteral(
                "Li, Xu, Taylor, Studer, Goldstein: Visualizing the Loss Landscape of Neural Nets, 2018, arXiv:1712.09913");
    }
    return {};
}

}  // namespace resnet::ui
