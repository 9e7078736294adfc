#pragma once

namespace resnet {

// Gives what was freed back to the system, where the allocator would keep it. After work that has taken much
// for a while; takes a few milliseconds. Safe to call from any thread.
void returnFreedMemory();

}  // namespace resnet
