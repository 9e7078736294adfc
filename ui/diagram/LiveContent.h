#pragma once

#include "core/inference/Activations.h"
#include "ui/diagram/DiagramContent.h"
#include "ui/diagram/DiagramLayout.h"
#include "ui/workspace/ViewSettings.h"

namespace resnet::ui {

// What a drawing is to show of a run besides the network itself.
struct ShownOfRun {
    bool areMapsShown = true;
    ShadedBy shadedBy = ShadedBy::Nothing;  // in place of the maps
    bool areNormsShown = false;             // by the thickness of the lines
};

// Time is of the run the activations come from; memory is what the outputs take.
std::optional<NodeShading> shadingOf(const Graph& graph, const Activations& activations, ShadedBy by);

// Norms of the outputs of every step computed; 0 for the others.
std::vector<double> normsOf(const Graph& graph, const Activations& activations);

// All of that for a finished run, or for none (`activations` without outputs).
DiagramContent contentOf(const Graph& graph, const Activations& activations, const QImage& input,
                         const ShownOfRun& shown);

// Follows a run step by step and keeps what the diagram shows of it. Thumbnails are made when a drawing has a
// place for them.
class LiveContent {
public:
    const DiagramContent& content() const { return m_content; }
    DiagramContent& content() { return m_content; }

    // Another network: nothing is known of it.
    void setGraph(const Graph* graph);
    void stepComputed(StepId step, const Activations& activations);
    // Takes over everything computed and drops the rest.
    void take(const Activations& activations);
    void makePictures(const DiagramLayout& layout, const Activations& activations);
    // What is there belongs to a picture or network that is being replaced.
    void setStale(bool isStale);
    void select(StepId step);
    // Lights the first step that is not computed, or none.
    void setRunning(bool isRunning);

private:
    const Graph* m_graph = nullptr;
    DiagramContent m_content;
    bool m_isRunning = false;
};

// The content of the open section: one channel all along, so that F(x) + x can be followed by eye. A channel
// the section has not is replaced by the one that says most.
DiagramContent sectionContent(const Graph& graph, const Activations& activations,
                              const DiagramContent& content, const std::vector<StepId>& steps, int channel);

}  // namespace resnet::ui
