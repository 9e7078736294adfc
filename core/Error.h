#pragma once

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace resnet {

// The one exception family: thrown where a file, a flag or a request of the user cannot be used.
// what() is one line that names the file or field, what was expected and what was found.
// details() lists further problems found in the same place, one line each; it may be empty.
class Error : public std::runtime_error {
public:
    explicit Error(const std::string& message, std::vector<std::string> details = {})
        : std::runtime_error(message), m_details(std::move(details)) {}

    const std::vector<std::string>& details() const { return m_details; }

private:
    std::vector<std::string> m_details;
};

}  // namespace resnet
