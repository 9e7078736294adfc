#include "ui/images/ForeignKinds.h"

#include <algorithm>
#include <array>
#include <cctype>

using namespace std::string_view_literals;

namespace resnet::ui {

namespace {

using Use = ForeignKind::Use;

struct Signature {
    std::uint64_t position;
    std::string_view bytes;
    std::string_view what;
    std::string_view advice;
    Use use;
};

constexpr auto saveIt = "save it as JPEG or PNG"sv;
constexpr auto develop = "develop it to JPEG or PNG"sv;
constexpr auto convertIt = "save it as PNG, or run 'convert FILE picture.png' (Debian: imagemagick)"sv;
constexpr auto unpackIt = "unpack it and open the picture inside"sv;
constexpr auto frameOfIt = "take one picture of it: 'ffmpeg -i FILE -frames:v 1 picture.png'"sv;
constexpr auto asWeights = "open it as the network (--weights), and a picture as the picture"sv;
constexpr auto jxl = "a JPEG XL picture"sv;
constexpr auto fromJxl = "save it as JPEG or PNG, or run 'djxl FILE picture.png' (Debian: libjxl-tools)"sv;
constexpr auto jp2 = "a JPEG 2000 picture"sv;
constexpr auto fromJp2 =
    "save it as PNG, or run 'opj_decompress -i FILE -o picture.png' (Debian: libopenjp2-tools)"sv;
constexpr auto raw = "a camera's raw picture"sv;
constexpr auto fromPdf =
    "turn a page into a picture: 'pdftoppm -r 150 -png FILE page' (Debian: poppler-utils)"sv;
constexpr auto fromPostScript =
    "turn a page into a picture: 'gs -sDEVICE=png16m -r150 -o page.png FILE' (Debian: ghostscript)"sv;

constexpr std::array signatures{
    Signature{0, "\xFF\x0A", jxl, fromJxl, Use::Picture},
    Signature{4, "JXL \r\n\x87\n", jxl, fromJxl, Use::Picture},
    Signature{4, "jP  \r\n\x87\n", jp2, fromJp2, Use::Picture},
    Signature{0, "\xFF\x4F\xFF\x51", jp2, fromJp2, Use::Picture},
    Signature{0, "II\xBC\x01", "a JPEG XR picture", convertIt, Use::Picture},
    Signature{0, "\xFF\xD8\xFF\xF7", "a JPEG-LS picture", saveIt, Use::Picture},
    Signature{0, "8BPS", "a Photoshop picture (PSD)",
              "save it as PNG, or run 'convert FILE[0] picture.png' (Debian: imagemagick)", Use::Picture},
    Signature{0, "gimp xcf", "a GIMP picture (XCF)", "export it as PNG", Use::Picture},
    Signature{0, "%PDF-", "a PDF document", fromPdf, Use::Picture},
    Signature{0, "%!PS", "a PostScript document", fromPostScript, Use::Picture},
    Signature{0, "\xC5\xD0\xD3\xC6", "a PostScript picture (EPS)", fromPostScript, Use::Picture},
    Signature{
        0, "AT&TFORM", "a DjVu document",
        "turn a page into a picture: 'ddjvu -format=tiff -page=1 FILE page.tif' (Debian: djvulibre-bin)",
        Use::Picture},
    Signature{0, "\0\0\1\0"sv, "an icon (ICO)", convertIt, Use::Picture},
    Signature{0, "\0\0\2\0"sv, "a cursor (CUR)", convertIt, Use::Picture},
    Signature{0, "icns", "an icon of macOS (ICNS)", convertIt, Use::Picture},
    Signature{0, "\x76\x2F\x31\x01", "an OpenEXR picture", "map its tones, and save it as PNG", Use::Picture},
    Signature{0, "#?RADIANCE", "a Radiance picture (HDR)", "map its tones, and save it as PNG", Use::Picture},
    Signature{0, "#?RGBE", "a Radiance picture (HDR)", "map its tones, and save it as PNG", Use::Picture},
    Signature{0, "DDS ", "a DirectDraw surface (DDS)", convertIt, Use::Picture},
    Signature{0, "qoif", "a QOI picture", convertIt, Use::Picture},
    Signature{0, "BPG\xFB", "a BPG picture", saveIt, Use::Picture},
    Signature{0, "FLIF", "a FLIF picture", saveIt, Use::Picture},
    Signature{0, "\x8AMNG\r\n\x1A\n", "an MNG animation", convertIt, Use::Picture},
    Signature{0, "\x8BJNG\r\n\x1A\n", "a JNG picture", convertIt, Use::Picture},
    Signature{0, "SIMPLE  =", "a FITS picture", "scale its values, and save it as PNG", Use::Picture},
    Signature{128, "DICM", "a DICOM picture", "run 'dcmj2pnm +on FILE picture.png' (Debian: dcmtk)",
              Use::Picture},
    Signature{344, "n+1\0"sv, "a NIfTI volume", "save a slice of it as PNG", Use::Picture},
    Signature{0, "\x0A\x05\x01", "a PCX picture", convertIt, Use::Picture},
    Signature{0, "\x01\xDA\x01", "an SGI picture", convertIt, Use::Picture},
    Signature{0, "\x01\xDA\0"sv, "an SGI picture", convertIt, Use::Picture},
    Signature{0, "\x59\xA6\x6A\x95", "a Sun raster picture", convertIt, Use::Picture},
    Signature{0, "/* XPM */", "an XPM picture", convertIt, Use::Picture},
    Signature{0, "\xD7\xCD\xC6\x9A", "a Windows metafile (WMF)", saveIt, Use::Picture},
    Signature{40, " EMF", "a Windows metafile (EMF)", saveIt, Use::Picture},
    Signature{8, "ILBM", "an ILBM picture", convertIt, Use::Picture},
    Signature{0, "FUJIFILMCCD-RAW", raw, develop, Use::Picture},
    Signature{0, "IIRO", raw, develop, Use::Picture},
    Signature{0, "IIRS", raw, develop, Use::Picture},
    Signature{0, "IIU\0"sv, raw, develop, Use::Picture},
    Signature{0, "FOVb", raw, develop, Use::Picture},
    Signature{0, "\0MRM"sv, raw, develop, Use::Picture},
    Signature{0, "\0\5\x16\7"sv, "what macOS puts beside a file (its name begins with ._)",
              "open the file beside it", Use::None},
    Signature{0, "version https://git-lfs.github.com/spec/", "a Git LFS pointer, not the picture itself",
              "fetch the picture with 'git lfs pull'", Use::None},
    Signature{0, "\x89HDF\r\n\x1A\n", "an HDF5 file, which may be a network's weights", asWeights,
              Use::Weights},
    Signature{0, "\x93NUMPY", "a NumPy array", "the command 'run' takes it as the input tensor", Use::None},
    Signature{8, "{\"", "a safetensors file, which holds a network's weights", asWeights, Use::Weights},
    Signature{0, "\x80\2\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20", "a PyTorch file, which may be a network's weights",
              asWeights, Use::Weights},
    Signature{0, "PK\3\4", "a zip archive (or weights, or a document)",
              "unpack it and open the picture inside, or open it as the network (--weights)", Use::Weights},
    Signature{0, "\x1F\x8B", "a gzip archive", unpackIt, Use::None},
    Signature{0, "BZh", "a bzip2 archive", unpackIt, Use::None},
    Signature{0,
              "\xFD"
              "7zXZ\0"sv,
              "an xz archive", unpackIt, Use::None},
    Signature{0, "7z\xBC\xAF\x27\x1C", "a 7-Zip archive", unpackIt, Use::None},
    Signature{0, "Rar!\x1A\7", "a RAR archive", unpackIt, Use::None},
    Signature{0, "\x28\xB5\x2F\xFD", "a Zstandard archive", unpackIt, Use::None},
    Signature{257, "ustar", "a tar archive", unpackIt, Use::None},
    Signature{0, "\x1A\x45\xDF\xA3", "a video (Matroska or WebM)", frameOfIt, Use::None},
    Signature{8, "AVI ", "a video (AVI)", frameOfIt, Use::None},
    Signature{8, "WAVE", "a sound (WAV)", "", Use::None},
    Signature{0, "OggS", "a sound or video (Ogg)", frameOfIt, Use::None},
    Signature{0, "ID3", "a sound (MP3)", "", Use::None},
    Signature{0, "fLaC", "a sound (FLAC)", "", Use::None},
    Signature{0,
              "\x7F"
              "ELF",
              "a program", "", Use::None},
    Signature{0, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "an old Office document",
              "save the picture inside by itself", Use::None},
    Signature{0, "SQLite format 3", "a database (SQLite)", "", Use::None},
};

ForeignKind kind(std::string_view what, std::string_view advice, Use use) {
    return {std::string(what), std::string(advice), use};
}

// ISO/IEC 14496-12: a box that names the brands the file can be read as.
ForeignKind ofIsoMedia(const Bytes& file) {
    const std::string_view brands = file.part(8, std::min<std::uint64_t>(file.big(0, 4), 256)).text();
    const auto names = [&](std::initializer_list<std::string_view> any) {
        return std::any_of(any.begin(), any.end(), [&](std::string_view brand) {
            for (std::size_t i = 0; i + 4 <= brands.size(); i += 4)
                if (brands.substr(i, 4) == brand)
                    return true;
            return false;
        });
    };
    if (names({"crx "}))
        return kind("a camera's raw picture (CR3)", develop, Use::Picture);
    if (names({"avif", "avis"}))
        return kind("an AVIF picture",
                    "save it as JPEG or PNG, or run 'avifdec FILE picture.png' (Debian: libavif-bin)",
                    Use::Picture);
    if (names({"heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1", "heif"}))
        return kind("a HEIC picture (HEIF), as iPhones take them",
                    "export it as JPEG, or run 'heif-convert FILE picture.png' (Debian: libheif-examples)",
                    Use::Picture);
    return kind("a video (MP4 or QuickTime)", frameOfIt, Use::None);
}

std::string lowered(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(),
                   [](unsigned char letter) { return char(letter < 0x80 ? std::tolower(letter) : letter); });
    return result;
}

bool isText(std::string_view text) {
    return std::none_of(text.begin(), text.end(), [](char letter) {
        const auto code = static_cast<unsigned char>(letter);
        return code == 0x7F ||
               (code < ' ' && letter != '\n' && letter != '\r' && letter != '\t' && letter != '\f');
    });
}

bool isPortableAnymap(std::string_view text) {
    return text.size() > 3 && text[0] == 'P' &&
           ((text[1] >= '1' && text[1] <= '7') || text[1] == 'f' || text[1] == 'F') &&
           std::isspace(static_cast<unsigned char>(text[2]));
}

constexpr auto savedTheLink =
    "where the picture should be there was a page: open the link in a browser and save the picture itself"sv;

ForeignKind ofText(std::string_view beginning) {
    const std::string text = lowered(beginning.starts_with("\xEF\xBB\xBF") ? beginning.substr(3) : beginning);
    const auto has = [&](std::string_view part) { return text.find(part) != std::string::npos; };
    const std::size_t first = text.find_first_not_of(" \t\r\n\f");
    const char letter = first == std::string::npos ? ' ' : text[first];
    if (letter == '<' && has("<svg"))
        return kind("an SVG drawing", "run 'rsvg-convert FILE -o picture.png' (Debian: librsvg2-bin)",
                    Use::Picture);
    if (letter == '<' &&
        (has("<html") || has("<!doctype html") || has("<head") || has("<body") || has("<script")))
        return kind("a web page (HTML)", savedTheLink, Use::None);
    if (letter == '<' && has("<error"))
        return kind("an error message of a server (XML)", savedTheLink, Use::None);
    if (letter == '<')
        return kind("an XML text", "", Use::None);
    if ((letter == '{' || letter == '[') && (has("\"error") || has("\"message") || has("\"detail")))
        return kind("an error message of a server (JSON)", savedTheLink, Use::None);
    if (letter == '{' || letter == '[')
        return kind("a JSON text", "", Use::None);
    if (text.starts_with("data:image/"))
        return kind("a picture coded as text (a data URL)", "open it in a browser and save the picture",
                    Use::None);
    if (text.starts_with("#define ") && has("_width"))
        return kind("an XBM picture", convertIt, Use::Picture);
    return kind("a text", "", Use::None);
}

}  // namespace

