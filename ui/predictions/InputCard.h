#pragma once

#include "ui/workspace/View.h"

class QLabel;
class QPushButton;
class QToolButton;

namespace resnet::ui {

class CropStrip;
class HaloFrame;
class PictureView;
class PredictionBars;

// The picture as the network sees it, and what the network calls it.
class InputCard : public View {
    Q_OBJECT
public:
    explicit InputCard(Workspace& workspace, QWidget* parent = nullptr);

Q_SIGNALS:
    // The person wants to know why the network thinks so.
    void whyRequested();

protected:
    void refresh(const Changes& changes) override;

private:
    void showPicture();
    void showCaption();
    void showPrediction();
    void showField();
    void pointAt(const std::optional<QPoint>& pixel);
    void followPointedCell();
    void followHighlight();

    PictureView* m_view;
    CropStrip* m_crop;
    QToolButton* m_fieldButton;
    QLabel* m_caption;
    QString m_best;  // what the network says: "church 78 %"
    QLabel* m_predictionTitle;
    QPushButton* m_why;
    QPushButton* m_compute;  // in the place of the prediction
    PredictionBars* m_bars;
    HaloFrame* m_pictureHalo;
    HaloFrame* m_barsHalo;
};

}  // namespace resnet::ui
