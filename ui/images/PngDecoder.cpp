#include "core/Error.h"
#include "ui/images/Decoders.h"
#include "ui/images/ImageBuilder.h"

#include <bit>
#include <cstring>
#include <png.h>

namespace resnet::ui {

namespace {

// The library's state. What goes wrong inside it jumps out; warnings concern what is read elsewhere or not
// needed.
struct Png {
    png_structp state;
    png_infop info = nullptr;
    Bytes rest;
    std::array<char, 128> problem{};

    explicit Png(const Bytes& file)
        : state(png_create_read_struct(PNG_LIBPNG_VER_STRING, this, onError,
                                       [](png_structp, png_const_charp) {})),
          rest(file) {
        info = state ? png_create_info_struct(state) : nullptr;
        if (!info) {
            png_destroy_read_struct(&state, nullptr, nullptr);
            throw std::bad_alloc();
        }
        png_set_read_fn(state, this, [](png_structp png, png_bytep to, std::size_t count) {
            Bytes& bytes = static_cast<Png*>(png_get_io_ptr(png))->rest;
            if (bytes.size() < count)
                png_error(png, "it is cut short");
            std::memcpy(to, bytes.data(), count);
            bytes = bytes.from(count);
        });
    }
    ~Png() { png_destroy_read_struct(&state, &info, nullptr); }
    Png(const Png&) = delete;
    Png& operator=(const Png&) = delete;

    [[noreturn]] static void onError(png_structp png, png_const_charp message) {
        auto& self = *static_cast<Png*>(png_get_error_ptr(png));
        std::strncpy(self.problem.data(), message, self.problem.size() - 1);
        png_longjmp(png, 1);
    }

    // Runs a step of the library's, which must hold nothing that needs a destructor: it may be jumped out of.
    template <typename Step>
    void run(const Step& step) {
        if (setjmp(png_jmpbuf(state)) != 0)
            throw Error("the PNG picture is damaged (" + std::string(problem.data()) + ")");
        step();
    }
};

void readHeader(Png& png) {
    constexpr png_uint_32 mostExtent = 0x7FFFFFFF;
    png.run([&] {
        png_set_user_limits(png.state, mostExtent, mostExtent);
        // Texts and profiles are looked at elsewhere.
        png_set_keep_unknown_chunks(png.state, PNG_HANDLE_CHUNK_NEVER,
                                    reinterpret_cast<png_const_bytep>("iCCP\0tEXt\0zTXt\0iTXt\0eXIf"), 5);
        png_read_info(png.state, png.info);
    });
}

// Palettes become colours, fewer bits become 8, a transparent colour becomes alpha. The library takes memory
// for two rows here.
RowFormat setUp(Png& png) {
    RowFormat format;
    png.run([&] {
        png_set_expand(png.state);
        if (std::endian::native == std::endian::little)
            png_set_swap(png.state);
        png_set_interlace_handling(png.state);
        png_read_update_info(png.state, png.info);
        const int color = png_get_color_type(png.state, png.info);
        format.space = color & PNG_COLOR_MASK_COLOR ? SampleSpace::Rgb : SampleSpace::Grey;
        format.hasAlpha = color & PNG_COLOR_MASK_ALPHA;
        format.isDeep = png_get_bit_depth(png.state, png.info) == 16;
    });
    return format;
}

}  // namespace

Image decodePng(const Bytes& file, PictureMetadata& metadata) {
    Png png(file);
    readHeader(png);
    const int width = int(png_get_image_width(png.state, png.info));
    const int height = int(png_get_image_height(png.state, png.info));
    constexpr std::uint64_t largestPixel = 8;  // 16 bits of red, green, blue and alpha
    requireOpenableSize(std::uint64_t(width), std::uint64_t(height), 2 * largestPixel * std::uint64_t(width));
    const RowFormat format = setUp(png);
    const std::size_t rowBytes = std::size_t(width) * format.pixelBytes();
    const bool isInterlaced = png_get_interlace_type(png.state, png.info) != PNG_INTERLACE_NONE;
    requireOpenableSize(std::uint64_t(width), std::uint64_t(height),
                        isInterlaced ? rowBytes * std::uint64_t(height) : 0);
    ImageBuilder builder(width, height, format, metadata.profile, metadata.notes);
    if (isInterlaced) {
        // Seven passes over the whole picture.
        std::vector<std::uint8_t> samples(rowBytes * std::size_t(height));
        std::vector<png_bytep> rows;
        for (int y = 0; y < height; ++y)
            rows.push_back(samples.data() + std::size_t(y) * rowBytes);
        png.run([&] { png_read_image(png.state, rows.data()); });
        for (const png_bytep row : rows)
            std::memcpy(builder.nextRow(), row, rowBytes);
    } else {
        for (int y = 0; y < height; ++y) {
            const png_bytep row = builder.nextRow();
            png.run([&] { png_read_row(png.state, row, nullptr); });
        }
    }
    return builder.take();
}

}  // namespace resnet::ui
