#!/bin/bash
# Installs what is missing, builds, and runs all tests. Arguments go to ctest: ./test.sh -R Npy
set -u
. "$(dirname "${BASH_SOURCE[0]}")/.ci/setup.sh"
set_up all
export QT_QPA_PLATFORM=offscreen
exec ctest --test-dir "$build" --output-on-failure --parallel "$(nproc)" "$@"
