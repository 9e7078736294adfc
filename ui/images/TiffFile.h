#pragma once

#include "ui/images/Bytes.h"

#include <string>
#include <tiffio.h>

namespace resnet::ui {

// A TIFF file in memory, open for libtiff. What the library would print is kept.
class TiffFile {
public:
    // Throws Error if it is no TIFF file, or its first directory is damaged.
    explicit TiffFile(const Bytes& file);
    ~TiffFile();
    TiffFile(const TiffFile&) = delete;
    TiffFile& operator=(const TiffFile&) = delete;

    TIFF* handle() const { return m_handle; }
    // The value of a tag, or what the specification says of one that is not there, or nothing (0). The
    // library writes a number of the kind that the tag has: most are std::uint16_t, widths and heights
    // std::uint32_t.
    template <typename Number>
    Number number(std::uint32_t tag) const {
        Number value = 0;
        return TIFFGetFieldDefaulted(m_handle, tag, &value) == 1 ? value : Number(0);
    }
    // The bytes of a tag that counts them.
    Bytes bytes(std::uint32_t tag) const;
    // Throws Error: the file is damaged, with the first thing the library said.
    [[noreturn]] void fail() const;

private:
    static tmsize_t read(thandle_t file, void* to, tmsize_t count);
    static toff_t seek(thandle_t file, toff_t offset, int from);
    static int keepProblem(TIFF*, void* file, const char* module, const char* format, va_list arguments);

    Bytes m_file;
    std::uint64_t m_position = 0;
    std::string m_problem;
    TIFF* m_handle = nullptr;
};

}  // namespace resnet::ui
