#include "core/weights/OtherFormats.h"

#include "core/Error.h"
#include "core/files/BoundedJson.h"

#include <algorithm>
#include <array>
#include <regex>
#include <string>
#include <string_view>

namespace resnet {

namespace {

constexpr std::size_t longestStart = 4096;
constexpr std::size_t longestQuote = 80;

constexpr std::string_view wanted =
    ": expected safetensors, PyTorch (.pth) or Keras (.keras, .h5) weights, found ";

struct Signature {
    std::size_t offset;
    std::string_view bytes;
    std::string_view found;  // what the file is, and what to do
};

using namespace std::string_view_literals;

constexpr std::array signatures{
    Signature{0, "\x93NUMPY"sv, "a NumPy array"},
    Signature{0, "\x89PNG"sv, "a picture"},
    Signature{0, "\xff\xd8\xff"sv, "a picture"},
    Signature{0, "GIF8"sv, "a picture"},
    Signature{8, "WEBP"sv, "a picture"},
    Signature{0, "II*\0"sv, "a picture"},
    Signature{0, "MM\0*"sv, "a picture"},
    Signature{0, "\x1f\x8b"sv, "a file compressed by gzip: unpack it first, with gunzip"},
    Signature{0, "BZh"sv, "a file compressed by bzip2: unpack it first, with bunzip2"},
    Signature{0,
              "\xfd"
              "7zXZ"sv,
              "a file compressed by xz: unpack it first, with unxz"},
    Signature{0, "\x28\xb5\x2f\xfd"sv, "a file compressed by zstd: unpack it first, with unzstd"},
    Signature{0, "7z\xbc\xaf\x27\x1c"sv, "a 7z archive: unpack it first"},
    Signature{0, "Rar!"sv, "a RAR archive: unpack it first"},
    Signature{257, "ustar"sv, "a tar archive: unpack it first, with tar xf"},
    Signature{0, "%PDF"sv, "a PDF document"},
    Signature{0,
              "\x7f"
              "ELF"sv,
              "a program"},
    Signature{0, "GGUF"sv, "a language model (GGUF)"},
    Signature{4, "TFL3"sv, "a TensorFlow Lite network: save the Keras network that it was made of"},
    Signature{0, "PK\x05\x06"sv, "an empty zip archive"},
    Signature{0, "MATLAB"sv, "a MATLAB file"},
};

std::string lowered(std::string_view text) {
    std::string result(text);
    for (char& character : result)
        if (character >= 'A' && character <= 'Z')
            character = char(character - 'A' + 'a');
    return result;
}

// Without a byte order mark and spaces at its beginning.
std::string_view trimmed(std::string_view text) {
    if (text.starts_with("\xef\xbb\xbf"))
        text.remove_prefix(3);
    text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n\f\v"), text.size()));
    return text;
}

// UTF-16 with a byte order mark as text of one byte a character, where it is plain; else as it is.
std::string inBytes(const std::string& start) {
    if (!start.starts_with("\xff\xfe") && !start.starts_with("\xfe\xff"))
        return start;
    std::string text;
    for (const char character : start.substr(2))
        if (character != '\0')
            text += character;
    return text;
}

bool isText(std::string_view bytes) {
    return std::ranges::all_of(bytes, [](char character) {
        const auto byte = static_cast<unsigned char>(character);
        return (byte >= 0x20 && byte != 0x7f) || character == '\t' || character == '\r' || character == '\n';
    });
}

// One line of it, in quotes.
std::string inOneLine(std::string_view text) {
    std::string line;
    for (const char character : trimmed(text).substr(0, longestQuote)) {
        const auto byte = static_cast<unsigned char>(character);
        line += byte < 0x20 || byte == 0x7f ? ' ' : character;
    }
    line.erase(line.find_last_not_of(' ') + 1);
    return "'" + line + (trimmed(text).size() > longestQuote ? "...'" : "'");
}

// What stands between <name> and </name>; empty if there is no such element.
std::string_view elementIn(std::string_view text, const std::string& name) {
    const std::size_t open = text.find("<" + name + ">");
    if (open == text.npos)
        return {};
    const std::size_t begin = open + name.size() + 2;
    const std::size_t end = text.find("</" + name, begin);
    return text.substr(begin, end == text.npos ? 0 : end - begin);
}

// The line that names a web page or a server's answer; empty if it is neither.
std::string markupFound(std::string_view text) {
    const std::string small = lowered(text.substr(0, 1024));
    if (!small.starts_with('<'))
        return {};
    if (small.find("<html") != small.npos || small.starts_with("<!doctype html") ||
        small.starts_with("<head") || small.starts_with("<body") || small.starts_with("<script"))
        return "a web page: the link leads to a page about the file; take the link that downloads the file itself";
    const std::string_view code = elementIn(text, "Code");
    const std::string_view message = elementIn(text, "Message");
    if (!code.empty() || !message.empty())
        return "a server's error message, " + inOneLine(message.empty() ? code : message) +
               ": download the file again";
    return small.starts_with("<?xml") ? "an XML file, " + inOneLine(text) : std::string();
}

std::string jsonFound(std::string_view text, bool isWhole) {
    if (!text.starts_with('{') && !text.starts_with('['))
        return {};
    const auto has = [&](std::string_view key) { return text.find(key) != text.npos; };
    if (has("\"weight_map\""))
        return "the list of the parts of a network (sharded): load all of them where it was made, and save "
               "model.state_dict() as one file";
    if (has("\"class_name\""))
        return "the configuration of a Keras network without its weights: save the whole network, "
               "model.save(\"network.keras\")";
    if (isWhole) {
        constexpr std::size_t mostParts = 1000;
        const nlohmann::json json = parseJson(text, 4, mostParts);
        for (const char* key : {"error", "message", "detail", "errors", "msg"})
            if (json.is_object() && json.contains(key))
                return "a server's error message, " +
                       inOneLine(json[key].is_string() ? json[key].get<std::string>() : json[key].dump()) +
                       ": download the file again";
    }
    return "a JSON file, " + inOneLine(text);
}

std::string textFound(std::string_view start, bool isWhole) {
    const std::string_view text = trimmed(start);
    if (text.starts_with("version https://git-lfs") || text.starts_with("version https://hawser"))
        return "a Git LFS pointer, which stands for the file: fetch the file itself, with git lfs pull";
    if (isWhole && text.substr(0, 200).find("/annex/objects/") != text.npos)
        return "a git-annex pointer, which stands for the file: fetch the file itself, with git annex get";
    if (std::string found = markupFound(text); !found.empty())
        return found;
    if (std::string found = jsonFound(text, isWhole); !found.empty())
        return found;
    return isWhole && !text.empty() && isText(text) ? "a text, " + inOneLine(text) : std::string();
}

// An ONNX file begins with its version and the name of the program that wrote it.
bool looksLikeOnnx(std::string_view start) {
    if (start.size() < 8 || start[0] != '\x08' || start[1] > 20 || start[2] != '\x12')
        return false;
    const auto length = std::size_t(static_cast<unsigned char>(start[3]));
    return length > 1 && length < 40 && start.size() >= 4 + length && isText(start.substr(4, length));
}

}  // namespace

void refuseOtherFormats(const ByteSource& source) {
    const auto length = std::size_t(std::min<std::uint64_t>(source.size(), longestStart));
    const std::string start = source.readText(0, length);
    if (length >= 8 && start.substr(4, 4) == std::string(4, '\0') &&
        start.find_first_not_of('\0') != start.npos && !start.starts_with("\x1f\x8b\x08"))
        return;  // the upper half of a header's length
    const auto refuse = [&](std::string_view found) {
        throw Error(source.name() + std::string(wanted) + std::string(found));
    };
    if (length >= 8 && start.find_first_not_of('\0') == start.npos)
        refuse("nothing but zeros: it was not downloaded to its end");
    for (const Signature& signature : signatures)
        if (start.size() > signature.offset &&
            std::string_view(start).substr(signature.offset).starts_with(signature.bytes))
            refuse(signature.found);
    if (start.starts_with('\x80') && start.size() > 1 && start[1] >= 2 && start[1] <= 5)
        refuse(
            "a Python pickle that is no PyTorch file: write it with torch.save(model.state_dict(), \"weights.pth\")");
    if (looksLikeOnnx(start))
        refuse("an ONNX network: save the state dict of the network that it was made of");
    if (const std::string found = textFound(inBytes(start), length == source.size()); !found.empty())
        refuse(found);
    if (length >= 10)  // what is shorter, its own reader names better
        refuse("something else");
}

void refuseOtherArchive(const ByteSource& source, const ZipArchive& archive) {
    const auto refuse = [&](const std::string& found) {
        throw Error(source.name() + std::string(wanted) + found);
    };
    for (const ZipEntry& entry : archive.entries()) {
        const std::string name = lowered(entry.name);
        for (const char* ending : {".pth", ".pt", ".safetensors", ".keras", ".h5", ".bin", ".ckpt", ".th"})
            if (name.ends_with(ending))
                refuse("a zip archive with '" + entry.name + "' in it: unpack it first");
        if (name.ends_with(".npy"))
            refuse("NumPy arrays (.npz)");
        if (name == "[content_types].xml" || name == "mimetype")
            refuse("a document");
        if (name.ends_with("saved_model.pb"))
            refuse("a TensorFlow SavedModel: load it in Keras and save it as .keras");
        if (name.ends_with("archive_format"))
            refuse("a program of torch.export: save model.state_dict() instead");
    }
    throw Error(source.name() +
                ": expected PyTorch's data.pkl or Keras' model.weights.h5 in the zip archive, found neither");
}

void refuseOtherTensors(const TensorFile& file) {
    const auto refuse = [&](const std::string& problem) { throw Error(file.name() + ": " + problem); };
    static const std::regex part("-([0-9]{5})-of-([0-9]{5})\\.");
    std::smatch number;
    const std::string baseName = file.name().substr(file.name().rfind('/') + 1);
    if (baseName.size() < 256 && std::regex_search(baseName, number, part))
        refuse(
            "is part " + std::to_string(std::stoi(number[1])) + " of " +
            std::to_string(std::stoi(number[2])) +
            " of a sharded network: load all of them where it was made, and save model.state_dict() as one file");
    struct Mark {
        std::string_view inName;
        const char* problem;
    };
    constexpr std::array marks{
        Mark{"_packed_params",
             "is a quantised network; expected float32 or float16: save it before it is quantised"},
        Mark{".zero_point",
             "is a quantised network; expected float32 or float16: save it before it is quantised"},
        Mark{".weight_mask",
             "is pruned, with its weights and their masks apart: call torch.nn.utils.prune.remove() on "
             "each, then save it"},
        Mark{".weight_g",
             "keeps its weights as direction and length: call torch.nn.utils.remove_weight_norm(), then "
             "save it"},
        Mark{"parametrizations.",
             "keeps its weights as parametrizations: call "
             "torch.nn.utils.parametrize.remove_parametrizations(), then save it"},
        Mark{".lora_", "is an adapter (LoRA) of a network: merge it into the network, and save that"},
    };
    for (const ListedTensor& tensor : file.tensors()) {
        for (const Mark& mark : marks)
            if (tensor.name.find(mark.inName) != tensor.name.npos)
                refuse(std::string(mark.problem) + " ('" + tensor.name + "')");
        if (tensor.shape.size() >= 2 && tensor.name.ends_with(".weight") && !isDecodable(tensor.type))
            refuse(
                "'" + tensor.name + "' has numbers of the type " + std::string(name(tensor.type)) +
                ", as in a quantised network; expected float32 or float16: save it before it is quantised");
    }
}

}  // namespace resnet
