#pragma once

#include "core/experiments/Prediction.h"
#include "core/experiments/ScoreShares.h"
#include "ui/workspace/BackgroundJob.h"
#include "ui/workspace/View.h"
#include "ui/workspace/Workspace.h"

#include <optional>
#include <vector>

class QButtonGroup;
class QLabel;

namespace resnet::ui {

class ScoreCanvas;

// Who wrote the score of the class in question, beside what really happens without each unit; and what the
// network would say if it ended sooner. Both of the network as it is now, computed in the background.
class ScoreView : public View {
    Q_OBJECT
public:
    enum class Page { Shares, Exits };

    explicit ScoreView(Workspace& workspace);

    QString name() const override { return tr("Score"); }
    void setPage(Page page);
    ScoreCanvas* canvas() const { return m_canvas; }
    // Nothing until they are computed.
    const std::optional<ScoreShares>& shares() const { return m_shares; }
    const std::vector<Prediction>& without() const { return m_without; }
    const std::vector<Prediction>& exits() const { return m_exits; }

protected:
    void refresh(const Changes& changes) override;

private:
    Page page() const;
    QString whyNot() const;
    void computeShares();
    void computeTrials();
    void showPage();
    void showShares();
    void showExits();
    QString figuresOf(int column) const;
    void pick(int column);

    QButtonGroup* m_pages;
    ScoreCanvas* m_canvas;
    QLabel* m_summary;
    std::optional<ScoreShares> m_shares;
    std::optional<Prediction> m_now;
    std::vector<Prediction> m_without;  // by unit: its F(x) off
    std::vector<Prediction> m_exits;    // after so many units
    BackgroundJob m_sharing;
    BackgroundJob m_trying;
};

}  // namespace resnet::ui
