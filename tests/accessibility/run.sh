#!/bin/bash
# What a screen reader is told of the window: tests/accessibility/run.sh [PROGRAM]
# On a bus of its own, under Xvfb, with AT-SPI as a desktop has it: every view must have a name and a role, and those
# that show something a value or a description. PROGRAM is build/work/resnet-explorer by default.
# Needs xvfb, dbus, at-spi2-core and python3-pyatspi.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
program=$(realpath "${1:-$here/../../build/work/resnet-explorer}")
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
export HOME=$home XDG_RUNTIME_DIR=$home XDG_CONFIG_HOME=$home/config
export QT_ACCESSIBILITY=1 QT_LINUX_ACCESSIBILITY_ALWAYS_ON=1 QT_QPA_PLATFORM=xcb NO_AT_BRIDGE=0
xvfb-run -a -s "-screen 0 1280x800x24" dbus-run-session -- bash -c '
    /usr/libexec/at-spi-bus-launcher --launch-immediately >/dev/null 2>&1 &
    bus=$!
    sleep 1
    "$1" >/dev/null 2>&1 &
    program=$!
    status=0
    /usr/bin/python3 "$2/walk.py" ${3:+"$3"} || status=$?
    kill $program $bus
    wait $program || true
    exit $status
' bash "$program" "$here" "${2:-}"
