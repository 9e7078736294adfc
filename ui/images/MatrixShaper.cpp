#include "ui/images/MatrixShaper.h"

#include <algorithm>
#include <cmath>
#include <lcms2.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace resnet::ui {

namespace {

// Steps between black and white light: the darkest byte of sRGB is five of them.
constexpr int lightSteps = 16384;

// From the profiles' XYZ, of D50, to the light of sRGB's primaries: the inverse of the matrix in sRGB's own
// profile.
constexpr double toSrgb[3][3] = {
    {3.134186, -1.617209, -0.490694}, {-0.978749, 1.916130, 0.033433}, {0.071964, -0.228994, 1.405754}};

// IEC 61966-2-1.
double lightOf(double value) {
    return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

// The byte of every step of light.
const std::array<std::uint8_t, lightSteps + 1>& srgbBytes() {
    static const auto bytes = [] {
        std::array<std::uint8_t, lightSteps + 1> table{};
        int step = 0;
        for (int byte = 0; byte < 256; ++byte) {
            const double end = byte == 255 ? lightSteps : lightSteps * lightOf((byte + 0.5) / 255);
            for (; step <= end; ++step)
                table[std::size_t(step)] = std::uint8_t(byte);
        }
        return table;
    }();
    return bytes;
}

}  // namespace

std::unique_ptr<MatrixShaper> MatrixShaper::of(void* profile) {
    constexpr std::array colorants{cmsSigRedColorantTag, cmsSigGreenColorantTag, cmsSigBlueColorantTag};
    constexpr std::array curves{cmsSigRedTRCTag, cmsSigGreenTRCTag, cmsSigBlueTRCTag};
    // Where there are tables too, they go first.
    if (cmsGetColorSpace(profile) != cmsSigRgbData || !cmsIsMatrixShaper(profile) ||
        cmsGetPCS(profile) != cmsSigXYZData || cmsIsTag(profile, cmsSigAToB0Tag) ||
        cmsIsTag(profile, cmsSigDToB0Tag))
        return nullptr;
    auto shaper = std::make_unique<MatrixShaper>();
    for (std::size_t c = 0; c < 3; ++c) {
        const auto* xyz = static_cast<const cmsCIEXYZ*>(cmsReadTag(profile, colorants[c]));
        const auto* curve = static_cast<const cmsToneCurve*>(cmsReadTag(profile, curves[c]));
        if (!xyz || !curve)
            return nullptr;
        for (int value = 0; value < 256; ++value) {
            const double light = double(cmsEvalToneCurveFloat(curve, cmsFloat32Number(value / 255.0)));
            for (std::size_t k = 0; k < 3; ++k) {
                const double share = toSrgb[k][0] * xyz->X + toSrgb[k][1] * xyz->Y + toSrgb[k][2] * xyz->Z;
                const double part = std::isfinite(light * share) ? light * share : 0;
                shaper->m_parts[c][std::size_t(value)][k] = float(std::clamp(part, -4.0, 4.0) * lightSteps);
            }
        }
    }
    return shaper;
}

void MatrixShaper::convert(const std::uint8_t* row, int channels, std::uint8_t* rgb, int width) const {
    const auto& bytes = srgbBytes();
#ifdef __SSE2__
    const __m128 half = _mm_set1_ps(0.5f), white = _mm_set1_ps(float(lightSteps));
    for (int x = 0; x < width; ++x, row += channels, rgb += 3) {
        const __m128 sum = _mm_add_ps(
            _mm_add_ps(_mm_loadu_ps(m_parts[0][row[0]].data()), _mm_loadu_ps(m_parts[1][row[1]].data())),
            _mm_loadu_ps(m_parts[2][row[2]].data()));
        const __m128i steps =
            _mm_cvttps_epi32(_mm_min_ps(_mm_max_ps(_mm_add_ps(sum, half), _mm_setzero_ps()), white));
        rgb[0] = bytes[std::size_t(_mm_extract_epi16(steps, 0))];
        rgb[1] = bytes[std::size_t(_mm_extract_epi16(steps, 2))];
        rgb[2] = bytes[std::size_t(_mm_extract_epi16(steps, 4))];
    }
#else
    for (int x = 0; x < width; ++x, row += channels, rgb += 3) {
        const Light& red = m_parts[0][row[0]];
        const Light& green = m_parts[1][row[1]];
        const Light& blue = m_parts[2][row[2]];
        for (std::size_t k = 0; k < 3; ++k) {
            const float light = red[k] + green[k] + blue[k] + 0.5f;
            rgb[k] = bytes[std::size_t(int(std::clamp(light, 0.0f, float(lightSteps))))];
        }
    }
#endif
}

}  // namespace resnet::ui
