#pragma once

#include "ui/drawing/DiagramContent.h"
#include "ui/painting/ColorMap.h"

#include <QString>

#include <optional>

namespace resnet::ui {

enum class SortKey { Index, Mean, Maximum, StandardDeviation, ShareOfZeros, Similarity };

// Over what a colour scale reaches: each channel for itself, the step, all steps of its residual unit with
// what enters it (the step alone in stem and head), or every map of the network.
enum class ScaleScope { Channel, Step, Unit, Network };

// What is shown of a step: its output; by how much the score of the class in question grows for each unit
// that a value is larger; or both multiplied: what the value owes to the score, or it to the value.
enum class Quantity { Values, Gradient, ValueTimesGradient };

// Of which run: the one that is open, the one that it is compared with, or the first minus the second.
enum class Side { Now, Before, Difference };

// How the views show what they show, as far as undo goes back over it.
struct ViewSettings {
    // Keys of views that others have to know.
    static inline const QString unit = QStringLiteral("unit");  // the selected channel through its unit
    static inline const QString maps = QStringLiteral("maps");  // every channel of the step
    static inline const QString unitMaps = QStringLiteral("unit-maps");  // every channel through its unit

    QString panelView = unit;  // key of the view in the workbench
    SortKey sortKey = SortKey::Index;
    ScaleScope scope = ScaleScope::Step;
    std::optional<ColorMap> colors;  // nothing: what suits the step
    QString filter;                  // of channels, as it was typed
    ShadedBy shadedBy = ShadedBy::Nothing;
    bool areNormsShown = false;
    Quantity quantity = Quantity::Values;
    Side side = Side::Now;  // Now also while there is nothing to compare with

    bool operator==(const ViewSettings&) const = default;
};

}  // namespace resnet::ui
