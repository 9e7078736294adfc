#pragma once

#include "core/attribution/Attribution.h"
#include "ui/attribution/ComputedView.h"

#include <QImage>

class QToolButton;

namespace resnet::ui {

class MapTiles;

// "Grad-CAM at every unit": where each residual unit's output speaks for the class in question and against
// it, all units on one scale, with the class activation map beside the last.
class UnitCamsView : public ComputedView {
    Q_OBJECT
public:
    explicit UnitCamsView(Workspace& workspace, QWidget* parent = nullptr);

    QSize sizeHint() const override { return {900, 460}; }
    MapTiles* maps() const { return m_tiles; }

protected:
    void start() override;
    bool hasResult() const override { return !m_result.units.empty(); }
    void forget() override;
    void showResult() override;
    QString meaning() const override;
    void refresh(const Changes& changes) override;

private:
    struct Result {
        AttributionMethod method{};
        UnitPlace place{};
        QImage picture;
        std::vector<FeatureMapsPtr> units;
        FeatureMapsPtr activation;  // null where the score is no mean over the last maps
    };
    QToolButton* addSwitch(const QString& text, const QString& tip, bool isOn);
    void showPlaces();
    FeatureMapsPtr shown(const FeatureMapsPtr& map) const;
    QString lastMapText() const;
    void goTo(int tile);

    Result m_result;
    QButtonGroup* m_methods;
    QButtonGroup* m_places;
    QToolButton* m_over;
    QToolButton* m_byArea;
    QToolButton* m_positive;
    MapTiles* m_tiles;
};

}  // namespace resnet::ui
