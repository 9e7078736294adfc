"""PyTorch in eager mode, one pass for each line read. Arguments: WEIGHTS INPUT.npy THREADS."""
import sys
import time

import numpy
import torch

import network

weights, input_file, threads = sys.argv[1:]
torch.set_num_threads(int(threads))
tensors, metadata = network.read_safetensors(weights)
epsilon = float(metadata["bn_epsilon"])
tensors = {name: torch.from_numpy(t.copy()) for name, t in tensors.items()}
x = torch.from_numpy(numpy.load(input_file))
print("ready", flush=True)
with torch.inference_mode():
    for line in sys.stdin:
        if line.strip() == "logits64":
            exact = {name: t.double() for name, t in tensors.items()}
            print(*network.run_torch(x.double(), exact, epsilon)[0].tolist(), flush=True)
            continue
        began = time.perf_counter()
        logits = network.run_torch(x, tensors, epsilon)
        milliseconds = (time.perf_counter() - began) * 1e3
        print(*(logits[0].tolist() if line.strip() == "logits" else [milliseconds]), flush=True)
