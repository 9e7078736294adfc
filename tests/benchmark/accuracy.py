"""The rounding error of each algorithm in each convolution of the bundled network, against PyTorch in float64.

Each convolution is given the very input that the engine gave it, so that errors do not add up over layers. Printed is
the largest difference over the tensor's largest magnitude, by stage the worst layer, and the logits of the whole pass.

Arguments: ENGINE_WORKER WEIGHTS INPUT.npy
"""
import os
import subprocess
import sys
import tempfile

import numpy
import torch

import network

worker, weights, input_file = sys.argv[1:]
tensors, metadata = network.read_safetensors(weights)
exact = {name: torch.from_numpy(t.copy()).double() for name, t in tensors.items()}
epsilon = float(metadata["bn_epsilon"])
x = torch.from_numpy(numpy.load(input_file)).double()
logits = network.run_torch(x, exact, epsilon)[0]


def group(name, settings):
    place = "stem" if name == "conv1" else "stage " + name[5]
    return f"{place}, {settings['kernel']}x{settings['kernel']}/{settings['stride']}"


def channels_first(outputs, name):
    return x if name == "input" else torch.from_numpy(outputs[name].copy()).double().permute(2, 0, 1)[None]


with tempfile.TemporaryDirectory() as folder:
    process = subprocess.Popen([worker, weights, input_file, "0"], text=True, bufsize=1, stdin=subprocess.PIPE,
                               stdout=subprocess.PIPE)
    process.stdout.readline()
    for algorithm in ("table", "direct", "F(2x2)", "F(4x4)"):
        path = os.path.join(folder, "steps.safetensors")
        process.stdin.write(f"dump {algorithm} {path}\n")
        process.stdout.readline()
        outputs, _ = network.read_safetensors(path)
        worst = {}
        for kind, name, inputs, settings in network.layers(x.shape[-1]):
            if kind != "conv":
                continue
            expected = network.apply(kind, name, [channels_first(outputs, inputs[0])], settings, exact, epsilon)
            error = (channels_first(outputs, name) - expected).abs().max() / expected.abs().max()
            worst[group(name, settings)] = max(worst.get(group(name, settings), 0.0), error.item())
        error = (torch.from_numpy(outputs["fc"].reshape(-1).copy()).double() - logits).abs().max() / logits.abs().max()
        print(f"{algorithm}: logits {error:.1e}")
        for name, value in worst.items():
            print(f"  {name:16} {value:.1e}")
