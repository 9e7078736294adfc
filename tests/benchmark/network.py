"""ResNet-34 from a safetensors file, for the engines that are compared: as an ONNX file, and as plain PyTorch."""
import json
import struct

import numpy

STAGES = (3, 4, 6, 3)


def read_safetensors(path):
    """Name -> float32 array, and the metadata."""
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        data = file.read()
    metadata = header.pop("__metadata__", {})
    types = {"F16": numpy.float16, "F32": numpy.float32, "F64": numpy.float64, "I64": numpy.int64}
    tensors = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        tensors[name] = numpy.frombuffer(data[begin:end], types[entry["dtype"]]).reshape(entry["shape"])
    return {name: t.astype(numpy.float32) for name, t in tensors.items() if t.dtype != numpy.int64}, metadata


def same_padding(size, kernel, stride):
    """Before and after, as TensorFlow pads."""
    total = max((-(-size // stride) - 1) * stride + kernel - size, 0)
    return total // 2, total - total // 2


def layers(size, has_shortcuts=True):
    """Every layer in order: (kind, name, inputs, settings); `size` is the side of the square input."""
    last, side = "input", size

    def convolution(name, source, kernel, stride, at):
        return ("conv", name, [source], dict(kernel=kernel, stride=stride, pads=same_padding(at, kernel, stride)))

    yield convolution("conv1", last, 7, 2, side)
    side = -(-side // 2)
    yield ("bn", "bn1", ["conv1"], {})
    yield ("relu", "relu", ["bn1"], {})
    yield ("maxpool", "maxpool", ["relu"], dict(kernel=3, stride=2, pads=same_padding(side, 3, 2)))
    last, side = "maxpool", -(-side // 2)
    for stage, units in enumerate(STAGES, 1):
        for unit in range(units):
            name, stride = f"layer{stage}.{unit}", 2 if stage > 1 and unit == 0 else 1
            out = -(-side // stride)
            yield convolution(f"{name}.conv1", last, 3, stride, side)
            yield ("bn", f"{name}.bn1", [f"{name}.conv1"], {})
            yield ("relu", f"{name}.relu1", [f"{name}.bn1"], {})
            yield convolution(f"{name}.conv2", f"{name}.relu1", 3, 1, out)
            yield ("bn", f"{name}.bn2", [f"{name}.conv2"], {})
            if not has_shortcuts:
                yield ("relu", f"{name}.relu2", [f"{name}.bn2"], {})
                last, side = f"{name}.relu2", out
                continue
            if stride == 2:
                yield convolution(f"{name}.downsample.0", last, 1, 2, side)
                yield ("bn", f"{name}.downsample.1", [f"{name}.downsample.0"], {})
                last = f"{name}.downsample.1"
            yield ("add", f"{name}.add", [f"{name}.bn2", last], {})
            yield ("relu", f"{name}.relu2", [f"{name}.add"], {})
            last, side = f"{name}.relu2", out
    yield ("avgpool", "avgpool", [last], {})
    yield ("dense", "fc", ["avgpool"], {})


def apply(kind, name, inputs, settings, tensors, epsilon):
    """One layer in PyTorch."""
    import torch.nn.functional as F
    x = inputs[0]
    if kind in ("conv", "maxpool"):
        before, after = settings["pads"]
        outside = float("-inf") if kind == "maxpool" else 0.0
        symmetric = before == after
        if not symmetric:
            x = F.pad(x, (before, after, before, after), value=outside)
        pad = before if symmetric else 0
        if kind == "maxpool":
            return F.max_pool2d(x, settings["kernel"], settings["stride"], pad)
        return F.conv2d(x, tensors[name + ".weight"], None, settings["stride"], pad)
    if kind == "bn":
        return F.batch_norm(x, tensors[name + ".running_mean"], tensors[name + ".running_var"],
                            tensors[name + ".weight"], tensors[name + ".bias"], False, 0.0, epsilon)
    if kind == "relu":
        return F.relu(x)
    if kind == "add":
        return inputs[0] + inputs[1]
    if kind == "avgpool":
        return x.mean((2, 3))
    return F.linear(x, tensors[name + ".weight"], tensors[name + ".bias"])


def run_torch(x, tensors, epsilon, keep=None):
    """The logits of an N x 3 x H x H tensor; every layer's output goes to `keep`, if it is given. A network without
    projections is the plain one."""
    outputs = {"input": x}
    for kind, name, inputs, settings in layers(x.shape[-1], "layer2.0.downsample.0.weight" in tensors):
        outputs[name] = apply(kind, name, [outputs[i] for i in inputs], settings, tensors, epsilon)
        if keep is not None:
            keep[name] = outputs[name]
    return outputs["fc"]


# The few messages of ONNX's protocol buffers that this needs (onnx/onnx.proto), written out by hand.

def _varint(value):
    out = bytearray()
    while True:
        out.append((value & 0x7F) | (0x80 if value > 0x7F else 0))
        value >>= 7
        if not value:
            return bytes(out)


def _number(field, value):
    return _varint(field << 3) + _varint(value)


def _bytes(field, value):
    value = value.encode() if isinstance(value, str) else value
    return _varint(field << 3 | 2) + _varint(len(value)) + value


def _attribute(name, value):
    if isinstance(value, float):
        body = _varint(2 << 3 | 5) + struct.pack("<f", value) + _number(20, 1)
    elif isinstance(value, int):
        body = _number(3, value) + _number(20, 2)
    else:
        body = b"".join(_number(8, each) for each in value) + _number(20, 7)
    return _bytes(5, _bytes(1, name) + body)


def _node(kind, name, inputs, **attributes):
    return _bytes(1, b"".join(_bytes(1, each) for each in inputs) + _bytes(2, name) + _bytes(3, name) +
                  _bytes(4, kind) + b"".join(_attribute(*each) for each in attributes.items()))


def _value(field, name, shape):
    dimensions = b"".join(_bytes(1, _number(1, each)) for each in shape)
    return _bytes(field, _bytes(1, name) + _bytes(2, _bytes(1, _number(1, 1) + _bytes(2, dimensions))))


def write_onnx(path, tensors, epsilon, size):
    nodes, names = [], []
    for kind, name, inputs, settings in layers(size):
        parameters = []
        if kind in ("conv", "maxpool"):
            before, after = settings["pads"]
            window = dict(kernel_shape=[settings["kernel"]] * 2, strides=[settings["stride"]] * 2,
                          pads=[before, before, after, after])
        if kind == "conv":
            parameters = [name + ".weight"]
            nodes.append(_node("Conv", name, inputs + parameters, **window))
        elif kind == "maxpool":
            nodes.append(_node("MaxPool", name, inputs, **window))
        elif kind == "bn":
            parameters = [name + each for each in (".weight", ".bias", ".running_mean", ".running_var")]
            nodes.append(_node("BatchNormalization", name, inputs + parameters, epsilon=float(epsilon)))
        elif kind == "avgpool":
            nodes.append(_node("GlobalAveragePool", name + ".pooled", inputs))
            nodes.append(_node("Flatten", name, [name + ".pooled"], axis=1))
        elif kind == "dense":
            parameters = [name + ".weight", name + ".bias"]
            nodes.append(_node("Gemm", name, inputs + parameters, transB=1))
        else:
            nodes.append(_node({"relu": "Relu", "add": "Add"}[kind], name, inputs))
        names += parameters
    weights = b"".join(
        _bytes(5, b"".join(_number(1, each) for each in tensors[name].shape) + _number(2, 1) + _bytes(8, name) +
               _bytes(9, tensors[name].tobytes())) for name in names)
    graph = (b"".join(nodes) + _bytes(2, "resnet34") + weights + _value(11, "input", (1, 3, size, size)) +
             _value(12, "fc", (1, len(tensors["fc.bias"]))))
    with open(path, "wb") as file:
        file.write(_number(1, 8) + _bytes(7, graph) + _bytes(8, _number(2, 13)))
