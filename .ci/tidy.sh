#!/bin/bash
# Runs clang-tidy over the sources that changed since a revision (default: the commit before this one): tidy.sh [REVISION] [BUILD]
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
base=${1:-HEAD^}
build=${2:-build/release}
git rev-parse -q --verify "$base^{commit}" >/dev/null || { echo "tidy: no such revision: $base" >&2; exit 2; }
mapfile -t changed < <(git diff --name-only --diff-filter=d "$base" -- 'core/*.cpp' 'ui/*.cpp' 'app/*.cpp')
[ ${#changed[@]} -gt 0 ] || { echo "tidy: no source changed since $base"; exit 0; }
echo "tidy: ${#changed[@]} sources changed since $base"
# g++'s precompiled headers are not clang's.
mkdir -p "$build/tidy"
sed 's/-Winvalid-pch[^"]*cmake_pch.hxx//' "$build/compile_commands.json" >"$build/tidy/compile_commands.json"
printf '%s\0' "${changed[@]}" | xargs -0 -n 1 -P "$(nproc)" clang-tidy -p "$build/tidy" --quiet
