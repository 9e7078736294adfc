#pragma once

namespace resnet::ui {

// Canvases tell screen readers what they are and what they show (Canvas::role() and spoken()). Any number of
// times.
void makeCanvasesAccessible();

}  // namespace resnet::ui
