#pragma once

#include "app/pages/Releases.h"

#include <QString>

namespace resnet::app {

// The manual page of section 1, in man's macros: what --help and the --help of every command say.
QString manual(const Release& release);

}  // namespace resnet::app
