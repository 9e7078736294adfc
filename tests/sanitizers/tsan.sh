#!/bin/bash
# ThreadSanitizer, in two parts, each with a planted race that it must see:
#   tsan.sh window   the window's threads, with the engine on one thread
#   tsan.sh engine   the engine's parallel code
# oneTBB is built under ThreadSanitizer from Debian's source package: every hand-over inside Debian's own would be reported.
# The suppressions are for Qt alone. Not part of CI: the first takes about half an hour on two cores.
set -u
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 1
part=${1:-}
suppressions=$PWD/tests/sanitizers/tsan-qt.txt
export QT_QPA_PLATFORM=offscreen RESNET_TEST_PATIENCE="${RESNET_TEST_PATIENCE:-10}" QTEST_FUNCTION_TIMEOUT=900000

# Runs the tests of a build folder that match, then the planted race.
run() {
    local build=$1 tests=$2
    mapfile -t programs < <(tests/sanitizers/programs.sh "$build" "$tests")
    ninja -C "$build" "${programs[@]}" planted-race | grep -v '^\['
    [ "${PIPESTATUS[0]}" -eq 0 ] || return 1
    ctest --test-dir "$build" --output-on-failure --parallel "$(nproc)" -R "$tests" || return 1
    if "$build/tests/sanitizers/planted-race" "$part" >/dev/null 2>&1; then
        echo "the planted race was not seen: nothing that was said above means anything" >&2
        return 1
    fi
    echo "the planted race was seen"
}

tests/sanitizers/tbb-under-tsan.sh build/tsan-tbb || exit 1
cmake --preset tsan >/dev/null || exit 1
export LD_LIBRARY_PATH=$PWD/build/tsan-tbb/lib
export TSAN_OPTIONS="halt_on_error=1 suppressions=$suppressions"
case $part in
window)
    # Qt starts processes by a fork that shares its memory: what is said of the child would hold for the parent.
    TSAN_OPTIONS+=" ignore_noninstrumented_modules=1 die_after_fork=0"
    export RESNET_TEST_ONE_THREAD=yes
    run build/tsan '^ui/(workspace|explain|window|download|exports)/'
    ;;
engine)
    run build/tsan '^core/(ops|inference|explain)/'
    ;;
*)
    echo "usage: tsan.sh window|engine" >&2
    exit 2
    ;;
esac
