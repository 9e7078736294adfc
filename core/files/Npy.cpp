#include "core/files/Npy.h"

#include "core/Error.h"
#include "core/tensor/ChannelsFirst.h"

#include <bit>
#include <charconv>
#include <cstring>
#include <string_view>

namespace resnet {

namespace {

static_assert(std::endian::native == std::endian::little, "written and read as little-endian");

constexpr std::string_view magic("\x93NUMPY", 6);
constexpr std::size_t alignment = 64;

// The header's dictionary, of which only what NumPy itself writes is understood.
class HeaderReader {
public:
    HeaderReader(std::string_view text, const std::string& file) : m_text(text), m_file(file) {}

    // The text behind 'key':, up to the comma or brace after it. A shape keeps its parentheses.
    std::string_view value(std::string_view key) const {
        const std::string quoted = "'" + std::string(key) + "':";
        const std::size_t found = m_text.find(quoted);
        if (found == std::string_view::npos)
            fail("header: expected '" + std::string(key) + "', found nothing of this name");
        std::size_t begin = found + quoted.size();
        while (begin < m_text.size() && m_text[begin] == ' ')
            ++begin;
        const bool isTuple = begin < m_text.size() && m_text[begin] == '(';
        const std::size_t end = m_text.find_first_of(isTuple ? ")" : ",}", begin);
        if (end == std::string_view::npos)
            fail("header: '" + std::string(key) + "' has no end");
        return m_text.substr(begin, end - begin + (isTuple ? 1 : 0));
    }

    std::vector<std::int64_t> shape() const {
        std::string_view text = value("shape");
        if (text.size() < 2 || text.front() != '(')
            fail("shape: expected a tuple, found " + std::string(text));
        text = text.substr(1, text.size() - 2);
        std::vector<std::int64_t> extents;
        while (!text.empty()) {
            const std::size_t comma = std::min(text.find(','), text.size());
            extents.push_back(extent(text.substr(0, comma)));
            text.remove_prefix(std::min(comma + 1, text.size()));
            if (text.find_first_not_of(' ') == std::string_view::npos)
                break;
        }
        return extents;
    }

    [[noreturn]] void fail(const std::string& message) const { throw Error(m_file + ": " + message); }

private:
    std::int64_t extent(std::string_view text) const {
        while (!text.empty() && text.front() == ' ')
            text.remove_prefix(1);
        std::int64_t number = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (error != std::errc() || end != text.data() + text.size() || number < 0)
            fail("shape: expected whole numbers, found '" + std::string(text) + "'");
        return number;
    }

    std::string_view m_text;
    const std::string& m_file;
};

std::string_view asText(std::span<const std::uint8_t> bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// Where the header's text begins and how long it is.
std::pair<std::size_t, std::size_t> locateHeader(std::span<const std::uint8_t> bytes,
                                                 const std::string& file) {
    if (bytes.size() < 10 || asText(bytes.first(magic.size())) != magic)
        throw Error(file + ": expected a .npy file, found something else");
    const int version = bytes[6];
    if (version < 1 || version > 3)
        throw Error(file + ": .npy version: expected 1 to 3, found " + std::to_string(version));
    const std::size_t lengthBytes = version == 1 ? 2 : 4;
    const std::size_t begin = 8 + lengthBytes;
    std::size_t length = 0;
    if (bytes.size() >= begin)
        std::memcpy(&length, bytes.data() + 8, lengthBytes);
    if (bytes.size() < begin || length > bytes.size() - begin)
        throw Error(file + ": the header is cut short");
    return {begin, length};
}

}  // namespace

Tensor readNpy(std::span<const std::uint8_t> bytes, const std::string& file) {
    const auto [begin, length] = locateHeader(bytes, file);
    const HeaderReader header(asText(bytes.subspan(begin, length)), file);
    const std::string_view type = header.value("descr");
    if (type != "'<f4'")
        header.fail("dtype: expected float32 ('<f4'), found " + std::string(type));
    if (header.value("fortran_order") != "False")
        header.fail("order: expected C order, found Fortran order");
    Tensor tensor;
    tensor.shape = header.shape();
    std::int64_t count = 0;
    try {
        count = elementCount(tensor.shape);
    } catch (const Error& error) {
        header.fail(error.what());
    }
    const std::span<const std::uint8_t> data = bytes.subspan(begin + length);
    if (data.size() % sizeof(float) != 0 || data.size() / sizeof(float) != std::uint64_t(count))
        header.fail("data: expected " + shapeText(tensor.shape) + " numbers of 4 bytes, found " +
                    std::to_string(data.size()) + " bytes");
    tensor.values.resize(std::size_t(count));
    if (!data.empty())
        std::memcpy(tensor.values.data(), data.data(), data.size());
    return tensor;
}

std::vector<std::uint8_t> npyBytes(const FeatureMaps& maps) {
    const FeatureShape& shape = maps.shape();
    std::string header = "{'descr': '<f4', 'fortran_order': False, 'shape': (" +
                         std::to_string(shape.channels) + ", " + std::to_string(shape.height) + ", " +
                         std::to_string(shape.width) + "), }";
    const std::size_t before = magic.size() + 4;
    const std::size_t used = before + header.size() + 1;
    header.append((alignment - used % alignment) % alignment, ' ');
    header.push_back('\n');

    std::vector<std::uint8_t> bytes(before + header.size() + maps.size() * sizeof(float));
    std::memcpy(bytes.data(), magic.data(), magic.size());
    bytes[6] = 1;
    bytes[8] = std::uint8_t(header.size() & 0xFF);
    bytes[9] = std::uint8_t(header.size() >> 8);
    std::memcpy(bytes.data() + before, header.data(), header.size());
    const std::vector<float> values = toChannelsFirst(maps);
    std::memcpy(bytes.data() + before + header.size(), values.data(), values.size() * sizeof(float));
    return bytes;
}

}  // namespace resnet