ForeignKind foreignKindOf(const Bytes& beginning) {
    constexpr std::uint64_t looked = 4096;
    const Bytes file = beginning.part(0, looked);
    if (file.size() == 0)
        return kind("an empty file", "", Use::None);
    if (file.part(4, 4).startsWith("ftyp"))
        return ofIsoMedia(file);
    if (file.part(4, 4).startsWith("moov") || file.part(4, 4).startsWith("mdat"))
        return kind("a video (QuickTime)", frameOfIt, Use::None);
    if ((file.startsWith("II*") || file.startsWith("MM")) && file.from(8).startsWith("CR\2"))
        return kind("a camera's raw picture (CR2)", develop, Use::Picture);
    for (const Signature& signature : signatures)
        if (file.from(signature.position).startsWith(signature.bytes))
            return kind(signature.what, signature.advice, signature.use);
    if (isPortableAnymap(file.text()))
        return kind("a Netpbm picture (PNM)", "run 'pnmtopng FILE > picture.png' (Debian: netpbm)",
                    Use::Picture);
    if (isText(file.text()))
        return ofText(file.text());
    if (std::all_of(file.span().begin(), file.span().end(), [](int byte) { return byte == 0; }))
        return kind("nothing but zeros: its content was lost", "copy or download it again", Use::None);
    return {};
}

std::string refusalOf(const Bytes& file) {
    const std::string expected = "expected a PNG, JPEG, BMP, GIF, WebP or TIFF picture";
    const ForeignKind found = foreignKindOf(file);
    if (!found.what.empty())
        return "this is " + found.what + (found.use == Use::Picture ? ", which is not read" : "") +
               (found.advice.empty() ? "; " + expected : ": " + found.advice);
    std::string bytes;
    constexpr auto digits = "0123456789ABCDEF"sv;
    for (std::uint64_t i = 0; i < 8 && file.has(i); ++i)
        bytes += {' ', digits[std::size_t(file.at(i) >> 4)], digits[std::size_t(file.at(i) & 15)]};
    return expected + ", found a file that begins with" + bytes + ", as none that is known";
}

}  // namespace resnet::ui
