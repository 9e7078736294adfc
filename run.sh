#!/bin/bash
# Installs what is missing, builds, and starts the program with the arguments given:
#   ./run.sh                     the window
#   ./run.sh photo.jpg           the window with this photograph
#   ./run.sh predict photo.jpg   a command, without a display
set -u
. "$(dirname "${BASH_SOURCE[0]}")/.ci/setup.sh"
set_up resnet-explorer
exec "$build/resnet-explorer" "$@"
