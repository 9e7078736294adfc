#include "core/weights/SafetensorsReader.h"

#include "core/Error.h"
#include "core/weights/HeaderText.h"

#include <nlohmann/json.hpp>
#include <tbb/parallel_for_each.h>

#include <algorithm>
#include <set>

namespace resnet {

namespace {

constexpr std::uint64_t longestHeader = 100'000'000;
// Far above any network; they bound the memory that a hostile header can claim.
constexpr std::size_t mostMetadata = std::size_t(16) * 1024 * 1024;

// Builds the header from the parser's events: nothing but what is kept is ever in memory, keys that come
// twice are seen, and integers stay exact.
class HeaderHandler : public nlohmann::json_sax<nlohmann::json> {
public:
    HeaderHandler(const std::string& file, SafetensorsHeader& header) : m_file(file), m_header(header) {}

    bool start_object(std::size_t) override {
        if (m_depth == 0 || (m_depth == 1 && !m_key.empty())) {
            ++m_depth;
            m_field.clear();
            m_fields.clear();
            if (m_depth == 2 && !inMetadata())
                beginTensor();
            return true;
        }
        if (m_depth == 1)
            refuse("expected a tensor's name, found none");
        refuseValue("an object");
    }

    bool end_object() override {
        if (m_depth == 2 && !inMetadata())
            endTensor();
        --m_depth;
        return true;
    }

    bool key(string_t& key) override {
        if (m_depth == 1) {
            if (key.size() > longestTensorName)
                refuse("a name of " + std::to_string(key.size()) + " bytes; at most 1024 are read");
            if (key.empty())
                refuse("a tensor without a name");
            if (!m_names.insert(key).second)
                refuse("'" + key + "' is there twice");
            m_key = key;
            return true;
        }
        if (!m_fields.insert(key).second)
            refuse(place() + "'" + key + "' is there twice");
        if (!inMetadata() && key != "dtype" && key != "shape" && key != "data_offsets")
            refuse(place() + "expected dtype, shape and data_offsets, found '" + key + "'");
        m_field = key;
        return true;
    }

    bool start_array(std::size_t) override {
        if (m_depth != 2 || m_inArray || (m_field != "shape" && m_field != "data_offsets") || inMetadata())
            refuseValue("a list");
        m_inArray = true;
        m_numbers.clear();
        return true;
    }

    bool end_array() override {
        m_inArray = false;
        SafetensorsEntry& tensor = m_header.tensors.back();
        if (m_field == "shape") {
            tensor.shape.assign(m_numbers.begin(), m_numbers.end());
        } else {
            if (m_numbers.size() != 2)
                refuse(place() + "data_offsets: expected two numbers, found " +
                       std::to_string(m_numbers.size()));
            tensor.begin = m_numbers[0];
            tensor.end = m_numbers[1];
        }
        return true;
    }

    bool number_unsigned(number_unsigned_t value) override {
        if (!m_inArray)
            refuseValue("a number");
        if (value > number_unsigned_t(INT64_MAX))
            refuse(place() + m_field + ": impossible number " + std::to_string(value));
        if (m_numbers.size() == mostDimensions)
            refuse(place() + m_field + ": more than " + std::to_string(mostDimensions) + " numbers");
        m_numbers.push_back(value);
        return true;
    }

    bool string(string_t& value) override {
        if (m_depth == 2 && inMetadata()) {
            m_metadataSize += m_field.size() + value.size();
            if (m_metadataSize > mostMetadata)
                refuse("__metadata__: more than 16 MB");
            m_header.metadata.emplace(m_field, std::move(value));
            return true;
        }
        if (m_depth != 2 || m_inArray || m_field != "dtype")
            refuseValue("the text '" + value.substr(0, 40) + "'");
        const auto type = elementTypeNamed(value);
        if (!type)
            refuse(place() + "dtype: unknown number format '" + value.substr(0, 40) + "'");
        m_header.tensors.back().type = *type;
        return true;
    }

    bool null() override { refuseValue("null"); }
    bool boolean(bool) override { refuseValue("true or false"); }
    bool number_integer(number_integer_t value) override {
        refuseValue("the negative number " + std::to_string(value));
    }
    bool number_float(number_float_t, const string_t& text) override {
        refuseValue("the number " + text.substr(0, 40) + ", which is not a whole number of 64 bits");
    }
    bool binary(binary_t&) override { refuseValue("bytes"); }

    bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception&) override {
        refuse("not JSON, at character " + std::to_string(position));
    }

private:
    bool inMetadata() const { return m_key == "__metadata__"; }

    std::string place() const {
        return inMetadata() ? std::string("__metadata__: ") : "tensor '" + m_key + "': ";
    }

    [[noreturn]] void refuse(const std::string& problem) const {
        throw Error(m_file + ": safetensors header: " + problem);
    }

    [[noreturn]] void refuseValue(const std::string& found) const {
        if (m_depth == 0)
            refuse("expected an object, found " + found);
        if (m_depth == 1)
            refuse((inMetadata() ? std::string("__metadata__") : "tensor '" + m_key + "'") +
                   ": expected an object, found " + found);
        if (inMetadata())
            refuse("__metadata__: '" + m_field + "': expected a string, found " + found);
        const bool numbers = m_field == "shape" || m_field == "data_offsets";
        refuse(place() + m_field + ": expected " +
               (numbers ? "a list of whole numbers from 0 up" : "the name of a number format") + ", found " +
               found);
    }

    void beginTensor() {
        if (m_header.tensors.size() == mostTensors)
            refuse("more than " + std::to_string(mostTensors) + " tensors");
        m_header.tensors.emplace_back();
        m_header.tensors.back().name = m_key;
    }

