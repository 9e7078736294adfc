#!/bin/bash
# ThreadSanitizer, in two parts, each with a planted race that it must see:
#   tsan.sh window   the window's threads, with the engine on one thread (Debian's libtbb is not instrumented, so that with
#                    more every hand-over inside it would be reported) and suppressions for Qt alone
#   tsan.sh engine   the engine's parallel code, with oneTBB built under ThreadSanitizer from Debian's source package
# Not part of CI: the first takes about half an hour on two cores, the second a few minutes more for oneTBB.
set -u
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 1
part=${1:-}
one=(env)
suppressions=$PWD/tests/sanitizers/tsan-qt.txt
export QT_QPA_PLATFORM=offscreen RESNET_TEST_PATIENCE="${RESNET_TEST_PATIENCE:-10}" QTEST_FUNCTION_TIMEOUT=900000

# Runs the tests of a build folder that match, then the planted race.
run() {
    local build=$1 tests=$2
    mapfile -t programs < <(tests/sanitizers/programs.sh "$build" "$tests")
    ninja -C "$build" "${programs[@]}" planted-race | grep -v '^\['
    [ "${PIPESTATUS[0]}" -eq 0 ] || return 1
    "${one[@]}" ctest --test-dir "$build" --output-on-failure -R "$tests" || return 1
    if "$build/tests/sanitizers/planted-race" "$part" >/dev/null 2>&1; then
        echo "the planted race was not seen: nothing that was said above means anything" >&2
        return 1
    fi
    echo "the planted race was seen"
}

case $part in
window)
    cmake --preset tsan >/dev/null || exit 1
    one=(taskset -c 0) # the engine then has one thread
    export TSAN_OPTIONS="halt_on_error=1 ignore_noninstrumented_modules=1 suppressions=$suppressions"
    run build/tsan '^ui/(workspace|explain|window|download|exports)/'
    ;;
engine)
    tests/sanitizers/tbb-under-tsan.sh build/tsan-tbb || exit 1
    cmake --preset tsan -B build/tsan-engine -DTBB_DIR="$PWD/build/tsan-tbb/lib/cmake/TBB" >/dev/null || exit 1
    export TSAN_OPTIONS="halt_on_error=1 suppressions=$suppressions"
    export LD_LIBRARY_PATH=$PWD/build/tsan-tbb/lib
    run build/tsan-engine '^core/(ops|inference|explain)/'
    ;;
*)
    echo "usage: tsan.sh window|engine" >&2
    exit 2
    ;;
esac
