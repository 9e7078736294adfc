#!/bin/bash
# The build targets that the tests of a build folder which match need, a line each: programs.sh BUILD REGEX
ctest --test-dir "$1" -N -R "$2" --show-only=json-v1 |
    grep -o '"[^"]*/tests/test\.[^"]*"' | tr -d '"' | sort -u | while read -r program; do
        printf '%s-program\n' "$(basename "$program")"
    done
echo resnet-explorer-hdf5 # the helper that reads Keras files
