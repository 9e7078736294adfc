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

case $part in
window)
    tests='^ui/(workspace|explain|window|download|exports)/'
    # Qt starts processes by a fork that shares its memory: what is said of the child would hold for the parent.
    options="ignore_noninstrumented_modules=1 die_after_fork=0"
    export RESNET_TEST_ONE_THREAD=yes
    ;;
engine)
    tests='^core/(ops|inference|explain)/'
    options=
    ;;
*)
    echo "usage: tsan.sh window|engine" >&2
    exit 2
    ;;
esac
build=build/tsan
tests/sanitizers/tbb-under-tsan.sh build/tsan-tbb || exit 1
cmake --preset tsan >/dev/null || exit 1
export LD_LIBRARY_PATH=$PWD/build/tsan-tbb/lib TSAN_OPTIONS="halt_on_error=1 suppressions=$suppressions $options"

mapfile -t programs < <(tests/sanitizers/programs.sh "$build" "$tests")
ninja -C "$build" "${programs[@]}" planted-race | grep -v '^\['
[ "${PIPESTATUS[0]}" -eq 0 ] || exit 1
ctest --test-dir "$build" --output-on-failure --parallel "$(nproc)" -R "$tests" || exit 1
if "$build/tests/sanitizers/planted-race" "$part" >/dev/null 2>&1; then
    echo "the planted race was not seen: nothing that was said above means anything" >&2
    exit 1
fi
echo "the planted race was seen"
