#include "core/Error.h"
#include "tests/TestPrograms.h"
#include "ui/exports/GifWriter.h"
#include "ui/exports/Palette.h"
#include "ui/exports/PictureSeries.h"

#include <QBuffer>
#include <QDir>
#include <QImageReader>
#include <QPainter>
#include <QTemporaryDir>
#include <QtTest>

#include <set>

using namespace resnet;
using namespace resnet::ui;

namespace {

constexpr QSize size(200, 120);

// A bar that grows over a ramp of colours.
QImage frame(int index) {
    QImage image(size, QImage::Format_RGB32);
    for (int y = 0; y < size.height(); ++y)
        for (int x = 0; x < size.width(); ++x)
            image.setPixel(x, y, y < 40 ? qRgb(x, y * 3, 40) : qRgb(255, 255, 255));
    QPainter painter(&image);
    painter.fillRect(10, 60, index * 15 + 5, 30, QColor(37, 99, 201));
    return image;
}

PictureSeries series(int count = 5) {
    PictureSeries all;
    all.count = count;
    all.milliseconds = 250;
    all.picture = [](int index) { return frame(index); };
    all.name = [](int index) { return QStringLiteral("%1-step").arg(index, 3, 10, QLatin1Char('0')); };
    return all;
}

bool write(const QString& path, const PictureSeries& pictures, const std::stop_token& stop = {}) {
    return writeSeries(path, pictures, stop, [](int, int) {});
}

int largestDifference(const QImage& a, const QImage& b) {
    int largest = 0;
    for (int y = 0; y < a.height(); ++y)
        for (int x = 0; x < a.width(); ++x) {
            const QRgb p = a.pixel(x, y);
            const QRgb q = b.pixel(x, y);
            largest = std::max({largest, std::abs(qRed(p) - qRed(q)), std::abs(qGreen(p) - qGreen(q)),
                                std::abs(qBlue(p) - qBlue(q))});
        }
    return largest;
}

QByteArray contents(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

}  // namespace

// Animated GIFs and folders of pictures, read back by Qt.
class PictureSeriesTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    QString path(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }
    QStringList files() const {
        return QDir(m_folder.path()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot | QDir::Hidden);
    }
    QString errorOf(const QString& where) const {
        try {
            write(where, series());
        } catch (const Error& error) {
            return QString::fromUtf8(error.what());
        }
        return {};
    }

private Q_SLOTS:
    void cleanup() {
        for (const QString& each : files()) {
            QDir(path(qPrintable(each))).removeRecursively();
            QFile::remove(path(qPrintable(each)));
        }
    }

    void aGifShowsEveryPicture() {
        QVERIFY(write(path("pass.gif"), series()));
        QImageReader reader(path("pass.gif"));
        QCOMPARE(reader.imageCount(), 5);
        QCOMPARE(reader.loopCount(), -1);
        for (int i = 0; i < 5; ++i) {
            const QImage read = reader.read();
            QCOMPARE(read.size(), size);
            QVERIFY2(largestDifference(read, frame(i)) <= 24, qPrintable(QString::number(i)));
            QCOMPARE(read.pixel(190, 110), qRgb(255, 255, 255));  // areas keep their colour exactly
            QCOMPARE(reader.nextImageDelay(), i == 4 ? 1000 : 250);
        }
        QCOMPARE(files(), QStringList{QStringLiteral("pass.gif")});
    }

    void fewColorsAreKeptExactly() {
        QImage picture(64, 64, QImage::Format_RGB32);
        for (int y = 0; y < 64; ++y)
            for (int x = 0; x < 64; ++x)
                picture.setPixel(x, y, qRgb(x / 8 * 30, y / 8 * 30, 99));
        const std::vector<QRgb> palette = paletteOf({&picture, 1}, 255);
        QCOMPARE(palette.size(), std::size_t(64));
        QCOMPARE(largestDifference(indexed(picture, palette), picture), 0);
    }

