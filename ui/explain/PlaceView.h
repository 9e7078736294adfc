#pragma once

#include "ui/workspace/Workspace.h"

#include <QImage>
#include <QTimer>
#include <QWidget>

namespace resnet::ui {

// "What has it seen?": the part of the picture that the selected cell has seen, over the longest and the
// shortest way through the network, with the padding around the picture.
class PlaceView : public QWidget {
    Q_OBJECT
public:
    explicit PlaceView(Workspace& workspace, QWidget* parent = nullptr);

    QSize sizeHint() const override { return {320, 360}; }
    // The picture, without the padding around it.
    QRectF pictureRect() const;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void refresh();
    bool hasCell() const;
    QString text() const;

    Workspace& m_workspace;
    QImage m_picture;
};

}  // namespace resnet::ui
