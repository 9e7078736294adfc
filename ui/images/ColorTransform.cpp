#include "ui/images/ColorTransform.h"

#include "ui/images/MatrixShaper.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <lcms2.h>
#include <new>

namespace resnet::ui {

namespace {

constexpr int mostNameLetters = 60;

// A grey row as an RGB row of the same depth and alpha.
template <typename Sample>
std::vector<std::uint8_t> spread(const RowFormat& format, const Sample* row, int width) {
    const int channels = format.channels();
    std::vector<std::uint8_t> bytes(std::size_t(width) * std::size_t(channels + 2) * sizeof(Sample));
    Sample* to = reinterpret_cast<Sample*>(bytes.data());
    for (int x = 0; x < width; ++x, row += channels, to += channels + 2) {
        std::fill_n(to, 3, row[0]);
        if (format.hasAlpha)
            to[3] = row[1];
    }
    return bytes;
}

struct Closer {
    void operator()(void* profile) const { cmsCloseProfile(profile); }
};
using Profile = std::unique_ptr<void, Closer>;

// Of what is printed on a terminal, only letters that do nothing there.
std::string nameOf(cmsHPROFILE profile) {
    std::array<char, 256> text{};
    cmsGetProfileInfoASCII(profile, cmsInfoDescription, "en", "US", text.data(), text.size() - 1);
    std::string name;
    for (const char* letter = text.data(); *letter && int(name.size()) < mostNameLetters; ++letter)
        if (*letter >= ' ' && *letter <= '~' && *letter != '"')
            name += *letter;
    return name;
}

cmsColorSpaceSignature signatureOf(SampleSpace space) {
    switch (space) {
        case SampleSpace::Grey:
            return cmsSigGrayData;
        case SampleSpace::Cmyk:
            return cmsSigCmykData;
        case SampleSpace::Lab:
            return cmsSigLabData;
        case SampleSpace::Rgb:
            break;
    }
    return cmsSigRgbData;
}

std::string nameOf(cmsColorSpaceSignature space) {
    switch (space) {
        case cmsSigGrayData:
            return "grey";
        case cmsSigRgbData:
            return "RGB";
        case cmsSigCmykData:
            return "CMYK";
        case cmsSigLabData:
            return "Lab";
        default:
            return "other";
    }
}

bool isOfDevice(cmsHPROFILE profile) {
    const cmsProfileClassSignature kind = cmsGetDeviceClass(profile);
    return kind == cmsSigInputClass || kind == cmsSigDisplayClass || kind == cmsSigOutputClass ||
           kind == cmsSigColorSpaceClass;
}

cmsUInt32Number layoutOf(const RowFormat& format) {
    const int bytes = format.isDeep ? 2 : 1;
    const cmsUInt32Number common = BYTES_SH(bytes) | EXTRA_SH(format.hasAlpha ? 1 : 0);
    switch (format.space) {
        case SampleSpace::Grey:
            return common | COLORSPACE_SH(PT_GRAY) | CHANNELS_SH(1);
        case SampleSpace::Cmyk:
            return common | COLORSPACE_SH(PT_CMYK) | CHANNELS_SH(4) | FLAVOR_SH(format.isInverted ? 1 : 0);
        case SampleSpace::Lab:
            return common | COLORSPACE_SH(PT_Lab) | CHANNELS_SH(3);
        case SampleSpace::Rgb:
            break;
    }
    return common | COLORSPACE_SH(PT_RGB) | CHANNELS_SH(3);
}

}  // namespace

ColorTransform::ColorTransform(const RowFormat& format)
    : m_context(cmsCreateContext(nullptr, nullptr)), m_format(format), m_profile(format) {
    if (!m_context)
        throw std::bad_alloc();
}

ColorTransform::~ColorTransform() {
    if (m_transform)
        cmsDeleteTransform(m_transform);
    cmsDeleteContext(static_cast<cmsContext>(m_context));
}

std::unique_ptr<ColorTransform> ColorTransform::of(const RowFormat& format,
                                                   const std::vector<std::uint8_t>& profile,
                                                   std::vector<std::string>& notes) {
    if (profile.empty() && format.space != SampleSpace::Lab)
        return nullptr;
    std::unique_ptr<ColorTransform> transform(new ColorTransform(format));
    return transform->take(profile, notes) ? std::move(transform) : nullptr;
}

bool ColorTransform::take(const std::vector<std::uint8_t>& bytes, std::vector<std::string>& notes) {
    auto* context = static_cast<cmsContext>(m_context);
    const auto make = [&](const Profile& from, cmsUInt32Number intent) {
        // The tables the library makes for speed have too few steps for grey in the dark and for Lab's edges.
        const bool isCoarse = m_profile.space == SampleSpace::Grey || m_profile.space == SampleSpace::Lab;
        const cmsUInt32Number exact = isCoarse ? cmsFLAGS_NOOPTIMIZE : 0;
        const Profile srgb(cmsCreate_sRGBProfileTHR(context));
        m_transform = cmsCreateTransformTHR(context, from.get(), layoutOf(m_profile), srgb.get(), TYPE_RGB_8,
                                            intent, cmsFLAGS_NOCACHE | exact);
    };
    if (m_format.space == SampleSpace::Lab) {
        // Its white is D50, the profiles' own; a profile beside it has nothing to add.
        make(Profile(cmsCreateLab4ProfileTHR(context, nullptr)), INTENT_RELATIVE_COLORIMETRIC);
        return true;
    }
    const Profile from(cmsOpenProfileFromMemTHR(context, bytes.data(), cmsUInt32Number(bytes.size())));
    if (!from || !isOfDevice(from.get())) {
        notes.push_back("its colour profile is no profile of a picture and left out");
        return false;
    }
    const cmsColorSpaceSignature space = cmsGetColorSpace(from.get());
    if (m_format.space == SampleSpace::Grey && space == cmsSigRgbData)
        m_profile.space = SampleSpace::Rgb;
    if (space != signatureOf(m_profile.space)) {
        notes.push_back("its colour profile is for " + nameOf(space) + " pictures, and this one is " +
                        nameOf(signatureOf(m_profile.space)) + ": left out");
        return false;
    }
    m_shaper = MatrixShaper::of(from.get());
    if (m_shaper && changesNothing())
        return false;
    if (!m_shaper || m_format.isDeep) {
        m_shaper.reset();
        make(from, INTENT_PERCEPTUAL);
    }
    if (!m_shaper && !m_transform) {
        notes.push_back("its colour profile is damaged and left out");
        return false;
    }
    if (changesNothing())
        return false;
    if (m_profile.space == SampleSpace::Grey && !m_profile.isDeep && !m_profile.hasAlpha)
        tabulateGreys();
    const std::string name = nameOf(from.get());
    notes.push_back("colours converted to sRGB from " +
                    (name.empty() ? std::string("the profile in the file") : '"' + name + '"'));
    return true;
}

// All greys, and a grid over the cube of colours.
bool ColorTransform::changesNothing() const {
    const bool isGrey = m_profile.space == SampleSpace::Grey;
    if (!isGrey && m_profile.space != SampleSpace::Rgb)
        return false;
    std::vector<std::array<int, 3>> colors;
    for (int value = 0; value < 256; ++value)
        colors.push_back({value, value, value});
    for (int i = 0; i < 729 && !isGrey; ++i)
        colors.push_back({i % 9 * 255 / 8, i / 9 % 9 * 255 / 8, i / 81 * 255 / 8});
    const RowFormat format{m_profile.space, false, m_profile.isDeep && !m_shaper, false};
    std::vector<std::uint8_t> row;
    for (const std::array<int, 3>& color : colors)
        for (int c = 0; c < format.channels(); ++c)
            // Both bytes of 16 bits are the same.
            row.insert(row.end(), format.isDeep ? 2 : 1, std::uint8_t(color[std::size_t(c)]));
    std::vector<std::uint8_t> rgb(colors.size() * 3);
    convertAlike(format, row.data(), rgb.data(), int(colors.size()));
    for (std::size_t i = 0; i < rgb.size(); ++i)
        if (std::abs(rgb[i] - colors[i / 3][i % 3]) > 1)
            return false;
    return true;
}

void ColorTransform::tabulateGreys() {
    std::array<std::uint8_t, 256> greys{};
    for (std::size_t i = 0; i < greys.size(); ++i)
        greys[i] = std::uint8_t(i);
    m_greys.resize(3 * greys.size());
    cmsDoTransform(m_transform, greys.data(), m_greys.data(), cmsUInt32Number(greys.size()));
}

void ColorTransform::convertAlike(const RowFormat& format, const std::uint8_t* row, std::uint8_t* rgb,
                                  int width) const {
    if (!m_greys.empty())
        for (int x = 0; x < width; ++x)
            std::copy_n(m_greys.data() + 3 * row[x], 3, rgb + 3 * x);
    else if (m_shaper)
        m_shaper->convert(row, format.channels(), rgb, width);
    else
        cmsDoTransform(m_transform, row, rgb, cmsUInt32Number(width));
}

void ColorTransform::convert(const std::uint8_t* row, std::uint8_t* rgb, int width) const {
    if (m_profile.space == m_format.space) {
        convertAlike(m_format, row, rgb, width);
        return;
    }
    const std::vector<std::uint8_t> spreadRow =
        m_format.isDeep ? spread(m_format, reinterpret_cast<const std::uint16_t*>(row), width)
                        : spread(m_format, row, width);
    convertAlike(m_profile, spreadRow.data(), rgb, width);
}

}  // namespace resnet::ui
