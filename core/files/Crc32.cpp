#include "core/files/Crc32.h"

#include <array>
#include <cstring>

#ifdef __x86_64__
#include <immintrin.h>
#endif

namespace resnet {

namespace {

constexpr std::uint32_t polynomial = 0xedb88320u;

using Tables = std::array<std::array<std::uint32_t, 256>, 8>;

// tables[k][b]: the remainder of byte b with k zero bytes behind it.
constexpr Tables makeTables() {
    Tables tables{};
    for (std::uint32_t byte = 0; byte < 256; ++byte) {
        std::uint32_t remainder = byte;
        for (int bit = 0; bit < 8; ++bit)
            remainder = (remainder >> 1) ^ (remainder & 1 ? polynomial : 0);
        tables[0][byte] = remainder;
    }
    for (std::size_t k = 1; k < 8; ++k)
        for (std::size_t byte = 0; byte < 256; ++byte)
            tables[k][byte] = (tables[k - 1][byte] >> 8) ^ tables[0][tables[k - 1][byte] & 0xff];
    return tables;
}

constexpr Tables tables = makeTables();

#ifdef __x86_64__

// x^n mod P for the reflected polynomial, as the folding multiplications need it: 33 bits, one place up.
constexpr std::uint64_t foldingConstant(int n) {
    std::uint32_t remainder = 0x80000000u;  // x^0, reflected
    for (int i = 0; i < n; ++i)
        remainder = (remainder >> 1) ^ (remainder & 1 ? polynomial : 0);
    return std::uint64_t(remainder) << 1;
}

__attribute__((target("pclmul,sse4.1"))) __m128i fold(__m128i sum, __m128i next, __m128i constants) {
    return _mm_xor_si128(
        _mm_xor_si128(_mm_clmulepi64_si128(sum, constants, 0x00), _mm_clmulepi64_si128(sum, constants, 0x11)),
        next);
}

// Folds 64 bytes a round (Gopal et al., "Fast CRC Computation for Generic Polynomials Using PCLMULQDQ",
// 2009), then leaves the last 16 bytes, which are congruent to all before them, to the tables. `count` is a
// multiple of 16 and at least 64.
__attribute__((target("pclmul,sse4.1"))) std::uint32_t crc32ByFolding(std::uint32_t crc, const char* bytes,
                                                                      std::size_t count) {
    const auto load = [&](std::size_t at) __attribute__((target("pclmul,sse4.1"))) {
        return _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes + at));
    };
    // Distances of 64 and 16 bytes; the low half of a register stands 64 bits further from the end.
    const __m128i by64 =
        _mm_set_epi64x(std::int64_t(foldingConstant(512 - 32)), std::int64_t(foldingConstant(512 + 32)));
    const __m128i by16 =
        _mm_set_epi64x(std::int64_t(foldingConstant(128 - 32)), std::int64_t(foldingConstant(128 + 32)));

    __m128i a = _mm_xor_si128(load(0), _mm_cvtsi32_si128(int(crc)));
    __m128i b = load(16), c = load(32), d = load(48);
    std::size_t at = 64;
    for (; count - at >= 64; at += 64) {
        a = fold(a, load(at), by64);
        b = fold(b, load(at + 16), by64);
        c = fold(c, load(at + 32), by64);
        d = fold(d, load(at + 48), by64);
    }
    a = fold(fold(fold(a, b, by16), c, by16), d, by16);
    for (; at < count; at += 16)
        a = fold(a, load(at), by16);

    char rest[16];
    std::memcpy(rest, &a, sizeof rest);
    return ~crc32ByTables(0xffffffffu, rest, sizeof rest);
}

#endif

}  // namespace

std::uint32_t crc32ByTables(std::uint32_t crc, const void* bytes, std::size_t count) {
    const auto* at = static_cast<const unsigned char*>(bytes);
    crc = ~crc;
    for (; count >= 8; at += 8, count -= 8) {
        std::uint32_t low = 0, high = 0;
        std::memcpy(&low, at, 4);
        std::memcpy(&high, at + 4, 4);
        low ^= crc;
        crc = tables[7][low & 0xff] ^ tables[6][(low >> 8) & 0xff] ^ tables[5][(low >> 16) & 0xff] ^
              tables[4][low >> 24] ^ tables[3][high & 0xff] ^ tables[2][(high >> 8) & 0xff] ^
              tables[1][(high >> 16) & 0xff] ^ tables[0][high >> 24];
    }
    for (; count > 0; ++at, --count)
        crc = (crc >> 8) ^ tables[0][(crc ^ *at) & 0xff];
    return ~crc;
}

std::uint32_t crc32(std::uint32_t crc, const void* bytes, std::size_t count) {
#ifdef __x86_64__
    static const bool canFold = __builtin_cpu_supports("pclmul") && __builtin_cpu_supports("sse4.1");
    if (canFold && count >= 64) {
        const std::size_t folded = count & ~std::size_t(15);
        crc = ~crc32ByFolding(~crc, static_cast<const char*>(bytes), folded);
        bytes = static_cast<const char*>(bytes) + folded;
        count -= folded;
    }
#endif
    return crc32ByTables(crc, bytes, count);
}

}  // namespace resnet
