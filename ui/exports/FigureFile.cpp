#include "ui/exports/FigureFile.h"

#include "core/Error.h"
#include "core/files/Npy.h"
#include "ui/exports/PdfWriter.h"
#include "ui/exports/PngWriter.h"
#include "ui/exports/SvgWriter.h"
#include "ui/exports/WholeFile.h"

#include <QFileInfo>
#include <QMimeData>

namespace resnet::ui {

void writeFigure(const QString& path, const Figure& figure, double scale, const std::stop_token& stop) {
    const QString suffix = QFileInfo(path).suffix().toLower();
    if (suffix == QLatin1String("svg"))
        writeWholeFile(path, svgOf(figure, scale));
    else if (suffix == QLatin1String("pdf"))
        writeWholeFile(path, pdfOf(figure, scale));
    else if (suffix == QLatin1String("png"))
        writeWholeFile(path, pngOf(figure, scale, stop));
    else
        throw Error(path.toStdString() + ": no format for this name: expected .svg, .pdf or .png");
}

FigureCopy copyOf(const Figure& figure, double scale, const std::stop_token& stop) {
    const QImage image = imageOf(figure, scale, stop);
    return {image, pngBytes(image, stop), svgOf(figure, scale)};
}

QMimeData* mimeDataOf(const FigureCopy& copy) {
    auto* data = new QMimeData;
    data->setImageData(copy.image);
    data->setData(QStringLiteral("image/png"), copy.png);  // or Qt would encode it when it is pasted
    data->setData(QStringLiteral("image/svg+xml"), copy.svg);
    return data;
}

QByteArray npyFile(const FeatureMaps& maps) {
    const std::vector<std::uint8_t> bytes = npyBytes(maps);
    return {reinterpret_cast<const char*>(bytes.data()), qsizetype(bytes.size())};
}

QByteArray npyFile(const FeatureMapView& channel) {
    FeatureMaps alone({1, channel.height, channel.width});
    for (int y = 0; y < channel.height; ++y)
        for (int x = 0; x < channel.width; ++x)
            alone.at(0, y, x) = channel.at(y, x);
    return npyFile(alone);
}

QByteArray csvFile(const Table& table) {
    return QByteArray::fromStdString(csvText(table));
}

}  // namespace resnet::ui