    // Every width of code, a dictionary that runs over more than once, and an end anywhere.
    void noiseComesBackAsItWas() {
        std::vector<QRgb> palette;
        for (int i = 0; i < 255; ++i)
            palette.push_back(qRgb(i, 255 - i, i / 2));
        quint32 state = 1;
        for (const int width : {1, 2, 3, 17, 255, 256, 257, 258, 300}) {
            QImage noise(width, 97, QImage::Format_RGB32);
            for (int y = 0; y < noise.height(); ++y)
                for (int x = 0; x < width; ++x) {
                    state = state * 1664525u + 1013904223u;
                    noise.setPixel(x, y, palette[(state >> 16) % (y < 50 ? 255 : 3)]);
                }
            GifWriter gif(noise.size(), palette);
            gif.add(noise, 100);
            gif.add(noise, 100);  // nothing changes
            QByteArray bytes = gif.finished();
            QBuffer buffer(&bytes);
            QImageReader reader(&buffer, "gif");
            QCOMPARE(largestDifference(reader.read(), noise), 0);
            QCOMPARE(largestDifference(reader.read(), noise), 0);
        }
    }

    void theSamePicturesGiveTheSameBytes() {
        QVERIFY(write(path("a.gif"), series()));
        QVERIFY(write(path("b.gif"), series()));
        QVERIFY(!contents(path("a.gif")).isEmpty());
        QCOMPARE(contents(path("a.gif")), contents(path("b.gif")));
    }

    void aFolderHoldsNumberedPictures_data() {
        QTest::addColumn<bool>("exists");
        QTest::newRow("new") << false;
        QTest::newRow("empty") << true;
    }
    void aFolderHoldsNumberedPictures() {
        QFETCH(bool, exists);
        if (exists)
            QVERIFY(QDir(m_folder.path()).mkdir(QStringLiteral("pass")));
        QVERIFY(write(path("pass/"), series()));
        QCOMPARE(files(), QStringList{QStringLiteral("pass")});
        QCOMPARE(QDir(path("pass")).entryList(QDir::Files).join(QLatin1Char(' ')),
                 QStringLiteral("000-step.png 001-step.png 002-step.png 003-step.png 004-step.png"));
        QCOMPARE(largestDifference(QImage(path("pass/003-step.png")), frame(3)), 0);
    }

    void whatCannotBeWrittenIsToldAndLeavesNothing() {
        QVERIFY(QDir(m_folder.path()).mkdir(QStringLiteral("full")));
        QFile kept(path("full/kept.txt"));
        QVERIFY(kept.open(QIODevice::WriteOnly));
        kept.close();
        QVERIFY(errorOf(path("full")).contains(QStringLiteral("not empty")));
        QVERIFY(errorOf(path("full/kept.txt/")).contains(QStringLiteral("no folder")));
        QVERIFY(errorOf(path("none/pass/")).contains(QStringLiteral("does not exist")));
        QVERIFY(errorOf(path("none/pass.gif")).contains(QStringLiteral("does not exist")));
        QVERIFY(errorOf(path("pass.mp4")).contains(QStringLiteral("expected a name ending in .gif")));
        QCOMPARE(files(), QStringList{QStringLiteral("full")});
        QVERIFY(QFile::exists(path("full/kept.txt")));
    }

    void stoppedHalfWayNothingIsLeft() {
        for (const char* name : {"pass.gif", "pass/"}) {
            std::stop_source stop;
            const auto stopInTheMiddle = [&](int done, int) {
                if (done == 3)
                    stop.request_stop();
            };
            QVERIFY(!writeSeries(path(name), series(), stop.get_token(), stopInTheMiddle));
            QCOMPARE(files(), QStringList());
        }
    }

    void aFailureOnTheWayLeavesNothing() {
        PictureSeries broken = series();
        broken.picture = [](int index) { return index == 3 ? throw Error("no memory") : frame(index); };
        QVERIFY_EXCEPTION_THROWN(write(path("pass/"), broken), Error);
        QVERIFY_EXCEPTION_THROWN(write(path("pass.gif"), broken), Error);
        QCOMPARE(files(), QStringList());
    }
};

RESNET_EVENT_LOOP_TEST(PictureSeriesTest)
#include "PictureSeriesTest.moc"
