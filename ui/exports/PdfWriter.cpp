#include "ui/exports/PdfWriter.h"

#include "core/Error.h"

#include <QBuffer>
#include <QHashFunctions>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>

#include <algorithm>
#include <cmath>

namespace resnet::ui {

namespace {

// Qt writes the time of day and random ids. They are replaced by as many other characters, since the file's
// table of offsets must stay right.
void fixDates(QByteArray& pdf) {
    const QByteArray date = "(D:20000101000000";
    for (qsizetype at = pdf.indexOf("(D:"); at >= 0; at = pdf.indexOf("(D:", at + 3)) {
        pdf.replace(at, date.size(), date);
        const qsizetype end = pdf.indexOf(')', at);
        for (qsizetype i = at + date.size(); i < end; ++i)
            if (pdf[i] >= '0' && pdf[i] <= '9')
                pdf[i] = '0';
    }
}

// Qt writes a file's fonts in the order of a hash table, and seeds its hash tables at random in each process.
class FixedHashSeed {
public:
    FixedHashSeed() { QHashSeed::setDeterministicGlobalSeed(); }
    ~FixedHashSeed() { QHashSeed::resetRandomGlobalSeed(); }
    Q_DISABLE_COPY_MOVE(FixedHashSeed)
};

}  // namespace

void checkPdfSize(const QSizeF& pixels, double scale) {
    const QSizeF points = pixels * scale * pointsPerPixel;
    if (const double side = std::max(points.width(), points.height()); side > longestPdfSide)
        throw Error(
            "a PDF page of " + std::to_string(std::lround(side)) + " points is too large: at most " +
            std::to_string(int(longestPdfSide)) + " a side, at a scale of at most " +
            QByteArray::number(std::floor(100.0 * scale * longestPdfSide / side) / 100.0).toStdString());
}

QByteArray pdfOf(const Figure& figure, double scale) {
    checkPdfSize(figure.size, scale);
    const FixedHashSeed seed;
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    {
        QPdfWriter writer(&buffer);
        writer.setTitle(figure.title);
        writer.setCreator(QStringLiteral("ResNet Explorer"));
        writer.setResolution(96);
        const QSizeF points = figure.size * scale * pointsPerPixel;
        writer.setPageSize(QPageSize(points, QPageSize::Point, {}, QPageSize::ExactMatch));
        writer.setPageMargins(QMarginsF());
        QPainter painter(&writer);
        painter.setRenderHint(QPainter::LosslessImageRendering);  // JPEG would smear maps of few cells
        painter.scale(scale, scale);
        if (figure.background.isValid())
            painter.fillRect(QRectF(QPointF(), figure.size), figure.background);
        figure.paint(painter, {});
    }
    fixDates(bytes);
    return bytes;
}

}  // namespace resnet::ui
