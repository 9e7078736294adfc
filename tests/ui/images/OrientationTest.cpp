#include "tests/TestPrograms.h"
#include "tests/ui/images/PictureBytes.h"
#include "ui/images/ImageBuilder.h"
#include "ui/images/Xmp.h"

#include <QTransform>
#include <QtTest>

using namespace resnet;
using namespace resnet::ui;
using namespace resnet::ui::tests;

namespace {

// Four corners of four colors, so that no turn looks like another: red and green above, blue and white below.
QImage corners() {
    QImage image(48, 32, QImage::Format_RGB32);
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            image.setPixelColor(x, y,
                                y < 16 ? (x < 24 ? Qt::red : Qt::green) : (x < 24 ? Qt::blue : Qt::white));
    return image;
}

// How the picture is stored if it is to be shown as corners(): the inverse of what the orientation asks for.
QImage storedAs(int orientation) {
    const QImage image = corners();
    switch (orientation) {
        case 2:
            return image.mirrored(true, false);
        case 3:
            return image.mirrored(true, true);
        case 4:
            return image.mirrored(false, true);
        case 5:
            return image.transformed(QTransform().rotate(90)).mirrored(true, false);
        case 6:
            return image.transformed(QTransform().rotate(-90));
        case 7:
            return image.transformed(QTransform().rotate(-90)).mirrored(true, false);
        case 8:
            return image.transformed(QTransform().rotate(90));
        default:
            return image;
    }
}

QByteArray hexadecimalText(const QByteArray& block) {
    return "\nexif\n" + QByteArray::number(block.size()).rightJustified(8) + "\n" + block.toHex() + "\n";
}

QByteArray webp(const QImage& image, int flags, const QByteArray& chunk) {
    return extendedWebp(encoded(image, "WEBP", 100), image.size(), flags, {}, chunk);
}

TiffBytes tiff(const QImage& image) {
    const QImage rgb = image.convertToFormat(QImage::Format_RGB888);
    QByteArray pixels;
    for (int y = 0; y < rgb.height(); ++y)
        pixels.append(reinterpret_cast<const char*>(rgb.constScanLine(y)), 3 * rgb.width());
    return {rgb.width(), rgb.height(), 2, 8, 3, pixels};
}

// GIF89a specification, section 26: XMP stands behind the identifier as it is, and 258 bytes lead out of it.
QByteArray gifWithXmp(QByteArray gif, const QByteArray& packet) {
    QByteArray trailer("\x01");
    for (int i = 255; i >= 0; --i)
        trailer += char(i);
    trailer += '\0';
    return gif.insert(gif.indexOf(QByteArray("!\xF9", 2)), "!\xFF\x0bXMP DataXMP" + packet + trailer);
}

constexpr auto xmpOfJpeg = "http://ns.adobe.com/xap/1.0/";

}  // namespace

class OrientationTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyFormatIsTurnedUpright_data() {
        QTest::addColumn<QByteArray>("bytes");
        for (int i = 1; i <= 8; ++i) {
            const QImage image = storedAs(i);
            const auto row = [&](const char* name, const QByteArray& bytes) {
                QTest::addRow("%s, orientation %d", name, i) << bytes;
            };
            const QByteArray jpeg = encoded(image, "JPG", 100);
            const QByteArray plain = encoded(image, "PNG");
            const QByteArray exifOfJpeg("Exif\0\0", 6);
            row("JPEG", withJpegSegment(jpeg, 0xE1, exifOfJpeg + exif(i)));
            row("JPEG, XMP", withJpegSegment(jpeg, 0xE1, xmpOfJpeg + QByteArray(1, '\0') + xmp(i)));
            row("JPEG, EXIF before XMP",
                withJpegSegment(withJpegSegment(jpeg, 0xE1, exifOfJpeg + exif(i, true)), 0xE1,
                                xmpOfJpeg + QByteArray(1, '\0') + xmp(i % 8 + 1)));
            row("PNG", withPngChunk(plain, "eXIf" + exif(i)));
            row("PNG, little endian", withPngChunk(plain, "eXIf" + exif(i, true)));
            row("PNG, as in JPEG", withPngChunk(plain, "eXIf" + exifOfJpeg + exif(i)));
            row("PNG, XMP",
                withPngChunk(plain, "iTXt" + QByteArray("XML:com.adobe.xmp\0\0\0\0\0", 22) + xmp(i)));
            row("PNG, packed XMP",
                withPngChunk(plain, "iTXt" + QByteArray("XML:com.adobe.xmp\0\1\0\0\0", 22) +
                                        qCompress(xmp(i)).mid(4)));
            row("PNG, as text", withPngChunk(plain, "tEXt" + QByteArray("Raw profile type exif\0", 22) +
                                                        hexadecimalText(exifOfJpeg + exif(i))));
            row("PNG, as packed text",
                withPngChunk(plain, "zTXt" + QByteArray("Raw profile type APP1\0\0", 23) +
                                        qCompress(hexadecimalText(exif(i))).mid(4)));
            row("WebP", webp(image, 8, riffChunk("EXIF", exif(i))));
            row("WebP, as in JPEG", webp(image, 8, riffChunk("EXIF", exifOfJpeg + exif(i, true))));
            row("WebP, XMP", webp(image, 4, riffChunk("XMP ", xmp(i))));
            row("TIFF", tiff(image).set({274, 3, {quint32(i)}}).bytes());
            row("TIFF, XMP", tiff(image).set(700, xmp(i)).bytes());
        }
    }
    void everyFormatIsTurnedUpright() {
        QFETCH(QByteArray, bytes);
        const PicturePtr picture = read(bytes);
        QVERIFY2(picture->notes.isEmpty(), qPrintable(picture->notes.join(QLatin1Char(' '))));
        QCOMPARE(picture->image.width, 48);
        QCOMPARE(picture->image.height, 32);
        QVERIFY(isNear(at(*picture, 4, 4), {255, 0, 0}, 3));
        QVERIFY(isNear(at(*picture, 4, 43), {0, 255, 0}, 3));
        QVERIFY(isNear(at(*picture, 27, 4), {0, 0, 255}, 3));
        QVERIFY(isNear(at(*picture, 27, 43), {255, 255, 255}, 3));
    }

    void aGifIsTurnedByItsXmp() {
        QFile file(QStringLiteral(RESNET_SOURCE_DIR "/tests/data/images/red-then-blue.gif"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray gif = file.readAll();
        const PicturePtr stored = read(gif);
        const PicturePtr turned = read(gifWithXmp(gif, xmp(6)));
        QCOMPARE(turned->image.width, stored->image.height);
        QCOMPARE(turned->notes, stored->notes);
    }

    void everyPixelGoesToItsPlace() {
        // Larger than the tiles that are turned at a time, and no multiple of them.
        Image image{70, 131, {}};
        for (int i = 0; i < 70 * 131 * 3; ++i)
            image.rgb.push_back(std::uint8_t(i * 7 % 251));
        for (int orientation = 0; orientation <= 9; ++orientation) {
            const Image turned = upright(image, orientation);
            const bool isTurned = orientation >= 5 && orientation <= 8;
            QCOMPARE(turned.width, isTurned ? 131 : 70);
            QCOMPARE(turned.height, isTurned ? 70 : 131);
            // Of EXIF 2.3, table 6: which side of the picture the stored first row and first column are.
            constexpr const char* firstRow[] = {"top",  "top",   "top",   "bottom", "bottom",
                                                "left", "right", "right", "left",   "top"};
            constexpr const char* firstColumn[] = {"left", "left", "right",  "right",  "left",
                                                   "top",  "top",  "bottom", "bottom", "left"};
            const std::string row = firstRow[orientation];
            const std::string column = firstColumn[orientation];
            for (int y = 0; y < image.height; ++y)
                for (int x = 0; x < image.width; ++x) {
                    const auto along = [&](const std::string& side, int i) {
                        return side == "bottom"  ? turned.height - 1 - i
                               : side == "right" ? turned.width - 1 - i
                                                 : i;
                    };
                    const int toY = isTurned ? along(column, x) : along(row, y);
                    const int toX = isTurned ? along(row, y) : along(column, x);
                    QVERIFY(std::equal(image.pixel(y, x), image.pixel(y, x) + 3, turned.pixel(toY, toX)));
                }
        }
    }

    void damagedExifIsLeftOutWithANote_data() {
        QTest::addColumn<QByteArray>("block");
        QTest::addColumn<QString>("note");
        const auto row = [](const char* name, const QByteArray& block, const char* note) {
            QTest::newRow(name) << block << QString::fromLatin1(note);
        };
        const auto exchanged = [](int position, const QByteArray& bytes) {
            return exif(6).replace(position, bytes.size(), bytes);
        };
        row("empty", {}, "does not begin as one");
        row("text", "orientation: 6", "does not begin as one");
        row("cut in its header", exif(6).left(6), "points outside itself");
        row("cut in its entry", exif(6).left(15), "points outside itself");
        row("directory outside", exchanged(4, "\x7f\xff\xff\xff"), "points outside itself");
        row("directory at the last byte", exchanged(4, big(25, 4)), "points outside itself");
        row("65535 entries", exchanged(8, "\xff\xff"), "points outside itself");
        row("value outside", exchanged(14, big(0x7fffffff, 4)), "points outside itself");
        row("orientation 9", exif(9), "none of 1 to 8");
        row("orientation is a text", exchanged(12, big(2, 2)), "none of 1 to 8");
    }
    void damagedExifIsLeftOutWithANote() {
        QFETCH(QByteArray, block);
        QFETCH(QString, note);
        const QByteArray jpeg = encoded(corners(), "JPG", 100);
        for (const QByteArray& bytes : {withPngChunk(encoded(corners(), "PNG"), "eXIf" + block),
                                        webp(corners(), 8, riffChunk("EXIF", block)),
                                        withJpegSegment(jpeg, 0xE1, QByteArray("Exif\0\0", 6) + block)}) {
            const PicturePtr picture = read(bytes);
            QCOMPARE(picture->image.width, 48);
            QCOMPARE(picture->notes.size(), 1);
            QVERIFY2(picture->notes.first().contains(note), qPrintable(picture->notes.first()));
        }
    }

    void aChunkWithAWrongChecksumIsLeftOutWithANote() {
        QByteArray bytes = withPngChunk(encoded(corners(), "PNG"), "eXIf" + exif(6));
        const auto position = bytes.indexOf("eXIf") + 5;
        bytes[position] = char(bytes[position] ^ 1);
        const PicturePtr picture = read(bytes);
        QCOMPARE(picture->image.width, 48);
        QVERIFY(picture->notes.first().contains(QStringLiteral("EXIF block is damaged")));
    }

    void xmpIsReadByItsNamespaces_data() {
        QTest::addColumn<QByteArray>("packet");
        QTest::addColumn<int>("orientation");
        const auto packet = [](const QByteArray& inside) {
            return "<?xpacket begin=''?><r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
                   "xmlns:t='http://ns.adobe.com/tiff/1.0/' xmlns:o='urn:other'>" +
                   inside + "</r:RDF>";
        };
        QTest::newRow("attribute") << packet("<r:Description t:Orientation='6'/>") << 6;
        QTest::newRow("child") << packet("<r:Description><t:Orientation> 8 </t:Orientation></r:Description>")
                               << 8;
        QTest::newRow("second description")
            << packet("<r:Description o:a='1'><o:b>2</o:b></r:Description><r:Description t:Orientation='3'/>")
            << 3;
        QTest::newRow("of another name") << packet("<r:Description o:Orientation='6'/>") << 0;
        QTest::newRow("of a picture inside")
            << packet(
                   "<r:Description><o:Pantry><r:Description t:Orientation='6'/></o:Pantry></r:Description>")
            << 0;
        QTest::newRow("out of range") << packet("<r:Description t:Orientation='9'/>") << 0;
        QTest::newRow("no number") << packet("<r:Description t:Orientation='top'/>") << 0;
        QTest::newRow("no XML") << QByteArray("t:Orientation='6'") << 0;
        QTest::newRow("cut") << packet("<r:Description t:Orientation='6").left(230) << 0;
        QTest::newRow("nothing") << QByteArray() << 0;
    }
    void xmpIsReadByItsNamespaces() {
        QFETCH(QByteArray, packet);
        QFETCH(int, orientation);
        QCOMPARE(xmpOrientation(packet), orientation);
    }
};

RESNET_EVENT_LOOP_TEST(OrientationTest)
#include "OrientationTest.moc"
