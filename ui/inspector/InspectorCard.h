#pragma once

#include "ui/widgets/Card.h"
#include "ui/workspace/Workspace.h"

class QLabel;
class QPushButton;

namespace resnet::ui {

class FactList;
class ValuesSection;

// What the current step does, what it costs, and what its values look like.
class InspectorCard : public Card {
    Q_OBJECT
public:
    explicit InspectorCard(Workspace& workspace, QWidget* parent = nullptr);

Q_SIGNALS:
    // The person wants to see the batch norm folded into its convolution.
    void foldingAsked();

private:
    void showStep();
    void showCosts();
    void showLonger();

    Workspace& m_workspace;
    QLabel* m_formula;
    QLabel* m_brief;
    QPushButton* m_more;
    QPushButton* m_fold;
    FactList* m_costs;
    ValuesSection* m_values;
};

}  // namespace resnet::ui
