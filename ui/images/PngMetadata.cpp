#include "ui/images/PictureMetadata.h"

#include <algorithm>
#include <libdeflate.h>
#include <optional>
#include <zlib.h>

using namespace std::string_view_literals;

namespace resnet::ui {

namespace {

using Block = std::vector<std::uint8_t>;

// Nothing if it is damaged or larger than a profile may be.
std::optional<Block> inflated(const Bytes& deflated) {
    z_stream stream{};
    if (inflateInit(&stream) != Z_OK)
        throw std::bad_alloc();
    stream.next_in = const_cast<Bytef*>(deflated.data());
    stream.avail_in = uInt(deflated.size());
    Block block;
    int status = Z_OK;
    while (status == Z_OK && block.size() <= largestMetadata) {
        const std::size_t before = block.size();
        block.resize(std::max<std::size_t>(1 << 14, 2 * before));
        stream.next_out = block.data() + before;
        stream.avail_out = uInt(block.size() - before);
        status = inflate(&stream, Z_NO_FLUSH);
        block.erase(block.end() - std::ptrdiff_t(stream.avail_out), block.end());
    }
    inflateEnd(&stream);
    if (status != Z_STREAM_END || block.size() > largestMetadata)
        return std::nullopt;
    return block;
}

// PNG specification, 11.3.4: a keyword, and a text that may be compressed. International ones say whether
// they are, in which language, and the keyword in it.
struct Text {
    std::string_view keyword;
    std::optional<Block> text;
};

Text textOf(std::string_view type, const Bytes& chunk) {
    const std::uint64_t keyword = std::min<std::uint64_t>(chunk.text().find('\0'), chunk.size());
    Text text{chunk.text().substr(0, keyword), {}};
    Bytes rest = chunk.from(keyword + 1);
    bool isCompressed = type == "zTXt";
    if (type == "iTXt") {
        isCompressed = rest.at(0) == 1;
        rest = rest.from(2);
        for (int i = 0; i < 2; ++i)
            rest = rest.from(std::min<std::uint64_t>(rest.text().find('\0'), rest.size()) + 1);
    } else if (isCompressed) {
        rest = rest.from(1);
    }
    if (isCompressed)
        text.text = inflated(rest);
    else if (rest.size() <= largestMetadata)
        text.text.emplace(rest.span().begin(), rest.span().end());
    return text;
}

int digitOf(int character) {
    return character >= '0' && character <= '9'   ? character - '0'
           : character >= 'a' && character <= 'f' ? character - 'a' + 10
           : character >= 'A' && character <= 'F' ? character - 'A' + 10
                                                  : -1;
}

// Before PNG had a chunk for EXIF, ImageMagick wrote it as text: a name, a number of bytes, hexadecimal
// digits.
Block ofHexadecimal(const Block& text) {
    Block block;
    auto at = text.begin();
    for (int line = 0; line < 3 && at != text.end(); ++line)
        at = std::min(std::find(at, text.end(), '\n') + 1, text.end());
    int high = -1;
    for (; at != text.end(); ++at) {
        const int digit = digitOf(*at);
        if (digit >= 0 && high >= 0)
            block.push_back(std::uint8_t(high << 4 | digit));
        if (digit >= 0)
            high = high >= 0 ? -1 : digit;
    }
    return block;
}

class PngReader {
public:
    void take(std::string_view type, const Bytes& chunk) {
        if (type == "eXIf")
            takeExif(chunk);
        else if (type == "iCCP" && m_unpackings++ < mostUnpackings)
            takeProfile(chunk);
        else if (type == "iTXt" || type == "zTXt" || type == "tEXt")
            takeText(type, chunk);
        else if (type == "acTL")
            m_metadata.isAnimation = chunk.big(0, 4) > 1;
        else if (type == "cICP" && !chunk.startsWith("\x01\x0d\x00\x01"sv))
            m_metadata.notes.push_back(
                "its colours are coded in a way that is not sRGB (cICP) and shown as if they were");
    }
    void leaveOut(std::string_view type) {
        for (const auto& [kind, what] : {std::pair{"eXIf"sv, "EXIF block"}, {"iCCP"sv, "colour profile"}})
            if (type == kind)
                m_metadata.notes.push_back("its " + std::string(what) +
                                           " is damaged and left out: wrong checksum");
    }
    PictureMetadata result() {
        // Its own chunk goes before what was written as text.
        if (m_metadata.orientation == 0)
            m_metadata.orientation = m_textOrientation;
        return std::move(m_metadata);
    }

private:
    void takeExif(const Bytes& chunk) {
        if (m_metadata.orientation == 0)
            m_metadata.orientation = exifOrientation(chunk, m_metadata.notes);
    }
    void takeProfile(const Bytes& chunk) {
        const std::uint64_t name = std::min<std::uint64_t>(chunk.text().find('\0'), chunk.size());
        if (std::optional<Block> profile = inflated(chunk.from(name + 2)))
            m_metadata.profile = std::move(*profile);
        else
            m_metadata.notes.push_back("its colour profile cannot be unpacked and is left out");
    }
    void takeText(std::string_view type, const Bytes& chunk) {
        constexpr auto isXmp = "XML:com.adobe.xmp"sv;
        constexpr auto rawProfile = "Raw profile type "sv;
        if ((!chunk.startsWith(isXmp) && !chunk.startsWith(rawProfile)) || m_unpackings++ >= mostUnpackings)
            return;
        const Text text = textOf(type, chunk);
        if (!text.text)
            return;
        if (text.keyword == isXmp)
            takeXmp(*text.text);
        else if (text.keyword.starts_with(rawProfile))
            takeRaw(text.keyword.substr(rawProfile.size()), ofHexadecimal(*text.text));
    }
    void takeRaw(std::string_view kind, const Block& block) {
        constexpr auto jpegXmp = "http://ns.adobe.com/xap/1.0/\0"sv;
        const Bytes bytes(block);
        if (kind == "xmp")
            takeXmp(bytes);
        else if (bytes.startsWith(jpegXmp))
            takeXmp(bytes.from(jpegXmp.size()));
        else if ((kind == "exif" || kind == "APP1") && m_textOrientation == 0)
            m_textOrientation = exifOrientation(bytes, m_metadata.notes);
        else if ((kind == "icc" || kind == "icm") && m_metadata.profile.empty())
            m_metadata.profile = block;
    }
    void takeXmp(const Block& block) { takeXmp(Bytes(block)); }
    void takeXmp(const Bytes& packet) {
        if (m_metadata.xmp.empty())
            m_metadata.xmp = packet.text();
    }

    // A small file could keep unpacking for minutes.
    static constexpr int mostUnpackings = 16;

    PictureMetadata m_metadata;
    Orientation m_textOrientation = 0;
    int m_unpackings = 0;
};

}  // namespace

PictureMetadata pngMetadata(const Bytes& file) {
    PngReader reader;
    for (std::uint64_t i = 8; file.has(i, 12);) {
        const std::uint64_t length = file.big(i, 4);
        const std::string_view type = file.part(i + 4, 4).text();
        if (!file.has(i + 8, length + 4) || type == "IEND")
            break;
        // Chunks that a picture can do without have small first letters. Those of the pixels are looked at
        // elsewhere.
        if (type[0] >= 'a') {
            if (::libdeflate_crc32(0, file.data() + i + 4, std::size_t(length) + 4) ==
                file.big(i + 8 + length, 4))
                reader.take(type, file.part(i + 8, length));
            else
                reader.leaveOut(type);
        }
        i += 12 + length;
    }
    return reader.result();
}

}  // namespace resnet::ui
