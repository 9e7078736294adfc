#pragma once

#include "ui/workspace/View.h"
#include "ui/workspace/Workspace.h"

#include <QImage>

class QPainter;

namespace resnet::ui {

// "What has it seen?": the part of the picture that a cell of the current step has seen, over the longest and
// the shortest way through the network, with the padding around the picture. The cell is the one under the
// cursor in any view, else the one that is explained.
class PlaceView : public View {
    Q_OBJECT
public:
    explicit PlaceView(Workspace& workspace, QWidget* parent = nullptr);

    QSize sizeHint() const override { return {320, 380}; }
    // The picture, without the padding around it.
    QRectF pictureRect() const;

protected:
    void refresh(const Changes& changes) override;
    Figure paintedFigure(const FigureTitle& title) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void showPlace();
    QRectF area() const;
    double textRoom(double width) const;
    QRectF pictureRectIn(const QRectF& room) const;
    void paintIn(QPainter& painter, const QRectF& room) const;
    std::optional<Cell> shownCell() const;
    QString text() const;

    QImage m_picture;
};

}  // namespace resnet::ui
