#!/usr/bin/env python3
"""Writes a seed corpus for every fuzz target into the folder given: small files that are sound or nearly so."""
import io, json, struct, sys, zipfile, zlib
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
packed = io.BytesIO()
with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
    file.writestr("a/data.pkl", PICKLE)
    file.writestr("a/data/0", bytes(64))
    file.writestr("a/data/1", bytes(56))
seed("TorchZipFuzz", "deflated", b"\0" + packed.getvalue())
for name, content in ("pickle", PICKLE), ("zeros", bytes(100_000)), ("nothing", b""):
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    seed("DeflatedZipFuzz", name, struct.pack("<I", len(content)) + deflate.compress(content) + deflate.flush())
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



def keras_graph(of_keras_2):
    """A functional configuration: stem, a unit inside a model of its own, a projected unit, head."""
    def layer(kind, name, inputs, **config):
        nodes = []
        if inputs and of_keras_2:
            nodes = [[[each, 0, 0, {}] for each in inputs]]
        elif inputs:
            tensors = [{"class_name": "__keras_tensor__", "config": {"keras_history": [each, 0, 0]}} for each in inputs]
            nodes = [{"args": [tensors] if len(tensors) > 1 else tensors, "kwargs": {}}]
        return {"class_name": kind, "name": name, "config": config | {"name": name}, "inbound_nodes": nodes}

    def convolution(name, inputs, side=3, **config):
        return layer("Conv2D", name, inputs, filters=4, kernel_size=[side, side], strides=[1, 1], padding="same", **config)

    shape = "batch_input_shape" if of_keras_2 else "batch_shape"
    inner = [layer("InputLayer", "in", [], **{shape: [None, None, None, 4]}), convolution("c1", ["in"]),
             layer("BatchNormalization", "b1", ["c1"], epsilon=1e-5, scale=False), layer("ReLU", "r1", ["b1"], max_value=6),
             convolution("c2", ["r1"]), layer("Add", "sum", ["c2", "in"])]
    outer = [layer("InputLayer", "input", [], **{shape: [None, 32, 32, 3]}),
             layer("Rescaling", "rescaling", ["input"], scale=1 / 127.5, offset=-1),
             layer("ZeroPadding2D", "pad", ["rescaling"], padding=[[1, 2], [1, 2]]),
             convolution("stem", ["pad"], activation="relu"),
             layer("MaxPooling2D", "pool", ["stem"], pool_size=[3, 3], strides=[2, 2], padding="same"),
             {"class_name": "Functional", "name": "unit", "inbound_nodes": layer("", "", ["pool"])["inbound_nodes"],
              "config": {"name": "unit", "layers": inner, "output_layers": [["sum", 0, 0]]}},
             convolution("c3", ["unit"]), layer("LeakyReLU", "leaky", ["c3"], alpha=0.1), convolution("c4", ["leaky"]),
             convolution("projection", ["unit"], 1), layer("Average", "sum2", ["projection", "c4"]),
             layer("Activation", "act", ["sum2"], activation="swish"),
             layer("GlobalAveragePooling2D", "mean", ["act"]), layer("Dense", "dense", ["mean"], units=4, activation="softmax")]
    return {"class_name": "Functional", "config": {"layers": outer, "output_layers": [["dense", 0, 0]]}}


seed("KerasGraphFuzz", "keras2", json.dumps(keras_graph(True)).encode())
seed("KerasGraphFuzz", "keras3", json.dumps(keras_graph(False)).encode())
seed("KerasGraphFuzz", "sequential", json.dumps({"class_name": "Sequential", "config": {
    "layers": keras_graph(True)["config"]["layers"][:4] + keras_graph(True)["config"]["layers"][-2:]}}).encode())

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
seed("WeightsFileFuzz", "copies", safetensors({prefix + name: entry for prefix in ("model.", "model_ema.module.")
                                               for name, entry in small.items()}))
others = {name.replace("layer", "stage").replace("downsample", "shortcut").replace("fc.", "linear."): entry
          for name, entry in small.items()}
seed("WeightsFileFuzz", "others", safetensors(others | {"0.mean": ("F16", 2, [3]), "0.std": ("F16", 2, [3]),
                                                        "criterion.weight": ("F16", 2, [2])}))

seed("ClassNamesFuzz", "lines", b"tench\r\nchurch\n")
seed("ClassNamesFuzz", "list", b'["tench", "church"]')
seed("ClassNamesFuzz", "object", b'{"0": ["n01440764", "tench"], "1": "church"}')

header = b"{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), }"
header += b" " * (-(len(header) + 11) % 64) + b"\n"
seed("NpyFuzz", "array", b"\x93NUMPY\1\0" + struct.pack("<H", len(header)) + header + bytes(8))
seed("NpyFuzz", "large", b"\x93NUMPY\2\0" + struct.pack("<I", len(header)) + header + bytes(8))

# Pictures, with everything that may stand beside the pixels.
exif = b"MM\0*\0\0\0\x08\0\x02\x01\x0f\0\2\0\0\0\5\0\0\0\x26\x01\x12\0\3\0\0\0\1\0\6\0\0\0\0\0\0Make\0"
xmp = (b"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description "
       b"xmlns:tiff='http://ns.adobe.com/tiff/1.0/' tiff:Orientation='6'/></rdf:RDF>")
