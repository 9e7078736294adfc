#!/usr/bin/env python3
"""Writes a seed corpus for every fuzz target into the folder given: small files that are sound or nearly so."""
import io, json, struct, sys, zipfile
from pathlib import Path

OUT = Path(sys.argv[1])


def seed(target, name, content):
    folder = OUT / target
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)


def safetensors(tensors, metadata=None):
    header, at = {"__metadata__": metadata} if metadata else {}, 0
    for name, (dtype, size, shape) in tensors.items():
        count = size
        for extent in shape:
            count *= extent
        header[name] = {"dtype": dtype, "shape": shape, "data_offsets": [at, at + count]}
        at += count
    text = json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + bytes(at)


def text(value):
    return b"X" + struct.pack("<I", len(value)) + value.encode()


def tensor(kind, key, count, shape, stride):
    number = lambda n: b"K" + bytes([n])
    numbers = lambda values: b"(" + b"".join(map(number, values)) + b"t"
    return (b"ctorch._utils\n_rebuild_tensor_v2\n((" + text("storage") + b"ctorch\n" + kind + b"\n" + text(key)
            + text("cpu") + number(count) + b"tQ" + number(0) + numbers(shape) + numbers(stride)
            + b"\x89ccollections\nOrderedDict\n)RtR")


STATE = b"}(" + text("module.conv1.weight") + tensor(b"FloatStorage", "0", 16, [4, 4], [4, 1]) + text(
    "module.layer1.0.bn1.bias") + tensor(b"HalfStorage", "1", 28, [7, 2], [2, 2]) + b"u"
PICKLE = b"\x80\x02" + STATE + b"."
CHECKPOINT = b"\x80\x02}(" + text("epoch") + b"K\x07" + text("args") + b"cargparse\nNamespace\n)\x81}b" + text(
    "state_dict") + b"q\x01" + STATE + b"r\x02\0\0\0h\x01u."
FRAMED = b"\x80\x04\x95\x20\0\0\0\0\0\0\0}\x94\x8c\x01a\x94\x8c\x05torch\x94\x8c\x0cFloatStorage\x94\x93\x94s."

seed("SafetensorsFuzz", "one", safetensors({"module.conv1.weight": ("F16", 2, [2, 3, 1, 1]), "b": ("F64", 8, [])},
                                           {"format": "pt"}))
seed("SafetensorsFuzz", "face", safetensors({
    "resnet.embedder.embedder.convolution.weight": ("F32", 4, [1]),
    "resnet.encoder.stages.0.layers.0.layer.1.normalization.bias": ("BF16", 2, [1]),
    "classifier.1.weight": ("F32", 4, [1, 1]), "x.num_batches_tracked": ("I64", 8, [])}))

archive = io.BytesIO()
with zipfile.ZipFile(archive, "w") as file:
    file.writestr("a/data.pkl", PICKLE)
    file.writestr("a/data/0", bytes(64))
    file.writestr("a/data/1", bytes(56))
    file.writestr("a/byteorder", "little")
seed("TorchZipFuzz", "archive", b"\0" + archive.getvalue())
for name, pickle in ("state", PICKLE), ("checkpoint", CHECKPOINT), ("framed", FRAMED):
    seed("TorchZipFuzz", name, b"\1" + pickle)

SYSTEM = b"\x80\x02}(" + text("little_endian") + b"\x88u."
KEYS = b"\x80\x02](" + text("0") + text("1") + b"e."
STORAGES = struct.pack("<q", 16) + bytes(64) + struct.pack("<q", 28) + bytes(56)
seed("TorchLegacyFuzz", "state", SYSTEM + PICKLE + KEYS + STORAGES)

variables = {}
for unit, (inputs, outputs) in {"res_unit": (2, 2), "res_unit_1": (2, 4)}.items():
    for layer, shape in ("conv2d", [3, 3, inputs, outputs]), ("conv2d_1", [3, 3, outputs, outputs]):
        variables[f"layers/{unit}/main/{layer}/vars/0"] = ("F32", 4, shape)
    for part in range(4):
        variables[f"layers/{unit}/main/batch_normalization/vars/{part}"] = ("F32", 4, [outputs])
