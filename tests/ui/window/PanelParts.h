#pragma once

#include "ui/activations/ActivationViews.h"
#include "ui/activations/ChannelsView.h"
#include "ui/activations/ChartsView.h"
#include "ui/activations/MapGrid.h"
#include "ui/activations/UnitGrid.h"
#include "ui/activations/WeightsView.h"
#include "ui/window/Workbench.h"

namespace resnet::ui::test {

// Parts of the view that a panel shows; null if it shows another.
class PanelParts {
public:
    explicit PanelParts(const Workbench& panel) : m_view(panel.view()) {}

    MapControls* controls() const {
        const auto* view = qobject_cast<ChannelsView*>(m_view);
        return view ? view->controls() : nullptr;
    }
    MapGrid* grid() const {
        const auto* view = qobject_cast<FeatureMapsView*>(m_view);
        return view ? view->grid() : nullptr;
    }
    VectorBars* bars() const {
        const auto* view = qobject_cast<FeatureMapsView*>(m_view);
        return view ? view->bars() : nullptr;
    }
    UnitGrid* unitGrid() const {
        const auto* view = qobject_cast<UnitMapsView*>(m_view);
        return view ? view->grid() : nullptr;
    }
    ColumnChartView* chart() const {
        const auto* view = qobject_cast<ChartsView*>(m_view);
        return view ? view->chart() : nullptr;
    }
    WeightsView* weights() const { return qobject_cast<WeightsView*>(m_view); }

private:
    View* m_view;
};

}  // namespace resnet::ui::test
