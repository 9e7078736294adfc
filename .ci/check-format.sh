#!/bin/bash
# Says which sources are not formatted as .clang-format asks; status 1 if there are any.
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
git ls-files -z '*.h' '*.cpp' | xargs -0 -n 40 -P "$(nproc)" clang-format --dry-run -Werror
