#!/bin/bash
# The window under Wayland: tests/wayland/run.sh [BUILD [PICTURES]]
# Under a headless weston, at scale 1 and 2 and at Qt's own 1.25, the program is started, photographed and closed; then the
# tests of its layout and looks run there. BUILD is build/work by default; PICTURES is a folder for the photographs.
# Needs weston, qt6-wayland.
set -eu
here=$(cd "$(dirname "$0")/../.." && pwd)
build=$(realpath "${1:-$here/build/work}")
pictures=${2:-}
home=$(mktemp -d)
chmod 700 "$home"
weston=
cleanUp() {
    [ -z "$weston" ] || kill "$weston" 2>/dev/null || true
    rm -rf "$home"
}
trap cleanUp EXIT
export HOME=$home XDG_RUNTIME_DIR=$home XDG_CONFIG_HOME=$home/config WAYLAND_DISPLAY=explorer-test QT_QPA_PLATFORM=wayland
faults=0
fail() { echo "$1"; faults=$((faults + 1)); }

start() { # SCALE WIDTH HEIGHT
    weston --backend=headless-backend.so --use-pixman --debug --socket=$WAYLAND_DISPLAY --idle-time=0 \
        --scale="$1" --width="$2" --height="$3" >"$home/weston.log" 2>&1 &
    weston=$!
    for _ in $(seq 50); do [ -S "$home/$WAYLAND_DISPLAY" ] && return; sleep 0.2; done
    fail "weston did not start: $(tail -n 2 "$home/weston.log")"
}
stop() {
    kill "$weston"
    wait "$weston" 2>/dev/null || true
    weston=
    rm -f "$home/$WAYLAND_DISPLAY" "$home/$WAYLAND_DISPLAY.lock"
}

look() { # NAME SCALE_FACTOR
    QT_SCALE_FACTOR=$2 "$build/resnet-explorer" >"$home/program.log" 2>&1 &
    local program=$!
    sleep "${WAIT:-12}"
    kill -0 $program 2>/dev/null || fail "$1: the program ended: $(tail -n 3 "$home/program.log")"
    if [ -n "$pictures" ] && command -v weston-screenshooter >/dev/null; then
        (cd "$home" && weston-screenshooter >/dev/null 2>&1 && mv wayland-screenshot-*.png "$pictures/$1.png") ||
            fail "$1: no photograph"
    fi
    kill $program 2>/dev/null || true
    wait $program 2>/dev/null || true
    [ ! -s "$home/program.log" ] || fail "$1 says: $(head -n 3 "$home/program.log")"
    echo "$1: looked at"
}

[ -z "$pictures" ] || pictures=$(realpath "$pictures")
start 1 1280 800
look scale-1 1
look scale-1.25 1.25
# A headless weston has no seat: what needs a keyboard, the clipboard or an active window cannot be tested there.
for class in LayoutTest AppearanceTest; do
    if "$build/tests/test.ui.window" $class >"$home/$class.log" 2>&1; then
        echo "$class: $(grep ^Totals "$home/$class.log")"
    else
        fail "$class: $(grep -A 3 ^FAIL "$home/$class.log" | head -n 12)"
    fi
done
stop
start 2 2560 1600
look scale-2 1
stop
echo "$faults faults"
[ $faults -eq 0 ]
