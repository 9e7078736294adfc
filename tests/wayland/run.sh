#!/bin/bash
# The window under Wayland: tests/wayland/run.sh [BUILD [PICTURES]]
# weston runs as a window of an Xvfb, so that it has a seat: xdotool's mouse and keys are those of the compositor, and popups,
# the keyboard, dragging and dropping are what a person has. (A weston with its headless backend has no seat, and Qt 6.4 ends
# a program whose line edit hears a key there: QWaylandInputDevice::textInput() of no device.)
# At scale 1, at Qt's own 1.25 and at scale 2 the program is started, used, photographed and closed; then the tests of its
# window run there. BUILD is build/work by default; PICTURES is a folder for the photographs.
# Needs weston, qt6-wayland, xvfb, xdotool and imagemagick.
set -eu
here=$(cd "$(dirname "$0")/../.." && pwd)
build=$(realpath "${1:-$here/build/work}")
home=$(mktemp -d)
chmod 700 "$home"
pictures=${2:-$home}
mkdir -p "$pictures"
pictures=$(realpath "$pictures")
processes=()
cleanUp() {
    for each in "${processes[@]}"; do kill "$each" 2>/dev/null || true; done
    rm -rf "$home"
}
trap cleanUp EXIT
export HOME=$home XDG_RUNTIME_DIR=$home XDG_CONFIG_HOME=$home/config
faults=0
fail() {
    echo "$1"
    faults=$((faults + 1))
}

Xvfb -displayfd 3 -screen 0 2800x1800x24 3>"$home/display" >/dev/null 2>&1 &
processes+=($!)
for _ in $(seq 50); do [ -s "$home/display" ] && break; sleep 0.2; done
DISPLAY=:$(cat "$home/display")
export DISPLAY

weston=
start() { # SCALE WIDTH HEIGHT
    weston --backend=x11-backend.so --use-pixman --socket=explorer-test --idle-time=0 --no-config \
        --scale="$1" --width="$2" --height="$3" >"$home/weston.log" 2>&1 &
    weston=$!
    processes+=($weston)
    for _ in $(seq 50); do [ -S "$home/explorer-test" ] && return; sleep 0.2; done
    fail "weston did not start: $(tail -n 2 "$home/weston.log")"
}
stop() {
    kill "$weston"
    wait "$weston" 2>/dev/null || true
    rm -f "$home/explorer-test" "$home/explorer-test.lock"
}
underWayland() { WAYLAND_DISPLAY=explorer-test QT_QPA_PLATFORM=wayland "$@"; }
photograph() { import -window root "$pictures/$1.png"; }
# How many pixels of a part of the screen (WIDTHxHEIGHT+X+Y) are others in two photographs.
changed() { # FROM TO PART
    local count
    count=$(compare -metric AE -fuzz 5% "$pictures/$1.png[$3]" "$pictures/$2.png[$3]" null: 2>&1 || true)
    printf '%.0f' "$count"
}
differs() { # FROM TO PART WHAT
    [ "$(changed "$1" "$2" "$3")" -gt 500 ] || fail "$4: nothing is seen at $3"
}

look() { # NAME FACTOR_OF_QT: starts the program and opens its popups; places are those of scale 1
    rm -rf "$home/config"
    QT_SCALE_FACTOR=$2 underWayland "$build/resnet-explorer" >"$home/program.log" 2>&1 &
    local program=$!
    sleep "${WAIT:-15}"
    kill -0 $program 2>/dev/null || fail "$1: the program ended: $(tail -n 3 "$home/program.log")"
    photograph "$1"
    if [ "$1" = scale-1 ]; then
        xdotool mousemove 135 75 click 1 sleep 1
        photograph "$1-menu"
        differs "$1" "$1-menu" 220x300+110+95 "the menu View"
        xdotool key Escape sleep 0.5 mousemove 885 107 click 1 sleep 1
        photograph "$1-speed"
        differs "$1" "$1-speed" 80x130+850+125 "the list of speeds"
        xdotool key Escape sleep 0.5 key ctrl+k sleep 0.5 type relu
        sleep 1
        photograph "$1-find"
        differs "$1" "$1-find" 430x300+930+130 "the list of Find or do"
        xdotool key Escape sleep 0.5 mousemove 550 540 click 3 sleep 1
        photograph "$1-context"
        differs "$1" "$1-context" 180x150+560+560 "the context menu of a map"
        xdotool key Escape sleep 0.5 mousemove 757 818 mousedown 1 sleep 0.3
        for _ in $(seq 20); do
            xdotool mousemove_relative -- -20 -12
            sleep 0.05
        done
        photograph "$1-drag"
        differs "$1" "$1-drag" 120x120+340+560 "the map that is dragged"
        xdotool mouseup 1 sleep 1
        photograph "$1-dropped"
        [ "$(changed "$1" "$1-dropped" 150x60+40+320)" -lt 500 ] ||
            fail "a map that was dropped on its own window took the place of the picture"
    fi
    kill $program 2>/dev/null || true
    wait $program 2>/dev/null || true
    [ ! -s "$home/program.log" ] || fail "$1 says: $(head -n 3 "$home/program.log")"
    echo "$1: looked at"
}

start 1 1400 900
look scale-1 1
look scale-1.25 1.25
for class in MainWindowTest KeyboardTest FindBoxTest ContextMenusTest WorkbenchTest LayoutTest AppearanceTest; do
    if underWayland "$build/tests/test.ui.window" $class >"$home/$class.log" 2>&1; then
        echo "$class: $(grep ^Totals "$home/$class.log")"
    else
        fail "$class: $(grep -A 3 ^FAIL "$home/$class.log" | head -n 12)"
    fi
done
stop
start 2 1400 900
look scale-2 1
stop
echo "$faults faults"
[ $faults -eq 0 ]
