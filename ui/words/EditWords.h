#pragma once

#include "core/network/Edits.h"
#include "core/network/Graph.h"

#include <QString>

namespace resnet::ui {

// "stage 3, unit 2".
QString unitName(UnitId unit);
// "3.2" for stage 3, unit 2: counted from 1, as everywhere but in the names of files.
QString shortName(UnitId unit);
// "off", "× 0.5".
QString gainText(float gain);
// What is different about a unit: "F(x) off, shortcut × 0.5, weights of stage 3, unit 1"; empty for nothing.
QString editWords(const UnitEdit& edit);

// What a unit's shortcut gives, everywhere: "x", or "P(x)" where it changes x.
QString shortcutName(ShortcutForm form);
// What a unit's addition gives: "F(x) + x", "0.5 · F(x) + P(x)", "x", "0".
QString sumFormula(const UnitEdit& edit, ShortcutForm form);

// How many parts differ from the network as it was opened, each F(x), shortcut and set of weights for itself,
// and in words: "2 parts changed"; empty for none.
int changedParts(const Edits& edits);
QString changedPartsWords(const Edits& edits);
// All of it, unit by unit, as many as `most`: "stage 3, unit 2: F(x) off; and 3 more units".
QString editsWords(const Edits& edits, int most);

// Whether no more than one gain, or the weights of one unit, differ between the two.
bool concernOnePart(const Edits& a, const Edits& b);
// What led from one to the other: "F(x) of stage 3, unit 2 off", "all parts as they were".
QString changeWords(const Edits& before, const Edits& after);

}  // namespace resnet::ui
