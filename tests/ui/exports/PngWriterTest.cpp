#include "core/Error.h"
#include "tests/TestPrograms.h"
#include "ui/exports/FigureFile.h"
#include "ui/exports/PngWriter.h"

#include <QBuffer>
#include <QImageReader>
#include <QMimeData>
#include <QPainter>
#include <QtTest>

using namespace resnet;
using namespace resnet::ui;

class PngWriterTest : public QObject {
    Q_OBJECT
private:
    // Of 5000 x 3000: six tiles. `painted` is called for each.
    static Figure figure(std::function<void()> painted = [] {}) {
        Figure figure;
        figure.title = QStringLiteral("tiles");
        figure.size = {5000, 3000};
        figure.background = Qt::white;
        figure.paint = [painted](QPainter& painter, const QRectF& visible) {
            painted();
            painter.fillRect(visible.adjusted(10, 10, -10, -10), Qt::blue);
        };
        return figure;
    }

private Q_SLOTS:
    void aStopComesBetweenTwoTiles() {
        std::stop_source stop;
        int tiles = 0;
        const Figure stopped = figure([&] {
            if (++tiles == 2)
                stop.request_stop();
        });
        QVERIFY_EXCEPTION_THROWN(pngOf(stopped, 1.0, stop.get_token()), Error);
        QCOMPARE(tiles, 2);
    }

    void aStopEndsTheEncoding() {
        std::stop_source stop;
        stop.request_stop();
        QImage image(100, 100, QImage::Format_RGB32);
        image.fill(Qt::red);
        QVERIFY(!pngBytes(image).isEmpty());
        QVERIFY_EXCEPTION_THROWN(pngBytes(image, stop.get_token()), Error);
    }

    void aCopyIsAPictureInThreeForms() {
        const FigureCopy copy = copyOf(figure(), 0.1);
        const std::unique_ptr<QMimeData> data(mimeDataOf(copy));
        QVERIFY(data->hasImage());
        QCOMPARE(qvariant_cast<QImage>(data->imageData()).size(), QSize(500, 300));
        QCOMPARE(QImage::fromData(data->data(QStringLiteral("image/png"))).size(), QSize(500, 300));
        QVERIFY(data->data(QStringLiteral("image/svg+xml")).contains("tiles"));
    }
};

RESNET_WINDOW_TEST(PngWriterTest)
#include "PngWriterTest.moc"
