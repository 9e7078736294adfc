#!/bin/bash
# Builds what the tests that match need under AddressSanitizer and UndefinedBehaviorSanitizer and runs them; without an
# argument the whole suite:   tests/sanitizers/asan.sh ['^core/ops/']
set -u
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 1
tests=${1:-.}
build=build/asan
cmake --preset asan >/dev/null || exit 1
mapfile -t programs < <(tests/sanitizers/programs.sh "$build" "$tests")
[ ${#programs[@]} -gt 0 ] || { echo "no test matches $tests" >&2; exit 2; }
ninja -C "$build" "${programs[@]}" | grep -v '^\[' # what the compiler has to say
[ "${PIPESTATUS[0]}" -eq 0 ] || exit 1
export QT_QPA_PLATFORM=offscreen RESNET_TEST_PATIENCE="${RESNET_TEST_PATIENCE:-4}"
exec ctest --test-dir "$build" --output-on-failure --parallel "$(nproc)" -R "$tests"
