#pragma once

#include "core/experiments/RunComparison.h"
#include "core/model/Model.h"
#include "ui/images/Picture.h"
#include "ui/workspace/BackgroundJob.h"
#include "ui/workspace/View.h"

#include <utility>

class QPushButton;

namespace resnet::ui {

class ColumnChartView;
class Paragraph;

// The run that is open and the one it is compared with, step by step: the first step whose values differ, how
// much every step does, and for two networks what explains it.
class CompareView : public View {
    Q_OBJECT
public:
    explicit CompareView(Workspace& workspace);

    QString name() const override { return tr("Compare"); }
    QString sentence() const;
    const ColumnChartView& chart() const { return *m_chart; }
    QPushButton* explainButton() const { return m_explain; }

protected:
    void refresh(const Changes& changes) override;

private:
    const RunComparison* comparison() const;  // null while it is not known
    void forgetCause();
    void showComparison();
    void explain();
    QString whyNotExplained() const;
    QString differences() const;
    QString figuresOf(int column) const;

    std::pair<ModelPtr, ModelPtr> m_pair;  // that the cause is of
    PicturePtr m_picture;
    QString m_cause;
    ColumnChartView* m_chart;
    Paragraph* m_sentence;
    QPushButton* m_explain;
    BackgroundJob m_explaining;
};

}  // namespace resnet::ui