profile = struct.pack(">I4sI4s4s4s", 132, b"lcms", 0x02400000, b"mntr", b"RGB ", b"XYZ ") + bytes(108)


def chunk(type, body):
    return struct.pack(">I", len(body)) + type + body + struct.pack(">I", zlib.crc32(type + body))


def png(bits, color, row, *chunks):
    header = struct.pack(">IIBBBBB", 1, 2, bits, color, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + b"".join(chunks)
            + chunk(b"IDAT", zlib.compress(2 * (b"\0" + row))) + chunk(b"IEND", b""))


raw = b"\nexif\n      54\n" + (b"Exif\0\0" + exif).hex().encode() + b"\n"
everything = png(8, 2, b"abc", chunk(b"eXIf", exif), chunk(b"iCCP", b"name\0\0" + zlib.compress(profile)),
                 chunk(b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + zlib.compress(xmp)),
                 chunk(b"tEXt", b"Raw profile type exif\0" + raw), chunk(b"acTL", b"\0\0\0\2\0\0\0\0"))
pngs = {"everything": everything, "text": png(8, 0, b"a", chunk(b"zTXt", b"Raw profile type APP1\0\0" + zlib.compress(raw))),
        "palette": png(1, 3, b"\x80", chunk(b"PLTE", b"abcdef"), chunk(b"tRNS", b"\0")),
        "deep": png(16, 2, b"aabbcc", chunk(b"tRNS", b"aabbcc")), "alpha": png(16, 6, b"aabbccdd")}


def riff(type, body):
    return type + struct.pack("<I", len(body)) + body + bytes(len(body) % 2)


webp = b"WEBP" + riff(b"VP8X", bytes([0x2c]) + bytes(9)) + riff(b"ICCP", profile) + riff(b"ANMF", bytes(24)) + riff(
    b"EXIF", exif) + riff(b"XMP ", xmp)


def segment(marker, body):
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(body) + 2) + body


IMAGES = Path(__file__).resolve().parents[1] / "data" / "images"
jpeg = (IMAGES / "cmyk-red.jpg").read_bytes()
beside = segment(0xe1, b"Exif\0\0" + exif) + segment(0xe1, b"http://ns.adobe.com/xap/1.0/\0" + xmp) + segment(
    0xe2, b"ICC_PROFILE\0\1\2" + profile[:60]) + segment(0xe2, b"ICC_PROFILE\0\2\2" + profile[60:])
jpeg = jpeg[:2] + beside + jpeg[2:]
gif = (IMAGES / "red-then-blue.gif").read_bytes()
at = gif.index(b"!\xf9")
gif = gif[:at] + b"!\xff\x0bICCRGBG1012\x84" + profile + b"\0!\xff\x0bXMP DataXMP" + xmp + b"\1" + bytes(
    range(255, -1, -1)) + b"\0" + gif[at:]
bmp = b"BM" + struct.pack("<IIIIiiHH", 0, 0, 138, 124, 1, 1, 1, 24) + bytes(40) + b"DEBM" + bytes(52) + struct.pack(
    "<III", 128, len(profile), 0) + b"abc\0" + profile


def tiff(photometric, bits, samples, pixels, *tags):
    entries = sorted([(256, 4, 1), (257, 4, 1), (258, 3, bits), (259, 3, 1), (262, 3, photometric), (273, 4, 8), (274, 3, 6),
                      (277, 3, samples), (278, 4, 1), (279, 4, len(pixels)), *tags])
    return (b"II*\0" + struct.pack("<I", 8 + len(pixels)) + pixels + struct.pack("<H", len(entries)) + b"".join(
        struct.pack("<HHII", tag, type, 1, value) for tag, type, value in entries) + bytes(4))


tiffs = {"grey": tiff(0, 8, 1, b"ab"), "float": tiff(1, 32, 1, struct.pack("<f", .5), (339, 3, 3)), "bits": tiff(1, 12, 1, b"ab"),
         "lab": tiff(8, 8, 3, b"abcd"), "inks": tiff(5, 8, 4, b"abcd"), "alpha": tiff(2, 16, 4, b"aabbccdd", (338, 3, 1)),
         "tiled": tiff(2, 8, 3, 256 * b"abc", (322, 3, 16), (323, 3, 16), (324, 4, 8), (325, 4, 768)),
         "planes": tiff(2, 8, 1, b"ab", (284, 3, 2)), "ycbcr": tiff(6, 8, 3, b"abcdef")}
for name, content in pngs.items():
    seed("PictureDecoderFuzz", "png-" + name, content)
    seed("PictureMetadataFuzz", "png-" + name, content)
for name, content in tiffs.items():
    seed("PictureDecoderFuzz", "tiff-" + name, content)
seed("PictureDecoderFuzz", "jpeg", jpeg)
for name, content in {"webp": b"RIFF" + struct.pack("<I", len(webp)) + webp, "jpeg": jpeg, "gif": gif, "bmp": bmp, "exif": exif,
                      "exif-little": b"II*\0\x08\0\0\0\1\0\x12\1\3\0\1\0\0\0\6\0\0\0\0\0\0\0",
                      "heic": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "page": b"<!DOCTYPE html><html>"}.items():
    seed("PictureMetadataFuzz", name, content)
