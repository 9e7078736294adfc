#pragma once

#include "core/network/Graph.h"

namespace resnet {

// What the kind of a step leaves open.
struct StepSize {
    int channels = 0;  // of the output; 0: as many as the input has
    int kernel = 1;    // of a window
    int stride = 1;
};

// Puts a network together, step by step in the order of execution: stem, units, head. It works out shapes,
// windows, costs and receptive fields from the kinds of steps.
class GraphBuilder {
public:
    GraphBuilder(const FeatureShape& image, Padding padding);

    // A step that reads the outputs of `inputs`, and its id.
    StepId step(StepKind kind, std::string name, std::vector<StepId> inputs, const StepSize& size = {});
    // The same with all settings. Throws Error naming the layer where shapes do not fit.
    StepId step(const Layer& layer, std::string name, std::vector<StepId> inputs);

    // Steps stand in the stem until the first unit begins, and in the head after the last has ended.
    // A unit begins on its main path.
    void beginUnit(std::string name, int stage, int unit, StepId input);
    void beginShortcut();
    // Adds the shortcut to the main path; what follows stands in the unit's tail.
    StepId sum(std::string name, std::string layerName = {});
    // The tail of a unit without a sum.
    void beginTail();
    // The unit's output.
    StepId endUnit();

    // What was put together; the builder is of no use after it.
    GraphParts take() { return std::move(m_parts); }

private:
    enum class Place { Stem, MainPath, Shortcut, Tail, Head };

    Way way() const;
    const FeatureShape& outputShape(StepId id) const;
    void addFields(Step& step) const;
    bool isSigned(const Step& step) const;
    StepId append(Step step);

    FeatureShape m_image;
    Padding m_padding;
    Place m_place = Place::Stem;
    ResidualUnit m_unit;
    GraphParts m_parts;
};

// The parts of the network that a spec describes. Throws Error if it is out of range.
GraphParts partsOf(const NetworkSpec& spec);
// The parts of a network that states its layers, with the spec's padding and input. Throws Error naming the
// layer where shapes do not fit or the layers are no chain of residual units.
GraphParts partsOf(const std::vector<Layer>& layers, const NetworkSpec& spec);

// Fills in what the parts tell: units, channels, classes, kind of unit, stem, shortcuts. Throws Error if
// there are more stages or units than can be shown, or if the outputs are no classes.
void describe(const GraphParts& parts, NetworkSpec& spec);

}  // namespace resnet
