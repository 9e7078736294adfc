"""The loss landscape's exported directions, and what it measures along them, against PyTorch in float64.

Makes two pictures of noise for each class, has the program measure 3 x 3 places over them and write its directions, and
checks that each filter is as long as the network's, and each loss within 1e-4 of PyTorch's on the same weights.

Arguments: RESNET_EXPLORER WEIGHTS.safetensors [SEED]; a network of ResNet-34's units, with shortcuts or without.
"""
import json
import os
import random
import struct
import subprocess
import sys
import tempfile
import zlib

import numpy
import torch

import network

BOUND = 1e-4  # relative
EACH = 2  # pictures of a class


def write_png(path, pixels):
    """H x W x 3 bytes."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    height, width, _ = pixels.shape
    rows = b"".join(b"\0" + row.tobytes() for row in pixels)
    with open(path, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)) +
                   chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def picture(height, width, numbers):
    """Noise in squares of 8, so that the network sees more than grey."""
    coarse = [numbers.randrange(256) for _ in range((height // 8 + 1) * (width // 8 + 1) * 3)]
    blocks = numpy.array(coarse, numpy.uint8).reshape(height // 8 + 1, width // 8 + 1, 3)
    return numpy.ascontiguousarray(blocks.repeat(8, 0).repeat(8, 1)[:height, :width])


def norms(tensor):
    return numpy.sqrt((tensor.astype(numpy.float64).reshape(len(tensor), -1) ** 2).sum(1))


program, weights = sys.argv[1:3]
seed = sys.argv[3] if len(sys.argv) > 3 else "3"
tensors, metadata = network.read_safetensors(weights)
classes = json.loads(metadata["classes"])
height, width = json.loads(metadata["input_size"])
mean, std = (numpy.array(json.loads(metadata[key])) for key in ("mean", "std"))
worst = 0.0
with tempfile.TemporaryDirectory() as folder:
    inputs, labels, numbers = [], [], random.Random(1)
    for label, name in enumerate(classes):
        os.makedirs(os.path.join(folder, "pictures", name))
        for number in range(EACH):
            pixels = picture(height, width, numbers)
            write_png(os.path.join(folder, "pictures", name, f"{number}.png"), pixels)
            inputs.append(((pixels / 255.0 - mean) / std).transpose(2, 0, 1))
            labels.append(label)
    measured = os.path.join(folder, "landscape.json")
    subprocess.run([program, "landscape", "--weights", weights, "--pictures", os.path.join(folder, "pictures"), "--grid",
                    "3", "--span", "0.5", "--seed", seed, "--directions", folder, "--output", measured], check=True)
    with open(measured) as file:
        plane = json.load(file)
    first, second = (network.read_safetensors(os.path.join(folder, f"network-direction-{i}.safetensors"))[0]
                     for i in (1, 2))

for direction in (first, second):
    for name, tensor in tensors.items():
        if tensor.ndim < 2:
            assert name not in direction, f"{name} should not move"
            continue
        assert direction[name].shape == tensor.shape, name
        assert numpy.allclose(norms(direction[name]), norms(tensor), rtol=1e-5), f"{name}: other norms"
x, y = torch.from_numpy(numpy.stack(inputs)), torch.tensor(labels)
for row, along in enumerate(plane["axis"]):
    for column, across in enumerate(plane["axis"]):
        moved = {name: t.astype(numpy.float64) for name, t in tensors.items()}
        for name in first:
            moved[name] = moved[name] + across * first[name] + along * second[name]
        moved = {name: torch.from_numpy(t) for name, t in moved.items()}
        logits = network.run_torch(x, moved, float(metadata["bn_epsilon"]))
        loss = torch.nn.functional.cross_entropy(logits, y).item()
        accuracy = (logits.argmax(1) == y).double().mean().item()
        error = abs(plane["loss"][row][column] - loss) / loss
        worst = max(worst, error)
        print(f"({across:5.2f}, {along:5.2f}) loss {plane['loss'][row][column]:.6f}, PyTorch {loss:.6f}, apart {error:.1e};"
              f" right {plane['accuracy'][row][column]:.3f}, PyTorch {accuracy:.3f}")
print(f"worst {worst:.1e}, at most {BOUND:.0e}: {'holds' if worst <= BOUND else 'does NOT hold'}")
sys.exit(worst > BOUND)
