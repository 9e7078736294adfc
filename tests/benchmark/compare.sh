#!/bin/sh
# Compares this engine with ONNX Runtime and PyTorch on the bundled network, in one alternating run, and prints
# medians, minima and ratios. Debian 12; installs what is missing into the build folder (npm) and with apt-get.
#
#   tests/benchmark/compare.sh [ROUNDS] [THREADS]      (30 and 2)
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
build=${RESNET_COMPARE_BUILD:-$root/build/compare}
rounds=${1:-30}
threads=${2:-2}
python=/usr/bin/python3

missing=
$python -c 'import torch, numpy' 2>/dev/null || missing="$missing python3-torch python3-numpy"
command -v npm >/dev/null || missing="$missing npm"
if [ -n "$missing" ]; then
    sudo=
    [ "$(id -u)" = 0 ] || sudo=sudo
    $sudo apt-get update -qq
    # shellcheck disable=SC2086 # a list of packages
    $sudo apt-get install -y -qq --no-install-recommends $missing
fi >&2

cmake -S "$root" -B "$build" -DCMAKE_BUILD_TYPE=Release >&2
cmake --build "$build" --target resnet-explorer engine-worker -j "$(nproc)" >&2
if [ ! -d "$build/peers/node_modules/onnxruntime-node" ]; then
    mkdir -p "$build/peers"
    (cd "$build/peers" && npm install --ignore-scripts --no-audit --no-fund onnxruntime-node@1.30.0) >&2
fi

sed -n 's/^model name[^:]*: /processor: /p;' /proc/cpuinfo | sort -u
PYTHONDONTWRITEBYTECODE=1 exec $python "$root/tests/benchmark/compare.py" "$build/peers" \
    "$build/benchmark/engine-worker" "$build/resnet-explorer" \
    "$root/resources/models/resnet34-imagenette.safetensors" "$root/resources/samples/china.jpg" \
    "$rounds" "$threads"
