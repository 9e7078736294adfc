#pragma once

#include <QKeyEvent>
#include <QScrollArea>

namespace resnet::ui {

// A page that fills the room there is, and scrolls only where that is less than its least size.
class ScrolledPage : public QScrollArea {
    Q_OBJECT
public:
    explicit ScrolledPage(QWidget* page, QWidget* parent = nullptr);

    QSize minimumSizeHint() const override { return {0, 0}; }

protected:
    void resizeEvent(QResizeEvent* event) override;
    // Page Up, Page Down, Home and End change the step; the window has them.
    void keyPressEvent(QKeyEvent* event) override { event->ignore(); }
    bool eventFilter(QObject* object, QEvent* event) override;

private:
    void fit();
};

}  // namespace resnet::ui
