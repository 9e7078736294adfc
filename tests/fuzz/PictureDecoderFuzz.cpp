#include "core/Error.h"
#include "ui/images/Decoders.h"
#include "ui/images/ImageBuilder.h"
#include "ui/images/PictureFormat.h"

using namespace resnet;
using namespace resnet::ui;

namespace {

PictureMetadata metadataOf(PictureFormat format, const Bytes& file) {
    return format == PictureFormat::Png    ? pngMetadata(file)
           : format == PictureFormat::Jpeg ? jpegMetadata(file)
                                           : PictureMetadata();
}

}  // namespace

// JPEG, PNG and TIFF to pixels, profiles and turning included.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, std::size_t size) {
    const Bytes file({bytes, size});
    const PictureFormat format = pictureFormatOf(file);
    try {
        PictureMetadata metadata = metadataOf(format, file);
        Image image;
        if (format == PictureFormat::Png)
            image = decodePng(file, metadata);
        else if (format == PictureFormat::Jpeg)
            image = decodeJpeg(file, metadata);
        else if (format == PictureFormat::Tiff)
            image = decodeTiff(file, metadata);
        else
            return 0;
        upright(std::move(image), metadata.orientation);
    } catch (const Error&) {
    } catch (const std::bad_alloc&) {
    }
    return 0;
}
