#pragma once

#include <cstddef>
#include <functional>
#include <memory>

namespace resnet {

// Unpacks deflated bytes (RFC 1951) as they are asked for. Takes about 100 KB, however much there is.
class Inflater {
public:
    // Fills its argument with the next packed bytes, as many as fit, and returns how many there were; 0 at
    // their end.
    using Source = std::function<std::size_t(char* to, std::size_t atMost)>;

    explicit Inflater(Source source);
    ~Inflater();
    Inflater(const Inflater&) = delete;
    Inflater& operator=(const Inflater&) = delete;

    // Fills `to` with the next plain bytes. False if the packed ones are damaged or end before.
    bool take(char* to, std::size_t count);
    // Whether all packed bytes were used, and nothing more comes of them.
    bool isAtEnd();

private:
    struct Stream;
    bool step();

    Source m_source;
    std::unique_ptr<Stream> m_stream;
};

}  // namespace resnet
