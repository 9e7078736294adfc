#pragma once

#include "ui/activations/ChannelsView.h"

class QToolButton;

namespace resnet::ui {

// A row of the step's channels in the order wanted: a page of them at a time, that with the selected one at
// first. For beside a view that shows one channel large.
class ChannelStrip : public ChannelsView {
    Q_OBJECT
public:
    explicit ChannelStrip(Workspace& workspace);

    MapGrid* grid() const { return m_grid; }

protected:
    void showChannels() override;
    void followChannel() override;
    void followPointedCell() override;
    void setTheme(const Theme& theme) override;
    std::vector<StepId> shownSteps() const override;
    QString valuesAt(int channel, const Cell& cell) const override;
    FeatureShape shapeOfMaps() const override;
    Figure paintedFigure(const FigureTitle& title) override;
    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

private:
    QToolButton* makeArrow(const QString& text, const QString& toolTip, int pages);
    int pageSize() const;
    void turn(int pages);
    void showPage();
    int lastFirst() const;
    bool isOnLensScale() const;
    std::vector<ValueRange> scales(ColorMap colors) const;

    std::vector<int> m_order;
    int m_first = 0;  // position in the order
    MapGrid* m_grid;
    QToolButton* m_back;
    QToolButton* m_forward;
};

}  // namespace resnet::ui
