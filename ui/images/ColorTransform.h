#pragma once

#include "ui/images/RowFormat.h"

#include <memory>
#include <string>
#include <vector>

namespace resnet::ui {

class MatrixShaper;

// Colours by an ICC profile, or Lab's, to 8-bit sRGB. Any number of threads may convert at the same time.
class ColorTransform {
public:
    // Null if colours stay as they are: there is no profile, it changes none by more than a rounding, or it
    // cannot be used, which a note says. So does one that changes them.
    static std::unique_ptr<ColorTransform> of(const RowFormat& format,
                                              const std::vector<std::uint8_t>& profile,
                                              std::vector<std::string>& notes);
    ~ColorTransform();
    ColorTransform(const ColorTransform&) = delete;
    ColorTransform& operator=(const ColorTransform&) = delete;

    // Alpha is not looked at.
    void convert(const std::uint8_t* row, std::uint8_t* rgb, int width) const;

private:
    explicit ColorTransform(const RowFormat& format);
    bool take(const std::vector<std::uint8_t>& profile, std::vector<std::string>& notes);
    bool changesNothing() const;
    void tabulateGreys();
    void convertAlike(const RowFormat& format, const std::uint8_t* row, std::uint8_t* rgb, int width) const;

    void* m_context;              // Little CMS's
    void* m_transform = nullptr;  // Little CMS's, if there is no shaper
    std::unique_ptr<MatrixShaper> m_shaper;
    std::vector<std::uint8_t> m_greys;  // the color of each of 256 greys; else empty
    RowFormat m_format;                 // of the rows
    RowFormat m_profile;                // of what the profile takes: RGB also where rows are grey
};

}  // namespace resnet::ui