    void endTensor() {
        for (const char* field : {"dtype", "shape", "data_offsets"})
            if (!m_fields.contains(field))
                refuse(place() + field + " is missing");
    }

    const std::string& m_file;
    SafetensorsHeader& m_header;
    int m_depth = 0;
    bool m_inArray = false;
    std::string m_key;    // at depth 1: the tensor, or __metadata__
    std::string m_field;  // at depth 2
    std::set<std::string, std::less<>> m_names;
    std::set<std::string, std::less<>> m_fields;
    std::vector<std::uint64_t> m_numbers;
    std::size_t m_metadataSize = 0;
};

void checkSize(const std::string& file, const SafetensorsEntry& tensor) {
    const std::string place = file + ": tensor '" + tensor.name + "': ";
    if (tensor.begin > tensor.end)
        throw Error(place + "data_offsets: begins at " + std::to_string(tensor.begin) +
                    ", after its end at " + std::to_string(tensor.end));
    std::uint64_t bytes = byteSize(tensor.type);
    // A zero extent makes the tensor empty whatever the others are.
    const bool isEmpty = std::ranges::find(tensor.shape, 0) != tensor.shape.end();
    for (const std::int64_t extent : tensor.shape)
        if (isEmpty)
            bytes = 0;
        else if (__builtin_mul_overflow(bytes, std::uint64_t(extent), &bytes))
            throw Error(place + "impossible shape " + shapeText(tensor.shape));
    if (bytes != tensor.end - tensor.begin)
        throw Error(place + "a shape of " + shapeText(tensor.shape) + " in " +
                    std::string(name(tensor.type)) + " takes " + std::to_string(bytes) + " bytes, found " +
                    std::to_string(tensor.end - tensor.begin));
}

// Sorted by offset, each tensor must begin where the last one ended, and the last end with the file.
void checkLayout(const std::string& file, const SafetensorsHeader& header, std::uint64_t dataSize) {
    std::uint64_t position = 0;
    for (const SafetensorsEntry& tensor : header.tensors) {
        const std::string place = file + ": tensor '" + tensor.name + "': ";
        if (tensor.begin < position)
            throw Error(place + "overlaps the tensor before it");
        if (tensor.begin > position)
            throw Error(place + "expected to begin at " + std::to_string(position) + ", found " +
                        std::to_string(tensor.begin) + ": there is a hole before it");
        if (tensor.end > dataSize)
            throw Error(place + "expected to end at " + std::to_string(tensor.end) +
                        ", but the data ends at " + std::to_string(dataSize) + ": the file is cut short");
        position = tensor.end;
    }
    if (position != dataSize)
        throw Error(file + ": expected to end after the last tensor, found " +
                    std::to_string(dataSize - position) + " further bytes");
}

}  // namespace

SafetensorsHeader readSafetensorsHeader(SequentialSource& source) {
    const std::string& file = source.name();
    if (source.size() == 0)
        throw Error(file + ": the file is empty");
    if (source.size() < 8)
        throw Error(file + ": expected a safetensors file, found only " + std::to_string(source.size()) +
                    " bytes");
    std::uint64_t length = 0;
    source.take(&length, sizeof length);
    if (length > longestHeader)
        throw Error(file + ": safetensors header: expected at most 100000000 bytes, found a length of " +
                    std::to_string(length));
    if (length > source.size() - 8)
        throw Error(file + ": safetensors header: expected " + std::to_string(length) + " bytes, found " +
                    std::to_string(source.size() - 8) + ": the file is cut short");

    SafetensorsHeader header;
    HeaderText text(source, length);
    HeaderHandler handler(file, header);
    nlohmann::json::sax_parse(HeaderText::Iterator(&text), HeaderText::Iterator(), &handler);

    for (const SafetensorsEntry& tensor : header.tensors)
        checkSize(file, tensor);
    std::ranges::sort(header.tensors, [](const auto& a, const auto& b) {
        return a.begin != b.begin ? a.begin < b.begin : a.end < b.end;
    });
    const std::uint64_t dataStart = 8 + length;
    checkLayout(file, header, source.size() - dataStart);
    for (SafetensorsEntry& tensor : header.tensors) {
        tensor.begin += dataStart;
        tensor.end += dataStart;
    }
    return header;
}

SafetensorsFile::SafetensorsFile(const ByteSource& source) : m_source(source) {
    FrontToBack bytes(source);
    SafetensorsHeader header = readSafetensorsHeader(bytes);
    m_metadata = std::move(header.metadata);
    for (SafetensorsEntry& entry : header.tensors) {
        m_numbers.push_back({entry.begin, std::size_t((entry.end - entry.begin) / byteSize(entry.type))});
        m_tensors.push_back(std::move(static_cast<ListedTensor&>(entry)));
    }
    if (m_tensors.empty())
        throw Error(source.name() + ": holds no tensors");
}

StateDict SafetensorsFile::read(const TensorNames& names) const {
    refuseUndecodable(*this, names);
    struct Job {
        std::size_t place;
        Tensor* tensor;
    };
    StateDict tensors;
    std::vector<Job> jobs;
    for (const auto& [place, name] : names)
        jobs.push_back({place, &tensors[name]});
    tbb::parallel_for_each(jobs, [&](const Job& job) {
        const ListedTensor& from = m_tensors[job.place];
        job.tensor->shape = from.shape;
        const Numbers& numbers = m_numbers[job.place];
        allocateValues(job.tensor->values, numbers.count);
        decode(m_source, numbers.begin, from.type, job.tensor->values.data(), numbers.count);
    });
    return tensors;
}

}  // namespace resnet
