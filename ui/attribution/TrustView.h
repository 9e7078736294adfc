#pragma once

#include "core/attribution/Trust.h"
#include "ui/attribution/ComputedView.h"
#include "ui/painting/MapImage.h"

#include <QImage>

#include <optional>
#include <vector>

class QComboBox;
class QSpinBox;
class QStackedWidget;

namespace resnet::ui {

class CurveChart;
class MapTiles;

// "Can this map be trusted?": the map of a method while the network forgets what it has learned, unit by unit
// from the last, and what becomes of the class while the picture is hidden or shown in the map's order.
class TrustView : public ComputedView {
    Q_OBJECT
public:
    explicit TrustView(Workspace& workspace, QWidget* parent = nullptr);

    QSize sizeHint() const override { return {900, 460}; }
    MapTiles* maps() const { return m_tiles; }
    CurveChart* likeness() const { return m_likeness; }
    CurveChart* deletion() const { return m_deletion; }
    CurveChart* insertion() const { return m_insertion; }

protected:
    void start() override;
    bool hasResult() const override;
    void forget() override;
    void showResult() override;
    QString meaning() const override;
    void refresh(const Changes& changes) override;

private:
    enum class Question { Learned, Needed };
    struct Level {
        QString unit;  // the first one that is started anew; empty: none
        FeatureMapsPtr map;
        double ranks = 1.0;
        double magnitudes = 1.0;
        double similarity = 1.0;
        ValueRange scale;
    };
    struct Learned {
        AttributionRequest request;
        int seed = 1;
        std::size_t levels = 0;  // in all
        std::vector<Level> known;
        QImage picture;
    };
    struct Needed {
        AttributionRequest request;
        int seed = 1;
        Curves curves;
    };

    Question question() const;
    AttributionRequest request() const;
    void startLearned();
    void startNeeded();
    void take(Level level, const Learned& of);
    void showLearned();
    void showNeeded();
    static QString settingsText(const AttributionRequest& used);
    QString learnedText() const;
    QString neededText() const;
    void tellPlace(const CurveChart& chart, int place);

    Learned m_learned;
    std::optional<Needed> m_needed;
    QComboBox* m_method;
    QButtonGroup* m_questions;
    QSpinBox* m_seed;
    QStackedWidget* m_pages;
    MapTiles* m_tiles;
    CurveChart* m_likeness;
    CurveChart* m_deletion;
    CurveChart* m_insertion;
};

}  // namespace resnet::ui
