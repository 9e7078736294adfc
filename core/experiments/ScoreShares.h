#pragma once

#include "core/inference/Run.h"

#include <vector>

namespace resnet {

// Who wrote the score of a class. With the masks of all ReLUs on the stream held as they are for this
// picture, what stands on the stream goes to the classes by the shortcuts alone, and that is linear:
//   logit = stem + sum over the units of (F + shift) + head
// where F is what the unit's gain * F(x) wrote, shift what the constants of its projection's batch norm
// wrote, and head the class's bias and any constants behind the last unit. F(x) itself counts as a number,
// however it came about: this is not what the logit loses without the unit, since without it later units
// compute something else and other ReLUs open.
struct ScoreShares {
    struct Unit {
        double mainPath = 0.0;
        double shift = 0.0;
    };
    int classIndex = 0;
    double stem = 0.0;
    std::vector<Unit> units;
    double head = 0.0;

    double logit() const;  // the sum
};

// Of a finished run; its edits hold. Throws Error for a class that is not there, a run that is not finished
// and a plain network, which has no stream.
ScoreShares scoreShares(const Run& run, int classIndex);

}  // namespace resnet
