#pragma once

#include "core/model/Model.h"
#include "ui/diagram/LiveContent.h"
#include "ui/workspace/View.h"

namespace resnet::ui {

class SectionView;

// The residual unit of the current step, open: every step of it with its map of the selected channel, and the
// shortcut as an arc into the sum. Outside a unit the stem or the head.
class OpenUnitView : public View {
    Q_OBJECT
public:
    explicit OpenUnitView(Workspace& workspace, QWidget* parent = nullptr);

    QString name() const override { return tr("Layers of the unit"); }
    SectionView* drawing() const { return m_section; }

protected:
    void refresh(const Changes& changes) override;

private:
    void showContent();
    void showNote();

    ModelPtr m_model;  // keeps the graph that everything here refers to
    LiveContent m_live;
    SectionView* m_section;
};

}  // namespace resnet::ui
