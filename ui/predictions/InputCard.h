#pragma once

#include "ui/widgets/Card.h"
#include "ui/workspace/Workspace.h"

class QLabel;
class QToolButton;

namespace resnet::ui {

class PictureView;
class PredictionBars;

// The picture as the network sees it, and what the network calls it.
class InputCard : public Card {
    Q_OBJECT
public:
    explicit InputCard(Workspace& workspace, QWidget* parent = nullptr);

private:
    void showPicture();
    void showPrediction();
    void showField();
    void showTheme();

    Workspace& m_workspace;
    PictureView* m_view;
    QToolButton* m_fieldButton;
    QLabel* m_caption;
    QLabel* m_predictionTitle;
    PredictionBars* m_bars;
};

}  // namespace resnet::ui
