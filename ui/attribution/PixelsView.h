#pragma once

#include "core/attribution/Attribution.h"
#include "ui/attribution/ComputedView.h"

#include <QImage>

class QComboBox;
class QSpinBox;

namespace resnet::ui {

class MapTiles;

// "Down to the pixels": what a score owes to each pixel, by five methods, beside the picture and enlarged at
// one place.
class PixelsView : public ComputedView {
    Q_OBJECT
public:
    explicit PixelsView(Workspace& workspace, QWidget* parent = nullptr);

    QSize sizeHint() const override { return {900, 460}; }
    MapTiles* maps() const { return m_tiles; }
    // Integrated gradients from another picture; told in a line if it cannot be read.
    void useBaseline(const QString& file);

protected:
    void start() override;
    bool hasResult() const override { return m_result.map != nullptr; }
    void forget() override;
    void showResult() override;
    QString meaning() const override;
    void refresh(const Changes& changes) override;

private:
    enum class Baseline { MeanColour, Black, Blurred, Another };
    struct Result {
        AttributionRequest request;
        int nodesWanted = 0;
        FeatureMapsPtr map;  // summed over the colours
        double score = 0.0;
        double sum = 0.0;
        double scoreDifference = 0.0;
        double gap = 0.0;
        int period = 0;  // of the grid that strided projections leave, in pixels; 0 without any
        double gridContrast = 1.0;
        QString baseline;  // where integrated gradients begin
        QImage picture;
    };
    static Result resultOf(const Run& run, const AttributionRequest& request, const Attribution& found,
                           double score);

    AttributionMethod method() const;
    static FeatureMapsPtr baselineOf(Baseline kind, const QString& file, const Model& model,
                                     const FeatureMaps& input);
    void chooseBaseline(int kind);
    void showMethodChoices();
    void enlarge(const Cell& cell);
    void take(Result result);
    QString sumText() const;
    QString gridText() const;

    Result m_result;
    Cell m_enlarged;
    QString m_baselineFile;  // of another picture; empty: none is chosen
    int m_baselineBefore = 0;
    QButtonGroup* m_methods;
    QComboBox* m_baseline;
    QSpinBox* m_nodes;
    QSpinBox* m_samples;
    QSpinBox* m_seed;
    MapTiles* m_tiles;
};

}  // namespace resnet::ui
