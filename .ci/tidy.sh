#!/bin/bash
# Runs clang-tidy over the sources that changed since a revision (default: the commit before this one): tidy.sh [REVISION]
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
base=${1:-HEAD^}
git rev-parse -q --verify "$base^{commit}" >/dev/null || { echo "tidy: no such revision: $base" >&2; exit 2; }
mapfile -t changed < <(git diff --name-only --diff-filter=d "$base" -- 'core/*.cpp' 'ui/*.cpp' 'app/*.cpp')
[ ${#changed[@]} -gt 0 ] || { echo "tidy: no source changed since $base"; exit 0; }
echo "tidy: ${#changed[@]} sources changed since $base"
# How each source is compiled alone. Nothing is built there; g++'s precompiled headers and its names of warnings are not
# clang's.
build=build/tidy
cmake --preset dev -B "$build" -DRESNET_WARNINGS_AS_ERRORS=OFF >/dev/null || exit 1
sed -i 's/-Winvalid-pch[^"]*cmake_pch.hxx//' "$build/compile_commands.json"
printf '%s\0' "${changed[@]}" | xargs -0 -n 1 -P "$(nproc)" clang-tidy -p "$build" --quiet
