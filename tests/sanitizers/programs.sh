#!/bin/bash
# The build targets that the tests of a build folder which match need, a line each: programs.sh BUILD REGEX
# By the names of the tests, since ctest tells no command of a program that is not built yet.
programs=$(ctest --test-dir "$1" -N -R "$2" | sed -n 's/^ *Test *#[0-9]*: //p' | sed 's|^[^/]*$|tree/&|; s|/[^/]*$||' | tr / . |
    sort -u | sed 's/.*/test.&-program/')
[ -n "$programs" ] || exit 0
printf '%s\n' "$programs" resnet-explorer-hdf5 # the helper that reads Keras files
