#pragma once

#include "ui/workspace/View.h"

class QLabel;
class QPushButton;

namespace resnet::ui {

class FactList;
class ValuesSection;

// What the current step does, what it costs, and what its values look like.
class InspectorCard : public View {
    Q_OBJECT
public:
    explicit InspectorCard(Workspace& workspace, QWidget* parent = nullptr);

    QString name() const override { return tr("Inspector"); }

Q_SIGNALS:
    // The person wants to see the batch norm folded into its convolution.
    void foldingRequested();

protected:
    void refresh(const Changes& changes) override;

private:
    void showStep();
    void showCosts();
    void showLonger();

    QLabel* m_formula;
    QLabel* m_brief;
    QPushButton* m_more;
    QPushButton* m_fold;
    FactList* m_costs;
    ValuesSection* m_values;
};

}  // namespace resnet::ui