variables["layers/res_unit_1/skip/conv2d/vars/0"] = ("F32", 4, [1, 1, 2, 4])
variables["layers/conv2d/vars/0"] = ("F32", 4, [7, 7, 3, 2])
variables["layers/dense/vars/0"] = ("F32", 4, [4, 2])
config = json.dumps({"class_name": "Sequential", "config": {"layers": [
    {"class_name": "InputLayer", "config": {"batch_shape": [None, 32, 32, 3]}},
    {"class_name": "Conv2D", "config": {"padding": "same"}},
    {"class_name": "BatchNormalization", "config": {"epsilon": 0.001}},
    {"class_name": "Rescaling", "config": {"scale": 0.5, "offset": -1}}]}})
seed("KerasVariablesFuzz", "textbook", safetensors(variables, {
    "model_config": config, "layer_names": '["conv2d", "res_unit"]', "backend": "torch", "keras_version": "3.3.3"}))
seed("KerasNamesFuzz", "textbook", "".join(
    path + " " + "".join(map(str, shape)) + "\n" for path, (_, _, shape) in variables.items()).encode()
     + b"\nlayers\n\n" + config.encode())
seed("KerasNamesFuzz", "flat", b"conv2d/kernel:0 7732\nconv2d_1/kernel:0 3322\nconv2d_2/kernel:0 3324\n"
     b"conv2d_3/kernel:0 1124\nbn/gamma:0 2\nbn/beta:0 2\nbn/moving_mean:0 2\nbn/moving_variance:0 2\n")

settings = {"architecture": "resnet18", "padding": "same-torch", "bn_epsilon": "0.001", "input_size": "[75, 102]",
            "mean": "[0.5,0.5,0.5]", "std": "[1,2,1e-3]", "scale": "0.0039", "resize": "256", "channel_order": "BGR",
            "classes": '["tench", "church"]', "dataset": "Imagenette, all"}
seed("ModelSettingsFuzz", "file", "".join(f"{key}={value}\n" for key, value in settings.items()).encode())
seed("ModelSettingsFuzz", "remembered", json.dumps(settings).encode())


def network(units, widths, classes):
    """Names and shapes of a residual network with one input size, as torchvision has them."""
    norm = lambda name, width: {f"{name}.{part}": ("F16", 2, [width])
                                for part in ("weight", "bias", "running_mean", "running_var")}
    all = {"conv1.weight": ("F16", 2, [widths[0], 3, 7, 7]), **norm("bn1", widths[0])}
    before = widths[0]
    for stage, (count, width) in enumerate(zip(units, widths), 1):
        for unit in range(count):
            name = f"layer{stage}.{unit}"
            all |= {f"{name}.conv1.weight": ("F16", 2, [width, before, 3, 3]), **norm(f"{name}.bn1", width),
                    f"{name}.conv2.weight": ("F16", 2, [width, width, 3, 3]), **norm(f"{name}.bn2", width)}
            if before != width:
                all |= {f"{name}.downsample.0.weight": ("F16", 2, [width, before, 1, 1]),
                        **norm(f"{name}.downsample.1", width)}
            before = width
    return all | {"fc.weight": ("F16", 2, [classes, before]), "fc.bias": ("F16", 2, [classes])}


small = network([1, 1], [1, 2], 2)
seed("WeightsFileFuzz", "small", safetensors(small, settings | {"architecture": "resnet34"}))
seed("WeightsFileFuzz", "prefixed", safetensors({"module." + name: entry for name, entry in small.items()}))
seed("WeightsFileFuzz", "bottleneck", safetensors(small | {"layer1.0.conv3.weight": ("F16", 2, [1, 1, 1, 1])}))
seed("WeightsFileFuzz", "archive", archive.getvalue())

seed("ClassNamesFuzz", "lines", b"tench\r\nchurch\n")
seed("ClassNamesFuzz", "list", b'["tench", "church"]')
seed("ClassNamesFuzz", "object", b'{"0": ["n01440764", "tench"], "1": "church"}')

header = b"{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), }"
header += b" " * (-(len(header) + 11) % 64) + b"\n"
seed("NpyFuzz", "array", b"\x93NUMPY\1\0" + struct.pack("<H", len(header)) + header + bytes(8))
seed("NpyFuzz", "large", b"\x93NUMPY\2\0" + struct.pack("<I", len(header)) + header + bytes(8))
