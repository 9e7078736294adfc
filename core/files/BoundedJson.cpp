#include "core/files/BoundedJson.h"

namespace resnet {

namespace {

using Json = nlohmann::json;

// Reads along without keeping anything; every function says whether to go on.
class Bounds final : public nlohmann::json_sax<Json> {
public:
    Bounds(int deepest, std::size_t mostParts) : m_deepest(deepest), m_mostParts(mostParts) {}

    bool null() override { return part(); }
    bool boolean(bool) override { return part(); }
    bool number_integer(number_integer_t) override { return part(); }
    bool number_unsigned(number_unsigned_t) override { return part(); }
    bool number_float(number_float_t, const string_t&) override { return part(); }
    bool string(string_t&) override { return part(); }
    bool binary(binary_t&) override { return part(); }
    bool key(string_t&) override { return part(); }
    bool start_object(std::size_t) override { return open(); }
    bool start_array(std::size_t) override { return open(); }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }
    bool parse_error(std::size_t, const std::string&, const Json::exception&) override { return false; }

private:
    bool part() { return ++m_parts <= m_mostParts; }
    bool open() { return ++m_depth <= m_deepest && part(); }
    bool close() {
        --m_depth;
        return true;
    }

    const int m_deepest;
    const std::size_t m_mostParts;
    int m_depth = 0;
    std::size_t m_parts = 0;
};

}  // namespace

nlohmann::json parseJson(std::string_view text, int deepest, std::size_t mostParts) {
    Bounds bounds(deepest, mostParts);
    if (!Json::sax_parse(text, &bounds))
        return Json(Json::value_t::discarded);
    return Json::parse(text, nullptr, false);
}

}  // namespace resnet
