#include "ui/images/TiffFile.h"

#include "core/Error.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstring>

namespace resnet::ui {

namespace {

constexpr tmsize_t mostMemory = tmsize_t(1) << 30;

}  // namespace

TiffFile::TiffFile(const Bytes& file) : m_file(file) {
    TIFFOpenOptions* options = TIFFOpenOptionsAlloc();
    if (!options)
        throw std::bad_alloc();
    TIFFOpenOptionsSetMaxSingleMemAlloc(options, mostMemory);
    TIFFOpenOptionsSetErrorHandlerExtR(options, keepProblem, this);
    TIFFOpenOptionsSetWarningHandlerExtR(
        options, [](TIFF*, void*, const char*, const char*, va_list) { return 1; }, this);
    m_handle = TIFFClientOpenExt(
        "picture", "rm", this, read, [](thandle_t, void*, tmsize_t) { return tmsize_t(-1); }, seek,
        [](thandle_t) { return 0; },
        [](thandle_t self) { return toff_t(static_cast<TiffFile*>(self)->m_file.size()); },
        [](thandle_t, void**, toff_t*) { return 0; }, [](thandle_t, void*, toff_t) {}, options);
    TIFFOpenOptionsFree(options);
    if (!m_handle)
        fail();
}

TiffFile::~TiffFile() {
    TIFFClose(m_handle);
}

Bytes TiffFile::bytes(std::uint32_t tag) const {
    std::uint32_t count = 0;
    const void* data = nullptr;
    if (TIFFGetField(m_handle, tag, &count, &data) != 1 || !data)
        return {};
    return Bytes({static_cast<const std::uint8_t*>(data), count});
}

void TiffFile::fail() const {
    throw Error("the TIFF picture is damaged or cut short" +
                (m_problem.empty() ? "" : " (" + m_problem + ")"));
}

tmsize_t TiffFile::read(thandle_t file, void* to, tmsize_t count) {
    TiffFile& self = *static_cast<TiffFile*>(file);
    const Bytes part = self.m_file.part(self.m_position, std::uint64_t(std::max<tmsize_t>(0, count)));
    if (part.size() > 0)
        std::memcpy(to, part.data(), part.size());
    self.m_position += part.size();
    return tmsize_t(part.size());
}

toff_t TiffFile::seek(thandle_t file, toff_t offset, int from) {
    TiffFile& self = *static_cast<TiffFile*>(file);
    self.m_position = offset + (from == SEEK_CUR   ? self.m_position
                                : from == SEEK_END ? self.m_file.size()
                                                   : 0);
    return self.m_position;
}

int TiffFile::keepProblem(TIFF*, void* file, const char*, const char* format, va_list arguments) {
    std::string& problem = static_cast<TiffFile*>(file)->m_problem;
    if (!problem.empty())
        return 1;
    std::array<char, 200> text{};
    std::vsnprintf(text.data(), text.size(), format, arguments);
    problem = text.data();
    // It may quote the file.
    std::erase_if(problem, [](char letter) { return letter < ' ' || letter > '~'; });
    return 1;
}

}  // namespace resnet::ui
