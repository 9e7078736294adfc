#!/bin/bash
# Runs clang-tidy over core, ui and app, without an argument over all of it, else over what the regular expression matches:
#   .ci/tidy.sh [core/ops/]
# Sources are looked at as release compiles them, some of a folder in one go, so that what they all include is read once.
set -u
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
only=${1:-.}
# Nothing is built there; g++'s precompiled headers and its names of warnings are not clang's.
build=$PWD/build/tidy
cmake --preset release -B "$build" >/dev/null || exit 1
sed -i 's/-Winvalid-pch[^"]*cmake_pch.hxx//' "$build/compile_commands.json"

# A unit is a source that includes others. Sizes of shapes and of files are counted in core/ops and core/weights.
tidy() {
    local checks=-bugprone-suspicious-include
    if grep -qE 'core/(ops|weights)/' <(echo "$2"; cat "$2"); then
        checks+=,bugprone-narrowing-conversions,bugprone-implicit-widening-of-multiplication-result
    fi
    clang-tidy -p "$1" --quiet --checks="$checks" "$2" 2>/dev/null
}
export -f tidy

mapfile -t units < <(sed -n 's/^ *"file": "\(.*\)",\?$/\1/p' "$build/compile_commands.json" |
    grep -vE '/(tests|.*_autogen|\.rcc)/|cmake_pch' |
    while IFS= read -r unit; do
        { echo "#include \"$unit\""; case $unit in */Unity/*) cat "$unit" ;; esac; } | grep -qE "^#include \".*$only" && echo "$unit"
    done)
[ ${#units[@]} -gt 0 ] || { echo "tidy: no source matches $only" >&2; exit 2; }
echo "tidy: ${#units[@]} groups of sources"
printf '%s\0' "${units[@]}" | xargs -0 -P "$(nproc)" -I{} bash -c 'tidy "$@"' tidy "$build" {}
