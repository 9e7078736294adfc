#pragma once

#include "ui/drawing/DiagramLayout.h"
#include "ui/painting/BlockChannels.h"
#include "ui/painting/RunContent.h"
#include "ui/workspace/Changes.h"
#include "ui/workspace/ShownMaps.h"

namespace resnet::ui {

class Workspace;

// For the pictures of steps, what the views show of them; `shown` outlives it.
MapsOfStep shownIn(const ShownMaps& shown);

// What is selected in each stage where something is, and in the one that is looked at.
ChannelOfStage selectedIn(const Workspace& workspace);

// The norms of what is shown of all steps; none until all are computed and measured.
std::vector<double> normsIn(Workspace& workspace);

// Follows a run step by step and keeps what the diagram shows of it. Thumbnails are made when a drawing has a
// place for them.
class LiveContent {
public:
    const DiagramContent& content() const { return m_content; }

    // Another network: nothing is known of it.
    void setGraph(const Graph* graph);
    void stepComputed(StepId step, const Run& activations);
    // Takes over everything computed and drops the rest.
    void take(const Run& activations);
    // What has changed of it since the last time.
    void follow(const Run& activations, const Changes& changes);
    void makePictures(const DiagramLayout& layout, const MapsOfStep& maps);
    // What is there belongs to a picture or network that is being replaced.
    void setStale(bool isStale);
    // The ground that pictures are made for; what was made for another is made anew.
    void setOnDark(bool isOnDark);
    // Whose maps are shown; pictures of others are made anew.
    void setSelected(ChannelOfStage selected);
    // A step and its twins, or nothing.
    void select(std::optional<StepId> step);
    void setFound(std::set<StepId> steps) { m_content.found = std::move(steps); }
    void setInput(QImage input) { m_content.input = std::move(input); }
    void setEdits(const Edits& edits) { m_content.edits = edits; }
    void setShading(std::optional<NodeShading> shading) { m_content.shading = std::move(shading); }
    void setNorms(std::vector<double> norms) { m_content.norms = std::move(norms); }
    // Lights the first step that is not computed, or none.
    void setRunning(bool isRunning);

private:
    const Graph* m_graph = nullptr;
    DiagramContent m_content;
    BlockChannels m_channels;
    bool m_isRunning = false;
    bool m_isOnDark = false;
};

}  // namespace resnet::ui
