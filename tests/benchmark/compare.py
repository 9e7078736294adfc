"""Alternates this engine with ONNX Runtime and PyTorch and prints the table of docs/performance.md.

Arguments: FOLDER (with node_modules) ENGINE_WORKER PROGRAM WEIGHTS IMAGE ROUNDS THREADS
"""
import os
import statistics
import subprocess
import sys
import time

import numpy

import network

folder, engine_worker, program, weights, image, rounds, threads = sys.argv[1:]
here = os.path.dirname(os.path.abspath(__file__))
model, input_file = os.path.join(folder, "resnet34.onnx"), os.path.join(folder, "input.npy")
PAUSE = 0.03  # seconds; lets the threads of the engine before fall asleep


class Worker:
    def __init__(self, *command, cwd=None):
        environment = dict(os.environ, OMP_NUM_THREADS=threads)
        self.process = subprocess.Popen(command, cwd=cwd, env=environment, text=True, bufsize=1,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        if self.process.stdout.readline().strip() != "ready":
            sys.exit(f"{command[0]} did not start")

    def ask(self, line):
        self.process.stdin.write(line + "\n")
        return [float(each) for each in self.process.stdout.readline().split()]


def peak_memory():
    """Of `predict` with one picture, in MB."""
    child = subprocess.Popen([program, "predict", image, "--weights", weights], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)  # of this child alone: the compiler was one too
    if status != 0:
        sys.exit("predict failed")
    return usage.ru_maxrss / 1024


memory = peak_memory()
tensors, metadata = network.read_safetensors(weights)
network.write_onnx(model, tensors, float(metadata["bn_epsilon"]), 224)
numpy.save(input_file, numpy.random.default_rng(0).standard_normal((1, 3, 224, 224), numpy.float32))

engine = Worker(engine_worker, weights, input_file, threads)
onnx = Worker("node", os.path.join(here, "onnx_worker.mjs"), model, input_file, threads, cwd=folder)
torch = Worker(sys.executable, os.path.join(here, "torch_worker.py"), weights, input_file, threads)

exact = numpy.array(torch.ask("logits64"))
print("largest difference to PyTorch in float64, over the largest logit:")
for name, worker in (("fused", engine), ("ONNX Runtime", onnx), ("PyTorch", torch)):
    error = numpy.abs(numpy.array(worker.ask("logits")) - exact).max() / numpy.abs(exact).max()
    print(f"  {name:13} {error:.1e}")
    if error > 1e-4:
        sys.exit(f"{name} computes something else")

passes = {"fused": (engine, "fused"), "observed": (engine, "observed"), "ONNX Runtime": (onnx, "run"),
          "PyTorch eager": (torch, "run"), "fused, 1 thread": (engine, "single"),
          "fused, batch of 16": (engine, "batch"), "last two units": (engine, "tail")}
times = {name: [] for name in passes}
for i in range(-2, int(rounds)):  # two rounds to warm up
    for name, (worker, command) in passes.items():
        time.sleep(PAUSE)
        taken = worker.ask(command)[0]
        if i >= 0:
            times[name].append(taken / (16 if name == "fused, batch of 16" else 1))
times["open and pack"] = [engine.ask("open")[0] for _ in range(5)]

print(f"\n{threads} threads, 224 x 224, {rounds} rounds, milliseconds (batch: an image)")
print(f"{'':20} {'median':>8} {'minimum':>8}")
for name, taken in times.items():
    print(f"{name:20} {statistics.median(taken):8.2f} {min(taken):8.2f}")

median = {name: statistics.median(taken) for name, taken in times.items()}
table = [("fused / ONNX Runtime", median["fused"] / median["ONNX Runtime"], "at most", 0.55),
         ("fused / PyTorch eager", median["fused"] / median["PyTorch eager"], "at most", 0.40),
         ("observed / fused", median["observed"] / median["fused"], "at most", 1.5),
         (f"1 thread / {threads} threads", median["fused, 1 thread"] / median["fused"], "at least", 1.8),
         ("batch of 16 / batch 1", median["fused, batch of 16"] / median["fused"], "at most", 0.85),
         ("last two units / whole pass", median["last two units"] / median["fused"], "at most", 0.25),
         ("open and pack / fused", median["open and pack"] / median["fused"], "at most", 10),
         ("peak memory of predict, MB", memory, "at most", 450)]
print(f"\n{'ratio of medians':28} {'measured':>9}   aim")
for name, value, kind, aim in table:
    reached = value <= aim if kind == "at most" else value >= aim
    print(f"{name:28} {value:9.2f}   {kind} {aim}{'' if reached else '   not reached'}")
