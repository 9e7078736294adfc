#include "core/Error.h"
#include "ui/images/Decoders.h"
#include "ui/images/ImageBuilder.h"

#include <csetjmp>
#include <cstdio>
#include <jerror.h>
#include <jpeglib.h>

namespace resnet::ui {

namespace {

// A progressive picture may be sent in any number of passes over all of it.
constexpr int mostScans = 200;
constexpr long mostMemory = 1l << 30;

// The library's state. What goes wrong inside it jumps out; what it would print is counted.
struct Jpeg {
    jpeg_decompress_struct state{};
    jpeg_error_mgr errors{};
    jpeg_progress_mgr progress{};
    std::jmp_buf exit{};
    std::array<char, JMSG_LENGTH_MAX> problem{};
    int warnings = 0;
    bool isCutShort = false;

    Jpeg() {
        state.err = jpeg_std_error(&errors);
        state.client_data = this;
        errors.error_exit = [](j_common_ptr common) {
            Jpeg& jpeg = *static_cast<Jpeg*>(common->client_data);
            common->err->format_message(common, jpeg.problem.data());
            std::longjmp(jpeg.exit, 1);
        };
        errors.emit_message = [](j_common_ptr common, int level) {
            Jpeg& jpeg = *static_cast<Jpeg*>(common->client_data);
            if (level >= 0)
                return;
            if (common->err->msg_code == JWRN_JPEG_EOF)
                jpeg.isCutShort = true;
            else
                ++jpeg.warnings;
        };
        errors.output_message = [](j_common_ptr) {};
        progress.progress_monitor = [](j_common_ptr common) {
            const auto* decompress = reinterpret_cast<j_decompress_ptr>(common);
            if (decompress->input_scan_number > mostScans)
                ERREXIT(common, JERR_BAD_PROGRESSION);
        };
    }
    ~Jpeg() { jpeg_destroy_decompress(&state); }

    // Runs a step of the library's, which must hold nothing that needs a destructor: it may be jumped out of.
    template <typename Step>
    void run(const Step& step) {
        if (setjmp(exit) != 0)
            throw Error("the JPEG picture is damaged or of a kind that is not read (" +
                        std::string(problem.data()) + ")");
        step();
    }
};

RowFormat formatOf(Jpeg& jpeg) {
    jpeg_decompress_struct& state = jpeg.state;
    switch (state.jpeg_color_space) {
        case JCS_GRAYSCALE:
            state.out_color_space = JCS_GRAYSCALE;
            return {SampleSpace::Grey};
        case JCS_CMYK:
        case JCS_YCCK:
            state.out_color_space = JCS_CMYK;
            // Adobe's programs, who write such pictures, write how much ink is left out.
            return {SampleSpace::Cmyk, false, false, state.saw_Adobe_marker == TRUE};
        default:
            state.out_color_space = JCS_RGB;
            return {SampleSpace::Rgb};
    }
}

}  // namespace

Image decodeJpeg(const Bytes& file, PictureMetadata& metadata) {
    Jpeg jpeg;
    jpeg_decompress_struct& state = jpeg.state;
    jpeg.run([&] {
        jpeg_create_decompress(&state);
        state.progress = &jpeg.progress;
        state.mem->max_memory_to_use = mostMemory;
        jpeg_mem_src(&state, file.data(), file.size());
        jpeg_read_header(&state, TRUE);
    });
    requireOpenableSize(state.image_width, state.image_height);
    const RowFormat format = formatOf(jpeg);
    jpeg.run([&] { jpeg_start_decompress(&state); });
    ImageBuilder builder(int(state.output_width), int(state.output_height), format, metadata.profile,
                         metadata.notes);
    while (state.output_scanline < state.output_height) {
        JSAMPROW row = builder.nextRow();
        jpeg.run([&] { jpeg_read_scanlines(&state, &row, 1); });
    }
    jpeg.run([&] { jpeg_finish_decompress(&state); });
    if (jpeg.isCutShort)
        metadata.notes.push_back("the file is cut short; what is missing is filled up");
    else if (jpeg.warnings > 0)
        metadata.notes.push_back("the file is damaged; parts of the picture may be wrong");
    return builder.take();
}

}  // namespace resnet::ui
