#pragma once

#include "ui/workspace/Workspace.h"

#include <QImage>
#include <QTimer>
#include <QWidget>

namespace resnet::ui {

// "What has it seen?": the part of the picture that a cell of the current step has seen, over the longest and
// the shortest way through the network, with the padding around the picture. The cell is the one under the
// cursor in any view, else the one that is explained.
class PlaceView : public QWidget {
    Q_OBJECT
public:
    explicit PlaceView(Workspace& workspace, QWidget* parent = nullptr);

    QSize sizeHint() const override { return {320, 380}; }
    // The picture, without the padding around it.
    QRectF pictureRect() const;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void refreshSoon() { m_refresh.start(0); }
    void refresh();
    std::optional<Cell> shownCell() const;
    QString text() const;

    Workspace& m_workspace;
    QImage m_picture;
    QTimer m_refresh;  // one refresh for several signals at a time
};

}  // namespace resnet::ui
