#include "tests/TestPrograms.h"
#include "ui/painting/ColumnChart.h"

#include <QImage>
#include <QPainter>
#include <QtTest>

#include <limits>

using namespace resnet::ui;

namespace {

ColumnChart::Row rowOf(std::vector<std::optional<double>> values) {
    return {QStringLiteral("row"), {{std::nullopt, std::move(values)}}};
}

// The rows of pixels from the top of the first column's bar to its foot.
int heightOfFirstBar(const ColumnChart& chart, const Theme& theme) {
    QImage image(400, 200, QImage::Format_RGB32);
    image.fill(theme.panel);
    QPainter painter(&image);
    paintColumnChart(painter, image.rect(), chart, -1, -1, theme);
    painter.end();
    const int x = int(ColumnChartLayout(chart, image.rect()).columnRect(0).center().x());
    int rows = 0;
    for (int y = 0; y < image.height(); ++y)
        rows += image.pixelColor(x, y) == theme.mainPath;
    return rows;
}

}  // namespace

class ColumnChartTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void decadesSpreadWhatLiesFarApart() {
        ColumnChart::Row row = rowOf({3e-7, 0.0, std::nullopt, 2.0, 1e-3});
        spreadOverDecades(row);
        QVERIFY(row.position);
        QCOMPARE(row.position(0.0), 0.0);
        QVERIFY(std::abs(row.position(1e-7)) < 1e-9);
        QVERIFY(std::abs(row.position(1e-3) - 4.0) < 1e-9);
        QVERIFY(row.position(3e-7) > 0.0);
        QVERIFY(row.marks.size() >= 3 && row.marks.size() <= 6);
        for (const double mark : row.marks)
            QVERIFY(mark > 3e-7 && mark <= 2.0);
    }

    void whatLiesNearStaysAsItIs() {
        for (ColumnChart::Row row : {rowOf({0.5, 3.0, 0.0}), rowOf({0.0, 0.0}), rowOf({std::nullopt}),
                                     rowOf({std::numeric_limits<double>::quiet_NaN(), 1.0}), rowOf({})}) {
            spreadOverDecades(row);
            QVERIFY(!row.position);
            QVERIFY(row.marks.empty());
        }
    }

    void aTenthIsADecadeShorter() {
        const Theme& theme = Theme::light();
        ColumnChart chart;
        chart.columns = 3;
        chart.tones.assign(3, ColumnChart::Tone::MainPath);
        const auto height = [&](double first) {
            chart.rows = {rowOf({first, 10.0, 1e-3})};
            spreadOverDecades(chart.rows.front());
            return heightOfFirstBar(chart, theme);
        };
        const int whole = height(10.0);
        QVERIFY(whole > 100);
        QVERIFY(std::abs(height(0.1) - whole / 2) <= 2);  // two of four decades
        QVERIFY(height(1e-3) <= 1);
    }
};

RESNET_WINDOW_TEST(ColumnChartTest)
#include "ColumnChartTest.moc"
